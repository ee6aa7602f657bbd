"""`huiyin deadline` (期限计算): print a due date and why, list the rules, or audit a file of dates."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from huiyin.law.calendar import WorkCalendar, load_calendar, local_date
from huiyin.law.clock_rules import PauseReason, RuleVersion
from huiyin.law.deadlines import DeadlineError, Due, Pause, count
from huiyin.law.explanations import explain, explain_text
from huiyin.law.profiles import profile as find_profile
from huiyin.law.reading import LawDataError
from huiyin.law.rules import OWN_LIMIT, own_limit, rule, rules

MISTAKES = (DeadlineError, LawDataError, ValueError)


def run(
    rule_id: Annotated[str, typer.Argument(metavar="[RULE]", help="The rule, such as C5; see --list.")] = "",
    start: Annotated[
        str,
        typer.Argument(metavar="[START]", help="Its first day: 2025-12-24, or 2026-03-02T09:30 for hours."),
    ] = "",
    profile: Annotated[str | None, typer.Option(help="The kind of agency, such as npc-transfer.")] = None,
    pause: Annotated[
        list[str] | None, typer.Option(help="Days that do not count: FROM..TO, or FROM.. while it lasts.")
    ] = None,
    extend: Annotated[int, typer.Option(metavar="DAYS", help="Days by which the period was extended.")] = 0,
    days: Annotated[int, typer.Option(help="The limit set in the assignment, for the rule OWN.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    show_list: Annotated[bool, typer.Option("--list", help="List the rules.")] = False,
    batch: Annotated[
        Path | None, typer.Option(help="A CSV file with the columns rule, start, extend_days.")
    ] = None,
) -> None:
    """Print the due date of a rule that starts on a day, and how it was counted."""
    if lang not in ("zh", "en"):
        _fail("--lang is either zh or en.")
    if show_list:
        try:
            typer.echo(_list(lang, profile, as_json=as_json))
        except LawDataError as mistake:
            _fail(str(mistake))
        return
    if batch is not None:
        raise typer.Exit(_batch(batch, profile))
    if not rule_id or not start:
        _fail("Name a rule and a start day, for example: huiyin deadline C5 2025-12-24")
    try:
        calendar = load_calendar()
        due = _count(rule_id, start, calendar, profile=profile, pauses=pause or (), extend=extend, days=days)
    except MISTAKES as mistake:
        _fail(mistake.text_zh if isinstance(mistake, DeadlineError) and lang == "zh" else str(mistake))
    typer.echo(_json(due, calendar) if as_json else _text(due, calendar, lang))


def _count(
    rule_id: str,
    start: str,
    calendar: WorkCalendar,
    *,
    profile: str | None = None,
    pauses: Iterable[str] = (),
    extend: int = 0,
    days: int = 0,
) -> Due:
    begins = _moment(start)
    version = rule(rule_id, profile, on=local_date(begins) if isinstance(begins, datetime) else begins)
    if days or rule_id == OWN_LIMIT:
        version = own_limit(version, days or version.length)
    stretches = [_pause(text, version) for text in pauses]
    return count(version, begins, calendar=calendar, pauses=stretches, extended_days=extend)


def _moment(text: str) -> date | datetime:
    """Read a date, or a date with a time (读取日期)."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"'{text}' is no date; write it like 2025-12-24 or 2026-03-02T09:30.") from None


def _pause(text: str, version: RuleVersion) -> Pause:
    """Read FROM..TO (读取停止计算的期间); the reason is the one that the rule allows."""
    first, dots, last = text.partition("..")
    reason = version.pause_reasons[0] if version.pause_reasons else PauseReason.HEARING
    try:
        if not dots:
            raise ValueError
        return Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None, reason)
    except ValueError:
        raise ValueError(f"'{text}' is no pause; write it like 2026-03-05..2026-03-09.") from None


def _text(due: Due, calendar: WorkCalendar, lang: str) -> str:
    head = f"{due.due_at:%Y-%m-%d %H:%M}" if due.due_at else str(due.due)
    mark = ("（暂定）" if lang == "zh" else " (provisional)") if due.provisional else ""
    return f"{head}{mark}\n\n{explain_text(explain(due, calendar=calendar), language=lang)}"


