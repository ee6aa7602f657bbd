"""The folder tree is the table of contents; plug-ins stand in a visible list; comments say why."""

import ast
import re

from huiyin.interfaces.commands import COMMANDS
from tests.architecture.sources import PACKAGE, ROOT, modules, read, shown

FORBIDDEN_FOLDERS = {"utils", "util", "common", "core", "base", "helpers", "helper", "misc", "lib", "shared"}
PLUGIN_FOLDERS = ("channels", "reports", "triggers", "detectors", "kinds")
BANNER = re.compile(r"^\s*#\s*[-=#*~_]{4,}", re.MULTILINE)
SILENCED = re.compile(r"#\s*(noqa(:[A-Z0-9, ]+)?|type:\s*ignore(\[[\w, -]+\])?)\s*$", re.MULTILINE)


def test_no_folder_has_an_empty_name():
    folders = [
        path for top in ("huiyin", "tests", "benchmarks") for path in (ROOT / top).rglob("*") if path.is_dir()
    ]
    assert [shown(path) for path in folders if path.name in FORBIDDEN_FOLDERS] == []


def test_every_command_stands_in_the_visible_list():
    folder = PACKAGE / "interfaces" / "commands"
    written = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    listed = {command.module for command in COMMANDS}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert written - listed == set(), "written but not in COMMANDS"
    assert listed - written - packages == set(), "in COMMANDS but not written"


def test_commands_are_listed_by_name():
    names = [command.name for command in COMMANDS]
    assert names == sorted(set(names))


def test_every_plugin_stands_in_the_visible_tuple_of_its_folder():
    missing = []
    for folder in (path for name in PLUGIN_FOLDERS for path in PACKAGE.rglob(name) if path.is_dir()):
        if not (folder / "__init__.py").exists():
            continue
        plugins = {path.stem for path in folder.glob("*.py")} | {
            path.parent.name for path in folder.glob("*/__init__.py")
        }
        tree = read(folder / "__init__.py").tree
        tuples = [
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Tuple)
        ]
        imported = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        listed = {
            part
            for value in tuples
            for element in value.elts
            for word in ast.walk(element)
            if isinstance(word, ast.Name)
            for part in imported.get(word.id, "").split(".")
        }
        missing += [f"{shown(folder)}/{name}" for name in plugins - {"__init__", "contract"} - listed]
    assert missing == []


def test_a_silenced_warning_gives_its_reason():
    silenced = [module.name for module in modules() if SILENCED.search(module.text)]
    assert silenced == [], "write the reason behind it: # noqa: CODE  # because …"


def test_there_are_no_banners():
    assert [module.name for module in modules() if BANNER.search(module.text)] == []
