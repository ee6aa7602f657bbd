"""From the read-model of the case page to what the API answers (事项输出)."""

from huiyin.casework.replies.selectors.rows import CasePage, ClockRow, DemandRow, StepChoice
from huiyin.interfaces.api import reading_schemas as out
from huiyin.interfaces.api.callers import code_of


def case_out(page: CasePage) -> out.CaseOut:
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
        is_whole=page.is_whole,
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
        history=[
            out.EventOut(
                sequence=line.sequence,
                at=line.at,
                event=line.event,
                agency=code_of(line.agency_id),
                payload=line.payload,
            )
            for line in page.lines
        ],
    )


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
