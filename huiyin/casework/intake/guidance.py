"""Where a matter may belong as well (途径提示): a hint before sending, neither a refusal nor a sorting."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from huiyin.law.branches import Branch, LegalRoute, legal_routes, routes_of
from huiyin.records.agencies.directories import AgencyEntry
from huiyin.records.agencies.selectors import agency_directory, region_directory
from huiyin.records.texts.normalising import normalise

MOST_ROUTES = 3


@dataclass(frozen=True)
class Hint:
    """Telling words, the routes they may mean, and the class of the matter if they tell it (提示词)."""

    words: tuple[str, ...]
    routes: tuple[str, ...]
    content_class: str


@dataclass(frozen=True)
class RouteHint:
    """A legal route that may be open, and which of the petitioner's words made us say so (可走途径)."""

    route: LegalRoute
    words: tuple[str, ...]


@dataclass(frozen=True)
class Guidance:
    """What to tell a petitioner before sending (提交前提示)."""

    routes: tuple[RouteHint, ...]
    handler: AgencyEntry | None


@cache
def hints() -> tuple[Hint, ...]:
    """The shipped telling words.

    Raises: KeyError at the first use when a row names a route that the law shelf does not know.
    """
    rows = tomllib.loads(files(__package__).joinpath("guidance.toml").read_text("utf-8"))["hint"]
    known = legal_routes()
    found = []
    for row in rows:
        for code in row["routes"]:
            known[code]
        words = tuple(normalise(word) for word in row["words"])
        found.append(Hint(words, tuple(row["routes"]), row["content_class"]))
    return tuple(found)


def guidance_for(
    *, texts: Iterable[str], is_accusation: bool, region_code: str, accused_agency_id: int | None = None
) -> Guidance:
    """Compare the petitioner's words with the telling ones (提交前提示).

    Law: 《信访工作条例》(2022) 第三十一条; the accused is never named as the handler (第三十条).
    """
    text = normalise("\n".join(texts))
    routes: dict[str, RouteHint] = {}
    content_class = ""
    if is_accusation:
        routes = {route.code: RouteHint(route, ()) for route in routes_of(Branch.ACCUSATION)}
    for hint in hints():
        words = tuple(word for word in hint.words if word in text)
        if not words:
            continue
        content_class = content_class or hint.content_class
        for code in hint.routes:
            routes.setdefault(code, RouteHint(legal_routes()[code], words))
    handler = _handler(content_class, region_code, accused_agency_id) if not is_accusation else None
    return Guidance(tuple(routes.values())[:MOST_ROUTES], handler)


def _handler(content_class: str, region_code: str, accused_agency_id: int | None) -> AgencyEntry | None:
    """The unit whose remit covers class and place the most closely, if the words told the class."""
    if not content_class:
        return None
    whole = region_directory().children("")
    place = region_code or (whole[0].code if whole else "")
    found = agency_directory().responsible(class_code=content_class, region_code=place)
    return next((agency for agency, _remit in found if agency.id != accused_agency_id), None)
