"""The receipt of a registration as a page shows it (登记回执)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiyin.casework.cases.codes import query_code
from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.cases.refusals import NotThere
from huiyin.casework.cases.scope import cases_visible_to, submissions_visible_to
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.ledger.models import Entry
from huiyin.records.ledger.proof import receipt_text

FIRST_ENTRY = 1
# After a day only the petitioner knows the code: whoever holds it rates, withdraws and signs for replies.
CODE_SHOWN_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class ReceiptDemand:
    """One demand on a receipt (回执上的诉求)."""

    position: int
    statement: str
    is_sealed: bool
    due_on: date | None


@dataclass(frozen=True)
class ReceiptPage:
    """What the petitioner takes home (登记回执), and what the clerk needs to go on."""

    case_id: int
    number: str
    code: str
    office_id: int
    channel: str
    received_at: datetime
    registered_at: datetime
    head_count: int
    naming: str
    region_code: str
    superior_number: str
    demands: tuple[ReceiptDemand, ...]
    proof: str
    text: str

    @property
    def due_on(self) -> date | None:
        """By when the petitioner hears what becomes of the petition (最迟告知日)."""
        return min((one.due_on for one in self.demands if one.due_on), default=None)


def receipt_page(
    *, user: User, case_id: int, is_just_registered: bool = False, at: datetime | None = None
) -> ReceiptPage:
    """The receipt of a case, for the office that registered it (登记回执): the query code is on it.

    Whoever has just registered a case gets the receipt even where the case went elsewhere at once, because
    it accuses the own office; nothing of its text is on it then. With `at`, the query code is empty after the
    day of registration, and always where the petitioner registered without help.

    Raises: NotThere.
    """
    case = Case.objects.filter(pk=case_id).first() if user.has_right(Right.CASE_REGISTER) else None
    if case is None or case.office_id != user.agency_id:
        raise NotThere("")
    is_visible = cases_visible_to(user).filter(pk=case_id).exists()
    if not is_visible and not (is_just_registered and case.registered_by_id == user.pk):
        raise NotThere("")
    entry = Entry.objects.filter(matter_id=case_id, sequence=FIRST_ENTRY).values_list("hash", flat=True).get()
    texts = submissions_visible_to(user).filter(case_id=case_id).order_by("id")
    return ReceiptPage(
        case_id=case.pk,
        number=case.number,
        code=query_code(case) if _is_code_told(case, at) else "",
        office_id=case.office_id,
        channel=case.channel,
        received_at=case.received_at,
        registered_at=case.registered_at,
        head_count=case.head_count,
        naming=case.naming,
        region_code=case.region_code,
        superior_number=case.superior_number,
        demands=_demands(case_id),
        proof=receipt_text(matter_id=case.pk, sequence=FIRST_ENTRY, digest=bytes(entry)),
        text=texts.values_list("text", flat=True).first() or "",
    )


def _is_code_told(case: Case, at: datetime | None) -> bool:
    return at is None or (case.registered_by_id is not None and at - case.registered_at <= CODE_SHOWN_FOR)


def _demands(case_id: int) -> tuple[ReceiptDemand, ...]:
    rows = Demand.objects.filter(case_id=case_id).order_by("position")
    return tuple(
        ReceiptDemand(position, "" if is_sealed else statement, is_sealed, due_on)
        for position, statement, is_sealed, due_on in rows.values_list(
            "position", "statement", "is_sealed", "due_on"
        )
    )
