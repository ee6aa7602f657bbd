"""What a deadline rule is (期限规则), read from data/clocks: dated versions, each with its citation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from huiyin.law.citations import Certainty, Citation, read_citation
from huiyin.law.reading import DATA, LawDataError, Table, read_file, read_folder


class Unit(StrEnum):
    """The unit a period is counted in (计算单位)."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    HOUR = "hour"
    MONTH = "month"


UNIT_LABELS: dict[Unit, tuple[str, str]] = {
    Unit.CALENDAR_DAY: ("日", "calendar days"),
    Unit.WORKING_DAY: ("个工作日", "working days"),
    Unit.HOUR: ("小时", "hours"),
    Unit.MONTH: ("个月", "months"),
}


class Direction(StrEnum):
    """Whether a period runs after or before its event (计算方向)."""

    AFTER = "after"
    BEFORE = "before"


class PauseReason(StrEnum):
    """Why a clock may stand still (停止计算的事由)."""

    HEARING = "hearing"
    APPRAISAL = "appraisal"


PAUSE_LABELS: dict[PauseReason, tuple[str, str]] = {
    PauseReason.HEARING: ("听证", "hearing"),
    PauseReason.APPRAISAL: ("鉴定", "appraisal"),
}

PARTY_LABELS: dict[str, tuple[str, str]] = {
    "petition_office": ("信访部门", "petition office"),
    "other_organ": ("其他机关、单位", "other organ or unit"),
    "organ_with_power": ("有权处理机关、单位", "organ with power to handle"),
    "petitioner": ("信访人", "petitioner"),
    "reexaminer": ("复查机关、单位", "re-examining organ"),
    "reviewer": ("复核机关、单位", "reviewing organ"),
    "congress_office": ("人大常委会办事机构", "People's Congress office"),
    "reporting_organ": ("报告机关", "reporting organ"),
    "hotline_centre": ("热线工作机构", "hotline centre"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """What starts or stops a clock (起止事件), and the lifecycle steps that bring it about."""

    code: str
    zh: str
    en: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How a period may be extended (延期): once, up to a number of days, by whom, with which notice."""

    max_days: int
    approver: str
    approver_zh: str
    approver_en: str
    notice: str


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One dated version of a deadline rule (规则版本); a matter keeps the version it started under."""

    rule_id: str
    version_id: str
    title_zh: str
    title_en: str
    party: str
    start_event: str
    stop_events: tuple[str, ...]
    effective_from: date
    effective_until: date | None
    length: int
    unit: Unit
    direction: Direction
    extension: ExtensionRule | None
    pause_reasons: tuple[PauseReason, ...]
    citation: Citation
    note_zh: str
    note_en: str
    profile: str | None = None

    @property
    def length_zh(self) -> str:
        """Return the length in words (期限长度), such as 60日."""
        return f"{self.length}{UNIT_LABELS[self.unit][0]}"

    @property
    def length_en(self) -> str:
        """Return the length in English words (英文期限长度)."""
        unit = UNIT_LABELS[self.unit][1]
        return f"{self.length} {unit[:-1] if self.length == 1 else unit}"

    def is_in_force(self, on: date) -> bool:
        """Return whether the version is in force on a day (当日是否有效)."""
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A deadline rule with all its versions (期限规则)."""

    id: str
    title_zh: str
    title_en: str
    party: str
    start_event: str
    stop_events: tuple[str, ...]
    variant_of: str
    versions: tuple[RuleVersion, ...]


@lru_cache(maxsize=1)
def events() -> Mapping[str, Event]:
    """Return the events by code (起止事件表)."""
    root = read_file(DATA / "events.toml")
    found = {}
    for code in root.names():
        table = root.table(code)
        found[code] = Event(code, table.text("zh"), table.text("en"), table.texts("steps"))
        table.finish()
    return found


@lru_cache(maxsize=1)
def base_rules() -> Mapping[str, ClockRule]:
    """Return the shipped rules by id, without any profile (基础规则表).

    Raises:
        LawDataError: an id is given twice, or versions overlap.
    """
    found: dict[str, ClockRule] = {}
    for file in read_folder(DATA / "clocks"):
        for table in file.tables("rule"):
            rule = read_rule(table)
            if rule.id in found:
                raise table.fault(f"the rule {rule.id} is given twice.")
            found[rule.id] = rule
        file.finish()
    return dict(sorted(found.items(), key=lambda row: _natural(row[0])))


def _natural(rule_id: str) -> tuple[int, int, str]:
    """Sort C2 before C10, the own limit last, long variants after short (自然排序)."""
    number, _, variant = rule_id.removeprefix("C").partition("_")
    return (int(number) if number.isdigit() else 99, len(variant), variant)


def read_rule(table: Table) -> ClockRule:
    """Read one rule with its versions (读取规则)."""
    rule = ClockRule(
        table.text("id"),
        table.text("title_zh"),
        table.text("title_en"),
        table.text("party"),
        table.text("start_event"),
        table.texts("stop_events"),
        table.text("variant_of", ""),
        (),
    )
    if rule.party not in PARTY_LABELS:
        raise table.fault(f"the party '{rule.party}' is unknown.")
    for code in (rule.start_event, *rule.stop_events):
        if code not in events():
            raise table.fault(f"the event '{code}' is not listed in events.toml.")
    if not rule.stop_events:
        raise table.fault("a clock needs at least one stop event.")
    versions = sorted(
        (read_version(row, rule) for row in table.tables("version")),
        key=lambda version: version.effective_from,
    )
    table.finish()
    if not versions:
        raise table.fault(f"the rule {rule.id} has no version.")
    _refuse_overlaps(versions, table)
    return replace(rule, versions=tuple(versions))


def read_version(table: Table, rule: ClockRule, profile: str | None = None) -> RuleVersion:
    """Read one version of a rule (读取版本)."""
    known = {reason.value for reason in PauseReason}
    unknown = [reason for reason in table.texts("pause_reasons") if reason not in known]
    if unknown:
        raise table.fault(f"the pause reason '{unknown[0]}' is unknown.")
    version = RuleVersion(
        rule_id=rule.id,
        version_id=table.text("id"),
        title_zh=rule.title_zh,
        title_en=rule.title_en,
        party=rule.party,
        start_event=rule.start_event,
        stop_events=rule.stop_events,
        effective_from=table.day("from"),
        effective_until=table.optional_day("until"),
        length=table.whole("length"),
        unit=table.choice("unit", Unit),
        direction=table.choice("direction", Direction, "after"),
        extension=_extension(table.table("extension")) if "extension" in table else None,
        pause_reasons=tuple(PauseReason(reason) for reason in table.texts("pause_reasons")),
        citation=read_citation(table.table("citation")),
        note_zh=table.text("note_zh", ""),
        note_en=table.text("note_en", ""),
        profile=profile,
    )
    table.finish()
    _refuse_impossible(version, table)
    return version


def _extension(table: Table) -> ExtensionRule:
    rule = ExtensionRule(
        table.whole("max_days"),
        table.text("approver"),
        table.text("approver_zh"),
        table.text("approver_en"),
        table.text("notice"),
    )
    table.finish()
    if rule.max_days < 1:
        raise table.fault("an extension must allow at least one day.")
    return rule


def _refuse_impossible(version: RuleVersion, table: Table) -> None:
    if version.length < 1:
        raise table.fault("the length must be at least 1.")
    if version.effective_until is not None and version.effective_until < version.effective_from:
        raise table.fault("the version ends before it begins.")
    is_plain = version.unit is not Unit.HOUR and version.direction is Direction.AFTER
    if not is_plain and (version.extension or version.pause_reasons):
        raise table.fault("a clock in hours or counted backwards can be neither extended nor paused.")
    if version.direction is Direction.BEFORE and version.unit is Unit.HOUR:
        raise table.fault("a clock in hours cannot be counted backwards.")
    is_uncertain = version.citation.certainty in (Certainty.D, Certainty.E)
    has_note = bool(version.note_zh and version.note_en)
    if is_uncertain and not has_note and version.citation.law != "R2005":
        raise table.fault("an uncertain rule needs a note in Chinese and English.")


def _refuse_overlaps(versions: list[RuleVersion], table: Table) -> None:
    if len({version.version_id for version in versions}) != len(versions):
        raise table.fault("two versions have the same id.")
    for earlier, later in pairwise(versions):
        if earlier.effective_until is None or earlier.effective_until >= later.effective_from:
            raise table.fault(f"the versions {earlier.version_id} and {later.version_id} overlap.")


__all__ = [
    "Citation",
    "ClockRule",
    "Direction",
    "Event",
    "ExtensionRule",
    "LawDataError",
    "PauseReason",
    "RuleVersion",
    "Unit",
]
