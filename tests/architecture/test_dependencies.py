"""What is imported is declared, what is declared is locked, and no lock file names an address."""

import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.sources import ROOT, imports, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"huiyin", "tests", "benchmarks", "scripts"}
LOCKS = ("requirements/run.txt", "requirements/dev.txt")


def plain(name: str) -> str:
    """The name of a distribution as the index writes it, without versions and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~;\[\s]", name)[0]).lower()


RUN = {plain(name) for name in PROJECT["dependencies"]}
DEV = {plain(name) for extra in PROJECT["optional-dependencies"].values() for name in extra}


def imported(*tops: str) -> dict[str, str]:
    """The distributions imported by files under these folders, each with one place that imports it."""
    known = packages_distributions()
    found = {}
    for module in modules():
        if module.name.split("/")[0] not in tops:
            continue
        for name, node in imports(module.tree):
            top = name.split(".")[0]
            if top and top not in sys.stdlib_module_names | OURS and getattr(node, "level", 0) == 0:
                found[plain(known.get(top, [top])[0])] = module.at(node)
    return found


def test_what_the_package_imports_is_declared():
    found = imported("huiyin")
    assert len(found) > 5
    assert {name: place for name, place in found.items() if name not in RUN} == {}


def test_what_the_tests_and_scripts_import_is_declared():
    found = imported("tests", "scripts", "benchmarks")
    assert {name: place for name, place in found.items() if name not in RUN | DEV} == {}


@pytest.mark.parametrize(("lock", "declared"), [(LOCKS[0], RUN), (LOCKS[1], RUN | DEV)])
def test_what_is_declared_is_locked_with_hashes(lock, declared):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    locked = {plain(entry) for entry in entries}
    assert declared - locked == set(), "run: make lock"
    assert [plain(entry) for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []


def test_the_lock_file_of_the_browser_packages_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 5
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
