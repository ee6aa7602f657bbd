"""The tracking read-model (查询进度): all that the petitioner may see of the own matter, in seven statements.

Whoever calls has checked the query code; nothing here asks who the reader is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.casework.cases.codes import is_code_of
from huiyin.casework.cases.models import Case, Demand, Naming, Submission
from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.replies.selectors.notes import Notes, notes_of
from huiyin.casework.replies.selectors.rows import ClockRow, DeliveryRow, FileRow, RatingRow, ReplyRow
from huiyin.law.lifecycle import Stage, Step, why_not
from huiyin.records.documents.models import Document
from huiyin.records.documents.selectors import AttachmentLine, attachment_of
from huiyin.records.ledger.selectors import LedgerLine, entries_of
from huiyin.records.vault.selectors import Look, disclosures_of

# Letters between offices are not addressed to the petitioner; these are.
TO_THE_PETITIONER = frozenset(
    {
        "receipt",
        "acceptance_notice",
        "redirect_notice",
        "decline_notice",
        "final_decline_notice",
        "extension_notice",
        "handling_opinion",
        "suggestion_reply",
        "direct_answer",
        "personal_information_notice",
    }
)


@dataclass(frozen=True, slots=True)
class TrackedDocument:
    """A document addressed to the petitioner (文书); a reply is opened by signing for it."""

    id: int
    demand_id: int | None
    agency_id: int
    kind: str
    number: str
    title: str
    body: Mapping[str, object]
    issued_at: datetime
    awaits_signature: bool
    deliveries: tuple[DeliveryRow, ...]


@dataclass(frozen=True, slots=True)
class TrackedDemand:
    """One demand as its petitioner sees it (诉求进度)."""

    id: int
    position: int
    statement: str
    content_class: str
    branch: str
    profile: str
    stage: str
    version: int
    office_id: int
    holder_id: int
    lead_id: int | None
    is_open: bool
    is_sealed: bool
    outcome: str
    received_at: datetime
    closed_at: datetime | None
    clocks: tuple[ClockRow, ...]
    documents: tuple[TrackedDocument, ...]
    ratings: tuple[RatingRow, ...]

    @property
    def may_rate(self) -> bool:
        """The law lets the petitioner rate now, and nobody has (可评价)."""
        return not self.ratings and why_not(Step.RATE, self.stage) is None

    @property
    def may_withdraw(self) -> bool:
        return why_not(Step.WITHDRAW, self.stage) is None

    @property
    def may_supplement(self) -> bool:
        return why_not(Step.SUPPLEMENT, self.stage) is None


@dataclass(frozen=True, slots=True)
class OwnText:
    """What the petitioner handed in (本人提交的内容)."""

    id: int
    channel: str
    received_at: datetime
    is_supplement: bool
    text: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A matter as its petitioner sees it (查询结果)."""

    id: int
    number: str
    code_version: int
    channel: str
    naming: str
    received_at: datetime
    registered_at: datetime
    office_id: int
    head_count: int
    demands: tuple[TrackedDemand, ...]
    texts: tuple[OwnText, ...]
    files: tuple[FileRow, ...]
    lines: tuple[LedgerLine, ...]
    looks: tuple[Look, ...]

    @property
    def positions(self) -> dict[int, int]:
        return {demand.id: demand.position for demand in self.demands}

    @property
    def documents(self) -> tuple[TrackedDocument, ...]:
        """All documents addressed to the petitioner, oldest first."""
        found = (document for demand in self.demands for document in demand.documents)
        return tuple(sorted(found, key=lambda document: document.id))

    def demand(self, demand_id: int) -> TrackedDemand | None:
        return next((demand for demand in self.demands if demand.id == demand_id), None)

    def document(self, document_id: int) -> TrackedDocument | None:
        return next((document for document in self.documents if document.id == document_id), None)


@dataclass(frozen=True, slots=True)
class Admission:
    """Proof that somebody typed the right code: which matter, and which issue of its code (查询凭证)."""

    case_id: int
    code_version: int
    number: str = ""


