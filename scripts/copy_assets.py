#!/usr/bin/env python3
"""Copy the built files the pages need from node_modules and bind the icons into one sprite."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
UI = ROOT / "huiyin" / "interfaces" / "ui"
VENDOR = UI / "static" / "vendor"

FILES = (
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js",
    "htmx.org/dist/htmx.min.js",
    "echarts/dist/echarts.min.js",
)
# Source maps are not shipped; a comment that points to one would fail the hashing of static files.
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def copy_files() -> None:
    for name in FILES:
        source = MODULES / name
        text = source.read_text(encoding="utf-8")
        (VENDOR / source.name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")


def symbol(name: str) -> str:
    style, file = ("filled", name.removesuffix("-filled")) if name.endswith("-filled") else ("outline", name)
    source = MODULES / "@tabler" / "icons" / "icons" / style / f"{file}.svg"
    if not source.exists():
        sys.exit(f"huiyin/interfaces/ui/icons.txt names {name!r}, which @tabler/icons does not have.")
    inner = INNER.search(source.read_text(encoding="utf-8"))
    assert inner, f"{source} is no SVG file"
    paint = 'fill="currentColor"' if style == "filled" else STROKE
    shape = " ".join(inner.group(1).split())
    return f'<symbol id="icon-{name}" viewBox="0 0 24 24" {paint}>{shape}</symbol>'


def bind_icons() -> int:
    lines = (UI / "icons.txt").read_text(encoding="utf-8").splitlines()
    names = sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})
    symbols = "\n".join(symbol(name) for name in names)
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (VENDOR / "icons.svg").write_text(sprite, encoding="utf-8")
    return len(names)


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    copy_files()
    print(f"  {len(FILES)} files and {bind_icons()} icons")


main()
