"""Who may see the petitioner's identity (身份信息能否查看), beyond the right to disclose at all."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.accused import barred_by
from huiyin.casework.cases.models import Case, Demand, Naming
from huiyin.casework.cases.permissions import can_read_secrets
from huiyin.casework.cases.refusals import NotPermitted, Refused, cited
from huiyin.law.branches import Branch
from huiyin.law.confidentiality import ACCUSATION_SECRET, may_release_identity
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.agencies.selectors import agency_directory


def identity_refusal(*, user: User, case: Case, is_accusation: bool) -> Refused | None:
    """Say why this user may not see who petitioned; None when they may, for a purpose.

    `is_accusation` is about every demand of the matter, seen or not, so the sentence must not tell an accused
    unit that there is an accusation: withheld for secrecy and withheld for an accusation read alike.

    Law: 《信访工作条例》(2022) 第三十条; 《北京市信访条例》第十六条; PIPL 6, 34.
    """
    if not user.has_right(Right.IDENTITY_DISCLOSE):
        return NotPermitted(
            _("您的角色不能查看身份信息。"), way_out=_("需要联系信访人的，请由承办人员办理。")
        )
    verdict = may_release_identity(
        branch=Branch.ACCUSATION if is_accusation else None,
        wants_secrecy=case.naming == Naming.SECRET,
        is_anonymous=case.naming == Naming.ANONYMOUS or case.identity_id is None,
    )
    if verdict.is_allowed or _is_kept_here(user, case, is_accusation=is_accusation):
        return None
    if case.naming == Naming.ANONYMOUS:
        return NotPermitted(_("匿名信访，没有身份信息。"))
    return NotPermitted(
        _("信访人的身份信息依法不向本单位公开。"),
        citation=cited(ACCUSATION_SECRET),
        way_out=_("需要联系信访人的，请通过登记机构转达。"),
    )


def _is_kept_here(user: User, case: Case, *, is_accusation: bool) -> bool:
    """Say whether the user belongs to those from whom the identity is not withheld: where it was told."""
    if case.identity_id is None:
        return False
    if not is_accusation:
        return user.agency_id == case.office_id
    agency = agency_directory().get(user.agency_id)
    is_charged = user.agency_id == case.office_id or (agency is not None and agency.is_discipline)
    if not is_charged or not can_read_secrets(user):
        return False
    sealed = Demand.objects.filter(case_id=case.pk, is_sealed=True)
    return not sealed.filter(accused_agency_id__in=barred_by(user.agency_id or 0)).exists()
