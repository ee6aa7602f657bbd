"""From the read-model of the case page to what the API answers (事项输出)."""

from typing import TYPE_CHECKING

from huiyin.casework.replies.selectors.rows import CasePage, ClockRow, DemandRow, StepChoice
from huiyin.interfaces.api import reading_schemas as out
from huiyin.interfaces.api.callers import code_of
from huiyin.interfaces.ui.history import FOR_AUDITORS
from huiyin.records.accounts.rights import Right
from huiyin.records.ledger.selectors import LedgerLine

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User


def case_out(page: CasePage, user: "User") -> out.CaseOut:
    """The matter with its demands, texts and history; identities stay on the desk, which asks a purpose."""
    return out.CaseOut(
        id=page.id,
        number=page.number,
        title=page.title,
        channel=page.channel,
        received_at=page.received_at,
        registered_at=page.registered_at,
        office=code_of(page.office_id),
        naming=page.naming,
        head_count=page.head_count,
        region_code=page.region_code,
        place=page.place,
        superior_number=page.superior_number,
        demands=[demand_out(demand) for demand in page.demands],
        submissions=[
            out.TextOut(
                id=one.id,
                channel=one.channel,
                received_at=one.received_at,
                is_supplement=one.is_supplement,
                text=one.text,
                evidence=dict(one.evidence),
            )
            for one in page.submissions
        ],
        history=history_out(page, user),
    )


def history_out(page: CasePage, user: "User") -> list[out.EventOut]:
    """The history as the desk tells it: looks at identities for auditors, and nothing to count others by.

    Law: 《信访工作条例》(2022) 第三十条: a gap in the numbering would tell an accused unit of an accusation.
    """
    is_auditor = user.has_right(Right.LEDGER_AUDIT)
    lines = [line for line in page.lines if is_auditor or line.event not in FOR_AUDITORS]
    return [
        out.EventOut(
            sequence=place,
            at=line.at,
            event=line.event,
            agency=code_of(line.agency_id),
            payload=told(line, page),
        )
        for place, line in enumerate(lines, start=1)
    ]


def told(line: LedgerLine, page: CasePage) -> dict[str, object]:
    """What a line says to whoever sees these demands and perhaps not all; the digest is of the whole text."""
    if line.event != "case.registered" or page.is_whole:
        return line.payload
    payload = {name: value for name, value in line.payload.items() if name != "text_digest"}
    return payload | {"demands": len(page.demands)}


def demand_out(demand: DemandRow) -> out.DemandDetailOut:
    """A demand with its deadlines and the steps that are possible now."""
    return out.DemandDetailOut(
        id=demand.id,
        position=demand.position,
        statement=demand.statement,
        content_class=demand.content_class,
        purpose=demand.purpose,
        branch=demand.branch,
        stage=demand.stage,
        version=demand.version,
        office=code_of(demand.office_id),
        holder=code_of(demand.holder_id),
        lead=code_of(demand.lead_id),
        is_open=demand.is_open,
        outcome=demand.outcome,
        settled=demand.settled,
        clocks=[clock_out(clock) for clock in demand.clocks],
        steps=[step_out(choice) for choice in demand.steps],
    )


def clock_out(clock: ClockRow) -> out.ClockOut:
    """A deadline with the rule that sets it."""
    return out.ClockOut(
        rule=clock.rule,
        rule_version=clock.rule_version,
        agency=code_of(clock.agency_id),
        started_at=clock.started_at,
        due_on=clock.due_on,
        extended_days=clock.extended_days,
        is_provisional=clock.is_provisional,
        stopped_at=clock.stopped_at,
    )


def step_out(choice: StepChoice) -> out.StepOut:
    """A step with the refusal that stands in its way."""
    refusal = choice.refusal
    if refusal is None:
        return out.StepOut(step=str(choice.step), is_possible=True)
    return out.StepOut(
        step=str(choice.step),
        is_possible=False,
        sentence=str(refusal.sentence),
        citation=str(refusal.citation),
        way_out=str(refusal.way_out),
    )
