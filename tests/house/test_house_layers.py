"""Imports point down, and nothing happens behind the reader's back. Read next: pyproject.toml, the contracts."""

import re
import subprocess
import sys

from tests.house.source import ROOT, named, python_files

SIGNALS = re.compile(r"\b(post_save|pre_save|post_delete|pre_delete|m2m_changed|post_init|pre_init)\b")


def test_the_contracts_of_the_layers_are_kept():
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


def test_no_signals_for_domain_work():
    assert [named(path) for path in python_files() if SIGNALS.search(path.read_text())] == []


def test_one_clock():
    """`now` and `today` come from platform_site/clock.py, so that a test can stop them."""
    own = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|timezone\.now|timezone\.localdate)\((?:\)|UTC)")
    known = {
        "platform_site/clock.py",
        "patents/numbers.py",  # imports nothing of ours
        "platform_site/portal/demonstration/build.py",  # sets the clock, so it must read another
    }
    assert {named(path) for path in python_files() if own.search(path.read_text())} <= known


def test_no_junk_drawers():
    names = {part for path in python_files() for part in (path.stem, path.parent.name)}
    assert names.isdisjoint({"utils", "helpers", "common", "misc", "util", "tools"})


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    assert [named(path) for path in python_files() if marks.search(path.read_text())] == []
