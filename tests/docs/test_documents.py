"""What the documents say is true: their links lead somewhere, the glossary names code that exists."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from huiyin.interfaces import commands

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted(
    path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if "node_modules" not in path.parts
)
IDENTIFIER = re.compile(r"`([A-Za-z_][A-Za-z0-9_]*)(?:\([^`]*\))?`")
DEFINED = re.compile(r"\b([A-Za-z_][A-Za-z0-9_]{2,})\b")
TARGETS = re.compile(r"^([a-z-]+):", re.MULTILINE)


def links(path: Path) -> list[str]:
    found = []
    for token in MarkdownIt().parse(path.read_text(encoding="utf-8")):
        for child in token.children or []:
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                found.append(str(target))
    return found


def headings(path: Path) -> set[str]:
    """The anchors a reader can jump to, as GitHub and Forgejo make them."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    titles = (line.lstrip("#").strip().lower() for line in lines)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title)) for title in titles}


def test_the_main_documents_are_there():
    wanted = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]
    wanted += ["docs/glossary.md", "docs/law.md"]
    assert [name for name in wanted if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(path):
    dead = []
    for link in links(path):
        if "://" in link or link.startswith("mailto:"):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (
            anchor and target.suffix == ".md" and anchor.lower() not in headings(target)
        ):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_make_target_and_command_a_document_names_exists(path):
    text = path.read_text(encoding="utf-8")
    targets = set(TARGETS.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    listed = {command.name for command in commands.COMMANDS} | {"--help"}
    named = set(re.findall(r"`make ([a-z-]+)", text))
    asked = set(re.findall(r"`huiyin ([a-z-]+)", text))
    assert named - targets == set()
    assert asked - listed == set()


def test_the_glossary_names_code_that_exists():
    words: set[str] = set()
    for path in (ROOT / "huiyin").rglob("*"):
        if path.suffix in {".py", ".toml"} and "migrations" not in path.parts:
            words.update(DEFINED.findall(path.read_text(encoding="utf-8")))
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = set(IDENTIFIER.findall(glossary))
    assert len(named) > 30
    assert sorted(named - words) == []


def test_the_page_of_the_law_is_up_to_date(monkeypatch):
    """`huiyin lawdoc --check` compares docs/law.md with the data it is generated from."""
    monkeypatch.setattr("sys.argv", ["huiyin", "lawdoc", "--check"])
    with pytest.raises(SystemExit) as end:
        commands.main()
    assert end.value.code == 0
