"""Small is normal. Who is larger today is listed with its size, and may only shrink. Read next: house-style B10."""

import ast

from tests.house.source import files, line_count, named, python_files, tree

MODULE, TEMPLATE, STYLE, FUNCTION, VIEW = 400, 150, 250, 40, 25
LARGE = {
    "platform_site/ui/templatetags/ui.py": 405,
}
# Longer than a screen: wiring without branches, or one table of cases.
LONG = {
    "patents/bulk.py:_batch": 54,
    "patents/management/commands/compose_tables.py:_candidate": 41,
}


def test_modules_templates_and_styles_stay_small():
    sizes = [
        *((path, MODULE) for path in python_files()),
        *((path, TEMPLATE) for path in files("templates", ".html", ".txt")),
        *((path, STYLE) for path in files("static/css", ".css")),
    ]
    large = {named(path): line_count(path) for path, limit in sizes if line_count(path) > limit}
    assert {name: size for name, size in large.items() if size > LARGE.get(name, 0)} == {}


def test_the_list_of_the_large_only_shrinks():
    present = {named(path) for path in [*python_files(), *files("templates", ".html"), *files("static/css", ".css")]}
    assert set(LARGE) <= present, "what has gone leaves the list"


def long_functions():
    for path in python_files():
        limit = VIEW if "views" in path.parts else FUNCTION
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and (length := node.end_lineno - node.lineno + 1) > limit:
                yield f"{named(path)}:{node.name}", length


def test_functions_fit_on_a_screen():
    assert {name: length for name, length in long_functions() if length > LONG.get(name, 0)} == {}


def test_the_list_of_the_long_only_shrinks():
    assert set(LONG) <= {name for name, _length in long_functions()}
