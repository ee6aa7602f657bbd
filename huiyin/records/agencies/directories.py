"""The reference data as frozen look-up tables, so that pages join names in memory (目录)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from huiyin.records.agencies.models import Profile
from huiyin.records.agencies.rules import region_prefix


@dataclass(frozen=True, slots=True)
class RemitEntry:
    """What an agency is for: a branch of the content classes in a branch of the places."""

    class_prefix: str
    region_prefix: str

    def covers(self, class_code: str, region_code: str) -> bool:
        return class_code.startswith(self.class_prefix) and region_code.startswith(self.region_prefix)


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An agency as pages and rules see it."""

    id: int
    code: str
    name: str
    name_en: str
    short_name: str
    kind: str
    parent_id: int | None
    region_code: str
    profile: str
    is_discipline: bool
    takes_petitions: bool
    reception_place: str
    reception_hours: str
    phone: str
    postal_address: str
    document_word: str
    position: int
    is_active: bool
    revision: int
    remits: tuple[RemitEntry, ...] = ()

    def name_in(self, language: str) -> str:
        """Give the name in the language of the page; Chinese where nobody wrote an English one."""
        return self.name_en if language.startswith("en") and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """A content class (内容分类)."""

    code: str
    name: str
    name_en: str
    parent_code: str
    version: str
    is_active: bool
    revision: int

    def name_in(self, language: str) -> str:
        return self.name_en if language.startswith("en") and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """A place (行政区划)."""

    code: str
    name: str
    name_en: str
    level: str
    parent_code: str
    is_active: bool
    revision: int

    @property
    def prefix(self) -> str:
        """The beginning that the codes of all places inside this one share."""
        return region_prefix(self.code)

    def name_in(self, language: str) -> str:
        return self.name_en if language.startswith("en") and self.name_en else self.name


