"""What the filing pages show beside their forms (写诉求页面): hints, offices, what to expect with dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.casework.intake.draft_contents import DraftContent
from huiyin.casework.intake.drafts import DraftPage
from huiyin.casework.intake.guidance import Guidance, guidance_for
from huiyin.casework.intake.selectors import Tracked
from huiyin.casework.intake.services import Receipt
from huiyin.interfaces.portal import filing_steps, periods
from huiyin.interfaces.portal.contacts import Contact, contact_of
from huiyin.interfaces.portal.filing_forms import CAPACITIES, NAMINGS, PURPOSES
from huiyin.interfaces.portal.filing_steps import FilingStep, Problem
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of, said
from huiyin.interfaces.ui.parts import Article, Event, Text
from huiyin.law.calendar import local_date
from huiyin.law.clock_rules import PARTY_LABELS
from huiyin.law.rules import rule_version
from huiyin.records.agencies.directories import AgencyEntry
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.proof import receipt_text


@dataclass(frozen=True, slots=True)
class RouteAdvice:
    """One legal route that may be open as well (可走途径)."""

    title: str
    authority: str
    limit: str
    article: Article | None
    words: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to consider before sending; never an obstacle (提交前提示)."""

    routes: tuple[RouteAdvice, ...]
    handler: Contact | None


@dataclass(frozen=True, slots=True)
class OfficeAdvice:
    """What an office does with a petition (接收单位说明)."""

    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the summary before sending (核对)."""

    label: Text
    values: tuple[str, ...]
    step: FilingStep


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What the petitioner takes home, in words (登记凭证)."""

    number: str
    code: str
    proof: str
    track_link: str
    proof_link: str
    office: Contact | None
    registered_on: date
    next_steps: tuple[Event, ...]


def resume_link(request: HttpRequest, draft: DraftPage) -> str:
    """The secret address at which the draft goes on (续写地址)."""
    return request.build_absolute_uri(reverse("portal:file_resume", args=[draft.id]))


def advice_for(content: DraftContent) -> Advice:
    """Compare the draft with the telling words (提交前提示)."""
    guidance: Guidance = guidance_for(
        texts=(content.text, *content.demands),
        is_accusation=content.is_accusation,
        region_code=content.region_code,
        accused_agency_id=content.accused_agency_id,
    )
    routes = tuple(
        RouteAdvice(
            title=said(hint.route.title_zh, hint.route.title_en),
            authority=said(hint.route.authority_zh, hint.route.authority_en),
            limit=said(hint.route.applicant_limit_zh, hint.route.applicant_limit_en),
            article=article_of(hint.route.citation),
            words=_("、").join(hint.words[:3]),
        )
        for hint in guidance.routes
    )
    return Advice(routes, contact_of(guidance.handler) if guidance.handler else None)


def office_advice() -> tuple[OfficeAdvice, ...]:
    """Who does what, so that one can choose (接收单位说明)."""
    return (
        OfficeAdvice(_("信访局"), _("什么事都可以交。登记以后15日内转给、交给有权处理的单位，并督促办理。")),
        OfficeAdvice(
            _("人大常委会办公室、乡镇人大主席团"),
            _("适合反映政府、法院、检察院的工作和人大代表的事。人大不直接处理案件，转有关机关办理并监督。"),
        ),
        OfficeAdvice(_("乡镇、街道和有关部门"), _("事情明确归它管的，可以直接交给它，少转一道。")),
        OfficeAdvice(_("12345热线"), _("咨询、求助和公共服务方面的事，派单办理，时间短。")),
        OfficeAdvice(_("纪检监察机关"), _("检举控告党员、干部和公职人员违纪违法。")),
    )


def problems_shown(problems: dict[str, object]) -> tuple[Problem, ...]:
    """What stands in the way of sending, each with the page to put it right."""
    return tuple(
        Problem(str(sentence), filing_steps.step_of_problem(name)) for name, sentence in problems.items()
    )


