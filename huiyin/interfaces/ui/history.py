"""Ledger lines as a timeline (经过), for staff and for the petitioner: what happened, who, which article.

No code, agency, demand or document that is unknown here can break a timeline: it is shown as it stands.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of
from huiyin.interfaces.ui.parts import Article, Event, Link
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.law.citations import Citation, cite
from huiyin.law.lifecycle import Step, row_of
from huiyin.law.privacy import PURPOSES
from huiyin.records.accounts.rights import Right
from huiyin.records.ledger.selectors import LedgerLine
from huiyin.records.ledger.vocabulary import EVENTS, EventKind, Kind

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

DocumentUrl = Callable[[int], str]
Told = tuple[LedgerLine, Event]

# The step of the life cycle an event belongs to: its article is the event's article.
STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "case.registered": Step.REGISTER,
        "case.supplemented": Step.SUPPLEMENT,
        "demand.sorted": Step.SORT,
        "demand.forwarded": Step.FORWARD,
        "demand.assigned": Step.ASSIGN,
        "demand.accepted": Step.ACCEPT,
        "demand.objected": Step.OBJECT,
        "objection.agreed": Step.OBJECTION_AGREE,
        "objection.maintained": Step.OBJECTION_MAINTAIN,
        "demand.disputed": Step.DISPUTE,
        "demand.designated": Step.DESIGNATE,
        "demand.redirected": Step.REDIRECT,
        "demand.declined": Step.DECLINE,
        "demand.declined_final": Step.DECLINE_FINAL,
        "demand.routed": Step.ROUTE,
        "demand.filed": Step.FILE,
        "demand.answered": Step.ANSWER,
        "demand.withdrawn": Step.WITHDRAW,
        "step.recorded": Step.RECORD_STEP,
        "extension.requested": Step.EXTEND_REQUEST,
        "extension.approved": Step.EXTEND_APPROVE,
        "extension.refused": Step.EXTEND_REFUSE,
        "reply.drafted": Step.DRAFT_REPLY,
        "reply.submitted": Step.SUBMIT_REPLY,
        "reply.returned": Step.RETURN_REPLY,
        "reply.issued": Step.ISSUE_REPLY,
        "document.served": Step.SERVE,
        "demand.reported": Step.REPORT_BACK,
        "report.passed": Step.EXAMINE_PASS,
        "report.completion_asked": Step.EXAMINE_COMPLETE,
        "report.rework_ordered": Step.EXAMINE_REWORK,
        "demand.closed": Step.CLOSE,
        "rating.given": Step.RATE,
    }
)
# Who looked at an identity is for the auditors and for the petitioner, not for every colleague.
FOR_AUDITORS = frozenset({"identity.disclosed"})
AGENCY_FIELDS = frozenset({"agency", "sender", "receiver", "superior", "suggested", "assisting"})


# What has no step of its own in the life cycle rests on an article all the same.
ARTICLES: Mapping[str, Citation] = MappingProxyType(
    {"assist.received": cite("R2022", 24), "assist.opined": cite("R2022", 24)}
)


class _Words(dict[str, str]):
    """The words of a line; a field the line does not carry leaves a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def events_for_staff(
    lines: Iterable[LedgerLine],
    user: "User",
    visible_demand_ids: Collection[int],
    *,
    people: Mapping[int, str] | None = None,
    document_url: DocumentUrl | None = None,
) -> tuple[Event, ...]:
    """The history as an officer may read it (工作人员所见经过), oldest first.

    Lines of demands outside `visible_demand_ids` are left out. A mapping of demand id → position also names
    the demand on each line where the matter has several. `people` are the names of officers by id.
    """
    is_auditor = user.has_right(Right.LEDGER_AUDIT)
    events: list[Told] = []
    for line in lines:
        kind = EVENTS.get(line.event)
        if not _is_of(line, visible_demand_ids) or (line.event in FOR_AUDITORS and not is_auditor):
            continue
        words = _words(line, kind)
        if line.event == "case.registered":
            # How many demands others handle is not for those who see only some of them.
            words["demands"] = str(len(visible_demand_ids))
        text = _filled(str(kind.text_staff), words) if kind else line.event
        event = _event(line, text, visible_demand_ids, _actor(line, people or {}), document_url)
        _add(events, line, event)
    return tuple(event for _line, event in events)


def events_for_petitioner(
    lines: Iterable[LedgerLine],
    *,
    positions: Mapping[int, int] | None = None,
    document_url: DocumentUrl | None = None,
) -> tuple[Event, ...]:
    """The history as the petitioner reads it (信访人所见经过), oldest first, without names of officers.

    `positions` maps the petitioner's demands to their numbers, to name the demand where there are several.
    """
    events: list[Told] = []
    for line in lines:
        kind = EVENTS.get(line.event)
        if kind is None or kind.text_petitioner is None:
            continue
        text = _filled(str(kind.text_petitioner), _words(line, kind))
        who = _("信访人") if line.actor == "petitioner" else labels.agency_name(line.agency_id)
        _add(events, line, _event(line, text, positions or {}, who, document_url))
    return tuple(event for _line, event in events)


