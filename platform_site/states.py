"""The one setter of states: a move is in the app's table of MOVES or it is refused. Read next: an app's states.py."""

from collections.abc import Mapping
from typing import Any

from .errors import MoveRefused

Moves = Mapping[Any, frozenset[Any]]


def move(row: Any, wanted: Any, moves: Moves, *, field: str = "state") -> None:
    """Set `row.<field>` to `wanted`, or raise MoveRefused; the caller holds the row's lock and saves it."""
    kind = type(wanted)
    current = kind(getattr(row, field))
    if wanted not in moves.get(current, frozenset()):
        raise MoveRefused(current.label, wanted.label)
    setattr(row, field, wanted)


def transitions(moves: Moves) -> list[tuple[str, str]]:
    """The same table as (from, to) pairs, for the database's own guard (pgtrigger.FSM)."""
    return [(str(before.value), str(after.value)) for before, targets in moves.items() for after in sorted(targets)]
