"""The stage bar of a demand (阶段条): from registration to its end, each with the day it was reached."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from huiyin.casework.replies.selectors.rows import DemandRow
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.parts import Stage
from huiyin.interfaces.ui.parts import Stage as BarStage
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law.lifecycle import TERMINAL_STAGES
from huiyin.law.lifecycle import Stage as LawStage
from huiyin.records.ledger.selectors import LedgerLine

# Which place of the bar a stage of the life cycle stands at.
PLACES: Mapping[LawStage, int] = {
    LawStage.REGISTERED: 0,
    LawStage.AWAITING_RECEIPT: 1,
    LawStage.OBJECTED: 1,
    LawStage.DISPUTED: 1,
    LawStage.ACCEPTED: 2,
    LawStage.IN_APPROVAL: 3,
    LawStage.ISSUED: 4,
    LawStage.SERVED: 4,
    LawStage.REPORTED: 5,
    LawStage.CLOSED: 6,
}
# The event by which each place was passed; its day stands under it.
PASSED_BY: tuple[frozenset[str], ...] = (
    frozenset({"demand.forwarded", "demand.assigned", "demand.accepted"}),
    frozenset({"demand.accepted"}),
    frozenset({"reply.submitted"}),
    frozenset({"reply.issued"}),
    frozenset({"document.served"}),
    frozenset({"report.passed"}),
    frozenset({"demand.closed", "report.passed"}),
)


def stage_bar(demand: DemandRow, lines: Sequence[LedgerLine]) -> tuple[Stage, ...]:
    """Where the demand stands (阶段条); what ended without handling has a short bar."""
    stage = LawStage(demand.stage)
    days = _days(demand, lines)
    if stage in TERMINAL_STAGES and stage is not LawStage.CLOSED:
        return (
            BarStage(_("登记分流"), "done", day(demand.received_at, "short")),
            BarStage(labels.stage(demand.stage), "done", day(demand.closed_at, "short")),
        )
    here = PLACES[stage]
    is_served = stage is LawStage.SERVED
    names = (
        _("登记分流"),
        _("签收受理"),
        _("调查办理"),
        _("审核签发"),
        _("送达"),
        _("报结审核"),
        _("办结"),
    )
    bar = []
    for place, name in enumerate(names):
        if place == 5 and not demand.is_assigned:
            continue
        is_done = place < here or stage is LawStage.CLOSED or (is_served and place == 4)
        state = "done" if is_done else "current" if place == here else "next"
        if is_served and place == (5 if demand.is_assigned else 6):
            state = "current"
        note = days.get(place, "") if is_done else labels.stage(demand.stage) if place == here else ""
        bar.append(BarStage(name, state, note))
    return tuple(bar)


def _days(demand: DemandRow, lines: Sequence[LedgerLine]) -> dict[int, str]:
    """The last day on which each place was passed; a rework passes it again."""
    found: dict[int, str] = {}
    for line in lines:
        if line.payload.get("demand") == demand.id:
            for place, events in enumerate(PASSED_BY):
                if line.event in events and (place or not found.get(0)):
                    found[place] = day(line.at, "short")
    return found
