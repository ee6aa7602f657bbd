"""Icons that pages name exist in the list, and nothing in a template needs inline script or style."""

import re
from pathlib import Path

import pytest

import huiyin.interfaces

HOUSE = Path(huiyin.interfaces.__file__).parent
ICON_TAG = re.compile(r"""\{% icon ["']([\w-]+)["']""")
ICON_FIELD = re.compile(r"""icon(?:_name)?=["']([\w-]+)["']""")
INLINE = re.compile(r"""<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:""")
FOREIGN = re.compile(r"""(?:src|href)=["']https?://|url\(["']?https?://|@import""")
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))


def listed_icons() -> set[str]:
    lines = (HOUSE / "ui" / "icons.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def named_icons() -> set[str]:
    found: set[str] = set()
    for path in TEMPLATES:
        found.update(ICON_TAG.findall(path.read_text(encoding="utf-8")))
    for path in HOUSE.glob("*/**/*.py"):
        found.update(ICON_FIELD.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_icon_a_page_names_is_in_the_list() -> None:
    assert named_icons() <= listed_icons()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_needs_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not FOREIGN.search(text)


@pytest.mark.parametrize("path", sorted(HOUSE.glob("*/static/*/*.css")), ids=lambda path: path.name)
def test_a_style_sheet_loads_nothing_from_elsewhere(path: Path) -> None:
    if path.parent.name != "vendor":
        assert not FOREIGN.search(path.read_text(encoding="utf-8"))


def test_no_page_is_kept_in_the_storage_of_the_browser() -> None:
    frame = (HOUSE / "ui" / "templates" / "ui" / "base.html").read_text(encoding="utf-8")
    assert '"historyCacheSize":0' in frame