def article_of_event(event: str) -> Article | None:
    """The article an event rests on (依据)."""
    step = STEPS.get(event)
    return article_of(row_of(step).citation if step else ARTICLES.get(event))


def _add(events: list[Told], line: LedgerLine, event: Event) -> None:
    """Add an event; a document issued with the step before it stands on that step's line."""
    if line.event == "document.issued" and event.documents and events:
        before, step = events[-1]
        if before.at == line.at and before.payload.get("demand") == line.payload.get("demand"):
            events[-1] = (before, replace(step, documents=(*step.documents, *event.documents)))
            return
    events.append((line, event))


def _is_of(line: LedgerLine, demand_ids: Collection[int]) -> bool:
    return "demand" not in line.payload or line.payload["demand"] in demand_ids


def _event(
    line: LedgerLine, text: str, demands: Collection[int], who: str, document_url: DocumentUrl | None
) -> Event:
    position = _position(line, demands)
    return Event(
        at=line.at,
        text=_("诉求%(position)s：%(text)s") % {"position": position, "text": text} if position else text,
        detail=_detail(line),
        who=who,
        article=article_of_event(line.event) or _look_article(line),
        documents=_documents(line, document_url),
    )


def _position(line: LedgerLine, demands: Collection[int]) -> int | None:
    """The number of the demand, where the reader sees more than one."""
    if not isinstance(demands, Mapping) or len(demands) < 2:
        return None
    return demands.get(line.payload.get("demand"))


def _detail(line: LedgerLine) -> str:
    """What stands beside the sentence: requirement, limit, assisting agencies, for what one looked."""
    parts = []
    payload = line.payload
    if payload.get("requirement"):
        parts.append(_("要求：%(text)s") % {"text": payload["requirement"]})
    if line.event in ("demand.assigned", "demand.forwarded") and payload.get("limit_on"):
        parts.append(_("报结期限：%(day)s") % {"day": _day(payload["limit_on"])})
    if payload.get("assisting"):
        parts.append(_("协办：%(agencies)s") % {"agencies": labels.agency_names(payload["assisting"])})
    if payload.get("suggested"):
        parts.append(_("建议承办：%(agency)s") % {"agency": labels.agency_name(payload["suggested"])})
    if line.event == "identity.disclosed":
        parts.append(labels.look_purpose(str(payload.get("purpose", ""))))
    return "\n".join(parts)


def _look_article(line: LedgerLine) -> Article | None:
    if line.event != "identity.disclosed":
        return None
    rule = {rule.purpose.value: rule for rule in PURPOSES.values()}.get(str(line.payload.get("purpose")))
    return article_of(rule.citations[0]) if rule else None


def _documents(line: LedgerLine, document_url: DocumentUrl | None) -> tuple[Link, ...]:
    document = line.payload.get("document")
    if document_url is None or not isinstance(document, int):
        return ()
    kind = labels.document_kind(str(line.payload.get("document_kind", "")))
    name = " ".join(part for part in (kind, str(line.payload.get("number", ""))) if part)
    return (Link(name, document_url(document), "file-text"),)


def _actor(line: LedgerLine, people: Mapping[int, str]) -> str:
    """Who did it: the agency first, then the officer's name (责任人)."""
    if line.actor == "petitioner":
        return _("信访人")
    if not line.actor.startswith("user:"):
        return _("系统")
    name = people.get(int(line.actor[5:]), "")
    return " ".join(part for part in (labels.agency_name(line.agency_id), name) if part)


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Fill the placeholders of a sentence; a translation with a slip in it is shown as it stands."""
    try:
        return text % words
    except (KeyError, TypeError, ValueError):
        return text


def _words(line: LedgerLine, kind: EventKind | None) -> _Words:
    fields: Mapping[str, Kind] = kind.fields if kind else {}
    return _Words({name: _word(name, value, fields.get(name)) for name, value in line.payload.items()})


def _word(name: str, value: object, kind: Kind | None) -> str:
    if name in AGENCY_FIELDS:
        return labels.agency_names(value) or str(value)
    if name == "purpose":
        return labels.petition_purpose(str(value))
    if kind is Kind.DATE:
        return _day(value)
    if name in labels.OF_FIELD:
        return labels.OF_FIELD[name](str(value))
    # The sentence around a reason brings its own full stop.
    return str(value).rstrip("。．. ") if kind is Kind.PROSE else str(value)


def _day(value: object) -> str:
    try:
        return day(date.fromisoformat(str(value)), "short")
    except ValueError:
        return str(value)
