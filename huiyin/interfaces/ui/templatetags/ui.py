"""Template tags of the look: every part takes frozen data and renders one small template (部件标签)."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django import template
from django.forms import BaseForm, CheckboxInput, FileInput, HiddenInput, Select, Textarea
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template.context import RequestContext
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from huiyin.interfaces.ui import legal, parts
from huiyin.law.citations import cite

register = template.Library()
PLACE_ZONE = ZoneInfo("Asia/Shanghai")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOTHING = SafeString("")
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An outline icon from the sprite; decorative, so the words beside it must say the same (图标)."""
    return _icon(name, css)


@lru_cache(maxsize=500)
def _icon(name: str, css: str) -> SafeString:
    """A page has a hundred icons of a dozen kinds."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#icon-{}"></use></svg>',
        css,
        static("vendor/icons.svg"),
        name,
    )


@register.filter
def day(value: date | datetime | None, shape: str = "") -> str:
    """2026年2月24日(星期二) or 24 Feb 2026 (Tue); "short" leaves the weekday out (日期)."""
    if value is None:
        return ""
    local = value.astimezone(PLACE_ZONE).date() if isinstance(value, datetime) else value
    return _day(local, shape, legal.is_chinese())


@lru_cache(maxsize=4000)
def _day(local: date, shape: str, is_chinese: bool) -> str:
    """A page names the same days again and again."""
    if is_chinese:
        text = f"{local.year}年{local.month}月{local.day}日"
        return text if shape == "short" else f"{text}（星期{WEEKDAYS['zh'][local.weekday()]}）"
    text = f"{local.day} {MONTHS[local.month - 1]} {local.year}"
    return text if shape == "short" else f"{text} ({WEEKDAYS['en'][local.weekday()]})"


@register.filter
def clock_time(value: date | datetime | None) -> str:
    """Hours and minutes of the place, for a moment; nothing for a mere date (时刻)."""
    return value.astimezone(PLACE_ZONE).strftime("%H:%M") if isinstance(value, datetime) else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """The machine-readable date of a time element."""
    return value.isoformat() if value else ""


@register.simple_tag
def days_left(light: parts.Light) -> str:
    """Days left or over, in words (剩余天数)."""
    if light.days is None:
        return ""
    if light.days_over:
        return ngettext("超期 %(days)s 天", "超期 %(days)s 天", light.days_over) % {"days": light.days_over}
    if light.days == 0:
        return gettext("今天到期")
    return ngettext("剩 %(days)s 天", "剩 %(days)s 天", light.days) % {"days": light.days}


@register.simple_tag
def light(light: parts.Light | None) -> SafeString:
    """Traffic light badge (红绿灯)."""
    return _light(light, get_language()) if light else NOTHING


@lru_cache(maxsize=2000)
def _light(light: parts.Light, _language: str | None) -> SafeString:
    """A list has a hundred lights of a few dozen kinds; their words follow the language."""
    left = days_left(light)
    return format_html(
        '<span class="light light-{}">{}<span class="light-text">{}</span>{}</span>',
        light.state,
        icon(light.icon),
        light.text,
        format_html('<span class="light-days">{}</span>', left) if left else NOTHING,
    )


@register.simple_tag
def article(article: parts.Article | None) -> SafeString:
    """A reference to the law (条款)."""
    if article is None:
        return NOTHING
    if not article.url:
        return format_html('<span class="article">{}</span>', article.text)
    return format_html('<a class="article" href="{}">{}</a>', article.url, article.text)


@register.simple_tag
def cited(law: str, *articles: int) -> SafeString:
    """A reference by the short name of the text, e.g. {% cited "R2022" 22 %} (条款)."""
    return article(legal.article_of(cite(law, *articles)))


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: tuple[parts.Event, ...]) -> dict[str, object]:
    """What happened and what comes next (经过)."""
    return {"events": events}


@register.inclusion_tag("ui/parts/clock_card.html")
def clock_card(clock: parts.ClockCard, is_open: bool = False) -> dict[str, object]:
    """One limit and how its date was counted (期限卡)."""
    return {"clock": clock, "is_open": is_open}


@register.simple_tag
def counted_days(steps: tuple[parts.CountedDay, ...]) -> SafeString:
    """How a date was counted, step by step (推算过程)."""
    return _counted_days(tuple(steps))


@lru_cache(maxsize=1000)
def _counted_days(steps: tuple[parts.CountedDay, ...]) -> SafeString:
    """The same day under the same rule is counted for many matters."""
    lines = format_html_join(
        "",
        '<li class="counted-step{}"><span class="counted-text">{}</span>{}</li>',
        ((f" counted-{step.kind}" if step.kind else "", step.text, article(step.article)) for step in steps),
    )
    return format_html('<ol class="counted">{}</ol>', lines)


@register.inclusion_tag("ui/parts/stages.html")
def stages(stages: tuple[parts.Stage, ...]) -> dict[str, object]:
    """Where the matter stands (阶段条)."""
    return {"stages": stages}


@register.inclusion_tag("ui/parts/tiles.html")
def tiles(tiles: tuple[parts.Tile, ...]) -> dict[str, object]:
    """Figures that open their lists (数字块)."""
    return {"tiles": tiles}


@register.inclusion_tag("ui/parts/table.html")
def data_table(table: parts.Table) -> dict[str, object]:
    """A table on wide screens, cards on a phone (表格)."""
    return {"table": table, "rows": [tuple(zip(table.columns, row, strict=True)) for row in table.rows]}


@register.inclusion_tag("ui/parts/pager.html")
def pager(pager: parts.Pager) -> dict[str, object]:
    """Next page, first page and an honest count (翻页)."""
    return {"pager": pager}


@register.inclusion_tag("ui/parts/empty.html")
def empty(empty: parts.Empty) -> dict[str, object]:
    """Nothing here, and what to do (空状态)."""
    return {"empty": empty}


@register.inclusion_tag("ui/parts/notice.html")
def notice(notice: parts.Notice | None) -> dict[str, object]:
    """Alert or refusal: sentence, article, next step (提示)."""
    icons = {"info": "info-circle", "good": "circle-check", "warning": "alert-triangle", "refusal": "ban"}
    return {"notice": notice, "icon_name": icons.get(notice.tone, "info-circle") if notice else ""}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(links: tuple[parts.Link, ...]) -> dict[str, object]:
    """The way back (面包屑)."""
    return {"links": links}


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(links: tuple[parts.Link, ...], label: str = "") -> dict[str, object]:
    """Links between views of one thing (页签)."""
    return {"links": links, "label": label}


@register.simple_tag
def side_nav(sections: tuple[parts.NavSection, ...]) -> str:
    """The desk's side navigation (侧边导航)."""
    return _side_nav(tuple(sections))


