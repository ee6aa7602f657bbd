"""Lists that leave the system (导出): each is written down before its first line goes out."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.filters import ListFilter
from huiyin.casework.cases.models import ExportRecord
from huiyin.casework.cases.refusals import NotPermitted
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right


def export_record(*, list_name: str, wanted: ListFilter, kind: str, by: User, at: datetime) -> ExportRecord:
    """Write down that somebody takes a list out (导出留痕), before it is made.

    Raises: NotPermitted.
    """
    if not (by.has_right(Right.EXPORT) and by.has_right(Right.CASE_READ)):
        raise NotPermitted(
            _("您的角色不能导出列表。"),
            way_out=_("请由本单位有导出权限的同事办理，或向安全管理员申请。"),
        )
    return ExportRecord.objects.create(
        user=by,
        agency_id=by.agency_id,
        list_name=list_name,
        query=wanted.as_query()[:500],
        kind=kind,
        at=at,
    )


@dataclass(frozen=True)
class ExportLine:
    """One export as the auditor sees it (导出记录)."""

    id: int
    at: datetime
    name: str
    agency_id: int | None
    list_name: str
    query: str
    kind: str


def exports_visible_to(user: User, *, before: int | None = None, limit: int = 100) -> tuple[ExportLine, ...]:
    """What was taken out, newest first; for the auditor."""
    if not user.has_right(Right.LEDGER_AUDIT):
        return ()
    rows = ExportRecord.objects.filter(id__lt=before) if before else ExportRecord.objects.all()
    columns = ("id", "at", "user__name", "agency_id", "list_name", "query", "kind")
    return tuple(ExportLine(*row) for row in rows.order_by("-id").values_list(*columns)[:limit])
