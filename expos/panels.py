"""Which parts show something on the first page of an edition, in its order. Read next: edition_page.py."""

from platform_site.accounts.models import User

from .door_page import visit_panel
from .floor_panel import floor_panel
from .meeting_shown import meeting_panel
from .models import Expo
from .panel import Panel
from .programme_panel import programme_panel
from .result_page import result_panel

_ALL = (visit_panel, programme_panel, floor_panel, meeting_panel, result_panel)


def panels_of(user: User, expo: Expo) -> list[Panel]:
    """What each part has to show this reader now; a part that has nothing is left out."""
    return [found for make in _ALL if (found := make(user, expo)) is not None]
