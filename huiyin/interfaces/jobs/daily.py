"""The work of each day, in one visible list; the worker runs every job again and again (每日事务).

A job finds out for itself whether there is anything left to do, so running it twice, late, or on two
machines at once does no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command

from huiyin.casework.intake.drafts import drafts_expire, files_in_drafts
from huiyin.interfaces.ui.renderings import pdfs_make_since
from huiyin.law.calendar import local_date
from huiyin.records.documents.services import orphans_sweep
from huiyin.records.documents.storage import AttachmentStore
from huiyin.records.ledger.services import seal_day


@dataclass(frozen=True)
class DailyJob:
    """A name for the log and what is done at a given moment."""

    name: str
    run: Callable[[datetime], None]


def seal_yesterday(at: datetime) -> None:
    """Seal what the ledger holds once the day is over (每日封印)."""
    seal_day(day=local_date(at) - timedelta(days=1), at=at)


def clear_leftovers(at: datetime) -> None:
    """Drop the results of background work that are older than two weeks (清理)."""
    call_command("prune_db_task_results", verbosity=0)


def print_new_documents(at: datetime) -> None:
    """Make the PDFs of what was issued since yesterday (生成PDF)."""
    pdfs_make_since(at - timedelta(days=1))


def expire_drafts(at: datetime) -> None:
    """Delete drafts that nobody touched for their time, then files that nothing holds (清理草稿)."""
    drafts_expire(at=at)
    store = AttachmentStore(settings.ATTACHMENTS_DIR)
    orphans_sweep(store=store, at=at, spared=files_in_drafts())


DAILY: tuple[DailyJob, ...] = (
    DailyJob("seal of the ledger", seal_yesterday),
    DailyJob("leftovers", clear_leftovers),
    DailyJob("PDFs of new documents", print_new_documents),
    DailyJob("drafts", expire_drafts),
)
