"""Link matters and undo links (关联与撤销): with a reason, in both ledgers, never about persons."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotPermitted, NotThere
from huiyin.casework.cases.scope import cases_visible_to
from huiyin.casework.cases.services import require, sealed_line
from huiyin.casework.matching.models import CaseLink, LinkKind
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.ledger.services import Line, actor_of, ledger_append
from huiyin.records.ledger.vocabulary import without_identity


@transaction.atomic
def cases_link(*, case_id: int, other_id: int, kind: str, reason: str, by: User, at: datetime) -> CaseLink:
    """Say how two matters belong together (事项关联): same, related, joint, or not the same.

    Raises: NotPermitted, NotThere, Invalid, ChangedMeanwhile when a finding stands already.
    """
    require({"reason": reason}, reason=_("请写明认定的理由：事实、诉求、地点是否基本相同。"))
    if kind not in LinkKind.values:
        raise Invalid({"kind": _("请选择同一事项、相关事项、共同事项或者不是同一事项。")})
    if case_id == other_id:
        raise Invalid({"other": _("不能与自己关联，请填写另一件的登记号。")})
    _check_may_link(by, case_id, other_id)
    earlier, later = sorted((case_id, other_id))
    try:
        with transaction.atomic():
            link = CaseLink.objects.create(
                earlier_id=earlier, later_id=later, kind=kind, reason=reason, made_by=by, made_at=at
            )
    except IntegrityError:
        raise ChangedMeanwhile(
            _("这两件已经有一个认定。"), way_out=_("要改正的，请先撤销原来的认定。")
        ) from None
    _write(link, "case.linked", reason, by=by, at=at)
    return link


@transaction.atomic
def link_undo(*, link_id: int, reason: str, by: User, at: datetime) -> CaseLink:
    """Undo a finding about two matters (撤销关联); the row and both ledgers keep it."""
    require({"reason": reason}, reason=_("请写明撤销的理由。"))
    link = CaseLink.objects.filter(pk=link_id).first()
    if link is None:
        raise NotThere(_("没有这个关联，或者您无权查看。"))
    _check_may_link(by, link.earlier_id, link.later_id)
    undone = CaseLink.objects.filter(pk=link_id, undone_at=None).update(
        undone_by=by, undone_at=at, undo_reason=reason
    )
    if undone != 1:
        raise ChangedMeanwhile(_("这个关联已经撤销了。"))
    _write(link, "case.unlinked", reason, by=by, at=at)
    return link


def _check_may_link(by: User, *case_ids: int) -> None:
    if not by.has_right(Right.CASE_LINK):
        raise NotPermitted(_("您的角色不能认定事项关联。"), way_out=_("请交登记员或者分流员办理。"))
    if cases_visible_to(by).filter(pk__in=case_ids).count() != len(set(case_ids)):
        raise NotThere(_("没有这件信访事项，或者您无权查看。"))


def _write(link: CaseLink, event: str, reason: str, *, by: User, at: datetime) -> None:
    """Write the finding into both chains, the lower number first so that no two clerks block each other."""
    pair = (link.earlier_id, link.later_id)
    is_sealed = Demand.objects.filter(case_id__in=pair, is_sealed=True).exists()
    for case_id, other_id in ((link.earlier_id, link.later_id), (link.later_id, link.earlier_id)):
        payload = {"other": other_id, "kind": link.kind, "reason": without_identity(reason), "link": link.pk}
        line = Line(event, payload)
        ledger_append(
            matter_id=case_id,
            events=[sealed_line(line) if is_sealed else line],
            at=at,
            actor=actor_of(by),
            agency_id=by.agency_id,
        )
