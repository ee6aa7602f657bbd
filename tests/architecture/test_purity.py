"""Nothing below the interfaces reads the clock, the request or the settings; writes take keywords only."""

import ast
import sys
from collections.abc import Iterator

from tests.architecture.sources import (
    BELOW_THE_INTERFACES,
    Module,
    files,
    imports,
    package_modules,
    read,
    running,
    shown,
)

CLOCKS = {
    "timezone.now",
    "timezone.localtime",
    "timezone.localdate",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "time.time",
    "time.localtime",
    "time.gmtime",
}
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")
# Django itself hands these the request or asks them for settings; they are doors of the house, not rules.
DOORS = {"middleware.py", "backends.py", "checks.py", "apps.py", "sessions.py"}
# The few files that read the settings below the interfaces, each with its reason.
READS_SETTINGS = {
    "huiyin/records/vault/keys.py": "where the key ring lies is known to the installation only",
    "huiyin/records/documents/storage.py": "where the attachments lie is known to the installation only",
    "huiyin/records/accounts/models.py": "Django signs a session with the secret of the installation",
}


def below() -> tuple[Module, ...]:
    return package_modules(*BELOW_THE_INTERFACES)


def clock_readings(module: Module) -> Iterator[str]:
    for node in running(module.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
            yield module.at(node)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield module.at(node.value)


def test_nothing_below_the_interfaces_reads_the_clock():
    found = [place for module in below() if module.path.name not in DOORS for place in clock_readings(module)]
    assert found == [], "take the moment as `at`"


def test_nothing_below_the_interfaces_reads_the_settings():
    found = [
        module.at(node)
        for module in below()
        if module.path.name not in DOORS and module.name not in READS_SETTINGS
        for name, node in imports(module.tree)
        if name == "django.conf.settings" or name.startswith("huiyin.config")
    ]
    assert found == []


def is_text(argument: ast.arg) -> bool:
    """What a petitioner requests (投诉请求) is called a request too."""
    return argument.annotation is not None and ast.unparse(argument.annotation) == "str"


def test_nothing_below_the_interfaces_sees_a_request():
    found = [
        module.at(function)
        for module in below()
        if module.path.name not in DOORS
        for function in module.functions()
        for argument in (*function.args.args, *function.args.kwonlyargs)
        if is_web_request(argument)
    ]
    assert found == []


def is_web_request(argument: ast.arg) -> bool:
    """A petitioner's request, a text, is another matter."""
    if argument.annotation is None:
        return argument.arg == "request"
    return "HttpRequest" in ast.unparse(argument.annotation)


def test_the_law_imports_nothing_but_the_standard_library():
    foreign = [
        f"{module.at(node)} imports {name}"
        for module in package_modules("law")
        for name, node in imports(module.tree)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("huiyin.law")
    ]
    assert foreign == []


def use_cases() -> Iterator[tuple[Module, ast.FunctionDef]]:
    """The functions of a services file that are told a moment: they write something."""
    for module in below():
        if module.path.name == "services.py" or module.path.parent.name == "services":
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef) and is_use_case(node):
                    yield module, node


def is_use_case(function: ast.FunctionDef) -> bool:
    return "at" in arguments(function) and not function.name.startswith("_")


def arguments(function: ast.FunctionDef) -> set[str]:
    given = function.args
    return {argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)}


def test_a_use_case_takes_keywords_only():
    found = list(use_cases())
    assert len(found) > 10
    assert [
        f"{module.at(function)} {function.name}"
        for module, function in found
        if function.args.args or function.args.posonlyargs or function.args.vararg
    ] == [], "write entity_verb(*, …, by, at)"


def test_an_interface_says_when_it_asks_for_a_write():
    told = {(module.name, function.name) for module, function in use_cases()}
    files_of_services = {module.name for module, _ in use_cases()}
    found = []
    for module in package_modules("interfaces"):
        for name, node in imports(module.tree):
            path, _, function = name.rpartition(".")
            file = f"{path.replace('.', '/')}.py"
            if file in files_of_services and function[0].islower() and (file, function) not in told:
                found.append(f"{module.at(node)} imports {name}, which does not take `at`")
    assert found == []


def is_table(node: ast.ClassDef) -> bool:
    return any(
        word in ast.unparse(base) for base in node.bases for word in ("Model", "AbstractBaseUser", "QuerySet")
    )


def test_saving_is_never_overridden():
    found = [
        module.at(function)
        for module in below()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and is_table(node)
        for function in node.body
        if isinstance(function, ast.FunctionDef) and function.name in {"save", "delete", "save_base"}
    ]
    assert found == []


def test_there_are_no_signals():
    found = [
        module.at(node)
        for module in package_modules(*BELOW_THE_INTERFACES, "interfaces", "config")
        for name, node in imports(module.tree)
        if name.startswith(SIGNALS)
    ]
    assert found == []


def test_an_interface_enters_through_services_and_selectors():
    found = []
    for module in package_modules("interfaces"):
        for name, node in imports(module.tree):
            parts = name.split(".")
            if parts[0] == "huiyin" and parts[1:2] != ["interfaces"] and "models" in parts:
                found.append(f"{module.at(node)} imports {name}")
        found += [
            f"{module.at(node)} queries {ast.unparse(node)}"
            for node in running(module.tree)
            if isinstance(node, ast.Attribute) and node.attr == "objects"
        ]
    assert found == []


def test_a_read_model_is_frozen():
    found = [
        module.at(node)
        for module in below()
        if "selectors" in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator) and "frozen=True" not in ast.unparse(decorator)
    ]
    assert found == []


def test_no_template_switches_escaping_off_or_carries_a_script():
    found = []
    for path in files(".html"):
        text = path.read_text(encoding="utf-8")
        found += [
            f"{shown(path)}: {word}"
            for word in ("|safe", "autoescape off", "<style", " onclick=")
            if word in text
        ]
        found += [
            f"{shown(path)}: script without src"
            for tag in text.split("<script")[1:]
            if "src=" not in tag.split(">")[0]
        ]
    assert found == []


def test_the_reader_of_sources_sees_what_it_should(tmp_path):
    path = tmp_path / "sample.py"
    path.write_text("if TYPE_CHECKING:\n    import hidden\nimport seen\n", encoding="utf-8")
    assert [name for name, _ in imports(read(path).tree)] == ["seen"]
