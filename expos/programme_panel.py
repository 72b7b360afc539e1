"""The programme on the first page of an edition: what is on today while it runs, what begins it before. Read next: edition_page.py."""

from platform_site import clock

from . import programme_pages as pages
from . import programme_queries as reads
from .models import Expo
from .panel import Panel
from .states import EXPO_OVER


def programme_panel(expo: Expo, *, runs: bool) -> Panel | None:
    """For everybody once a version is released; for the host always, with the way to the editor."""
    version = reads.latest_with_data(expo)
    if version is None and not runs:
        return None
    rows = pages.coming(expo, version.data, clock.now()) if version else []
    return Panel("expos/_programme_panel.html", {
        "expo": expo, "rows": rows, "version": version, "edits": runs and expo.state not in EXPO_OVER,
        "today": clock.today().isoformat(), "is_over": expo.state in EXPO_OVER,
    })  # fmt: skip
