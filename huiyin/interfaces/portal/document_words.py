"""What stands in a document, under the words people use for it (文书内容)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.parts import Text
from huiyin.interfaces.ui.templatetags.ui import day

# In the order they are read; what a document holds beside them comes last.
LABELS: dict[str, Text] = {
    "case_number": _("登记编号"),
    "matter": _("事项"),
    "demand": _("诉求"),
    "request": _("您的诉求"),
    "suggestion": _("您的建议"),
    "content_class": _("内容分类"),
    "branch": _("办理途径"),
    "route": _("办理途径"),
    "received_on": _("收到日期"),
    "procedure": _("办理程序"),
    "limit": _("办理期限"),
    "facts": _("查明的事实"),
    "opinion": _("处理意见"),
    "answer": _("答复"),
    "decision": _("决定"),
    "outcome": _("结论"),
    "ground": _("依据的条款"),
    "reason": _("理由"),
    "legal_basis": _("依据"),
    "days": _("延长天数"),
    "new_date": _("延长后的届满日期"),
    "authority": _("应当向谁提出"),
    "how": _("怎么提出"),
    "where_to_go": _("可以通过什么途径解决"),
    "limitation_warning": _("时效提醒"),
    "review_opinion": _("复核意见"),
    "remedy": _("不服怎么办"),
    "contact": _("联系人、电话"),
}
# The addressee of a notice to the petitioner is empty on purpose: no identity stands in documents.
LEFT_OUT = frozenset({"addressee"})


def body_rows(body: Mapping[str, object]) -> tuple[tuple[Text, str], ...]:
    """The contents of a document, label by label (文书正文)."""
    ordered = [name for name in LABELS if name in body]
    ordered += [name for name in body if name not in LABELS and name not in LEFT_OUT]
    rows: dict[str, Text] = {}
    for name in ordered:
        # A document of several kinds names the same text more than once; it is read once.
        text = labels.outcome(str(body[name])) if name == "outcome" else _shown(body[name])
        if text.strip():
            rows.setdefault(text, LABELS.get(name, name))
    return tuple((label, text) for text, label in rows.items())


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(_shown(part) for part in value)
    text = "" if value is None else str(value)
    try:
        return day(date.fromisoformat(text), "short") if len(text) == 10 else text
    except ValueError:
        return text