def admission_by_code(*, number: str, code: str) -> Admission | None:
    """Compare number and query code (核对查询码); None for a wrong code just as for no such number."""
    case_id = case_id_of(number)
    found = _case(case_id) if case_id is not None else None
    # Without a case the code is compared all the same, so that the answer takes as long.
    is_right = is_code_of(found or Case(pk=0, code_version=1), code)
    return Admission(found.pk, found.code_version, found.number) if found is not None and is_right else None


def _case(case_id: int) -> Case | None:
    if case_id >= 2**63:
        return None
    return Case.objects.only("id", "year", "code_version").filter(pk=case_id).first()


def tracked(admission: Admission) -> Tracked | None:
    """Read the matter (查询进度); None when its code was renewed since."""
    demands = list(
        Demand.objects.filter(case_id=admission.case_id).select_related("case").order_by("position")
    )
    if not demands or demands[0].case.code_version != admission.code_version:
        return None
    case = demands[0].case
    notes = notes_of(case.pk)
    documents = _documents(case.pk, demands, notes)
    texts = Submission.objects.filter(case_id=case.pk).order_by("id")
    return Tracked(
        id=case.pk,
        number=case.number,
        code_version=case.code_version,
        channel=case.channel,
        naming=case.naming,
        received_at=case.received_at,
        registered_at=case.registered_at,
        office_id=case.office_id,
        head_count=case.head_count,
        demands=tuple(_demand(demand, notes, documents) for demand in demands),
        texts=tuple(
            OwnText(*row)
            for row in texts.values_list("id", "channel", "received_at", "is_supplement", "text")
        ),
        files=tuple(row for row in notes.of("file", FileRow) if row.is_from_petitioner),
        lines=entries_of(case.pk),
        looks=tuple(disclosures_of(case.pk)) if case.naming != Naming.ANONYMOUS else (),
    )


def own_file(*, admission: Admission, attachment_id: int) -> AttachmentLine | None:
    """A file that came from the petitioner of this matter (本人附件), or None."""
    case = _case(admission.case_id)
    if case is None or case.code_version != admission.code_version:
        return None
    file = attachment_of(case.pk, attachment_id)
    return file if file is not None and file.is_from_petitioner else None


def _documents(
    case_id: int, demands: Sequence[Demand], notes: Notes
) -> dict[int | None, list[TrackedDocument]]:
    """The documents addressed to the petitioner, by demand; one statement."""
    stages = {demand.pk: demand.stage for demand in demands}
    replies = {row.document_id for row in notes.of("reply", ReplyRow) if row.document_id}
    deliveries = notes.of("delivery", DeliveryRow)
    found: dict[int | None, list[TrackedDocument]] = {}
    rows = Document.objects.filter(matter_id=case_id, kind__in=TO_THE_PETITIONER).order_by("id")
    for row in rows:
        own = tuple(delivery for delivery in deliveries if delivery.document_id == row.pk)
        awaits = row.pk in replies and not own and stages.get(row.demand_id or 0) == Stage.ISSUED.value
        found.setdefault(row.demand_id, []).append(
            TrackedDocument(
                id=row.pk,
                demand_id=row.demand_id,
                agency_id=row.agency_id,
                kind=row.kind,
                number=row.number,
                title=row.title,
                body=row.body,
                issued_at=row.issued_at,
                awaits_signature=awaits,
                deliveries=own,
            )
        )
    return found


def _demand(
    demand: Demand, notes: Notes, documents: Mapping[int | None, list[TrackedDocument]]
) -> TrackedDemand:
    own = [*(documents.get(None, ()) if demand.position == 1 else ()), *documents.get(demand.pk, ())]
    return TrackedDemand(
        id=demand.pk,
        position=demand.position,
        statement=demand.statement,
        content_class=demand.content_class,
        branch=demand.branch,
        profile=demand.profile,
        stage=demand.stage,
        version=demand.version,
        office_id=demand.office_id,
        holder_id=demand.holder_id,
        lead_id=demand.lead_id,
        is_open=demand.is_open,
        is_sealed=demand.is_sealed,
        outcome=demand.outcome,
        received_at=demand.received_at,
        closed_at=demand.closed_at,
        clocks=notes.of("clock", ClockRow, demand_id=demand.pk),
        documents=tuple(own),
        ratings=notes.of("rating", RatingRow, demand_id=demand.pk),
    )
