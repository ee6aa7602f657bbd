"""The tracking page in words (查进度页面): stages, holder, limits and how they were counted, what to do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.casework.intake.selectors import Tracked, TrackedDemand, TrackedDocument
from huiyin.casework.replies.selectors.rows import ClockRow
from huiyin.interfaces.portal.contacts import Contact, contact_of
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.history import events_for_petitioner
from huiyin.interfaces.ui.legal import article_of, clock_card_of, said
from huiyin.interfaces.ui.parts import (
    Cell,
    ClockCard,
    Column,
    Event,
    Light,
    LightState,
    Link,
    Stage,
    Table,
    light_of,
)
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law.calendar import WorkCalendar, load_calendar, local_date
from huiyin.law.clock_rules import PARTY_LABELS
from huiyin.law.deadlines import DeadlineError, count
from huiyin.law.lifecycle import TERMINAL_STAGES
from huiyin.law.lifecycle import Stage as LawStage
from huiyin.law.lifecycle_clocks import OWN_LIMIT, REVIEW_CLOCK
from huiyin.law.lights import traffic_light
from huiyin.law.rules import rule_version
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.proof import receipt_text
from huiyin.records.ledger.selectors import LedgerLine

# The stages a petitioner is shown, each with the stages of the law it stands for.
WAY: tuple[tuple[LawStage, ...], ...] = (
    (LawStage.REGISTERED,),
    (LawStage.AWAITING_RECEIPT, LawStage.OBJECTED, LawStage.DISPUTED),
    (LawStage.ACCEPTED, LawStage.IN_APPROVAL),
    (LawStage.ISSUED,),
    (LawStage.SERVED, LawStage.REPORTED),
    (LawStage.CLOSED,),
)
# The event that first reached each of them, for the date beside it.
REACHED: tuple[frozenset[str], ...] = (
    frozenset({"case.registered"}),
    frozenset({"demand.forwarded", "demand.assigned", "demand.designated"}),
    frozenset({"demand.accepted"}),
    frozenset({"reply.issued"}),
    frozenset({"document.served"}),
    frozenset({"demand.closed"}),
)

# What these say about remedies concerns an answer still to come.
NO_ANSWER = frozenset({"receipt", "acceptance_notice", "extension_notice", "personal_information_notice"})


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document of the dossier: readable, or to be signed for first (文书)."""

    title: str
    number: str
    url: str
    issued_at: datetime
    served: str
    awaits_signature: bool


@dataclass(frozen=True, slots=True)
class DemandView:
    """One demand on the tracking page (诉求进度)."""

    id: int
    position: int
    statement: str
    state: str
    stages: tuple[Stage, ...]
    holder: Contact | None
    next_light: Light | None
    running: tuple[ClockCard, ...]
    past: tuple[ClockCard, ...]
    documents: tuple[DocumentLink, ...]
    remedy: str
    remedy_until: date | None
    is_open: bool
    is_overdue: bool
    may_rate: bool
    may_withdraw: bool
    ratings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TrackingView:
    """The tracking page (查进度)."""

    number: str
    registered_at: datetime
    office: Contact | None
    naming: str
    is_anonymous: bool
    demands: tuple[DemandView, ...]
    events: tuple[Event, ...]
    looks: Table | None
    may_supplement: bool
    proof: str


def tracking_view(matter: Tracked, *, today: date) -> TrackingView:
    """Put a matter into words for its petitioner."""
    calendar = load_calendar()
    first = matter.lines[0]
    office = agency_directory().get(matter.office_id)
    return TrackingView(
        number=matter.number,
        registered_at=matter.registered_at,
        office=contact_of(office) if office else None,
        naming=labels.naming(matter.naming),
        is_anonymous=matter.naming == "anonymous",
        demands=tuple(demand_view(matter, demand, calendar, today) for demand in matter.demands),
        events=events_of(matter),
        looks=looks_table(matter) if matter.looks else None,
        may_supplement=any(demand.may_supplement for demand in matter.demands),
        proof=receipt_text(matter_id=matter.id, sequence=first.sequence, digest=first.hash),
    )


def demand_view(matter: Tracked, demand: TrackedDemand, calendar: WorkCalendar, today: date) -> DemandView:
    holder = agency_directory().get(demand.holder_id)
    cards = [(clock, clock_card(clock, calendar, today)) for clock in demand.clocks]
    running = tuple(card for clock, card in cards if clock.stopped_at is None)
    owed = [
        (clock.due_on, card)
        for clock, card in cards
        if clock.stopped_at is None and clock.rule != REVIEW_CLOCK
    ]
    nearest = min(owed, key=lambda pair: pair[0])[1].light if owed else None
    remedy = remedy_of(demand)
    review = next((clock for clock in demand.clocks if clock.rule == REVIEW_CLOCK), None)
    return DemandView(
        id=demand.id,
        position=demand.position,
        statement=demand.statement,
        state=labels.stage(demand.stage),
        stages=stage_bar(demand, matter.lines),
        holder=contact_of(holder) if holder and demand.is_open else None,
        next_light=nearest if demand.is_open else None,
        running=running if demand.is_open or review else (),
        past=tuple(card for clock, card in cards if clock.stopped_at is not None),
        documents=tuple(document_link(matter, document) for document in demand.documents),
        remedy=remedy,
        remedy_until=review.due_on if review and remedy else None,
        is_open=demand.is_open,
        is_overdue=bool(demand.is_open and nearest and nearest.state is LightState.OVERDUE),
        may_rate=demand.may_rate,
        may_withdraw=demand.may_withdraw,
        ratings=tuple((labels.rated_body(row.body), labels.score(row.score)) for row in demand.ratings),
    )


