"""Demands with a unit where nobody could take them further (无人可办): a matter of accounts, not of law."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.permissions import OFFICE_STEPS, STEP_RIGHTS
from huiyin.casework.cases.refusals import in_language
from huiyin.law.lifecycle import STAGE_LABELS, Stage, allowed_steps
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right, rights_of
from huiyin.records.agencies.selectors import agency_directory


def demands_nobody_can_move() -> Iterator[str]:
    """One sentence for each unit and stage; nothing when every demand has somebody who can act."""
    rights: dict[int, list[frozenset[str]]] = {}
    staff = User.objects.filter(is_active=True, agency_id__isnull=False)
    for agency_id, duty, roles in staff.values_list("agency_id", "duty", "roles"):
        rights.setdefault(agency_id or 0, []).append(rights_of(duty, roles))
    held = Demand.objects.filter(is_open=True).order_by("holder_id", "stage", "is_sealed")
    for holder_id, stage, is_sealed in held.values_list("holder_id", "stage", "is_sealed").distinct():
        if not any(_moves(each, stage, is_sealed=is_sealed) for each in rights.get(holder_id, ())):
            yield _sentence(holder_id, stage, is_sealed=is_sealed)


def _sentence(holder_id: int, stage: str, *, is_sealed: bool) -> str:
    words = {
        "agency": agency_directory().name(holder_id),
        "stage": in_language(*STAGE_LABELS[Stage(stage)]),
    }
    if is_sealed:
        return _("%(agency)s没有人能够办理“%(stage)s”的检举控告：请为该单位设置检举控告专办员。") % words
    return _("%(agency)s没有人能够办理“%(stage)s”的诉求：请为该单位设置相应角色的账号。") % words


def _moves(rights: frozenset[str], stage: str, *, is_sealed: bool) -> bool:
    """Say whether somebody with these rights sees such a demand and can take a step with it."""
    if Right.CASE_READ not in rights or (is_sealed and Right.ACCUSATION_HANDLE not in rights):
        return False
    steps = set(allowed_steps(stage)) - OFFICE_STEPS
    return any(STEP_RIGHTS[step] in rights for step in steps if step in STEP_RIGHTS)
