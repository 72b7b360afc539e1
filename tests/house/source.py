"""The source as the house tests read it: files, syntax trees, the names in them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("patents", "trading", "expos", "governance")
PACKAGES = ("platform_site", *APPS)


def python_files(*below: str) -> list[Path]:
    """Python of ours, migrations left out."""
    found = (path for place in below or PACKAGES for path in (ROOT / place).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def files(folder: str, *endings: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in endings)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Those of the module itself."""
    return (node for node in tree(path).body if isinstance(node, ast.FunctionDef))


def calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    """Calls of `name(...)` or `something.name(...)` below a node."""
    for found in ast.walk(node):
        if isinstance(found, ast.Call) and called(found) == name:
            yield found


def called(call: ast.Call) -> str:
    function = call.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def texts(node: ast.AST) -> set[str]:
    """Every literal text below a node."""
    return {found.value for found in ast.walk(node) if isinstance(found, ast.Constant) and isinstance(found.value, str)}


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def all_tests() -> str:
    """The text of every test, to ask whether a name is mentioned anywhere."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
