"""Who runs an expo, who reviews its exhibitors, who comes. Read next: queries.py.

The host of a year runs its expo (regions.expo_run on the host); each of the six reviews its own delegation
(regions.exhibit_review on the delegation's province). Neither reaches into the other.
"""

from django.utils.translation import gettext_lazy as _

from platform_site.accounts.models import User
from platform_site.regions.queries import may_in_province

from .models import Delegation, Expo

RUN, REVIEW = "expo_run", "exhibit_review"


def expo_create(user: User, host_code: str) -> bool:
    """An officer of the province whose turn the year is."""
    return may_in_province(user, RUN, host_code)


expo_create.reason = _("展会由当年轮值省的知识产权局筹办。")  # type: ignore[attr-defined]


def expo_run(user: User, expo: Expo) -> bool:
    """An officer of the host."""
    return may_in_province(user, RUN, expo.host_id)


expo_run.reason = _("这届展会由承办省的知识产权局办理。")  # type: ignore[attr-defined]
session_create = session_save = session_move = session_cancel = session_restore = session_remove = expo_run
speaker_save = speaker_remove = programme_edit = programme_release = expo_run
schedule_import = schedule_import_write = expo_run
expo_save = hall_save = hall_remove = room_save = room_remove = venue_create = expo_run


def expo_advance(user: User, expo: Expo) -> bool:
    """The host; and the portal's own clock, which opens and closes the doors by the calendar."""
    return user.is_system or expo_run(user, expo)


expo_advance.reason = expo_run.reason  # type: ignore[attr-defined]


def expos_rehost(user: User, subject: object = None) -> bool:
    """By resolution of the Leading Group alone, carried out by the portal."""
    return user.is_system


def delegation_save(user: User, delegation: Delegation) -> bool:
    """An officer of the delegation's own province."""
    return may_in_province(user, REVIEW, delegation.province_id)


delegation_save.reason = _("代表团由本省的知识产权局组织。")  # type: ignore[attr-defined]


def registration_make(user: User, subject: object = None) -> bool:
    """Any member."""
    return bool(user.is_authenticated and user.is_active and not user.is_system)


registration_make.reason = _("请登录后登记。")  # type: ignore[attr-defined]


def favourite_set(user: User, subject: object = None) -> bool:
    """Any member, of their own marks."""
    return bool(user.is_authenticated and user.is_active and not user.is_system)


favourite_set.reason = _("请登录后收藏。")  # type: ignore[attr-defined]