def summary_of(content: DraftContent) -> tuple[Answer, ...]:
    """Everything typed, to be read once more (核对)."""
    what, who = FilingStep.WHAT, FilingStep.WHO
    place = " ".join(part for part in (labels.region_name(content.region_code), content.place) if part)
    found = [
        Answer(_("您想做什么"), _said(PURPOSES, content.purpose), what),
        Answer(_("经过"), (content.text,), what),
        Answer(_("诉求"), content.stated_demands, what),
        Answer(_("地点"), (place,), what),
        Answer(_("时间"), (content.happened,), what),
    ]
    if content.is_accusation:
        accused = labels.agency_name(content.accused_agency_id)
        found.append(Answer(_("检举控告的对象"), (accused, content.accused), who))
    found.append(Answer(_("谁能知道您的姓名"), _said(NAMINGS, content.naming), who))
    details = (content.name, content.phone, content.address, content.id_number, content.email)
    found.append(Answer(_("姓名和联系方式"), details, who))
    found.append(Answer(_("人数"), (str(content.head_count),), who))
    people = tuple(
        " ".join(
            part for part in (*_said(CAPACITIES, person.capacity)[:1], person.name, person.phone) if part
        )
        for person in content.others
    )
    found.append(Answer(_("共同反映的人、代理人"), people, who))
    files = tuple(file.name for file in content.files)
    found.append(Answer(_("材料"), files or (_("没有附材料，登记以后还可以补充"),), FilingStep.MATERIALS))
    return tuple(
        Answer(answer.label, tuple(value for value in answer.values if value.strip()), answer.step)
        for answer in found
        if any(value.strip() for value in answer.values)
    )


def _said(choices: Sequence[tuple[str, object]], code: str) -> tuple[str, ...]:
    return tuple(str(label) for value, label in choices if value == code and value)


def receipt_view(request: HttpRequest, receipt: Receipt, matter: Tracked, *, today: date) -> ReceiptView:
    """The receipt with its links and the dates that follow (登记凭证).

    Number and code stand in the fragment of the link, which browsers never send to a server.
    """
    proof = receipt_text(
        matter_id=receipt.case_id, sequence=receipt.sequence, digest=bytes.fromhex(receipt.entry_hash)
    )
    track = request.build_absolute_uri(reverse("portal:track"))
    check = request.build_absolute_uri(reverse("portal:proof"))
    office: AgencyEntry | None = agency_directory().get(matter.office_id)
    return ReceiptView(
        number=receipt.number,
        code=receipt.code,
        proof=proof,
        track_link=f"{track}#n={receipt.number}&c={receipt.code}",
        proof_link=f"{check}#r={proof}",
        office=contact_of(office) if office else None,
        registered_on=local_date(matter.registered_at),
        next_steps=next_steps(matter, today),
    )


def next_steps(matter: Tracked, today: date) -> tuple[Event, ...]:
    """What comes next, with the dates the office itself is held to (接下来)."""
    clocks = {clock.rule: clock for demand in matter.demands for clock in demand.clocks}
    found = [
        Event(
            at=clock.due_on,
            text=said(*_title(clock.rule, clock.rule_version)),
            detail=_("从收到的第二天起算，最迟到这一天。"),
            who=said(*_party(clock.rule, clock.rule_version)),
            article=article_of(rule_version(clock.rule, clock.rule_version).citation),
            is_future=True,
        )
        for clock in sorted(clocks.values(), key=lambda clock: clock.due_on)
    ]
    way = periods.way_periods(today)
    found.append(
        Event(
            at=None,
            text=_("承办单位告诉您是否受理"),
            detail=_("承办单位收到后%(length)s内书面告诉您。") % {"length": way["telling"].length},
            article=way["telling"].article,
            is_future=True,
        )
    )
    found.append(
        Event(
            at=None,
            text=_("办理并书面答复"),
            detail=_("受理以后%(length)s内；情况复杂的可以延长，要告诉您理由。")
            % {"length": way["answering"].length},
            article=way["answering"].article,
            is_future=True,
        )
    )
    return tuple(found)


def _title(rule: str, version: str) -> tuple[str, str]:
    found = rule_version(rule, version)
    return found.title_zh, found.title_en


def _party(rule: str, version: str) -> tuple[str, str]:
    return PARTY_LABELS[rule_version(rule, version).party]
