"""The editor of a programme: a day of the draft as a grid, all of it as a list, and what the checks find. Read next: views/sessions.py."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from platform_site import clock
from platform_site.ui.formats import date_iso

from . import programme_checks as checks
from . import programme_data as data
from . import programme_queries as reads
from .models import Expo, ProgrammeVersion, Session
from .states import EXPO_OVER, SessionState

STEP = 30  # minutes of a row of the grid


def address(session: Session) -> str:
    """The editor on the session's day."""
    url = reverse("expos:programme_edit", args=[session.expo.year])
    return f"{url}?day={clock.day_of(session.starts_at).isoformat()}" if session.starts_at else url


def page(expo: Expo, sessions: Sequence[Session], asked: str, show: str) -> dict[str, Any]:
    """Everything that the template draws; nothing is read but rooms."""
    days, rooms = reads.days_of(expo), reads.rooms_of(expo)
    wanted = asked or clock.today().isoformat()
    day = next((one for one in days if one.isoformat() == wanted), days[0] if days else None)
    found = checks.findings(expo, checks.items_of(sessions))
    by_level = [
        {"level": level, "words": words, "tone": tone, "meaning": checks.MEANING[level], "rows": [_linked(expo, one) for one in found if one.level == level]}
        for level, (words, tone) in checks.LEVELS.items()
    ]  # fmt: skip
    is_list = show == "list"
    tabs = [(date_iso(one), f"?day={one.isoformat()}", one == day and not is_list) for one in days]
    return {
        "days": [*tabs, (pgettext("programme", "全部活动"), "?show=list", is_list)], "day": day, "is_list": is_list,
        "sessions": [_row(expo, one) for one in sessions], "rooms": rooms, "may_edit": expo.state not in EXPO_OVER,
        "lines": grid(expo, rooms, sessions, day) if day and not is_list else [], "found": by_level,
        "unplaced": [_row(expo, one) for one in sessions if not one.is_placed],
    }  # fmt: skip


def _linked(expo: Expo, one: checks.Finding) -> tuple[str, str]:
    return one.words, reverse("expos:session_save", args=[expo.year, one.guid])


def _row(expo: Expo, one: Session) -> dict[str, Any]:
    begin = one.starts_at.astimezone(clock.SHANGHAI) if one.starts_at else None
    end = one.ends_at.astimezone(clock.SHANGHAI) if one.ends_at else None
    return {
        "one": one, "room": one.room, "day": begin.date() if begin else None, "from": f"{begin:%H:%M}" if begin else "",
        "to": f"{end:%H:%M}" if end else "", "minutes": int((end - begin).total_seconds() // 60) if begin and end else 30,
        "is_off": one.state == SessionState.CANCELLED, "speakers": [row.speaker.name for row in one.speaker_rows.all()],
        "save": reverse("expos:session_save", args=[expo.year, one.guid]),
        "move": reverse("expos:session_move", args=[expo.year, one.guid]),
    }  # fmt: skip


def grid(expo: Expo, rooms: Sequence[Any], sessions: Sequence[Session], day: date) -> list[dict[str, Any]]:
    """Half hours of a day from before the first to after the last, a cell a room with what begins in it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)
    placed = [(one, one.starts_at, one.ends_at) for one in sessions if one.starts_at and one.ends_at]
    held = [(one, begin, end) for one, begin, end in placed if clock.day_of(begin) == day]
    begins = [int((begin - midnight).total_seconds() // 60) for _one, begin, _end in held]
    first = min([expo.opens, *begins]) // STEP * STEP
    last = max([expo.closes, *(minute + STEP for minute in begins)])
    lines = []
    for minute in range(first, min(last, 24 * 60), STEP):
        edge = midnight + timedelta(minutes=minute)
        cells = []
        for room in rooms:
            here = [(one, begin, end) for one, begin, end in held if one.room_id == room.pk]
            rows = [one for one, begin, _end in here if edge <= begin < edge + timedelta(minutes=STEP)]
            running = any(begin < edge < end for _one, begin, end in here)
            cells.append({"room": room, "rows": [_row(expo, one) for one in rows], "is_busy": running and not rows})
        lines.append({"time": f"{edge:%H:%M}", "cells": cells})
    return lines


def release_facts(expo: Expo, sessions: Sequence[Session], before: ProgrammeVersion | None) -> list[tuple[str, str]]:
    """How many are released, and what that changes."""
    frozen = data.frozen(reads.rooms_of(expo), sessions)
    facts = [(_("版本"), _("第 %(number)d 版") % {"number": before.number + 1 if before else 1}), (_("活动"), str(len(frozen["sessions"])))]  # fmt: skip
    changed = data.changes(before.data if before else None, frozen)
    for what, (words, _tone) in data.WORDS.items():
        if count := sum(one.what == what for one in changed):
            facts.append((str(words), str(count)))
    return facts
