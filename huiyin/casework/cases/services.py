"""What every step on a demand shares (推进诉求): fetch, check, move, run the clocks, write the ledger."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.clocks import clock_start
from huiyin.casework.cases.fields import unfit_texts
from huiyin.casework.cases.models import Clock, Demand, Involvement, Reading
from huiyin.casework.cases.permissions import why_not_permitted
from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotThere, unlawful
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.law import lifecycle
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import OPEN_STAGES, ReferralKind, Stage, Step
from huiyin.law.lifecycle_clocks import OBJECTION_CLOCK, OWN_LIMIT, REVIEW_CLOCK
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.chain import Head
from huiyin.records.ledger.models import ChainHead
from huiyin.records.ledger.services import ChainMoved, Line, actor_of, ledger_append
from huiyin.records.ledger.vocabulary import EVENTS, PROSE

# Half a year: the longest limit for reporting that any local rule read so far has (Henan NPC, 2005).
MAX_OWN_DAYS = 180
SEALED_PROSE = "〔密封〕"


def demand_for_step(*, demand_id: int, step: Step, by: User, version: int | None = None) -> Demand:
    """Fetch the demand for a step of an officer.

    Raises: NotThere, NotPermitted, ChangedMeanwhile (someone else moved it), NotLawful (stage).
    """
    head = ChainHead.objects.filter(matter_id=OuterRef("case_id"))
    found = demands_visible_to(by).select_related("case").filter(pk=demand_id)
    # Two people at one demand take turns: the second sees what the first has done, and is told so.
    found = found.select_for_update(of=("self",))
    demand = found.annotate(
        head_sequence=Subquery(head.values("sequence")), head_hash=Subquery(head.values("hash"))
    ).first()
    if demand is None:
        raise NotThere(_("没有这项诉求，或者您无权查看。"))
    if demand.head_sequence is not None:
        demand.ledger_head = Head(demand.head_sequence, bytes(demand.head_hash))
    check_version(demand, version)
    refusal = why_not_permitted(by, demand, step)
    if refusal:
        raise refusal
    check_lawful(demand, step)
    return demand


def check_version(demand: Demand, version: int | None) -> None:
    """Refuse to act on what somebody else has changed since the page was opened."""
    if version is not None and demand.version != version:
        raise ChangedMeanwhile(
            _("您打开页面之后，这项诉求已由其他人办理。"),
            way_out=_("请查看最新情况再决定，您填写的内容已保留。"),
        )


def check_lawful(demand: Demand, step: Step) -> None:
    """Refuse a step that the life cycle does not know from this stage."""
    refusal = lifecycle.why_not(step, demand.stage)
    if refusal:
        raise unlawful(refusal)


def demand_advance(
    *,
    demand: Demand,
    step: Step,
    by: User | None,
    at: datetime,
    lines: Sequence[Line],
    holder_id: int | None = None,
    clocks: Sequence[Clock] = (),
    stops: Sequence[str] = (),
    changes: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Move the demand by one step: compare-and-swap, clocks and ledger, all in the caller's transaction.

    `holder_id` is who holds it then, `clocks` start, the running clocks of the rules in `stops` stop.
    Raises: ChangedMeanwhile when somebody else moved it first; nothing is written then.
    """
    stage = lifecycle.transition(step, demand.stage).target(Stage(demand.stage))
    stop_clocks(demand=demand, rules=stops, at=at)
    Clock.objects.bulk_create(clocks)
    is_open = stage in OPEN_STAGES
    values: dict[str, object] = {
        "stage": stage.value,
        "is_open": is_open,
        "closed_at": demand.closed_at if is_open else at,
        "last_event_at": at,
        **changes,
    }
    if holder_id is not None:
        values["holder_id"] = holder_id
    nearest = (
        Clock.objects.filter(demand_id=OuterRef("pk"), stopped_at=None, agency_id__isnull=False)
        .exclude(rule=OBJECTION_CLOCK)
        .order_by("due_on", "id")
    )
    moved = Demand.objects.filter(pk=demand.pk, stage=demand.stage, version=demand.version).update(
        version=F("version") + 1,
        due_on=Subquery(nearest.values("due_on")[:1]),
        due_rule=Coalesce(Subquery(nearest.values("rule")[:1]), Value("")),
        **values,
    )
    if moved != 1:
        raise _overtaken()
    is_sealed = values.get("is_sealed", demand.is_sealed)
    try:
        entries = ledger_append(
            matter_id=demand.case_id,
            events=[sealed_line(line) for line in lines] if is_sealed else lines,
            at=at,
            actor=actor_of(by),
            agency_id=by.agency_id if by else None,
            head=demand.ledger_head,
        )
    except ChainMoved as error:
        raise _overtaken() from error
    demand.ledger_head = Head(entries[-1].sequence, bytes(entries[-1].hash))
    for name, value in values.items():
        setattr(demand, name, value)
    demand.version += 1


