"""Views ask queries and actions, name their methods, and write once. Read next: tests/policy/, the permission matrix."""

import ast
import re

import pytest

from tests.addresses import routes
from tests.house.source import ROOT, named, python_files, tree
from tests.policy import MATRIX

VIEWS = [path for path in python_files() if "views" in path.parts or path.name == "views.py"]
METHODS = {"require_safe", "require_POST", "require_http_methods", "require_GET"}
NAMED_METHODS = {"read_or_post"}  # a set of methods that a module has given a name
# POST without a key: what is written is a cookie of the reader, so doing it twice is doing it once.
WRITES_NOTHING_TWICE = {"ui:preferences"}


def test_no_manager_in_a_view():
    found = [
        named(path)
        for path in VIEWS
        if re.search(r"\.(objects|_default_manager)\b|get_object_or_404\(", path.read_text())
    ]
    assert found == []


def test_every_view_names_its_methods():
    missing = []
    for path in VIEWS:
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef) or not node.args.args or node.args.args[0].arg != "request":
                continue
            names = {
                found.id
                for decorator in node.decorator_list
                for found in ast.walk(decorator)
                if isinstance(found, ast.Name)
            }
            if not node.name.startswith("_") and not (METHODS | NAMED_METHODS) & names:
                missing.append(f"{named(path)}:{node.name}")
    assert [name for name in missing if not name.startswith("platform_site/portal/views/refusals.py")] == []


def test_every_view_that_writes_for_a_member_writes_once():
    ours = {name for name, route in routes().items() if route.is_ours}
    writing = {name for name in ours if any(not case.post_refused for case in MATRIX[name])}
    assert {name for name in writing if not routes()[name].writes_once} - WRITES_NOTHING_TWICE == set()


def test_every_address_has_a_row_in_the_matrix_and_every_row_an_address():
    """Deny by default: who adds an address says who may use it."""
    assert set(routes()) - set(MATRIX) == set()
    assert set(MATRIX) - set(routes()) == set()


def test_public_views_are_those_that_the_matrix_opens():
    marked = {name for name, route in routes().items() if route.is_public}
    opened = {name for name, cases in MATRIX.items() if cases[0].get["visitor"] != "login"}
    assert opened <= marked
    assert {name for name in marked - opened if routes()[name].is_ours} == set()


@pytest.mark.parametrize("name", sorted(name for name, route in routes().items() if route.is_ours))
def test_the_name_of_an_address_is_the_name_of_its_view(name):
    view = routes()[name].view
    assert view.__name__ == name.partition(":")[2]


def test_addresses_end_with_a_slash_and_reverse():
    odd = [route.pattern for route in routes().values() if route.is_ours and not route.pattern.endswith(("/", ">"))]
    assert odd == []
    assert (ROOT / "platform_site/urls.py").exists()
