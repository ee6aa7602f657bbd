"""Registration (登记): the one way in for every channel, one petition or thousands."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.accused import discipline_for, is_of_accused
from huiyin.casework.cases.clocks import clock_start
from huiyin.casework.cases.codes import query_code
from huiyin.casework.cases.models import (
    Case,
    Clock,
    Demand,
    Involvement,
    InvolvementRole,
    Petitioner,
    Submission,
)
from huiyin.casework.cases.refusals import Invalid, NotPermitted
from huiyin.casework.intake.checks import check_intake
from huiyin.casework.intake.contract import DemandDraft, Intake
from huiyin.law import lifecycle
from huiyin.law.branches import Branch
from huiyin.law.calendar import local_date
from huiyin.law.lifecycle import Stage, Step
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right
from huiyin.records.agencies.models import AgencyKind
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.inserting import insert_rows, take_ids
from huiyin.records.ledger.chain import sm3
from huiyin.records.ledger.models import Entry
from huiyin.records.ledger.services import Line, Opening, actor_of, chains_begun
from huiyin.records.texts.words import index_text
from huiyin.records.vault.details import IdentityDetails
from huiyin.records.vault.models import Identity
from huiyin.records.vault.services import identities_sealed

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEALED_TITLE = "检举控告材料（密封）"
TITLE_LENGTH = 40


@dataclass(frozen=True)
class Receipt:
    """What the petitioner takes home (登记回执): number, query code, and the ledger entry that proves it."""

    case_id: int
    number: str
    code: str
    sequence: int
    entry_hash: str
    is_new: bool


def submission_register(*, intake: Intake, by: User | None, at: datetime) -> Receipt:
    """Register one petition (登记) and start the office's clock; the same token twice is one petition.

    Law: 《信访工作条例》(2022) 第十九、二十一、二十二、二十三条.
    Raises: NotPermitted; Invalid with a sentence per field.
    """
    if by is not None and not (by.has_right(Right.CASE_REGISTER) and by.agency_id == intake.office_id):
        raise NotPermitted(_("只有本单位的登记人员可以登记信访事项。"))
    problems = check_intake(intake, at=at)
    if problems:
        raise Invalid(problems)
    try:
        with transaction.atomic():
            return _register_batch([intake], by=by, at=at)[0]
    except IntegrityError:
        if not intake.token or not Submission.objects.filter(token=intake.token).exists():
            raise
        return _receipt_again(intake, by)


def _receipt_again(intake: Intake, by: User | None) -> Receipt:
    """The receipt of the same form sent twice; a token never opens what somebody else registered.

    Raises: Invalid when the token stands for another petition, which must not swallow this one.
    """
    own = Submission.objects.filter(
        token=intake.token,
        case__office_id=intake.office_id,
        recorded_by=by,
        text=intake.text,
        is_supplement=False,
    )
    receipt = receipt_of_token(intake.token) if own.exists() else None
    if receipt is None:
        raise Invalid(
            {"token": _("这张登记表已经登记过一件，内容与现在的不同：请打开一张新的登记表，再提交这一件。")}
        )
    return receipt


def submissions_register(*, intakes: Sequence[Intake], by: User | None, at: datetime) -> list[Receipt]:
    """Register many checked petitions in one transaction (批量登记), for imports.

    The caller has checked each with `check_intake` and left out tokens that exist already.
    """
    with transaction.atomic():
        return _register_batch(intakes, by=by, at=at)


def receipt_of_token(token: str) -> Receipt | None:
    """Find the receipt of what was registered under this token before."""
    submission = Submission.objects.select_related("case").filter(token=token).first() if token else None
    if submission is None:
        return None
    case = submission.case
    entry = Entry.objects.filter(matter_id=case.pk, sequence=1).get()
    return _receipt(case, bytes(entry.hash), is_new=False)


def tokens_known(tokens: Sequence[str]) -> set[str]:
    """Which of these tokens have been registered already."""
    return set(Submission.objects.filter(token__in=tokens).values_list("token", flat=True))


def _register_batch(intakes: Sequence[Intake], *, by: User | None, at: datetime) -> list[Receipt]:
    """Make the rows of all tables and send them to the database together."""
    people, identities = _sealed_identities(intakes, at=at)
    ids = take_ids({Case: len(intakes), Demand: sum(len(intake.demands) for intake in intakes)})
    cases = [
        _case(intake, case_id=case_id, identity_id=own, by=by, at=at)
        for case_id, intake, (own, _others) in zip(ids[Case], intakes, identities, strict=True)
    ]
    demands = [
        _demand(case, draft, position, at=at)
        for case, intake in zip(cases, intakes, strict=True)
        for position, draft in enumerate(intake.demands, start=1)
    ]
    for demand, demand_id in zip(demands, ids[Demand], strict=True):
        demand.pk = demand_id
    entries = _first_entries(cases, intakes, by=by, at=at)
    clocks = [clock for demand in demands for clock in _first_clocks(demand)]
    insert_rows(
        people,
        cases,
        _petitioners(cases, intakes, [others for _own, others in identities]),
        [_submission(case, intake, by=by, at=at) for case, intake in zip(cases, intakes, strict=True)],
        demands,
        [_involvement(demand, at=at) for demand in demands],
        clocks,
        entries,
    )
    return [
        _receipt(case, bytes(entry.hash), is_new=True) for case, entry in zip(cases, entries, strict=True)
    ]


def _petitioners(
    cases: Sequence[Case], intakes: Sequence[Intake], identities: Sequence[Sequence[UUID]]
) -> list[Petitioner]:
    return [
        Petitioner(
            case_id=case.pk,
            identity_id=identity_id,
            capacity=person.capacity,
            has_power_of_attorney=person.has_power_of_attorney,
        )
        for case, intake, others in zip(cases, intakes, identities, strict=True)
        for identity_id, person in zip(others, intake.others, strict=True)
    ]


def _involvement(demand: Demand, *, at: datetime) -> Involvement:
    return Involvement(
        demand_id=demand.pk,
        case_id=demand.case_id,
        agency_id=demand.holder_id,
        role=InvolvementRole.OFFICE.value,
        since=at,
    )


def _sealed_identities(
    intakes: Sequence[Intake], *, at: datetime
) -> tuple[list[Identity], list[tuple[UUID | None, list[UUID]]]]:
    """Encrypt every identity into a row of the vault; nothing but its id stays with the matter."""
    people: list[IdentityDetails] = []
    for intake in intakes:
        if _has_identity(intake):
            people.append(
                IdentityDetails(
                    name=intake.name,
                    phone=intake.phone,
                    id_number=intake.id_number,
                    address=intake.address,
                    email=intake.email,
                )
            )
        people += [
            IdentityDetails(name=p.name, phone=p.phone, id_number=p.id_number, address=p.address)
            for p in intake.others
        ]
    rows = identities_sealed(people=people, at=at)
    keys = (row.pk for row in rows)
    return rows, [
        (next(keys) if _has_identity(intake) else None, [next(keys) for _person in intake.others])
        for intake in intakes
    ]


def _has_identity(intake: Intake) -> bool:
    given = any((intake.name, intake.phone, intake.id_number, intake.address, intake.email))
    return given and intake.naming != "anonymous"


def _case(intake: Intake, *, case_id: int, identity_id: UUID | None, by: User | None, at: datetime) -> Case:
    is_sealed = any(draft.branch == Branch.ACCUSATION for draft in intake.demands)
    title = SEALED_TITLE if is_sealed else (intake.title or excerpt(intake.demands[0].statement))
    return Case(
        id=case_id,
        office_id=intake.office_id,
        year=at.astimezone(SHANGHAI).year,
        title=title[:120],
        channel=intake.channel,
        received_at=_received_at(intake, at),
        registered_at=at,
        registered_by=by,
        naming=intake.naming,
        identity_id=identity_id,
        head_count=intake.head_count,
        region_code=intake.region_code,
        place=intake.place,
        superior_number=intake.superior_number,
    )


def excerpt(text: str) -> str:
    """The first sentence of a text, short enough for a title."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