class AgencyDirectory:
    """All agencies, living and closed; look-ups by id, by code, up and down the tree."""

    def __init__(self, agencies: Iterable[AgencyEntry]) -> None:
        self.entries: tuple[AgencyEntry, ...] = tuple(agencies)
        self._by_id: Mapping[int, AgencyEntry] = {entry.id: entry for entry in self.entries}
        self._by_code: Mapping[str, AgencyEntry] = {entry.code: entry for entry in self.entries}

    def __iter__(self) -> Iterator[AgencyEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, agency_id: int) -> AgencyEntry:
        return self._by_id[agency_id]

    def get(self, agency_id: int | None) -> AgencyEntry | None:
        """Find an agency by its id."""
        return None if agency_id is None else self._by_id.get(agency_id)

    def by_code(self, code: str) -> AgencyEntry | None:
        """Find an agency by its code."""
        return self._by_code.get(code)

    def name(self, agency_id: int | None, language: str = "zh-hans") -> str:
        """Give the name of an agency, nothing for an unknown one."""
        entry = self.get(agency_id)
        return entry.name_in(language) if entry else ""

    @cached_property
    def _children(self) -> Mapping[int | None, tuple[AgencyEntry, ...]]:
        found: dict[int | None, list[AgencyEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.parent_id, []).append(entry)
        return {parent: tuple(entries) for parent, entries in found.items()}

    def children(self, agency_id: int | None) -> tuple[AgencyEntry, ...]:
        """The agencies directly under this one; of None, the roots."""
        return self._children.get(agency_id, ())

    def subtree(self, agency_id: int) -> frozenset[int]:
        """The ids of this agency and of all under it."""
        found = {agency_id}
        waiting = [agency_id]
        while waiting:
            for child in self.children(waiting.pop()):
                found.add(child.id)
                waiting.append(child.id)
        return frozenset(found)

    def ancestors(self, agency_id: int) -> tuple[AgencyEntry, ...]:
        """The superiors, nearest first."""
        found: list[AgencyEntry] = []
        entry = self.get(agency_id)
        while entry and (entry := self.get(entry.parent_id)):
            found.append(entry)
        return tuple(found)

    def common_superior(self, first_id: int, second_id: int) -> AgencyEntry | None:
        """Find who decides between two agencies (共同上级): the nearest superior of both.

        The root of the tree has nobody above it, so it decides its own disputes too.
        """
        above_second = {entry.id for entry in self.ancestors(second_id)}
        for entry in self.ancestors(first_id):
            if entry.id in above_second:
                return entry
        for agency_id, other_id in ((first_id, second_id), (second_id, first_id)):
            entry_or_none = self.get(agency_id)
            above_other = {entry.id for entry in self.ancestors(other_id)} | {other_id}
            if entry_or_none and entry_or_none.parent_id is None and agency_id in above_other:
                return entry_or_none
        return None

    def active(self) -> tuple[AgencyEntry, ...]:
        """The agencies that work today."""
        return tuple(entry for entry in self.entries if entry.is_active)

    def public(self) -> tuple[AgencyEntry, ...]:
        """The agencies citizens may turn to, as published with place, hours and phone."""
        return tuple(entry for entry in self.entries if entry.is_active and entry.takes_petitions)

    def of_kind(self, *kinds: str) -> tuple[AgencyEntry, ...]:
        """The working agencies of these kinds."""
        return tuple(entry for entry in self.active() if entry.kind in kinds)

    def responsible(self, *, class_code: str, region_code: str) -> tuple[tuple[AgencyEntry, RemitEntry], ...]:
        """Agencies whose remit covers a class and a place, the most closely named first.

        A unit (承办单位) comes before the offices that only receive and pass on.
        """
        found = [
            (entry, remit)
            for entry in self.active()
            for remit in entry.remits
            if remit.covers(class_code, region_code)
        ]

        def closeness(pair: tuple[AgencyEntry, RemitEntry]) -> tuple[bool, int, int, int]:
            entry, remit = pair
            passes_on = entry.profile != Profile.UNIT
            return passes_on, -len(remit.class_prefix), -len(remit.region_prefix), entry.position

        chosen: dict[int, tuple[AgencyEntry, RemitEntry]] = {}
        for pair in sorted(found, key=closeness):
            chosen.setdefault(pair[0].id, pair)
        return tuple(chosen.values())


class ClassDirectory:
    """All content classes, living and retired."""

    def __init__(self, classes: Iterable[ClassEntry]) -> None:
        self.entries: tuple[ClassEntry, ...] = tuple(classes)
        self._by_code: Mapping[str, ClassEntry] = {entry.code: entry for entry in self.entries}

    def __iter__(self) -> Iterator[ClassEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, code: str) -> ClassEntry | None:
        """Find a class by its code."""
        return self._by_code.get(code)

    def name(self, code: str, language: str = "zh-hans") -> str:
        """Give the name of a class, nothing for an unknown one."""
        entry = self.get(code)
        return entry.name_in(language) if entry else ""

    def children(self, code: str) -> tuple[ClassEntry, ...]:
        """The classes directly under this one; of the empty code, the first level."""
        return tuple(entry for entry in self.entries if entry.parent_code == code)

    def path(self, code: str) -> tuple[ClassEntry, ...]:
        """This class and those above it, from the first level down."""
        found: list[ClassEntry] = []
        entry = self.get(code)
        while entry and entry not in found:
            found.append(entry)
            entry = self.get(entry.parent_code)
        return tuple(reversed(found))

    def active(self) -> tuple[ClassEntry, ...]:
        """The classes offered for new matters."""
        return tuple(entry for entry in self.entries if entry.is_active)


class RegionDirectory:
    """All places of the county."""

    def __init__(self, regions: Iterable[RegionEntry]) -> None:
        self.entries: tuple[RegionEntry, ...] = tuple(regions)
        self._by_code: Mapping[str, RegionEntry] = {entry.code: entry for entry in self.entries}

    def __iter__(self) -> Iterator[RegionEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, code: str) -> RegionEntry | None:
        """Find a place by its twelve digits."""
        return self._by_code.get(code)

    def name(self, code: str, language: str = "zh-hans") -> str:
        """Give the name of a place, nothing for an unknown one."""
        entry = self.get(code)
        return entry.name_in(language) if entry else ""

    def children(self, code: str) -> tuple[RegionEntry, ...]:
        """The places directly inside this one; of the empty code, the counties."""
        return tuple(entry for entry in self.entries if entry.parent_code == code)

    def path(self, code: str) -> tuple[RegionEntry, ...]:
        """This place and those around it, from the county down."""
        found: list[RegionEntry] = []
        entry = self.get(code)
        while entry and entry not in found:
            found.append(entry)
            entry = self.get(entry.parent_code)
        return tuple(reversed(found))

    def full_name(self, code: str, language: str = "zh-hans") -> str:
        """Give the name with everything around it: 青禾县柳河镇石桥村."""
        path = self.path(code)
        if language.startswith("en"):
            return ", ".join(entry.name_in(language) for entry in reversed(path))
        return "".join(entry.name for entry in path)

    def active(self) -> tuple[RegionEntry, ...]:
        """The places that exist today."""
        return tuple(entry for entry in self.entries if entry.is_active)
