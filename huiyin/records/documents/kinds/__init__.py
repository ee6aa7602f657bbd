"""The kinds of documents (文书种类): a new kind is one more folder and one more line in `KINDS`.

In the order of the list of documents of the domain reference. A folder holds `kind.py` (what the document
must contain), `template.docx` (what it looks like; an office may put its own in its place), `outline.txt`
(from which `scripts/make_templates.py` makes that template) and `sample.toml` (to try a template with).
"""

from django_stubs_ext import StrPromise

from huiyin.records.documents.kinds.acceptance_notice.kind import KIND as acceptance_notice
from huiyin.records.documents.kinds.assign_letter.kind import KIND as assign_letter
from huiyin.records.documents.kinds.assist_opinion.kind import KIND as assist_opinion
from huiyin.records.documents.kinds.closing_report.kind import KIND as closing_report
from huiyin.records.documents.kinds.contract import EVERYWHERE, DocumentKind
from huiyin.records.documents.kinds.decline_notice.kind import KIND as decline_notice
from huiyin.records.documents.kinds.delivery_receipt.kind import KIND as delivery_receipt
from huiyin.records.documents.kinds.deputy_suggestion.kind import KIND as deputy_suggestion
from huiyin.records.documents.kinds.direct_answer.kind import KIND as direct_answer
from huiyin.records.documents.kinds.discipline_transfer.kind import KIND as discipline_transfer
from huiyin.records.documents.kinds.examination_opinion.kind import KIND as examination_opinion
from huiyin.records.documents.kinds.extension_approval.kind import KIND as extension_approval
from huiyin.records.documents.kinds.extension_notice.kind import KIND as extension_notice
from huiyin.records.documents.kinds.final_decline_notice.kind import KIND as final_decline_notice
from huiyin.records.documents.kinds.final_review_opinion.kind import KIND as final_review_opinion
from huiyin.records.documents.kinds.forward_letter.kind import KIND as forward_letter
from huiyin.records.documents.kinds.handling_opinion.kind import KIND as handling_opinion
from huiyin.records.documents.kinds.hearing_notice.kind import KIND as hearing_notice
from huiyin.records.documents.kinds.hearing_record.kind import KIND as hearing_record
from huiyin.records.documents.kinds.hearing_report.kind import KIND as hearing_report
from huiyin.records.documents.kinds.hotline_extension_request.kind import KIND as hotline_extension_request
from huiyin.records.documents.kinds.hotline_supervision_order.kind import KIND as hotline_supervision_order
from huiyin.records.documents.kinds.leader_instruction.kind import KIND as leader_instruction
from huiyin.records.documents.kinds.mediation_agreement.kind import KIND as mediation_agreement
from huiyin.records.documents.kinds.npc_assign_letter.kind import KIND as npc_assign_letter
from huiyin.records.documents.kinds.npc_supervision_opinion.kind import KIND as npc_supervision_opinion
from huiyin.records.documents.kinds.npc_urging_letter.kind import KIND as npc_urging_letter
from huiyin.records.documents.kinds.objection_decision.kind import KIND as objection_decision
from huiyin.records.documents.kinds.objection_letter.kind import KIND as objection_letter
from huiyin.records.documents.kinds.personal_information_notice.kind import (
    KIND as personal_information_notice,
)
from huiyin.records.documents.kinds.receipt.kind import KIND as receipt
from huiyin.records.documents.kinds.redirect_notice.kind import KIND as redirect_notice
from huiyin.records.documents.kinds.reexamination_opinion.kind import KIND as reexamination_opinion
from huiyin.records.documents.kinds.return_request.kind import KIND as return_request
from huiyin.records.documents.kinds.return_visit_record.kind import KIND as return_visit_record
from huiyin.records.documents.kinds.review_acceptance.kind import KIND as review_acceptance
from huiyin.records.documents.kinds.review_application.kind import KIND as review_application
from huiyin.records.documents.kinds.review_decline.kind import KIND as review_decline
from huiyin.records.documents.kinds.settlement_agreement.kind import KIND as settlement_agreement
from huiyin.records.documents.kinds.suggestion_reply.kind import KIND as suggestion_reply
from huiyin.records.documents.kinds.supervision_letter.kind import KIND as supervision_letter
from huiyin.records.documents.kinds.supervision_topic.kind import KIND as supervision_topic
from huiyin.records.documents.kinds.urgent_report.kind import KIND as urgent_report
from huiyin.records.documents.kinds.urging_letter.kind import KIND as urging_letter
from huiyin.records.documents.kinds.work_order.kind import KIND as work_order

__all__ = ["EVERYWHERE", "KINDS", "DocumentKind", "kind_choices", "kind_of"]

KINDS: tuple[DocumentKind, ...] = (
    receipt,
    acceptance_notice,
    redirect_notice,
    decline_notice,
    final_decline_notice,
    forward_letter,
    assign_letter,
    objection_letter,
    objection_decision,
    assist_opinion,
    urging_letter,
    supervision_letter,
    extension_approval,
    extension_notice,
    handling_opinion,
    suggestion_reply,
    direct_answer,
    mediation_agreement,
    settlement_agreement,
    review_application,
    review_acceptance,
    review_decline,
    reexamination_opinion,
    final_review_opinion,
    hearing_notice,
    hearing_record,
    hearing_report,
    closing_report,
    examination_opinion,
    discipline_transfer,
    urgent_report,
    leader_instruction,
    npc_assign_letter,
    npc_urging_letter,
    npc_supervision_opinion,
    supervision_topic,
    deputy_suggestion,
    work_order,
    return_request,
    hotline_extension_request,
    hotline_supervision_order,
    return_visit_record,
    delivery_receipt,
    personal_information_notice,
)

_BY_CODE = {kind.code: kind for kind in KINDS}


def kind_of(code: str) -> DocumentKind:
    """The kind of that code (文书种类).

    Raises:
        KeyError: there is no such kind.
    """
    return _BY_CODE[code]


def kind_choices() -> list[tuple[str, StrPromise]]:
    """The kinds as choices of a field; a callable, so that a new kind makes no migration."""
    return [(kind.code, kind.name) for kind in KINDS]
