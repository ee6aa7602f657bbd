"""Every address of the house, taken from the routing itself, and how to put numbers into it (网址全表)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

ABSENT = 987_654_321


@dataclass(frozen=True)
class Address:
    """One address: its pattern as a path with {names}, and the names of what goes in."""

    template: str
    names: tuple[str, ...]

    @property
    def area(self) -> str:
        return self.template.split("/")[1] if self.template.startswith(("/desk/", "/api/")) else "portal"

    def path(self, values: Mapping[str, object]) -> str:
        """The address of one matter."""
        return self.template.format_map({name: quote(str(values[name])) for name in self.names})


def addresses() -> list[Address]:
    """All addresses, as the routing knows them."""
    return sorted(_below(get_resolver(), "/", ()), key=lambda one: one.template)


def _below(resolver: URLResolver, prefix: str, names: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = _route(pattern)
        inner = (*names, *pattern.pattern.converters)
        if isinstance(pattern, URLPattern):
            yield Address(prefix + route, inner)
        else:
            yield from _below(pattern, prefix + route, inner)


def _route(pattern: URLPattern | URLResolver) -> str:
    """`cases/<int:case_id>/` as `cases/{case_id}/`."""
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kinds = [f"<{name}>", *(f"<{kind}:{name}>" for kind in _kinds(converter))]
        for kind in kinds:
            route = route.replace(kind, f"{{{name}}}")
    assert "<" not in route, route
    return route


def _kinds(converter: object) -> list[str]:
    from django.urls.converters import get_converters

    return [kind for kind, known in get_converters().items() if type(known) is type(converter)]


# What is put in where an address asks for something else than the number of a record.
WORDS: Mapping[str, object] = {
    "name": "all",
    "kind": "csv",
    "slug": "accept",
    "code": "visit",
    "step": "what",
    "path": "x",
}
NO_DRAFT = UUID("00000000-0000-4000-8000-000000000000")