def _json(due: Due, calendar: WorkCalendar) -> str:
    lines = [
        {
            "kind": line.kind,
            "date": str(line.date),
            "text_zh": line.text_zh,
            "text_en": line.text_en,
            "citation": line.citation.short_text if line.citation else None,
        }
        for line in explain(due, calendar=calendar)
    ]
    found: dict[str, Any] = {
        "rule": due.rule.rule_id,
        "version": due.rule.version_id,
        "profile": due.rule.profile,
        "start": str(due.start),
        "raw_end": str(due.raw_end),
        "due": str(due.due),
        "due_at": due.due_at.isoformat() if due.due_at else None,
        "provisional": due.provisional,
        "extended_days": due.extended_days,
        "citation": due.rule.citation.text_zh,
        "certainty": due.rule.citation.certainty.value,
        "explanation": lines,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _list(lang: str, profile: str | None, *, as_json: bool) -> str:
    own = {version.rule_id: version for version in find_profile(profile).overrides} if profile else {}
    versions = [own.get(found.id, found.versions[-1]) for found in rules().values()]
    if as_json:
        rows = [
            {
                "rule": version.rule_id,
                "title_zh": version.title_zh,
                "title_en": version.title_en,
                "length": version.length,
                "unit": version.unit.value,
                "direction": version.direction.value,
                "extension_days": version.extension.max_days if version.extension else 0,
                "citation": version.citation.text_zh,
                "certainty": version.citation.certainty.value,
            }
            for version in versions
        ]
        return json.dumps(rows, ensure_ascii=False, indent=2)
    return "\n".join(_list_line(version, lang) for version in versions)


def _list_line(version: RuleVersion, lang: str) -> str:
    is_zh = lang == "zh"
    length = version.length_zh if is_zh else version.length_en
    if version.extension:
        length += f" (+{version.extension.max_days})"
    title = version.title_zh if is_zh else version.title_en
    law = version.citation.text_zh if is_zh else version.citation.text_en
    return f"{version.rule_id:<13} {length:<18} {title}  {law} [{version.citation.certainty}]"


def _batch(path: Path, profile: str | None) -> int:
    """Write the rows of a file with due date, citation and error (批量核算); 1 when a row is bad."""
    try:
        reader = csv.DictReader(io.StringIO(_read(path), newline=""), strict=True)
        rows = list(reader)
    except (OSError, csv.Error, UnicodeDecodeError) as reason:
        _fail(f"{path} cannot be read as a CSV file: {reason}")
    columns = list(reader.fieldnames or ())
    missing = [name for name in ("rule", "start") if name not in columns]
    if missing:
        _fail(f"{path} has no column '{missing[0]}'; it needs rule and start, and may have extend_days.")
    added = [name for name in ("due", "citation", "error") if name not in columns]
    writer = csv.DictWriter(sys.stdout, columns + added, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    calendar, has_errors = load_calendar(), False
    for row in rows:
        result = _batch_row(row, calendar, profile)
        has_errors = has_errors or bool(result["error"])
        writer.writerow({**row, **result})
    return 1 if has_errors else 0


def _read(path: Path) -> str:
    """Read a table as UTF-8, or as GB18030, which older office programs write (读取文件)."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _batch_row(row: Mapping[str, str | None], calendar: WorkCalendar, profile: str | None) -> dict[str, str]:
    try:
        extend = (row.get("extend_days") or "0").strip() or "0"
        if not extend.lstrip("-").isdigit():
            raise ValueError(f"extend_days is '{extend}', which is no whole number.")
        due = _count(
            (row["rule"] or "").strip(), row["start"] or "", calendar, profile=profile, extend=int(extend)
        )
    except MISTAKES as mistake:
        return {"due": "", "citation": "", "error": str(mistake)}
    at = due.due_at.isoformat(timespec="minutes") if due.due_at else str(due.due)
    return {"due": at, "citation": due.rule.citation.text_zh, "error": ""}


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
