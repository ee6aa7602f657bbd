"""The source of the project as the architecture tests read it: files, parsed modules, functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "huiyin"
BELOW_THE_INTERFACES = ("law", "records", "casework", "insight")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def shelf(self) -> str:
        """The folder under huiyin/, or nothing."""
        parts = self.path.relative_to(ROOT).parts
        return parts[1] if parts[0] == "huiyin" and len(parts) > 2 else ""

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def at(self, node: ast.stmt | ast.expr) -> str:
        return f"{self.name}:{node.lineno}"


def is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return "migrations" not in parts and "vendor" not in parts and "__pycache__" not in parts


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file that people write: the package, the tests, the benchmarks, the scripts."""
    paths = (
        path
        for folder in ("huiyin", "tests", "benchmarks", "scripts")
        for path in (ROOT / folder).rglob("*.py")
    )
    return tuple(read(path) for path in sorted(paths) if is_ours(path))


def read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text, filename=str(path)))


def package_modules(*shelves: str) -> tuple[Module, ...]:
    return tuple(module for module in modules() if module.shelf in shelves)


def files(*suffixes: str) -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*") if path.suffix in suffixes and is_ours(path))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.Import | ast.ImportFrom]]:
    """Every imported dotted name that is really imported at run time."""
    for node in running(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module or ''}.{alias.name}", node) for alias in node.names)


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk the tree, leaving out what stands under `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from running(child)
