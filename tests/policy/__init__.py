"""Who may do what, as data: every named address, every role, reading and writing. Read next: cases.py.

A cell is what the portal answers: `ok` (the page, or a redirect to what was done), `login`, `403` (seen, but not
theirs to do), `404` (not theirs to see), `405` (no such method), `409` (not in this state). An address without a row
fails the suite; so does a row without an address.
"""

from . import (
    expo_door,
    expo_floor,
    expo_meeting,
    expo_programme,
    expos,
    group,
    patents,
    plans,
    policies,
    resources,
    site,
    trading,
)
from .cases import ROLES, Case

__all__ = ["MATRIX", "ROLES", "Case"]

_PARTS = (
    site.ROWS,
    patents.ROWS,
    trading.ROWS,
    plans.ROWS,
    group.ROWS,
    policies.ROWS,
    resources.ROWS,
    expos.ROWS,
    expo_floor.ROWS,
    expo_meeting.ROWS,
    expo_door.ROWS,
    expo_programme.ROWS,
)
MATRIX: dict[str, list[Case]] = {name: rows for part in _PARTS for name, rows in part.items()}
assert len(MATRIX) == sum(map(len, _PARTS)), "an address stands in two parts"
