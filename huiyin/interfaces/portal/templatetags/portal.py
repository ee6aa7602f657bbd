"""Template tags of the portal (门户标签)."""

from datetime import date

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _

from huiyin.interfaces.portal import navigation
from huiyin.interfaces.portal.counting import WallMonth
from huiyin.interfaces.ui.legal import is_chinese
from huiyin.interfaces.ui.parts import Link
from huiyin.interfaces.ui.templatetags.ui import MONTHS

register = template.Library()


@register.simple_tag(takes_context=True)
def main_links(context: RequestContext) -> tuple[Link, ...]:
    """The main navigation (主导航)."""
    return navigation.links(navigation.MAIN, context.get("request"))


@register.simple_tag(takes_context=True)
def foot_links(context: RequestContext) -> tuple[Link, ...]:
    """Law, privacy and proofs in the footer (页脚导航)."""
    return navigation.links(navigation.FOOT, context.get("request"))


@register.simple_tag
def portal_url(name: str) -> str:
    """The address of a portal page, or nothing where it is not offered."""
    return navigation.address(name)


@register.inclusion_tag("portal/wall_month.html")
def wall_month(month: WallMonth) -> dict[str, object]:
    """One month of the wall calendar (月历)."""
    names = (_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日"))
    return {"month": month, "weekday_names": names, "name": month_name(month.first)}


def month_name(first: date) -> str:
    """2026年2月 or Feb 2026 (月份)."""
    return f"{first.year}年{first.month}月" if is_chinese() else f"{MONTHS[first.month - 1]} {first.year}"
