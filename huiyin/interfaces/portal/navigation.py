"""The portal's own links, in the order people need them (门户导航)."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.ui.parts import Link, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the portal by the name of its address."""

    name: str
    text: Text
    icon: str


MAIN = (
    Place("home", _("首页"), "home"),
    Place("file", _("写诉求"), "pencil"),
    Place("track", _("查进度"), "search"),
    Place("expect", _("办事须知"), "route"),
    Place("deadlines", _("期限怎么算"), "calendar-event"),
    Place("agencies", _("找单位"), "building-community"),
)
FOOT = (
    Place("law", _("依据的法律法规"), "scale"),
    Place("privacy", _("个人信息怎么用"), "shield-lock"),
    Place("proof", _("核验登记凭证"), "shield-check"),
    Place("verify", _("每日封存公告"), "hash"),
)


def address(name: str) -> str:
    """The address of a portal page, or nothing where this installation does not offer it."""
    try:
        return reverse(f"portal:{name}")
    except NoReverseMatch:
        return ""


def links(places: tuple[Place, ...], request: HttpRequest | None) -> tuple[Link, ...]:
    """Turn places into links and mark the one the visitor is at (当前页)."""
    here = request.path if request is not None else ""
    made = []
    for place in places:
        url = address(place.name)
        is_here = here == url if url == "/" else here.startswith(url)
        if url:
            made.append(Link(place.text, url, place.icon, is_here))
    return tuple(made)
