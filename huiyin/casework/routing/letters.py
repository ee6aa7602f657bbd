"""Letters between offices and notices to petitioners (函与告知书), issued with the step they belong to."""

from collections.abc import Mapping
from datetime import datetime

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import Invalid
from huiyin.law.branches import branch_rule
from huiyin.law.calendar import local_date
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import agency_directory, class_directory
from huiyin.records.documents.errors import DocumentIncomplete
from huiyin.records.documents.kinds import kind_of
from huiyin.records.documents.models import Document
from huiyin.records.documents.services import document_issue

SEALED_TITLE = "检举控告材料（密封）"


def letter_issue(
    *,
    demand: Demand,
    kind: str,
    receiver_id: int | None,
    body: Mapping[str, object],
    by: User,
    at: datetime,
) -> Document:
    """Issue a numbered document on the demand; `receiver_id` None means the petitioner is addressed.

    Nothing about the petitioner's identity goes into the body; an accusation's text stays out of letters.

    Raises: Invalid naming each compulsory content that is missing.
    """
    receiver = agency_directory().get(receiver_id)
    statement = SEALED_TITLE if demand.is_sealed and receiver else demand.statement
    try:
        return document_issue(
            matter_id=demand.case_id,
            demand_id=demand.pk,
            agency=agency_directory()[by.agency_id or demand.holder_id],
            kind=kind,
            title=kind_of(kind).title,
            body={
                "case_number": demand.case.number,
                "addressee": receiver.name if receiver else "",
                "matter": statement,
                "content_class": class_directory().name(demand.content_class),
                "branch": branch_rule(demand.branch).label_zh if demand.branch else "",
                "received_on": local_date(demand.received_at).isoformat(),
                **body,
            },
            by=by,
            at=at,
        )
    except DocumentIncomplete as error:
        raise Invalid(error.missing) from None
