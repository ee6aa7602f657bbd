"""Template tags of the desk (工作台标签)."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from huiyin.interfaces.desk.list_tables import Line
from huiyin.interfaces.ui.templatetags.ui import NOTHING, day, icon, iso, light

register = template.Library()


@register.simple_tag
def list_rows(lines: Iterable[Line]) -> SafeString:
    """The rows of a work list (列表行): a hundred of them would take a template the longest."""
    row, due = _shapes(get_language())
    # Every value goes through format_html, which escapes it.
    return mark_safe("\n".join(_row(row, due, line) for line in lines))


def _row(row: str, due: str, line: Line) -> SafeString:
    return format_html(
        row,
        mark_safe(' class="row-sealed"') if line.is_sealed else NOTHING,
        line.url,
        line.number,
        icon("shield-lock") if line.is_sealed else NOTHING,
        line.statement,
        line.place,
        line.content_class,
        line.stage,
        line.holder,
        format_html(due, light(line.light), iso(line.due_on), day(line.due_on, "short"))
        if line.due_on
        else NOTHING,
        iso(line.received),
        day(line.received, "short"),
        line.channel,
    )


@lru_cache(maxsize=8)
def _shapes(_language: str | None) -> tuple[str, str]:
    """A row, and what stands in its place for the due date, with the headings a phone shows beside each."""
    cells = (
        _cell(gettext("诉求"), "at-statement", "{}{}", " statement"),
        _cell(gettext("地点"), "at-place", "{}"),
        _cell(gettext("分类"), "at-class", "{}"),
        _cell(gettext("阶段"), "at-stage", '<span class="stage-word">{}</span>'),
        _cell(gettext("责任单位"), "at-holder", "{}"),
        _cell(gettext("期限"), "at-due", "{}"),
        _cell(
            gettext("收到"),
            "at-received",
            '<time datetime="{}">{}</time><small class="cell-note">{}</small>',
        ),
    )
    heading = format_html(
        '<th scope="row" data-label="{}">{}</th>',
        gettext("登记号"),
        mark_safe('<a class="number-link" href="{}">{}</a>'),
    )
    due = '{}<small class="cell-note"><time datetime="{}">{}</time></small>'
    return "<tr{}>" + heading + "".join(cells) + "</tr>", due


def _cell(label: str, css: str, content: str, kind: str = "") -> str:
    return format_html(
        '<td class="{}" data-label="{}"><div class="cell{}">{}</div></td>',
        css,
        label,
        kind,
        # The content holds only placeholders and the markup around them.
        mark_safe(content),
    )
