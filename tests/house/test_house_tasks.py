"""What is named by a string exists: tasks told after a commit, tasks of the clock, facts, notices. Read next: outbox/queue.py."""

import ast
import re

from celery import current_app
from django.conf import settings

from platform_site import events
from platform_site.celery import app
from platform_site.notices.kinds import KINDS
from tests.house.source import calls, named, python_files, tree


def registered() -> set[str]:
    app.loader.import_default_modules()
    return set(current_app.tasks)


def told() -> dict[str, str]:
    """Task name -> where it is told."""
    found = {}
    for path in python_files():
        for call in calls(tree(path), "after_commit"):
            name = call.args[0] if call.args else None
            assert isinstance(name, ast.Constant), f"{named(path)}:{call.lineno} names its task by no literal"
            found[name.value] = f"{named(path)}:{call.lineno}"
    return found


def test_every_task_that_is_told_exists():
    assert told()
    assert {name: place for name, place in told().items() if name not in registered()} == {}


def test_every_task_of_the_clock_exists():
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= registered()


def test_every_task_of_ours_is_told_or_called_by_the_clock():
    used = set(told()) | {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    ours = {name for name in registered() if not name.startswith("celery.")}
    assert {name for name in ours if not name.startswith("tests.")} - used == set()


def test_task_names_carry_their_app_and_token():
    ours = [name for name in registered() if not name.startswith(("celery.", "tests."))]
    assert [name for name in ours if not re.fullmatch(r"[a-z]+\.[a-z_]+", name)] == []


def test_facts_carry_ids_only():
    for fact in events.FACTS.values():
        assert all(name.endswith("_id") for name in fact.__dataclass_fields__), fact
        assert fact.__dataclass_params__.frozen


def test_every_kind_of_notice_that_is_told_is_worded():
    literal = re.compile(r"""kind="([a-z_]+)\"""")
    used = {kind for path in python_files() if path.name == "tasks.py" for kind in literal.findall(path.read_text())}
    assert used
    assert used <= set(KINDS)