def _received_at(intake: Intake, at: datetime) -> datetime:
    """When the office received it: at once, or on the earlier day written on the mail register."""
    if intake.received_on is None or intake.received_on == local_date(at):
        return at
    return datetime.combine(intake.received_on, time(12), tzinfo=SHANGHAI)


def _submission(case: Case, intake: Intake, *, by: User | None, at: datetime) -> Submission:
    return Submission(
        case=case,
        channel=intake.channel,
        received_at=case.received_at,
        recorded_at=at,
        recorded_by=by,
        text=intake.text,
        words=index_text(intake.text, intake.title, intake.place, *(d.statement for d in intake.demands)),
        evidence=dict(intake.evidence),
        token=intake.token or secrets.token_hex(16),
    )


def _demand(case: Case, draft: DemandDraft, position: int, *, at: datetime) -> Demand:
    office = agency_directory()[case.office_id]
    is_sealed = draft.branch == Branch.ACCUSATION
    return Demand(
        case=case,
        position=position,
        statement=draft.statement,
        content_class=draft.content_class,
        purpose=draft.purpose,
        branch=draft.branch,
        profile=office.profile,
        stage=Stage.REGISTERED.value,
        office_id=case.office_id,
        holder_id=_first_holder(case, draft, is_sealed=is_sealed),
        is_sealed=is_sealed,
        accused_agency_id=draft.accused_agency_id,
        received_at=case.received_at,
        last_event_at=at,
    )