def stage_bar(demand: TrackedDemand, lines: tuple[LedgerLine, ...]) -> tuple[Stage, ...]:
    """Where the demand stands, with the day it reached each stage (阶段条)."""
    names = (
        _("登记"),
        _("分给承办单位"),
        _("受理办理"),
        _("作出答复"),
        _("送达"),
        _("办结"),
    )
    days = [first_day(lines, demand.id, events) for events in REACHED]
    stage = LawStage(demand.stage)
    if stage in TERMINAL_STAGES and stage is not LawStage.CLOSED:
        ended = day(demand.closed_at, "short") if demand.closed_at else ""
        done = [
            Stage(name, "done", day(reached, "short"))
            for name, reached in zip(names, days, strict=True)
            if reached
        ]
        return (*done, Stage(labels.stage(demand.stage), "current", ended))
    current = next(place for place, stages in enumerate(WAY) if stage in stages)
    is_over = stage is LawStage.CLOSED
    states = ["done" if place < current or is_over else "next" for place in range(len(WAY))]
    if not is_over:
        states[current] = "current"
    if current >= 2 and days[1] is None:
        states[1] = "skipped"
    return tuple(
        Stage(name, state, day(reached, "short") if reached and state != "next" else "")
        for name, state, reached in zip(names, states, days, strict=True)
    )


def first_day(lines: tuple[LedgerLine, ...], demand_id: int, events: frozenset[str]) -> date | None:
    """The day of the newest of these events: a matter sent back and on again shows the last time."""
    found = [
        local_date(line.at)
        for line in lines
        if line.event in events and line.payload.get("demand", demand_id) == demand_id
    ]
    return found[-1] if found else None


def clock_card(clock: ClockRow, calendar: WorkCalendar, today: date) -> ClockCard:
    """One limit with its light and how its date was counted (期限卡)."""
    version = rule_version(clock.rule, clock.rule_version)
    start = local_date(clock.started_at)
    stopped_on = local_date(clock.stopped_at) if clock.stopped_at else None
    is_own = clock.rule == REVIEW_CLOCK
    shade = traffic_light(clock.due_on, today, calendar=calendar, start=start, stopped=bool(stopped_on))
    light = light_of(
        shade, due=clock.due_on, today=today, met_on=stopped_on, is_provisional=clock.is_provisional
    )
    if is_own and light.state is LightState.OVERDUE:
        light = Light(LightState.STOPPED)
    note = _("这是您的期限，过了这一天一般不能再申请复查。") if is_own else ""
    if clock.extended_days:
        note = _("已延长%(days)s天。") % {"days": clock.extended_days}
    if clock.rule != OWN_LIMIT:
        try:
            due = count(version, clock.started_at, calendar=calendar, extended_days=clock.extended_days)
        except DeadlineError:
            due = None
        if due is not None and due.due == clock.due_on:
            return clock_card_of(due, calendar=calendar, light=light, note=note)
    return ClockCard(
        title=said(version.title_zh, version.title_en),
        due=clock.due_on,
        light=light,
        who=said(*PARTY_LABELS[version.party]),
        started=start,
        article=article_of(version.citation),
        note=note or _("这个日期由交办单位定，写在交办函里。"),
    )


def document_link(matter: Tracked, document: TrackedDocument) -> DocumentLink:
    served = _("、").join(
        _("%(day)s%(method)s") % {"day": day(row.served_on, "short"), "method": labels.method(row.method)}
        for row in document.deliveries
    )
    name = "portal:track_receive" if document.awaits_signature else "portal:track_document"
    target = document.demand_id if document.awaits_signature else document.id
    return DocumentLink(
        title=labels.document_kind(document.kind),
        number=document.number,
        url=reverse(name, args=[matter.number, target]),
        issued_at=document.issued_at,
        served=served,
        awaits_signature=document.awaits_signature,
    )


def remedy_of(demand: TrackedDemand) -> str:
    """What one can do about the last answer, in the words printed on it (救济)."""
    for document in reversed(demand.documents):
        if document.kind in NO_ANSWER:
            continue
        if not document.awaits_signature:
            for name in ("remedy", "where_to_go", "limitation_warning"):
                if document.body.get(name):
                    return str(document.body[name])
    return ""


def events_of(matter: Tracked) -> tuple[Event, ...]:
    """The whole history, newest last; only documents that may be read are links (经过)."""
    readable = {document.id for document in matter.documents if not document.awaits_signature}

    def address(document_id: int) -> str:
        return reverse("portal:track_document", args=[matter.number, document_id])

    found: list[Event] = []
    for line in matter.lines:
        is_readable = line.payload.get("document") in readable
        found.extend(
            events_for_petitioner(
                [line], positions=matter.positions, document_url=address if is_readable else None
            )
        )
    return tuple(found)


def looks_table(matter: Tracked) -> Table:
    """Who looked at the identity, when and for what; without names of officers (查阅记录)."""
    rows = tuple(
        (
            Cell(day=look.at),
            Cell(labels.agency_name(look.agency_id)),
            Cell(labels.look_purpose(look.purpose)),
        )
        for look in matter.looks
    )
    columns = (Column(_("日期"), is_heading=True), Column(_("哪个单位")), Column(_("为了什么")))
    return Table(_("谁看过您的身份信息"), columns, rows)


def demand_title(matter: Tracked, demand: TrackedDemand) -> str:
    """The demand in a heading, with its number where there are several."""
    if len(matter.demands) == 1:
        return demand.statement
    return _("诉求%(number)s：%(text)s") % {"number": demand.position, "text": demand.statement}


def back_to(matter: Tracked) -> Link:
    return Link(_("返回进度页"), reverse("portal:track_matter", args=[matter.number]))
