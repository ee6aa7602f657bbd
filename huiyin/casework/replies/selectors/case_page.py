"""The case page's read-model (事项页): at most eight statements, whatever the size of the matter."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.cases.permissions import can_read_secrets
from huiyin.casework.cases.refusals import NotThere
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.matching.selectors import LinkRow, links_of
from huiyin.casework.replies.identities import identity_refusal
from huiyin.casework.replies.selectors.found import FoundDemand, demands_of_case, submissions_of_case
from huiyin.casework.replies.selectors.notes import Notes, notes_of
from huiyin.casework.replies.selectors.rows import (
    CasePage,
    ClockRow,
    DeliveryRow,
    DemandRow,
    EvidenceRow,
    ExtensionRow,
    FileRow,
    IssuedRow,
    ObjectionRow,
    PersonRow,
    PetitionerRow,
    RatingRow,
    ReferralRow,
    ReplyRow,
    ReportRow,
)
from huiyin.casework.replies.selectors.step_choices import DemandFacts, step_choices, steps_beside
from huiyin.law.calendar import local_date
from huiyin.records.accounts.models import User
from huiyin.records.ledger.selectors import LedgerLine, entries_of
from huiyin.records.vault.selectors import identities_masked

LINKING = frozenset({"case.linked", "case.unlinked"})
# What was handed in for the whole matter is told only to those who may read all of it.
OF_THE_WHOLE = frozenset({"case.supplemented", "case.attached"})


def case_page(*, user: User, case_id: int, at: datetime) -> CasePage:
    """The matter as this user may see it.

    Raises: NotThere when there is no such matter, or none of its demands is the user's to see.
    """
    found = demands_of_case(user, case_id)
    if not found:
        raise NotThere(_("没有这件信访事项，或者您无权查看。"))
    case, demands = found[0].demand.case, [each.demand for each in found]
    positions = {demand.pk for demand in demands}
    is_whole = len(demands) == found[0].demands_in_all
    lines = _visible_lines(entries_of(case_id), positions, is_whole=is_whole)
    links = _links(user, case_id, lines)
    lines = _without_hidden_links(lines, links)
    notes = notes_of(case_id)
    submissions = submissions_of_case(user, case_id) if is_whole else ()
    refusal = identity_refusal(user=user, case=case, is_accusation=found[0].is_accused_anywhere)
    return CasePage(
        id=case.pk,
        number=case.number,
        title=case.title if submissions else "",
        channel=case.channel,
        received_at=case.received_at,
        registered_at=case.registered_at,
        registered_by=found[0].registered_by,
        office_id=case.office_id,
        naming=case.naming,
        head_count=case.head_count,
        region_code=case.region_code,
        place=case.place,
        superior_number=case.superior_number,
        code_version=case.code_version,
        is_whole=is_whole,
        demands=tuple(
            # Whoever sees only some demands must not be able to count the others.
            _demand(user, each, each.demand.position if is_whole else place, notes, lines, at=at)
            for place, each in enumerate(found, start=1)
        ),
        submissions=submissions,
        petitioners=() if refusal else _petitioners(case, notes),
        identity_refusal=refusal,
        files=_files(user, notes, positions, has_submissions=bool(submissions)),
        links=links,
        lines=lines,
        people=_people(lines),
    )


def demand_page(*, user: User, demand_id: int, at: datetime) -> tuple[CasePage, DemandRow]:
    """The matter of a demand, and that demand, for the page of a step.

    Raises: NotThere.
    """
    page = case_page(user=user, case_id=case_of_demand(user=user, demand_id=demand_id), at=at)
    demand = page.demand(demand_id)
    if demand is None:
        raise NotThere(_("没有这项诉求，或者您无权查看。"))
    return page, demand


def case_of_demand(*, user: User, demand_id: int) -> int:
    """The matter a visible demand belongs to.

    Raises: NotThere.
    """
    found = demands_visible_to(user).filter(pk=demand_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotThere(_("没有这项诉求，或者您无权查看。"))
    return found


def _visible_lines(
    lines: Sequence[LedgerLine], demand_ids: set[int], *, is_whole: bool
) -> tuple[LedgerLine, ...]:
    """The history without the demands the user may not see (可见经过)."""
    return tuple(
        line
        for line in lines
        if ("demand" not in line.payload or line.payload["demand"] in demand_ids)
        and (is_whole or line.event not in OF_THE_WHOLE)
    )


def _demand(
    user: User, found: FoundDemand, position: int, notes: Notes, lines: Sequence[LedgerLine], *, at: datetime
) -> DemandRow:
    demand, number = found.demand, found.demand.pk
    clocks = notes.of("clock", ClockRow, demand_id=number)
    extensions = notes.of("extension", ExtensionRow, demand_id=number)
    replies = notes.of("reply", ReplyRow, demand_id=number)
    referrals = notes.of("referral", ReferralRow, demand_id=number)
    facts = DemandFacts(
        clocks=clocks,
        extension=next((row for row in extensions if not row.decision), None),
        reply=next((row for row in replies if row.state != "issued"), None),
        referral=next((row for row in referrals if row.role == "lead" and row.state == "awaiting"), None),
    )
    return DemandRow(
        id=number,
        position=position,
        statement=demand.statement,
        content_class=demand.content_class,
        purpose=demand.purpose,
        branch=demand.branch,
        profile=demand.profile,
        stage=demand.stage,
        version=demand.version,
        office_id=demand.office_id,
        holder_id=demand.holder_id,
        lead_id=demand.lead_id,
        accused_id=demand.accused_agency_id,
        handler=_handler_of(found),
        is_open=demand.is_open,
        is_assigned=demand.is_assigned,
        is_sealed=demand.is_sealed,
        outcome=demand.outcome,
        settled=demand.settled,
        received_at=demand.received_at,
        closed_at=demand.closed_at,
        clocks=clocks,
        evidence=notes.of("evidence", EvidenceRow, demand_id=number),
        referrals=referrals,
        objections=notes.of("objection", ObjectionRow, demand_id=number),
        extensions=extensions,
        replies=replies,
        deliveries=notes.of("delivery", DeliveryRow, demand_id=number),
        reports=notes.of("report", ReportRow, demand_id=number),
        ratings=_ratings(user, notes.of("rating", RatingRow, demand_id=number), demand),
        documents=_documents(lines, number),
        steps=step_choices(user=user, demand=demand, facts=facts, today=local_date(at)),
        beside=steps_beside(user=user, demand=demand, referrals=referrals),
    )


def _handler_of(found: FoundDemand) -> str:
    """Name who works on it at the unit that holds it now, not at an earlier one (经办人)."""
    return found.handler if found.handler_agency_id == found.demand.holder_id else ""


def _ratings(user: User, ratings: Sequence[RatingRow], demand: Demand) -> tuple[RatingRow, ...]:
    """The office reads scores and words; the unit its own score; nobody else anything."""
    if user.agency_id == demand.office_id:
        return tuple(ratings)
    return tuple(
        RatingRow(row.id, row.demand_id, row.body, row.agency_id, row.score, "", row.given_at)
        for row in ratings
        if row.agency_id == user.agency_id and row.body == "unit"
    )


def _documents(lines: Sequence[LedgerLine], demand_id: int) -> tuple[IssuedRow, ...]:
    """The documents issued on a demand, as its ledger lists them."""
    return tuple(
        IssuedRow(
            id=int(str(line.payload["document"])),
            demand_id=demand_id,
            kind=str(line.payload.get("document_kind", "")),
            number=str(line.payload.get("number", "")),
            agency_id=line.agency_id,
            issued_at=line.at,
        )
        for line in lines
        if line.event == "document.issued" and line.payload.get("demand") == demand_id
    )


def _petitioners(case: Case, notes: Notes) -> tuple[PetitionerRow, ...]:
    """Everybody who takes part, covered (脱敏)."""
    others = notes.of("person", PersonRow)
    ids = [row.identity_id for row in others]
    found = identities_masked([case.identity_id, *ids] if case.identity_id else ids)
    first = [PetitionerRow("", found[case.identity_id])] if case.identity_id in found else []
    return (
        *first,
        *(PetitionerRow(row.capacity, found[row.identity_id]) for row in others if row.identity_id in found),
    )


def _files(user: User, notes: Notes, demand_ids: set[int], *, has_submissions: bool) -> tuple[FileRow, ...]:
    reads_secrets = can_read_secrets(user)
    return tuple(
        row
        for row in notes.of("file", FileRow)
        if is_file_visible(row, demand_ids, has_submissions=has_submissions, reads_secrets=reads_secrets)
    )


def is_file_visible(
    row: FileRow, demand_ids: set[int], *, has_submissions: bool, reads_secrets: bool
) -> bool:
    """Say whether a file of the dossier is for this user: its demand, its letter and its seal decide."""
    if row.is_sealed and not reads_secrets:
        return False
    return row.demand_id in demand_ids if row.demand_id is not None else has_submissions


def _links(user: User, case_id: int, lines: Sequence[LedgerLine]) -> tuple[LinkRow, ...]:
    if not any(line.event in LINKING for line in lines):
        return ()
    return tuple(links_of(user=user, case_id=case_id))


def _without_hidden_links(lines: Sequence[LedgerLine], links: Sequence[LinkRow]) -> tuple[LedgerLine, ...]:
    """The history without findings about matters that the user may not see."""
    seen = {row.other_id for row in links if row.is_other_visible}
    return tuple(line for line in lines if line.event not in LINKING or line.payload.get("other") in seen)


def _people(lines: Sequence[LedgerLine]) -> Mapping[int, str]:
    """The names of the officers who acted: one statement."""
    ids = {int(line.actor[5:]) for line in lines if line.actor.startswith("user:")}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
