"""Looking at who petitioned (查阅身份信息): within the scope, for a purpose, written down."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand, Petitioner
from huiyin.casework.cases.refusals import Invalid, NotPermitted, NotThere
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.replies.identities import identity_refusal
from huiyin.law.privacy import PURPOSES, Purpose
from huiyin.records.accounts.models import User
from huiyin.records.vault.details import IdentityDetails
from huiyin.records.vault.services import identity_disclose


@dataclass(frozen=True)
class Disclosed:
    """One person in the open (已披露的信访人); capacity is empty for the first petitioner."""

    capacity: str
    details: IdentityDetails


@transaction.atomic
def petitioners_disclose(*, case_id: int, purpose: str, by: User, at: datetime) -> list[Disclosed]:
    """Show an officer who petitioned (查阅身份信息), for a purpose; the look is in the ledger.

    Law: PIPL 6, 34; 《信访工作条例》(2022) 第三十条.
    Raises: NotThere, NotPermitted (secrecy asked for, accusation, role), Invalid without a purpose.
    """
    demand = demands_visible_to(by).select_related("case").filter(case_id=case_id).first()
    if demand is None:
        raise NotThere(_("没有这件信访事项，或者您无权查看。"))
    case = demand.case
    is_accusation = Demand.objects.filter(case_id=case_id, is_sealed=True).exists()
    refusal = identity_refusal(user=by, case=case, is_accusation=is_accusation)
    if refusal:
        raise refusal
    if purpose not in {rule.purpose.value for rule in PURPOSES.values() if rule.is_for_staff}:
        raise Invalid({"purpose": _("请选择查看的工作目的；没有目的不能查看（《个人信息保护法》第六条）。")})
    people = list(Petitioner.objects.filter(case_id=case_id).order_by("id"))
    capacities = {person.identity_id: person.capacity for person in people}
    wanted = ([case.identity_id] if case.identity_id else []) + list(capacities)
    try:
        found = identity_disclose(
            identity_ids=wanted, matter_id=case_id, purpose=Purpose(purpose).value, by=by, at=at
        )
    except PermissionDenied as denied:
        raise NotPermitted(str(denied)) from None
    return [Disclosed(capacities.get(key, ""), found[key]) for key in wanted if key in found]
