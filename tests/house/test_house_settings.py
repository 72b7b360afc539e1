"""Every variable of the environment is written down, and one module reads them. Read next: .env.example."""

import re

from tests.house.source import ROOT, line_count, named, python_files

READ = re.compile(r"""env\.(?:text|flag|number|items)\(\s*"([A-Z_]+)""")
AMBIENT = re.compile(r"""os\.environ(?:\.get\(|\[|\.setdefault\()\s*"([A-Z_]+)""")
# Told by one process of ours to another, never by an operator.
INTERNAL = {
    "PORTAL_EMBEDDED",
    "PORTAL_RUN",
    "PORTAL_DB_ROLE",
    "PORTAL_TEST_DB",
    "DJANGO_SETTINGS_MODULE",
    "PATH",
    "PYTHONPATH",
}
# Outside the settings only the services below Django and the commands that start them read the environment.
MAY_READ = (
    "platform_site/settings/",
    "platform_site/embedded/",
    "platform_site/wsgi.py",
    "platform_site/portal/management/commands/run.py",
)


def documented() -> set[str]:
    return set(re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_variable_is_in_the_example():
    read = {
        name
        for path in python_files()
        for name in (*READ.findall(path.read_text()), *AMBIENT.findall(path.read_text()))
    }
    assert read - documented() - INTERNAL == set()


def test_the_example_names_nothing_that_is_not_read():
    sources = "\n".join(path.read_text() for path in python_files())
    assert {name for name in documented() if f'"{name}"' not in sources} == set()


def test_every_variable_is_explained():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    alone = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"[A-Z_]+=", line) and not before.strip()
    ]
    assert alone == []


def test_the_settings_are_the_reader_of_the_environment():
    readers = {named(path) for path in python_files() if re.search(r"\bos\.environ\b", path.read_text())}
    known = {
        "platform_site/portal/queries.py",
        "platform_site/portal/management/commands/demo.py",
    }  # one variable each, of a tool
    assert {reader for reader in readers if not reader.startswith(MAY_READ)} <= known


def test_the_overlays_stay_small():
    assert line_count(ROOT / "platform_site/settings/base.py") <= 300
    for name in ("dev", "test", "prod"):
        assert line_count(ROOT / f"platform_site/settings/{name}.py") <= 60