def _first_holder(case: Case, draft: DemandDraft, *, is_sealed: bool) -> int:
    """The registering office; but never the accused, whose matter goes straight to the discipline organ.

    Law: 《信访工作条例》(2022) 第三十条.
    """
    if not is_of_accused(case.office_id, draft.accused_agency_id):
        return case.office_id
    organ = discipline_for(draft.accused_agency_id)
    offices = (
        agency for agency in agency_directory().active() if agency.kind == AgencyKind.PETITION_OFFICE.value
    )
    outside = (agency for agency in offices if not is_of_accused(agency.id, draft.accused_agency_id))
    holder = organ or next(outside, None)
    if holder is None:
        raise Invalid(
            {
                "accused_agency": _(
                    "被检举的是登记单位自己，又没有可移送的纪检监察机关，请到上级信访部门反映。"
                )
            }
        )
    return holder.id


def _first_clocks(demand: Demand) -> list[Clock]:
    """Make what the profile starts at registration, and put the nearest due date on the demand."""
    starts, _stops = lifecycle.clocks_for(
        Step.REGISTER, profile=demand.profile, branch=demand.branch or None, kind="direct"
    )
    clocks = [
        clock_start(demand=demand, rule_id=rule, agency_id=demand.holder_id, at=demand.received_at)
        for rule in starts
    ]
    if clocks:
        nearest = min(clocks, key=lambda clock: clock.due_on)
        demand.due_on, demand.due_rule = nearest.due_on, nearest.rule
    return clocks


def _first_entries(
    cases: Sequence[Case], intakes: Sequence[Intake], *, by: User | None, at: datetime
) -> list[Entry]:
    openings = [
        Opening(
            matter_id=case.pk,
            at=at,
            actor=actor_of(by),
            agency_id=case.office_id,
            events=[
                Line(
                    "case.registered",
                    {
                        "channel": intake.channel,
                        "demands": len(intake.demands),
                        "head_count": intake.head_count,
                        "agency": case.office_id,
                        "naming": intake.naming,
                        "received_on": local_date(case.received_at),
                        "text_digest": sm3(intake.text.encode("utf-8", "replace")).hex(),
                    },
                )
            ],
        )
        for case, intake in zip(cases, intakes, strict=True)
    ]
    return chains_begun(openings=openings)


def _receipt(case: Case, entry_hash: bytes, *, is_new: bool) -> Receipt:
    return Receipt(
        case_id=case.pk,
        number=case.number,
        code=query_code(case),
        sequence=1,
        entry_hash=entry_hash.hex(),
        is_new=is_new,
    )