@lru_cache(maxsize=500)
def _side_nav(sections: tuple[parts.NavSection, ...]) -> str:
    """The navigation is the same on every page of an account, but for the place one is at."""
    return get_template("ui/parts/side_nav.html").render({"sections": sections})


@register.inclusion_tag("ui/parts/chart.html")
def chart(chart: parts.Chart, key: str) -> dict[str, object]:
    """A chart with its table behind it (图表)."""
    rows = [
        (name, [one.values[place] for one in chart.series]) for place, name in enumerate(chart.categories)
    ]
    data = {
        "kind": chart.kind,
        "unit": str(chart.unit),
        "stacked": chart.is_stacked,
        "categories": list(chart.categories),
        "series": [{"name": str(one.label), "data": list(one.values)} for one in chart.series],
    }
    return {"chart": chart, "key": key, "rows": rows, "data": data}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, width: str = "") -> dict[str, object]:
    """One form field: label, help, error, control; the value is kept (表单字段)."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {"class": control_class(widget)}
    if bound.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] += " is-invalid"
    described = [
        name
        for name in (bound.help_text and f"{bound.auto_id}_help", bound.errors and f"{bound.auto_id}_error")
        if name
    ]
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    if is_group:
        widget.attrs.setdefault("class", "form-check-input")
    if described and not is_group:
        attrs["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs) if not is_group else None,
        "described": " ".join(described),
        "is_group": is_group,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "is_file": isinstance(widget, FileInput),
        "is_hidden": isinstance(widget, HiddenInput),
        "width": width,
    }


def control_class(widget: object) -> str:
    """The look of a control by its kind."""
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "form-control form-text-area" if isinstance(widget, Textarea) else "form-control"


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """All problems of a form at its top, each leading to its field (错误汇总)."""
    problems = [(bound, error) for bound in form for error in bound.errors]
    return {"problems": problems, "general": form.non_field_errors(), "is_shown": bool(form.errors)}


@register.inclusion_tag("ui/parts/filter_bar.html")
def filter_bar(form: BaseForm, clear_url: str = "", is_open: bool = False) -> dict[str, object]:
    """Filters of a list, sent by GET so that the address can be shared (筛选)."""
    return {"form": form, "clear_url": clear_url, "is_open": is_open or bool(form.errors)}


@register.inclusion_tag("ui/parts/switches.html", takes_context=True)
def switches(context: RequestContext) -> dict[str, object]:
    """Language and letter size (语言与大字)."""
    return {
        "look": context.get("look"),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code as an inline drawing (二维码)."""
    drawing = segno.make(text, error="m").svg_inline(
        scale=4, border=2, svgclass="qr-code", lineclass=None, omitsize=True
    )
    # segno draws from its own matrix only; the text never enters the markup.
    return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', label, mark_safe(drawing))
