"""Collect, check and compile the texts of the pages: Chinese in the source, English in locale/en."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
CATALOGUE = LOCALE / "en" / "LC_MESSAGES" / "django.po"
TEMPLATE = LOCALE / "django.pot"
IGNORED = ("node_modules", "build", "benchmarks", "tests", "scripts", "var")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def template() -> polib.POFile:
    """Read the texts out of the source with Django's own collector."""
    command = [sys.executable, "manage.py", "makemessages", "--keep-pot", "--exclude", "en", "--locale", "en"]
    command += ["--no-location", "--extension", "html,txt,py,svg", "--verbosity", "0"]
    command += [word for name in IGNORED for word in ("--ignore", name)]
    LOCALE.mkdir(exist_ok=True)
    subprocess.run(command, cwd=ROOT, check=True)
    try:
        return polib.pofile(str(TEMPLATE))
    finally:
        TEMPLATE.unlink(missing_ok=True)


def catalogue() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    book = polib.POFile(wrapwidth=110)
    book.metadata = {
        "Project-Id-Version": "huiyin",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return book


def collect(others: list[str]) -> int:
    """Take in new texts, drop those that are gone; fill in English from other catalogues where given."""
    source, book = template(), catalogue()
    book.merge(source)
    for entry in list(book.obsolete_entries()):
        book.remove(entry)
    for entry in book:
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = None
    known: dict[tuple[str | None, str], polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for path in others for entry in polib.pofile(path)
    }
    for entry in book.untranslated_entries():
        found = known.get((entry.msgctxt, entry.msgid)) or known.get((None, entry.msgid))
        if found is not None:
            entry.msgstr, entry.msgstr_plural = found.msgstr, found.msgstr_plural
    book.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(CATALOGUE))
    print(f"  {len(book)} texts, {len(book.untranslated_entries())} without English")
    return 0


def faults(source: polib.POFile, book: polib.POFile) -> list[str]:
    """Say of each text of the source what its English lacks."""
    english = {(entry.msgctxt, entry.msgid): entry for entry in book if not entry.obsolete}
    found = []
    for entry in source:
        match = english.get((entry.msgctxt, entry.msgid))
        if match is None or not match.translated() or match.fuzzy:
            found.append(f"no English: {entry.msgid!r}")
            continue
        for text in (match.msgstr_plural or {0: match.msgstr}).values():
            if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)):
                found.append(f"unknown placeholder in the English of {entry.msgid!r}: {text!r}")
    wanted = {(entry.msgctxt, entry.msgid) for entry in source}
    found += [
        f"no longer in the source: {msgid!r}" for context, msgid in english if (context, msgid) not in wanted
    ]
    return found


def check() -> int:
    found = faults(template(), catalogue())
    for fault in found:
        print(fault)
    if found:
        book = CATALOGUE.relative_to(ROOT)
        print(f'{len(found)} faults in {book}; "make messages" collects, then write the English.')
    return 1 if found else 0


def compile_all() -> int:
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


def main() -> int:
    match sys.argv[1:]:
        case ["collect", *others]:
            return collect(others)
        case ["check"]:
            return check()
        case ["compile"]:
            return compile_all()
    print("usage: scripts/messages.py collect [CATALOGUE…] | check | compile", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
