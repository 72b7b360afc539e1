"""Which parts show something on the first page of an edition, in its order. Read next: edition_page.py."""

from .door_page import visit_panel
from .edition_page import PANELS
from .result_page import result_panel

PANELS += [visit_panel, result_panel]
