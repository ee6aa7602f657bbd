"""The dictionary of Chinese words (词典), loaded when somebody first needs it: it holds 31 MiB."""

from functools import cache
from types import ModuleType


@cache
def dictionary() -> ModuleType:
    """rjieba, imported on first use; a process that only registers never carries it (分词词典)."""
    import rjieba

    module: ModuleType = rjieba
    return module
