"""An issued document as it is printed (文书): its contents in order, under headings, for staff and portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.parts import Text
from huiyin.interfaces.ui.templatetags.ui import day
from huiyin.records.documents.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter: a heading and its paragraphs."""

    heading: Text
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A document ready to be laid out (文书版式)."""

    office: str
    number: str
    title: Text
    addressee: str
    parts: tuple[Part, ...]
    remedy: str
    issued_on: str
    basis: str
    case_number: str


HEADINGS: Mapping[str, Text] = MappingProxyType(
    {
        "answer": gettext_lazy("答复"),
        "assignment": gettext_lazy("交办文号"),
        "assisting": gettext_lazy("协办单位"),
        "authority": gettext_lazy("应当向哪里提出"),
        "contact": gettext_lazy("联系人和电话"),
        "days": gettext_lazy("延长天数"),
        "decision": gettext_lazy("意见"),
        "demand": gettext_lazy("诉求"),
        "facts": gettext_lazy("事实和理由"),
        "ground": gettext_lazy("依据"),
        "handler": gettext_lazy("承办人"),
        "how": gettext_lazy("怎样提出"),
        "investigation": gettext_lazy("调查和办理情况"),
        "legal_basis": gettext_lazy("法律法规依据"),
        "limit": gettext_lazy("期限"),
        "limitation_warning": gettext_lazy("请注意时效"),
        "matter": gettext_lazy("信访事项"),
        "new_date": gettext_lazy("延长后的期限"),
        "opinion": gettext_lazy("处理意见"),
        "outcome": gettext_lazy("办理结论"),
        "problem": gettext_lazy("反映的问题和诉求"),
        "procedure": gettext_lazy("办理程序"),
        "reason": gettext_lazy("理由"),
        "received_on": gettext_lazy("收到日期"),
        "report_items": gettext_lazy("报告应当写明"),
        "request": gettext_lazy("信访人的请求"),
        "requirement": gettext_lazy("办理要求"),
        "review_opinion": gettext_lazy("复核意见"),
        "route": gettext_lazy("处理途径"),
        "signatory": gettext_lazy("签发人"),
        "suggested_agency": gettext_lazy("建议承办单位"),
        "suggestion": gettext_lazy("您的建议"),
        "where_to_go": gettext_lazy("您可以这样做"),
    }
)
# What a letter may say beyond what its kind must say.
EXTRAS = ("outcome", "requirement", "assisting", "limit")
SHOWN_APART = frozenset({"remedy"})
OUTCOME_KINDS = frozenset({"handling_opinion", "suggestion_reply"})


def letter_of(
    *, kind: str, number: str, agency_id: int, body: Mapping[str, object], issued_at: datetime | None
) -> Letter:
    """Lay out a document of any kind (文书版式); one that is not issued yet has no number and no date.

    An official document is in Chinese, whatever the language of the page around it.
    """
    with override("zh-hans"):
        return _letter(kind, number, agency_id, body, issued_at)


def _letter(
    kind: str, number: str, agency_id: int, body: Mapping[str, object], issued_at: datetime | None
) -> Letter:
    known = kind_of(kind)
    names = [name for name in known.required if name not in SHOWN_APART]
    names += [name for name in EXTRAS if name not in names and _is_extra(kind, name, body)]
    parts = []
    said_already: set[str] = set()
    for name in names:
        text = _text(name, body.get(name))
        if text and text not in said_already:
            parts.append(Part(str(HEADINGS.get(name, name)), tuple(text.splitlines())))
            said_already.add(text)
    return Letter(
        office=labels.agency_name(agency_id),
        number=number,
        title=str(known.name),
        addressee=str(body.get("addressee") or "") or _("信访人"),
        parts=tuple(parts),
        remedy=str(body.get("remedy") or ""),
        issued_on=day(issued_at, "short"),
        basis=known.basis,
        case_number=str(body.get("case_number") or ""),
    )


def _is_extra(kind: str, name: str, body: Mapping[str, object]) -> bool:
    return bool(body.get(name)) and (name != "outcome" or kind in OUTCOME_KINDS)


def _text(name: str, value: object) -> str:
    if name == "outcome":
        return labels.outcome(str(value))
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    text = str(value if value is not None else "").strip()
    try:
        return day(date.fromisoformat(text), "short")
    except ValueError:
        return text
