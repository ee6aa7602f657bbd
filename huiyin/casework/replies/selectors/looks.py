"""Who looked at a matter (查阅记录), for auditors; they see that it happened and nothing of the matter."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Reading
from huiyin.casework.cases.refusals import NotThere
from huiyin.casework.replies.selectors.dossiers import case_number_of
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.vault.models import Disclosure

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look at a matter or at an identity in it (一次查阅)."""

    at: datetime
    user: str
    agency_id: int | None
    surface: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Looks:
    """The newest looks at one matter (查阅记录)."""

    case_number: str
    rows: tuple[LookRow, ...]
    is_capped: bool


def looks_at(*, user: User, case_id: int) -> Looks:
    """The newest looks at a matter and its identities (查阅记录).

    Raises: NotThere for everybody but the auditors, and for matters that do not exist.
    """
    if not user.has_right(Right.LEDGER_AUDIT):
        raise NotThere(_("没有这件信访事项，或者您无权查看。"))
    number = case_number_of(case_id)
    readings = list(
        Reading.objects.filter(case_id=case_id)
        .order_by("-id")
        .values_list("at", "user__name", "agency_id", "surface")[:MOST_SHOWN]
    )
    disclosures = list(
        Disclosure.objects.filter(matter_id=case_id)
        .order_by("-id")
        .values_list("at", "user_id", "agency_id", "purpose")[:MOST_SHOWN]
    )
    names = dict(
        User.objects.filter(pk__in={row[1] for row in disclosures if row[1]}).values_list("pk", "name")
    )
    rows = [LookRow(at, name, agency_id, surface, "") for at, name, agency_id, surface in readings]
    rows += [
        LookRow(at, names.get(user_id or 0, ""), agency_id, "identity", purpose)
        for at, user_id, agency_id, purpose in disclosures
    ]
    rows.sort(key=lambda row: row.at, reverse=True)
    return Looks(number, tuple(rows), MOST_SHOWN in (len(readings), len(disclosures)))
