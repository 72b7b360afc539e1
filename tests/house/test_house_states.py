"""Each state has a table of moves, a constraint and a guard in the database, and a label. Read next: an app's states.py."""

import importlib

import pytest
from django.apps import apps
from django.db import models

from tests.house.source import APPS, ROOT

MODULES = [
    f"{name}.states"
    for name in (*APPS, "platform_site.accounts")
    if (ROOT / name.replace(".", "/") / "states.py").exists()
]


def tables():
    """(enum, table of moves) of every states.py: the table whose keys are of the enum."""
    found = {}
    for name in MODULES:
        module = importlib.import_module(name)
        for value in vars(module).values():
            if isinstance(value, dict) and value and all(isinstance(key, models.TextChoices) for key in value):
                found[type(next(iter(value)))] = value
    return found


TABLES = tables()
FIELDS = [
    (model, field)
    for model in apps.get_models()
    if model.__module__.split(".")[0] in {"patents", "trading", "expos", "governance", "platform_site"}
    for field in model._meta.get_fields()
    if getattr(field, "name", "") == "state"
]


def enum_of(field):
    return next(enum for enum in TABLES if list(enum.choices) == list(field.choices))


def test_there_are_states():
    assert {"ListingState", "VersionState", "NegotiationState", "VerificationState"} <= {
        enum.__name__ for enum in TABLES
    }
    assert len(FIELDS) >= 4


@pytest.mark.parametrize("enum", TABLES, ids=lambda enum: enum.__name__)
def test_every_state_is_in_the_table_and_reachable_or_first(enum):
    moves = TABLES[enum]
    assert set(moves) == set(enum)
    reached = {target for targets in moves.values() for target in targets}
    assert len(set(enum) - reached) <= 1, "only the first state is reached from nowhere"
    assert all(state not in targets for state, targets in moves.items())


@pytest.mark.parametrize("enum", TABLES, ids=lambda enum: enum.__name__)
def test_every_state_has_a_label_of_its_own(enum):
    labels = [str(label) for label in enum.labels]
    assert len(set(labels)) == len(labels)
    assert not any(label.isascii() for label in labels)


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_database_knows_the_states_and_the_moves(model, field):
    enum = enum_of(field)
    checks = [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and ("state__in", enum.values) in constraint.condition.children
    ]
    assert checks, f"{model.__name__} has no CheckConstraint on its states"
    guard = next(trigger for trigger in model._meta.triggers if trigger.name == "legal_moves")
    expected = {(str(before), str(after)) for before, targets in TABLES[enum].items() for after in targets}
    assert set(guard.transitions) == expected
