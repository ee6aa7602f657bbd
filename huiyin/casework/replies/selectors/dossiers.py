"""Single pieces of a dossier, each behind the same scope as its matter (案卷单件)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.cases.permissions import can_read_secrets
from huiyin.casework.cases.refusals import NotThere
from huiyin.casework.cases.scope import demands_visible_to, submissions_visible_to
from huiyin.casework.replies.models import Delivery
from huiyin.casework.replies.selectors.case_page import is_file_visible
from huiyin.casework.replies.selectors.rows import DeliveryRow, FileRow
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.documents.models import Attachment, Document
from huiyin.records.documents.selectors import AttachmentLine, attachment_of


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """An issued document to be read or printed (文书)."""

    id: int
    case_id: int
    case_number: str
    demand_id: int
    position: int
    version: int
    agency_id: int
    kind: str
    number: str
    title: str
    body: Mapping[str, object]
    issued_at: datetime
    is_own: bool
    deliveries: tuple[DeliveryRow, ...]


def document_page(*, user: User, document_id: int) -> DocumentPage:
    """A document on a demand the user may see (查看文书).

    Raises: NotThere.
    """
    document = Document.objects.filter(pk=document_id).first()
    demand = (
        demands_visible_to(user).select_related("case").filter(pk=document.demand_id).first()
        if document is not None and document.demand_id is not None
        else None
    )
    if document is None or demand is None:
        raise NotThere(_("没有这份文书，或者您无权查看。"))
    return _document(document, demand, user)


def _document(document: Document, demand: Demand, user: User) -> DocumentPage:
    return DocumentPage(
        id=document.pk,
        case_id=demand.case_id,
        case_number=demand.case.number,
        demand_id=demand.pk,
        position=demand.position,
        version=demand.version,
        agency_id=document.agency_id,
        kind=document.kind,
        number=document.number,
        title=document.title,
        body=document.body,
        issued_at=document.issued_at,
        is_own=document.agency_id == user.agency_id,
        deliveries=receipt_lines(document_id=document.pk),
    )


def receipt_lines(*, document_id: int) -> tuple[DeliveryRow, ...]:
    """The proofs of service of a document (送达回证); the caller has checked who asks."""
    columns = (
        "id",
        "demand_id",
        "document_id",
        "method",
        "served_on",
        "receiver_relation",
        "proof",
        "attachment_id",
        "recorded_at",
    )
    rows = Delivery.objects.filter(document_id=document_id).order_by("id").values_list(*columns)
    return tuple(DeliveryRow(*row) for row in rows)


def attachment_visible_to(*, user: User, attachment_id: int) -> tuple[int, AttachmentLine]:
    """The matter and the stored file of an attachment the user may have (下载附件).

    Raises: NotThere.
    """
    found = Attachment.objects.filter(pk=attachment_id).values_list(
        *FileRow.__dataclass_fields__, "matter_id"
    )
    row = found.first()
    if row is not None:
        file, case_id = FileRow(*row[:-1]), row[-1]
        demand_ids = set(demands_visible_to(user).filter(case_id=case_id).values_list("pk", flat=True))
        is_visible = bool(demand_ids) and is_file_visible(
            file,
            demand_ids,
            has_submissions=submissions_visible_to(user).filter(case_id=case_id).exists(),
            reads_secrets=can_read_secrets(user),
        )
        line = attachment_of(case_id, attachment_id) if is_visible else None
        if line is not None:
            return case_id, line
    raise NotThere(_("没有这个附件，或者您无权查看。"))


def colleagues_of(*, user: User, is_sealed: bool) -> list[User]:
    """Who of the same unit may be given a demand (可选经办人)."""
    if user.agency_id is None:
        return []
    colleagues = User.objects.filter(agency_id=user.agency_id, is_active=True).order_by("name", "id")
    return [
        each
        for each in colleagues
        if each.has_right(Right.CASE_READ) and (not is_sealed or can_read_secrets(each))
    ]


def case_number_of(case_id: int) -> str:
    """The number of a matter, for those who audit readings and see nothing else of it."""
    case = Case.objects.only("id", "year").filter(pk=case_id).first()
    if case is None:
        raise NotThere(_("没有这件信访事项。"))
    return case.number
