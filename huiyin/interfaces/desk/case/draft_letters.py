"""A draft reply as it will be printed (答复预览)."""

from huiyin.casework.replies.remedies import remedy_for
from huiyin.casework.replies.selectors.rows import DemandRow, ReplyRow
from huiyin.interfaces.ui.letters import Letter, letter_of


def draft_letter(demand: DemandRow, reply: ReplyRow, case_number: str) -> Letter:
    """The draft with everything the issued document will hold but number and date (预览)."""
    body: dict[str, object] = {
        "case_number": case_number,
        "request": reply.request,
        "suggestion": reply.request,
        "facts": reply.facts,
        "reason": reply.facts,
        "opinion": reply.opinion,
        "answer": reply.opinion,
        "decision": reply.opinion,
        "legal_basis": reply.legal_basis,
        "outcome": reply.outcome,
        "remedy": remedy_for(branch=demand.branch, holder_id=demand.holder_id),
    }
    return letter_of(kind=reply.kind, number="", agency_id=demand.holder_id, body=body, issued_at=None)
