"""Registration together with its files (登记附件): both or neither, each file in the ledger by its digest."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiyin.casework.cases.models import Demand, Submission
from huiyin.casework.intake.contract import Intake
from huiyin.casework.intake.services import Receipt, submission_register
from huiyin.records.accounts.models import User
from huiyin.records.documents.preparing import PreparedFile
from huiyin.records.documents.services import attachment_attach
from huiyin.records.ledger.services import Line, actor_of, ledger_append


@transaction.atomic
def submission_register_with_files(
    *, intake: Intake, files: Sequence[PreparedFile], by: User | None, at: datetime
) -> Receipt:
    """Register a petition and enter its files in the dossier (登记并存附件); a repeated token adds nothing.

    Raises: NotPermitted; Invalid with a sentence per field.
    """
    receipt = submission_register(intake=intake, by=by, at=at)
    if receipt.is_new and files:
        files_attach(case_id=receipt.case_id, files=files, by=by, at=at)
    return receipt


@transaction.atomic
def files_attach(
    *,
    case_id: int,
    files: Sequence[PreparedFile],
    by: User | None,
    at: datetime,
    submission_id: int | None = None,
) -> None:
    """Enter prepared files of the petitioner in the dossier of a case (附件入卷).

    The caller has checked that the person may add to this case. Where any demand of the case is sealed, so
    are the files: nobody has read yet which of them accuse whom.

    Law: 《信访工作条例》(2022) 第三十条.
    """
    if submission_id is None:
        newest = Submission.objects.filter(case_id=case_id).order_by("-id")
        submission_id = newest.values_list("id", flat=True).first()
    is_sealed = Demand.objects.filter(case_id=case_id, is_sealed=True).exists()
    lines = []
    for file in files:
        attachment = attachment_attach(
            matter_id=case_id,
            submission_id=submission_id,
            demand_id=None,
            prepared=file,
            by=by,
            at=at,
            is_from_petitioner=True,
            is_sealed=is_sealed,
        )
        lines.append(Line("case.attached", {"count": 1, "digest": file.digest, "attachment": attachment.pk}))
    ledger_append(
        matter_id=case_id,
        events=lines,
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id if by else None,
    )
