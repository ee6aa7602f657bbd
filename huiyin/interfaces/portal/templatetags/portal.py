"""Template tags of the portal (门户标签)."""

from django import template
from django.template.context import RequestContext

from huiyin.interfaces.portal import navigation
from huiyin.interfaces.ui.parts import Link

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
