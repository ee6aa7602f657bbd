"""Extensions (延期): asked for with reasons before the end, approved by the head, told to the petitioner."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.clocks import Recount, clock_recount
from huiyin.casework.cases.models import Clock, Demand
from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotThere, guarded, uncountable
from huiyin.casework.cases.services import demand_advance, demand_for_step, require
from huiyin.casework.replies.models import Extension, ExtensionDecision
from huiyin.casework.routing.letters import letter_issue
from huiyin.casework.routing.services.sending import issued_line
from huiyin.law.calendar import local_date
from huiyin.law.deadlines import DeadlineError
from huiyin.law.lifecycle import Step, row_of
from huiyin.records.accounts.models import User
from huiyin.records.ledger.services import Line
from huiyin.records.ledger.vocabulary import without_identity

EXTENDABLE = row_of(Step.EXTEND_APPROVE).clocks_extended


@transaction.atomic
def extension_request(
    *, demand_id: int, days: int, reason: str, by: User, at: datetime, version: int | None = None
) -> Extension:
    """Ask the head of the organ for more time (申请延期) before the limit is over.

    Law: 《信访工作条例》(2022) 第三十四条.
    """
    require({"reason": reason}, reason=_("请写明为什么情况复杂、不能按期办结（第三十四条）。"))
    demand = demand_for_step(demand_id=demand_id, step=Step.EXTEND_REQUEST, by=by, version=version)
    clock = (
        Clock.objects.filter(demand=demand, rule__in=EXTENDABLE, stopped_at=None).order_by("due_on").first()
    )
    if clock is None:
        raise guarded("extendable")
    if days < 1:
        raise Invalid({"days": _("请填写延长的天数，1至30天（第三十四条）。")})
    if local_date(at) > clock.due_on:
        raise Invalid(
            {"days": _("办理期限已于%(due)s届满，届满后不能再延期（第三十四条）。") % {"due": clock.due_on}}
        )
    _recount(clock, days)
    if Extension.objects.filter(clock=clock, decision=ExtensionDecision.PENDING).exists():
        raise ChangedMeanwhile(_("已有一份延期申请等待批准。"))
    extension = Extension.objects.create(
        demand=demand, clock=clock, days=days, reason=reason, requested_by=by, requested_at=at
    )
    line = Line(
        "extension.requested",
        {
            "demand": demand.pk,
            "extension": extension.pk,
            "rule": clock.rule,
            "days": days,
            "reason": without_identity(reason),
        },
    )
    demand_advance(demand=demand, step=Step.EXTEND_REQUEST, lines=[line], by=by, at=at)
    return extension


def _pending(demand: Demand) -> Extension:
    waiting = Extension.objects.select_related("clock").filter(
        demand=demand, decision=ExtensionDecision.PENDING
    )
    extension = waiting.first()
    if extension is None:
        raise NotThere(_("没有等待批准的延期申请。"))
    return extension


def _check_approval(extension: Extension, clock: Clock, *, by: User, at: datetime) -> None:
    """Refuse to approve one's own request, and to heal a limit that is over or no longer runs."""
    if extension.requested_by_id == by.pk:
        raise guarded("not_own_request")
    if clock.stopped_at is not None or local_date(at) > clock.due_on:
        raise guarded("extendable")


def _recount(clock: Clock, days: int) -> Recount:
    """Count the clock with the extension on top of what it has; the law shelf refuses what is too much."""
    try:
        return clock_recount(clock=clock, extended_days=clock.extended_days + days)
    except DeadlineError as error:
        raise uncountable(error) from None


def _extend(clock: Clock, recount: Recount, days: int) -> None:
    Clock.objects.filter(pk=clock.pk, extended_days=clock.extended_days).update(
        extended_days=clock.extended_days + days,
        raw_end=recount.raw_end,
        due_on=recount.due_on,
        due_at=recount.due_at,
        is_provisional=recount.is_provisional,
    )


def _extend_alike(clock: Clock, days: int) -> None:
    """Extend the other handling limit too where two run for the same work, as when a Congress assigns.

    Law: 《上海市信访条例》第三十一条 gives the assigned matter the same extension as 第三十四条.
    """
    alike = Clock.objects.filter(demand_id=clock.demand_id, rule__in=EXTENDABLE, stopped_at=None)
    for other in alike.exclude(pk=clock.pk):
        try:
            _extend(other, clock_recount(clock=other, extended_days=other.extended_days + days), days)
        except DeadlineError:
            # A local rule without extension keeps its end, as it would alone.
            continue


@transaction.atomic
def extension_decide(
    *,
    demand_id: int,
    is_approved: bool,
    reasons: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Extension:
    """Approve or refuse an extension (批准延期); an approved one is told to the petitioner with its reason.

    Law: 《信访工作条例》(2022) 第三十四条: at most 30 days, by the head of the organ.
    """
    require({"reasons": reasons}, reasons=_("请写明理由；批准的延期理由要告知信访人（第三十四条）。"))
    step = Step.EXTEND_APPROVE if is_approved else Step.EXTEND_REFUSE
    demand = demand_for_step(demand_id=demand_id, step=step, by=by, version=version)
    extension = _pending(demand)
    clock = extension.clock
    if is_approved:
        _check_approval(extension, clock, by=by, at=at)
    payload: dict[str, object] = {
        "demand": demand.pk,
        "extension": extension.pk,
        "rule": clock.rule,
        "days": extension.days,
        "reason": without_identity(reasons),
    }
    lines = [Line("extension.refused", payload)]
    document = None
    if is_approved:
        recount = _recount(clock, extension.days)
        _extend(clock, recount, extension.days)
        _extend_alike(clock, extension.days)
        document = letter_issue(
            demand=demand,
            kind="extension_notice",
            receiver_id=None,
            body={"reason": reasons, "days": extension.days, "new_date": recount.due_on.isoformat()},
            by=by,
            at=at,
        )
        lines = [
            Line("extension.approved", payload | {"due_on": recount.due_on}),
            issued_line(demand, document),
        ]
    Extension.objects.filter(pk=extension.pk, decision=ExtensionDecision.PENDING).update(
        decision=ExtensionDecision.APPROVED if is_approved else ExtensionDecision.REFUSED,
        decision_reasons=reasons,
        decided_by=by,
        decided_at=at,
        document=document,
    )
    demand_advance(demand=demand, step=step, lines=lines, by=by, at=at)
    return extension