def sealed_line(line: Line) -> Line:
    """The same line without free text: what an accusation is about stays out of the ledger (密封).

    The ledger is exported and verified by people who may not see the matter; letters and reports keep it.
    """
    kinds = EVENTS[line.event].fields
    hidden = {name: SEALED_PROSE for name, value in line.payload.items() if value and kinds[name] == PROSE}
    return Line(line.event, {**line.payload, **hidden})


def _overtaken() -> ChangedMeanwhile:
    return ChangedMeanwhile(
        _("就在刚才，其他人办理了这项诉求。"), way_out=_("请查看最新情况再决定，您填写的内容已保留。")
    )


def stop_clocks(*, demand: Demand, rules: Sequence[str], at: datetime) -> None:
    """Stop the running clocks of these rules."""
    if rules:
        Clock.objects.filter(demand_id=demand.pk, stopped_at=None, rule__in=rules).update(stopped_at=at)


def step_clocks(*, demand: Demand, step: Step) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules whose clocks the step starts and stops, by who takes it and under whose profile."""
    holder = agency_directory()[demand.holder_id]
    kind = ReferralKind.ASSIGN if demand.is_assigned else ReferralKind.FORWARD
    if demand.lead_id is None or demand.lead_id == demand.office_id:
        kind = ReferralKind.DIRECT
    if step is Step.ASSIGN:
        kind = ReferralKind.ASSIGN
    return lifecycle.clocks_for(
        step, profile=holder.profile, branch=demand.branch or None, kind=kind, sender=demand.profile
    )


def clocks_owed(
    *, demand: Demand, rules: Sequence[str], agency_id: int, at: datetime, limit_on: date | None = None
) -> list[Clock]:
    """Make the clocks an agency owes from now on; an own limit needs the date somebody set.

    The petitioner's own period, for asking for a review, is owed by nobody.

    Raises: Invalid when an own limit is due and nobody set it, or it is no day to work towards.
    """
    if OWN_LIMIT in rules:
        _check_own_limit(limit_on, at)
    return [
        clock_start(
            demand=demand,
            rule_id=rule,
            agency_id=None if rule == REVIEW_CLOCK else agency_id,
            at=at,
            own_limit_on=limit_on if rule == OWN_LIMIT else None,
        )
        for rule in rules
    ]


def _check_own_limit(limit_on: date | None, at: datetime) -> None:
    if limit_on is None:
        raise Invalid({"limit_on": _("这一类诉求没有统一的法定期限，请自定一个办结日期，便于督促和查询。")})
    today = local_date(at)
    if not today < limit_on <= today + timedelta(days=MAX_OWN_DAYS):
        raise Invalid(
            {"limit_on": _("自定的期限应在明天以后、%(days)s天之内，不能没有期限。") % {"days": MAX_OWN_DAYS}}
        )


def involve(*, demand: Demand, agencies: Mapping[int, str], at: datetime) -> None:
    """Let agencies see the demand from now on; what they could see before stays."""
    Involvement.objects.bulk_create(
        (
            Involvement(demand_id=demand.pk, case_id=demand.case_id, agency_id=agency_id, role=role, since=at)
            for agency_id, role in agencies.items()
        ),
        ignore_conflicts=True,
    )


def reading_record(*, case_id: int, by: User, surface: str, at: datetime) -> None:
    """Write down that somebody opened a case (查阅留痕)."""
    Reading.objects.create(case_id=case_id, user=by, agency_id=by.agency_id, surface=surface, at=at)


def require(fields: Mapping[str, str], **sentences: object) -> None:
    """Refuse empty compulsory fields and texts that cannot be kept, all at once, each with its sentence."""
    missing = {name: sentence for name, sentence in sentences.items() if not fields.get(name, "").strip()}
    problems = unfit_texts(fields) | missing
    if problems:
        raise Invalid(problems)
