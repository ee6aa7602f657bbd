"""The case page as its template sees it (事项页): frozen parts, made from the read-model without a query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from huiyin.casework.intake.channels import BY_CODE as CHANNELS
from huiyin.casework.intake.contract import EvidenceField, EvidenceKind
from huiyin.casework.replies.selectors.rows import CasePage, FileRow, SubmissionRow
from huiyin.casework.replies.vocabulary import Naming
from huiyin.interfaces.desk.case.addresses import document_url, file_link
from huiyin.interfaces.desk.case.demand_view import DemandView, demand_view
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.history import events_for_staff
from huiyin.interfaces.ui.parts import Event, Link, Text
from huiyin.interfaces.ui.templatetags.ui import clock_time, day
from huiyin.law.calendar import local_date
from huiyin.records.accounts.rights import Right
from huiyin.records.vault.details import IdentityDetails

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the summary (概况)."""

    label: Text
    value: Text
    note: Text = ""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A petitioner, covered or in the open (信访人)."""

    capacity: Text
    details: IdentityDetails


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One submission with its files (信访件)."""

    title: Text
    text: str
    note: Text
    evidence: tuple[Fact, ...]
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """A finding about another matter (关联)."""

    id: int
    kind: Text
    other: Link | None
    reason: str
    made_at: datetime
    is_undone: bool
    undo_reason: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """The whole page (事项页)."""

    id: int
    number: str
    title: str
    facts: tuple[Fact, ...]
    naming: Text
    people: tuple[PersonView, ...]
    may_disclose: bool
    identity_note: Text
    may_link: bool
    may_renew_code: bool
    handed_in: tuple[HandedIn, ...]
    demands: tuple[DemandView, ...]
    files: tuple[Link, ...]
    links: tuple[LinkView, ...]
    events: tuple[Event, ...]
    index: tuple[Link, ...]


def case_view(page: CasePage, user: "User", *, at: datetime) -> CaseView:
    """Turn the read-model into what the template shows (事项页)."""
    today = local_date(at)
    return CaseView(
        id=page.id,
        number=page.number,
        title=page.title,
        facts=tuple(_facts(page)),
        naming=_naming(page),
        people=tuple(PersonView(labels.capacity(row.capacity), row.masked) for row in page.petitioners),
        may_disclose=page.identity_refusal is None,
        identity_note=_identity_note(page),
        may_link=user.has_right(Right.CASE_LINK),
        may_renew_code=user.has_right(Right.CASE_REGISTER) and user.agency_id == page.office_id,
        handed_in=tuple(_handed_in(row, page.files) for row in page.submissions),
        demands=tuple(_demand_views(page, user, today=today)),
        files=tuple(file_link(row) for row in page.files if row.submission_id is None),
        links=tuple(_links(page)),
        events=timeline_of(page, user),
        index=tuple(_index(page)),
    )


def timeline_of(page: CasePage, user: "User") -> tuple[Event, ...]:
    """The history the user may see, the newest first (经过)."""
    events = events_for_staff(page.lines, user, page.positions, people=page.people, document_url=document_url)
    return tuple(reversed(events))


def _index(page: CasePage) -> Sequence[Link]:
    """The parts of the page, to jump to (本页内容)."""
    links = [
        Link(_("诉求 %(position)s") % {"position": row.position}, f"#demand-{row.id}") for row in page.demands
    ]
    said = [Link(_("信访人怎么说"), "#said")] if page.submissions else []
    return [*said, *links, Link(_("办理经过"), "#history"), Link(capfirst(_("信访人")), "#people")]


def _demand_views(page: CasePage, user: "User", *, today: date) -> Sequence[DemandView]:
    return [demand_view(demand, page, user, today=today) for demand in page.demands]


def _facts(page: CasePage) -> Sequence[Fact]:
    registered = day(page.registered_at) + " " + clock_time(page.registered_at)
    office = labels.agency_name(page.office_id)
    facts = [
        Fact(_("信访形式"), labels.channel(page.channel)),
        Fact(_("收到"), day(page.received_at)),
        Fact(_("登记"), registered, " ".join(part for part in (office, page.registered_by) if part)),
        Fact(_("问题属地"), page.place or labels.region_name(page.region_code) or _("未写明")),
        Fact(_("信访人数"), _("%(count)s人") % {"count": page.head_count}),
        Fact(_("署名"), _naming(page)),
    ]
    if page.place and page.region_code:
        facts[3] = Fact(_("问题属地"), page.place, labels.region_name(page.region_code))
    if page.superior_number:
        facts.append(Fact(_("上级编号"), page.superior_number))
    return facts


def _naming(page: CasePage) -> str:
    """The way the petitioner signs; withheld where it could tell what must not be told (第三十条)."""
    is_withheld = page.identity_refusal is not None and page.identity_refusal.citation
    if page.naming != Naming.ANONYMOUS and is_withheld:
        return _("身份不公开")
    return labels.naming(page.naming)


def _identity_note(page: CasePage) -> str:
    refusal = page.identity_refusal
    return f"{refusal.sentence}{refusal.way_out}" if refusal else ""


def _evidence(field: EvidenceField | None, name: str, value: str) -> Fact:
    """One piece of evidence with its label, dates in words (来件信息)."""
    if field is None:
        return Fact(name, value)
    if field.kind is EvidenceKind.DATE and (date_read := parse_date(value)):
        value = day(date_read, "short")
    return Fact(field.label, value)


def _handed_in(row: SubmissionRow, files: Sequence[FileRow]) -> HandedIn:
    what = labels.channel(row.channel)
    channel = CHANNELS.get(row.channel)
    fields = {field.name: field for field in channel.evidence} if channel else {}
    return HandedIn(
        title=_("补充材料（%(channel)s）") % {"channel": what} if row.is_supplement else what,
        text=row.text,
        note=_("%(day)s收到，%(who)s记录")
        % {"day": day(row.received_at, "short"), "who": row.recorded_by or _("信访人本人")},
        evidence=tuple(
            _evidence(fields.get(name), name, value) for name, value in row.evidence.items() if value
        ),
        files=tuple(file_link(file) for file in files if file.submission_id == row.id),
    )


def _links(page: CasePage) -> Sequence[LinkView]:
    return [
        LinkView(
            id=row.id,
            kind=labels.link_kind(row.kind),
            other=Link(row.other_number, reverse("desk:case", args=[row.other_id]))
            if row.is_other_visible
            else None,
            reason=row.reason,
            made_at=row.made_at,
            is_undone=row.is_undone,
            undo_reason=row.undo_reason,
        )
        for row in page.links
    ]
