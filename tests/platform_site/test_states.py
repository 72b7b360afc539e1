"""The one setter of states. Read next: tests/house/test_house_states.py, which looks at every table of moves."""

from types import SimpleNamespace

import pytest
from django.db import models
from django.utils import translation

from platform_site import clock
from platform_site.errors import MoveRefused
from platform_site.states import move, transitions


class Lamp(models.TextChoices):
    OFF = "off", "关"
    ON = "on", "开"
    BROKEN = "broken", "坏"


MOVES = {Lamp.OFF: frozenset({Lamp.ON, Lamp.BROKEN}), Lamp.ON: frozenset({Lamp.OFF})}


@pytest.mark.parametrize("current", Lamp)
@pytest.mark.parametrize("wanted", Lamp)
def test_a_move_is_in_the_table_or_refused_with_a_sentence(current, wanted):
    row = SimpleNamespace(state=current.value)
    if wanted in MOVES.get(current, ()):
        move(row, wanted, MOVES)
        assert row.state == wanted
        return
    with pytest.raises(MoveRefused) as refused:
        move(row, wanted, MOVES)
    assert row.state == current.value
    assert str(current.label) in str(refused.value)
    assert str(wanted.label) in str(refused.value)
    assert refused.value.status == 409
    assert refused.value.advice


def test_another_field_may_hold_the_state():
    row = SimpleNamespace(state="untouched", light="off")
    move(row, Lamp.ON, MOVES, field="light")
    assert (row.state, row.light) == ("untouched", Lamp.ON)


def test_a_value_that_is_no_state_is_an_error_of_ours():
    with pytest.raises(ValueError, match="melted"):
        move(SimpleNamespace(state="melted"), Lamp.ON, MOVES)


def test_the_database_is_told_the_same_table():
    assert sorted(transitions(MOVES)) == [("off", "broken"), ("off", "on"), ("on", "off")]


def test_the_day_of_a_deadline_is_the_day_in_china(monkeypatch):
    assert clock.now().tzinfo is not None
    with translation.override("en"):
        assert clock.today() == clock.now().astimezone(clock.timezone.get_default_timezone()).date()
