"""A petition still being written (草稿): encrypted on the server, found by its secret link, sent once."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.refusals import Invalid, NotThere
from huiyin.casework.intake.attachments import submission_register_with_files
from huiyin.casework.intake.draft_contents import DraftContent, intake_of, read, written
from huiyin.casework.intake.models import Draft
from huiyin.casework.intake.services import Receipt, receipt_of_token
from huiyin.records.documents.preparing import PreparedFile
from huiyin.records.vault.provider import provider


@dataclass(frozen=True)
class DraftRules:
    """How long drafts stay and how much they hold (草稿规则)."""

    keep_days: int
    receipt_hours: int
    max_files: int
    max_others: int


@dataclass(frozen=True)
class DraftPage:
    """A draft as its writer sees it (草稿); sent when it has a case."""

    id: UUID
    step: int
    content: DraftContent
    expires_at: datetime
    is_sent: bool


@cache
def draft_rules() -> DraftRules:
    """The shipped rules for drafts."""
    return DraftRules(**tomllib.loads(files(__package__).joinpath("drafts.toml").read_text("utf-8")))


def draft_open(*, content: DraftContent, step: int, at: datetime) -> DraftPage:
    """Begin a draft (开始起草); its id is the secret of whoever writes it."""
    draft = Draft(step=step, created_at=at, changed_at=at)
    _fill(draft, content)
    draft.save(force_insert=True)
    return _page(draft, content)


def draft_of(draft_id: UUID, *, at: datetime) -> DraftPage:
    """Find a draft by its secret link (续写).

    Raises: NotThere when it never was, was deleted, or its time is over.
    """
    draft = _living(draft_id, at).first()
    if draft is None:
        raise _gone()
    return _page(draft, _content(draft))


@transaction.atomic
def draft_change(
    *,
    draft_id: UUID,
    change: Callable[[DraftContent], DraftContent],
    step: int,
    at: datetime,
) -> DraftPage:
    """Change a draft (保存草稿): one page of it, so that two open pages do not wipe each other out.

    Raises: NotThere also when it has been sent already.
    """
    draft = _living(draft_id, at).select_for_update().filter(case_id=None).first()
    if draft is None:
        raise _gone()
    content = change(_content(draft))
    if len(content.files) > draft_rules().max_files:
        raise Invalid(
            {"files": _("一件最多附%(max)s个文件；登记后还可以再补充。") % {"max": draft_rules().max_files}}
        )
    _fill(draft, content)
    draft.step = max(draft.step, step)
    draft.changed_at = at
    draft.save(update_fields=["content", "files", "step", "changed_at"])
    return _page(draft, content)


def draft_add_file(*, draft_id: UUID, file: PreparedFile, at: datetime) -> DraftPage:
    """Keep a checked file with the draft (草稿附件)."""
    return draft_change(
        draft_id=draft_id,
        change=lambda content: replace(content, files=(*content.files, file)),
        step=1,
        at=at,
    )


def draft_remove_file(*, draft_id: UUID, storage_name: str, at: datetime) -> DraftPage:
    """Take a file out of the draft; the sweep takes away what it held."""
    return draft_change(
        draft_id=draft_id,
        change=lambda content: replace(
            content, files=tuple(file for file in content.files if file.storage_name != storage_name)
        ),
        step=1,
        at=at,
    )


def draft_discard(*, draft_id: UUID) -> None:
    """Delete a draft because its writer wants it (删除草稿); what was sent stays registered."""
    Draft.objects.filter(pk=draft_id, case_id=None).delete()


@transaction.atomic
def draft_send(*, draft_id: UUID, at: datetime) -> Receipt:
    """Hand the draft in (提交): one registration, however often the button is pressed.

    What was typed is wiped from the draft; it stands in the case now.

    Law: 《信访工作条例》(2022) 第十七条、第二十一条.
    Raises: NotThere; Invalid with a sentence per field.
    """
    draft = _living(draft_id, at).select_for_update().first()
    if draft is None:
        raise _gone()
    token = _token(draft_id)
    if draft.case_id is not None:
        known = receipt_of_token(token)
        if known is not None:
            return known
    content = _content(draft)
    receipt = submission_register_with_files(
        intake=intake_of(content, token=token), files=content.files, by=None, at=at
    )
    draft.case_id = receipt.case_id
    draft.changed_at = at
    _fill(draft, DraftContent())
    draft.save(update_fields=["content", "files", "case_id", "changed_at"])
    return receipt


def draft_receipt(draft_id: UUID, *, at: datetime) -> Receipt:
    """The receipt of a sent draft (登记凭证), for the first day only.

    Raises: NotThere when it was not sent, or longer ago.
    """
    since = at - timedelta(hours=draft_rules().receipt_hours)
    is_sent = Draft.objects.filter(pk=draft_id, case_id__isnull=False, changed_at__gte=since).exists()
    receipt = receipt_of_token(_token(draft_id)) if is_sent else None
    if receipt is None:
        raise NotThere(
            _("这个地址不再显示登记凭证。"),
            way_out=_("请用登记编号和查询码查进度；查询码丢了，请带身份证件到登记机构更换。"),
        )
    return receipt


def drafts_expire(*, at: datetime) -> int:
    """Delete drafts that nobody touched for their time (清理过期草稿); count them."""
    before = at - timedelta(days=draft_rules().keep_days)
    return Draft.objects.filter(changed_at__lt=before).delete()[0]


def files_in_drafts() -> frozenset[str]:
    """The files that drafts hold, which the sweep of files without a row must spare."""
    found = Draft.objects.filter(case_id=None).values_list("files", flat=True)
    return frozenset(name for names in found for name in names)


def _living(draft_id: UUID, at: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(pk=draft_id, changed_at__gte=at - timedelta(days=draft_rules().keep_days))


def _gone() -> NotThere:
    return NotThere(
        _("没有这份草稿：可能已经提交、已被删除，或者超过%(days)s天没有改动。")
        % {"days": draft_rules().keep_days},
        way_out=_("已经提交的，请用登记编号和查询码查进度；没有提交的，请重新填写。"),
    )


def _token(draft_id: UUID) -> str:
    return f"draft:{draft_id}"


def _context(draft_id: UUID) -> bytes:
    return b"draft:" + draft_id.bytes


def _fill(draft: Draft, content: DraftContent) -> None:
    draft.content = provider().encrypt(written(content), _context(draft.pk))
    draft.files = [file.storage_name for file in content.files]


def _content(draft: Draft) -> DraftContent:
    return read(provider().decrypt(bytes(draft.content), _context(draft.pk)))


def _page(draft: Draft, content: DraftContent) -> DraftPage:
    return DraftPage(
        id=draft.pk,
        step=draft.step,
        content=content,
        expires_at=draft.changed_at + timedelta(days=draft_rules().keep_days),
        is_sent=draft.case_id is not None,
    )
