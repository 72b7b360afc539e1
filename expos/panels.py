"""Which parts show something on the first page of an edition, in its order. Read next: edition_page.py."""

from platform_site.accounts.models import User

from .door_page import visit_panel
from .floor_panel import floor_panel
from .models import Expo
from .panel import Panel
from .programme_panel import programme_panel
from .result_page import result_panel


def panels_of(user: User, expo: Expo, *, runs: bool) -> list[Panel]:
    """What each part has to show this reader now; a part that has nothing is left out."""
    found = (visit_panel(user, expo), programme_panel(expo, runs=runs), floor_panel(user, expo), result_panel(expo))
    return [panel for panel in found if panel is not None]
