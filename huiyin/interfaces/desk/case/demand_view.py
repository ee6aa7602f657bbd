"""One demand on the case page (诉求): where it stands, whose turn it is, what can be done, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from huiyin.casework.replies.selectors.rows import CasePage, DemandRow, EvidenceRow
from huiyin.interfaces.desk.case.actions import ActionView, WhyNot, actions_of
from huiyin.interfaces.desk.case.addresses import document_url, file_url
from huiyin.interfaces.desk.case.clock_cards import clock_cards, light_of_clock
from huiyin.interfaces.desk.case.stage_bar import stage_bar
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.parts import ClockCard, Light, Link, Stage, Text
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law.handling import HandlingStep

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User


@dataclass(frozen=True, slots=True)
class Record:
    """What was done about one of the five steps (五到位记录)."""

    happened_on: date
    text: str
    who: str
    file_url: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the five steps, filled or missing (五到位)."""

    label: Text
    records: tuple[Record, ...]

    @property
    def is_filled(self) -> bool:
        return bool(self.records)


@dataclass(frozen=True, slots=True)
class Loop:
    """One objection: who said no to whom, and what came of it (退回往返)."""

    sender: str
    receiver: str
    raised_at: datetime
    reasons: str
    decision: Text
    decision_reasons: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document of the demand (文书)."""

    link: Link
    kind: Text
    agency: str
    issued_at: datetime
    served: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class RatingView:
    """What the petitioner said (评价); shown, never changed."""

    body: Text
    agency: str
    score: Text
    text: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class DemandView:
    """One demand as the template shows it (诉求)."""

    id: int
    position: int
    statement: str
    stage: Text
    stages: tuple[Stage, ...]
    is_open: bool
    is_sealed: bool
    is_assigned: bool
    holder: str
    handler: str
    due: date | None
    light: Light | None
    tags: tuple[Text, ...]
    outcome: Text
    settled: Text
    actions: tuple[ActionView, ...]
    why_not: tuple[WhyNot, ...]
    clocks: tuple[ClockCard, ...]
    past_clocks: tuple[ClockCard, ...]
    slots: tuple[Slot, ...]
    slots_filled: int
    loops: tuple[Loop, ...]
    requirement: str
    draft_note: Text
    extension_note: Text
    documents: tuple[DocumentLink, ...]
    ratings: tuple[RatingView, ...]


def demand_view(demand: DemandRow, page: CasePage, user: "User", *, today: date) -> DemandView:
    """Turn one demand into what the template shows (诉求)."""
    running, ended = clock_cards(demand.clocks, today=today)
    nearest = min(
        (row for row in demand.clocks if row.stopped_at is None and row.agency_id),
        key=lambda row: row.due_on,
        default=None,
    )
    actions, why_not = actions_of(demand)
    referral = demand.standing_referral
    slots = _slots(demand)
    return DemandView(
        id=demand.id,
        position=demand.position,
        statement=demand.statement,
        stage=labels.stage(demand.stage),
        stages=stage_bar(demand, page.lines),
        is_open=demand.is_open,
        is_sealed=demand.is_sealed,
        is_assigned=demand.is_assigned,
        holder=labels.agency_name(demand.holder_id),
        handler=demand.handler,
        due=nearest.due_on if nearest else None,
        light=light_of_clock(nearest, today=today) if nearest else None,
        tags=tuple(_tags(demand)),
        outcome=labels.outcome(demand.outcome) if demand.outcome else "",
        settled=labels.settled(demand.settled) if demand.settled else "",
        actions=actions,
        why_not=why_not,
        clocks=running,
        past_clocks=ended,
        slots=slots,
        slots_filled=sum(slot.is_filled for slot in slots),
        loops=tuple(_loops(demand)),
        requirement=referral.requirement if referral else "",
        draft_note=_draft_note(demand),
        extension_note=_extension_note(demand),
        documents=tuple(_documents(demand)),
        ratings=tuple(_ratings(demand)),
    )


def _tags(demand: DemandRow) -> Sequence[str]:
    tags = []
    if demand.branch:
        tags.append(labels.branch(demand.branch))
    if demand.content_class:
        tags.append(labels.class_name(demand.content_class))
    if demand.purpose:
        tags.append(labels.petition_purpose(demand.purpose))
    return tags


def _slots(demand: DemandRow) -> tuple[Slot, ...]:
    """The five steps; nothing before a unit has accepted."""
    is_handled = demand.lead_id is not None and demand.stage != "awaiting_receipt"
    if not (is_handled or demand.evidence):
        return ()
    return tuple(
        Slot(
            labels.five_step(step.value),
            tuple(_record(row) for row in demand.evidence if row.step == step.value),
        )
        for step in HandlingStep
    )


def _record(row: EvidenceRow) -> Record:
    link = file_url(row.attachment_id) if row.attachment_id else ""
    return Record(row.happened_on, row.text, row.recorded_by, link)


def _loops(demand: DemandRow) -> Sequence[Loop]:
    return [
        Loop(
            sender=labels.agency_name(row.sender_id),
            receiver=labels.agency_name(row.receiver_id),
            raised_at=row.raised_at,
            reasons=row.reasons,
            decision=labels.objection_decision(row.decision),
            decision_reasons=row.decision_reasons,
            decided_at=row.decided_at,
        )
        for row in demand.objections
    ]


def _draft_note(demand: DemandRow) -> str:
    reply = demand.reply_in_hand
    if reply is None or not demand.is_open:
        return ""
    note = _("%(kind)s：%(state)s，%(who)s拟稿") % {
        "kind": labels.document_kind(reply.kind),
        "state": labels.reply_state(reply.state),
        "who": reply.drafted_by,
    }
    if reply.return_reason and reply.state == "returned":
        note += _("。退回意见：%(reason)s") % {"reason": reply.return_reason}
    return note


def _extension_note(demand: DemandRow) -> str:
    row = demand.pending_extension
    if row is None:
        return ""
    return _("%(who)s申请延期%(days)s日，等待批准：%(reason)s") % {
        "who": row.requested_by,
        "days": row.days,
        "reason": row.reason,
    }


def _documents(demand: DemandRow) -> Sequence[DocumentLink]:
    return [
        DocumentLink(
            link=Link(row.number, document_url(row.id), "file-text"),
            kind=labels.document_kind(row.kind),
            agency=labels.agency_name(row.agency_id),
            issued_at=row.issued_at,
            served=tuple(
                _("%(method)s，%(day)s送达")
                % {"method": labels.method(each.method), "day": day(each.served_on, "short")}
                for each in demand.deliveries
                if each.document_id == row.id
            ),
        )
        for row in demand.documents
    ]


def _ratings(demand: DemandRow) -> Sequence[RatingView]:
    return [
        RatingView(
            body=labels.rated_body(row.body),
            agency=labels.agency_name(row.agency_id),
            score=labels.score(row.score),
            # One text goes with both scores; it is shown once.
            text=row.text if row is demand.ratings[0] else "",
            given_at=row.given_at,
        )
        for row in demand.ratings
    ]
