"""Everything fits on a page or two: functions, views, files, templates, style sheets."""

from tests.architecture.sources import files, line_count, modules, shown

FUNCTION, VIEW, FILE, TEMPLATE, STYLE = 60, 25, 400, 150, 200
# Path, or path:function, of what may be longer, with its reason. Starts empty and should stay so.
EXCEPTIONS: frozenset[str] = frozenset()


def longer(sizes: dict[str, int], limit: int) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size > limit and name not in EXCEPTIONS}


def function_sizes(*, only_views: bool) -> dict[str, int]:
    return {
        f"{module.name}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for module in modules()
        for function in module.functions()
        if not only_views or (module.shelf == "interfaces" and "views" in module.name)
    }


def test_there_is_something_to_measure():
    assert len(modules()) > 20
    assert len(function_sizes(only_views=False)) > 50


def test_a_function_fits_on_a_screen():
    assert longer(function_sizes(only_views=False), FUNCTION) == {}


def test_a_view_is_short():
    assert longer(function_sizes(only_views=True), VIEW) == {}


def test_a_file_of_code_is_not_long():
    scripts = {shown(path): line_count(path) for path in files(".js")}
    assert longer(scripts | {module.name: module.text.count("\n") for module in modules()}, FILE) == {}


def test_a_template_is_not_long():
    assert longer({shown(path): line_count(path) for path in files(".html")}, TEMPLATE) == {}


def test_a_style_sheet_is_not_long():
    assert longer({shown(path): line_count(path) for path in files(".css")}, STYLE) == {}


def test_every_exception_is_still_needed():
    every = function_sizes(only_views=False).keys() | {module.name for module in modules()}
    assert every | {shown(path) for path in files(".html", ".css", ".js")} >= EXCEPTIONS
