"""Template tags of the desk (工作台标签)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from huiyin.interfaces.desk.list_tables import Line
from huiyin.interfaces.ui.parts import Light
from huiyin.interfaces.ui.templatetags.ui import NOTHING, day, icon, iso, light

register = template.Library()


@register.simple_tag
def list_rows(lines: Iterable[Line]) -> SafeString:
    """The rows of a work list (列表行): a hundred of them would take a template the longest."""
    language = get_language()
    shape = _shape(language)
    # Every value goes through format_html, which escapes it.
    return mark_safe("\n".join(_row(shape, line, language) for line in lines))


def _row(shape: str, line: Line, language: str | None) -> SafeString:
    return format_html(
        shape,
        mark_safe(' class="row-sealed"') if line.is_sealed else NOTHING,
        line.url,
        line.number,
        icon("shield-lock") if line.is_sealed else NOTHING,
        line.statement,
        line.place,
        _escaped(line.content_class),
        _escaped(line.stage),
        _escaped(line.holder),
        _due(line.light, line.due_on, language) if line.due_on else NOTHING,
        iso(line.received),
        day(line.received, "short"),
        _escaped(str(line.channel)),
    )


@lru_cache(maxsize=4000)
def _escaped(name: str) -> SafeString:
    """The names of agencies, classes, stages and channels stand on every other row."""
    return conditional_escape(name)


@lru_cache(maxsize=4000)
def _due(shade: Light | None, due_on: date, _language: str | None) -> SafeString:
    """Many rows fall due on the same day."""
    return format_html(
        '{}<small class="cell-note"><time datetime="{}">{}</time></small>',
        light(shade),
        iso(due_on),
        day(due_on, "short"),
    )


@lru_cache(maxsize=8)
def _shape(_language: str | None) -> str:
    """A row with the headings that a phone shows beside each value, and places for the values."""
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
    return "<tr{}>" + heading + "".join(cells) + "</tr>"


def _cell(label: str, css: str, content: str, kind: str = "") -> str:
    return format_html(
        '<td class="{}" data-label="{}"><div class="cell{}">{}</div></td>',
        css,
        label,
        kind,
        # The content holds only placeholders and the markup around them.
        mark_safe(content),
    )
