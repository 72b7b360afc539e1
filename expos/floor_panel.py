"""What the first page of an edition says of its floor. Read next: edition_page.py."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site.accounts.models import User
from platform_site.ui.formats import date_iso

from . import floor_queries as floor
from .models import Expo
from .panel import Panel
from .states import ExpoState


def floor_panel(user: User, expo: Expo) -> Panel | None:
    """Nothing before the call, or where no booth is drawn and nothing is shown."""
    if expo.state == ExpoState.PLANNED:
        return None
    booths, given, exhibits, made, open_ = floor.figures(expo)
    own = floor.own_application(expo, user)
    call = expo.state == ExpoState.APPLICATIONS_OPEN
    if not (booths or exhibits or own or call):
        return None
    context = {
        "rows": [
            (_("展位"), ngettext("%(count)d 个", "%(count)d 个", booths) % {"count": booths}),
            (_("已分配"), ngettext("%(count)d 个", "%(count)d 个", given) % {"count": given}),
            (_("展品"), ngettext("%(count)d 件", "%(count)d 件", exhibits) % {"count": exhibits}),
            (_("投诉"), _("收到 %(made)d 件，正在处理 %(open)d 件") % {"made": made, "open": open_}),
        ],
        "year": expo.year, "call": call and own is None, "own": own, "until": date_iso(expo.apply_until),
    }  # fmt: skip
    return Panel("expos/_floor_panel.html", context)
