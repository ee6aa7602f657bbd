"""Frozen read-models of the case page (事项页读模型): codes and ids; pages turn them into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from huiyin.casework.cases.refusals import Refused
from huiyin.casework.matching.selectors import LinkRow
from huiyin.law.lifecycle import Step
from huiyin.records.ledger.selectors import LedgerLine
from huiyin.records.vault.details import IdentityDetails


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A deadline as its row says (时限)."""

    id: int
    demand_id: int
    agency_id: int | None
    rule: str
    rule_version: str
    started_at: datetime
    own_limit_on: date | None
    due_on: date
    due_at: datetime | None
    extended_days: int
    is_provisional: bool
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """What was done about one of the five steps (五到位记录)."""

    id: int
    demand_id: int
    step: str
    happened_on: date
    text: str
    attachment_id: int | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One forwarding or assignment (转送、交办)."""

    id: int
    demand_id: int
    kind: str
    role: str
    state: str
    sender_id: int
    receiver_id: int
    requirement: str
    limit_on: date | None
    is_designated: bool
    sent_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """One objection and what became of it (异议)."""

    id: int
    demand_id: int
    sender_id: int
    receiver_id: int
    reasons: str
    legal_basis: str
    suggested_id: int | None
    raised_at: datetime
    decision: str
    decision_reasons: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """A request for more time (延期申请)."""

    id: int
    demand_id: int
    clock_id: int
    days: int
    reason: str
    decision: str
    decision_reasons: str
    requested_by_id: int
    requested_by: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """A reply in hand or issued (答复)."""

    id: int
    demand_id: int
    kind: str
    state: str
    request: str
    facts: str
    opinion: str
    legal_basis: str
    outcome: str
    drafted_by_id: int
    drafted_by: str
    drafted_at: datetime
    return_reason: str
    document_id: int | None


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """Proof that a document reached the petitioner (送达回证)."""

    id: int
    demand_id: int
    document_id: int
    method: str
    served_on: date
    receiver_relation: str
    proof: str
    attachment_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A closing report and its examination (办结报告)."""

    id: int
    demand_id: int
    document_id: int
    text: str
    signatory: str
    reported_at: datetime
    examination: str
    examination_reasons: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What the petitioner said of office or unit (评价); the words only for the office."""

    id: int
    demand_id: int
    body: str
    agency_id: int
    score: str
    text: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody beside the first petitioner (联名人、代表、代理人)."""

    id: int
    identity_id: UUID
    capacity: str
    has_power_of_attorney: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the dossier (附件)."""

    id: int
    submission_id: int | None
    demand_id: int | None
    name: str
    media_type: str
    size: int
    uploaded_at: datetime
    is_from_petitioner: bool
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One letter, call, visit or post, word for word (信访件原文)."""

    id: int
    channel: str
    received_at: datetime
    recorded_at: datetime
    recorded_by: str
    is_supplement: bool
    text: str
    evidence: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A document as the ledger knows it (已出具文书)."""

    id: int
    demand_id: int
    kind: str
    number: str
    agency_id: int | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step and why it is not possible now; no refusal means go ahead (可办与不可办)."""

    step: Step
    refusal: Refused | None


@dataclass(frozen=True, slots=True)
class PetitionerRow:
    """The petitioner covered (信访人，脱敏), beside whom others may stand."""

    capacity: str
    masked: IdentityDetails


@dataclass(frozen=True, slots=True)
class DemandRow:
    """One demand with all that hangs on it (诉求)."""

    id: int
    position: int
    statement: str
    content_class: str
    purpose: str
    branch: str
    profile: str
    stage: str
    version: int
    office_id: int
    holder_id: int
    lead_id: int | None
    accused_id: int | None
    handler: str
    is_open: bool
    is_assigned: bool
    is_sealed: bool
    outcome: str
    settled: str
    received_at: datetime
    closed_at: datetime | None
    clocks: tuple[ClockRow, ...]
    evidence: tuple[EvidenceRow, ...]
    referrals: tuple[ReferralRow, ...]
    objections: tuple[ObjectionRow, ...]
    extensions: tuple[ExtensionRow, ...]
    replies: tuple[ReplyRow, ...]
    deliveries: tuple[DeliveryRow, ...]
    reports: tuple[ReportRow, ...]
    ratings: tuple[RatingRow, ...]
    documents: tuple[IssuedRow, ...]
    steps: tuple[StepChoice, ...]
    # Pages beside the life cycle: giving it to a colleague, assisting.
    beside: frozenset[str]

    @property
    def reply_in_hand(self) -> ReplyRow | None:
        """The draft being worked on (在拟答复)."""
        return next((reply for reply in self.replies if reply.state != "issued"), None)

    @property
    def pending_objection(self) -> ObjectionRow | None:
        """The objection that waits for a decision (待审异议)."""
        return next((objection for objection in self.objections if not objection.decision), None)

    @property
    def pending_extension(self) -> ExtensionRow | None:
        """The request for more time that waits for the head (待批延期)."""
        return next((extension for extension in self.extensions if not extension.decision), None)

    @property
    def pending_report(self) -> ReportRow | None:
        """The closing report that waits for examination (待审核报告)."""
        return next((report for report in self.reports if not report.examination), None)

    @property
    def standing_referral(self) -> ReferralRow | None:
        """The forwarding or assignment to the lead that stands (现行转交)."""
        standing = ("awaiting", "accepted", "objected")
        return next((row for row in self.referrals if row.role == "lead" and row.state in standing), None)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A matter as one user may see it (信访事项页)."""

    id: int
    number: str
    title: str
    channel: str
    received_at: datetime
    registered_at: datetime
    registered_by: str
    office_id: int
    naming: str
    head_count: int
    region_code: str
    place: str
    superior_number: str
    code_version: int
    is_whole: bool
    demands: tuple[DemandRow, ...]
    submissions: tuple[SubmissionRow, ...]
    petitioners: tuple[PetitionerRow, ...]
    identity_refusal: Refused | None
    files: tuple[FileRow, ...]
    links: tuple[LinkRow, ...]
    lines: tuple[LedgerLine, ...]
    people: Mapping[int, str]

    def demand(self, demand_id: int) -> DemandRow | None:
        """The demand of that id, if the user sees it."""
        return next((demand for demand in self.demands if demand.id == demand_id), None)

    @property
    def positions(self) -> dict[int, int]:
        """The demands the user sees, and their numbers within the matter."""
        return {demand.id: demand.position for demand in self.demands}
