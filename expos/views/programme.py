"""The programme as everybody sees it: the released version, its files, signs and screen; a reader's own marks. Read next: sessions.py."""

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from expos import edition_page, programme_files, queries, rules
from expos import programme_data as data
from expos import programme_pages as pages
from expos import programme_queries as reads
from expos.actions import sessions as actions
from expos.models import Expo, ProgrammeVersion
from patents.exports import json_answer, tagged
from platform_site import clock
from platform_site.accounts.rules import require
from platform_site.errors import NotAllowed
from platform_site.files import store
from platform_site.outbox.once import once

HERE = "expos:programme_detail"
FORMATS = ("ics", "xml", "json")


@login_not_required
@require_safe
def programme_detail(request: HttpRequest, year: int) -> HttpResponse:
    """A day of the latest version, `?day=`; `?mine=1` the reader's marks; `?format=ics|xml|json` the whole."""
    expo = queries.expo_of(year)
    if "format" in request.GET:
        return _file(request, expo)
    version = reads.latest(expo)
    if version is None:
        return render(request, "expos/programme_detail.html", edition_page.shared(request.user, expo, HERE))
    if request.GET.get("mine"):
        return _mine(request, expo, version)
    days = reads.released_days(version)
    day, now = _day(request, days), clock.now()
    etag = None if request.user.is_authenticated else _etag(request, expo, version, day, now)
    answer = get_conditional_response(request, etag=etag) if etag else None
    if answer is None:
        answer = render(request, "expos/programme_detail.html", _context(request, expo, version, days, day, now))
    if etag:
        answer["ETag"] = etag
    return answer


def _context(
    request: HttpRequest, expo: Expo, version: ProgrammeVersion, days: list[date], day: date, now: datetime
) -> dict[str, Any]:
    marks = reads.favourites_of(request.user, expo)
    html = reads.page_of(version, get_language(), day)
    may_mark = rules.favourite_set(request.user)
    return {
        **edition_page.shared(request.user, expo, HERE), "version": version, "day": day, "may_mark": may_mark,
        "html": pages.filled(html, now, marks, may_mark=may_mark), "marks": len(marks),
        "days": [(one.isoformat(), f"?day={one.isoformat()}", one == day) for one in days],
    }  # fmt: skip


def _day(request: HttpRequest, days: list[date]) -> date:
    """The day asked for; without one today while the expo runs, else its first."""
    try:
        asked = date.fromisoformat(request.GET.get("day", clock.today().isoformat()))
    except ValueError:
        raise Http404 from None
    if asked in days:
        return asked
    if "day" in request.GET:
        raise Http404
    return next((day for day in days if day > clock.today()), days[0]) if clock.today() < days[-1] else days[0]


def _etag(request: HttpRequest, expo: Expo, version: ProgrammeVersion, day: date, now: datetime) -> str:
    """What the page of a visitor depends on: version, day, language, the minute while something may be on, and their cookies."""
    is_moving = (now - version.released_at) < data.FRESH or day == clock.today()
    parts = (version.pk, day, get_language(), expo.state, expo.theme, f"{now:%Y%m%d%H%M}" if is_moving else "", sorted(request.COOKIES.items()))  # fmt: skip
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def _file(request: HttpRequest, expo: Expo) -> HttpResponse:
    version, kind = reads.latest_with_data(expo), request.GET["format"]
    if version is None or kind not in FORMATS:
        raise Http404
    if kind == "json":
        return json_answer(request, programme_files.as_json(expo, version))
    if kind == "xml":
        return _named(request, programme_files.as_xml(expo, version), "application/xml", f"expo-{expo.year}.xml")
    guids = None
    if request.GET.get("mine"):
        require(rules.favourite_set, request.user, None)
        guids = reads.favourites_of(request.user, expo)
    return _named(request, programme_files.as_ics(expo, version, guids), "text/calendar", f"expo-{expo.year}.ics")


def _named(request: HttpRequest, content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return tagged(request, answer)


def _mine(request: HttpRequest, expo: Expo, version: ProgrammeVersion) -> HttpResponse:
    """The reader's marks over all days, in order of time."""
    if not rules.favourite_set(request.user):
        raise NotAllowed(rules.favourite_set.reason)  # type: ignore[attr-defined]
    marks, frozen = reads.favourites_of(request.user, expo), reads.data_of(version)
    rows = [pages.shown(expo, row, frozen) for row in data.in_order(frozen) if row["guid"] in marks]
    now = clock.now()
    for row in rows:
        row["marks"] = pages.filled(row["open"], now, marks, may_mark=True)
    context = {**edition_page.shared(request.user, expo, HERE), "version": version, "rows": rows, "marks": len(marks)}
    return render(request, "expos/programme_mine.html", context)


@login_not_required
@require_safe
def session_detail(request: HttpRequest, year: int, guid: UUID) -> HttpResponse:
    """One session of the latest version; `?format=ics`."""
    expo = queries.expo_of(year)
    version = reads.latest(expo)
    if version is None:
        raise Http404
    row = reads.released_session(version, guid)
    if request.GET.get("format") == "ics":
        return _named(request, programme_files.as_ics(expo, version, [str(guid)]), "text/calendar", f"{guid}.ics")
    rooms = {room["id"]: data.written(room, "name") for room in reads.released_rooms(version)}
    marks, may_mark = reads.favourites_of(request.user, expo), rules.favourite_set(request.user)
    context = {
        **edition_page.shared(request.user, expo, HERE), "version": version, "row": row, "may_mark": may_mark,
        "heading": data.written(row, "title"), "abstract": data.written(row, "abstract"),
        "description": row["extra"].get("description", ""), "facts": pages.session_facts(row, rooms.get(row["room"], "")),
        "speakers": pages.speakers_shown(row), "links": pages.links_shown(row), "is_off": row["state"] == "cancelled",
        "marks": pages.filled(pages.open_place(row), clock.now(), marks, may_mark=may_mark),
    }  # fmt: skip
    return render(request, "expos/session_detail.html", context)


@require_POST
@once
def favourite_set(request: HttpRequest, year: int) -> HttpResponse:
    """The star: `add` or `drop` names the session; back to where it was pressed."""
    expo = queries.expo_of(year)
    name = "add" if "add" in request.POST else "drop"
    session = reads.session_to_mark(expo, request.POST.get(name, ""))
    actions.favourite_set(session_id=session.pk, actor=request.user, wanted=name == "add")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        return redirect(HERE, year)
    return redirect(back)


@login_not_required
@require_safe
def programme_changes(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """What a version changed against the one before."""
    expo = queries.expo_of(year)
    version = reads.version_of(expo, number)
    before = reads.version_before(version)
    found = data.changes(before.data if before else None, version.data)
    rows = pages.changes_shown(expo, found, before.data if before else None, version.data)
    context = {
        **edition_page.shared(request.user, expo, HERE), "version": version, "before": before, "rows": rows,
        "versions": [(_("第 %(number)d 版") % {"number": one.number}, one.get_absolute_url(), one == version) for one in reads.versions_of(expo)],
    }  # fmt: skip
    return render(request, "expos/programme_changes.html", context)


@login_not_required
@require_safe
def programme_door(request: HttpRequest, year: int) -> HttpResponse:
    """Signs to print, one sheet a room and day; `?room=`, `?day=`."""
    expo, version = _released(year)
    room = request.GET.get("room", "")
    asked = int(room) if room.isascii() and room.isdigit() and len(room) < 12 else None
    frozen = reads.data_of(version)
    sheets = pages.door_signs(expo, frozen, asked, request.GET.get("day", ""))
    context = {
        **edition_page.shared(request.user, expo, HERE), "version": version, "sheets": sheets,
        "rooms": [(one["name"], f"?room={one['id']}", one["id"] == asked) for one in pages.named_rooms(frozen)],
    }  # fmt: skip
    return render(request, "expos/programme_door.html", context)


@login_not_required
@require_safe
def programme_screen(request: HttpRequest, year: int) -> HttpResponse:
    """For a screen in the hall: now and next of every room, read anew every minute."""
    expo, version = _released(year)
    now = clock.now()
    context = {"expo": expo, "rooms": pages.on_screen(expo, reads.data_of(version), now), "now": now}
    answer = render(request, "expos/programme_screen.html", context)
    answer["Refresh"] = "60"  # seconds
    return answer


@login_not_required
@require_safe
def speaker_photo(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Of a speaker of a released programme; before that the host's alone."""
    expo = queries.expo_of(year)
    speaker = reads.speaker_of(expo, pk)
    is_seen = reads.latest(expo) is not None or rules.expo_run(request.user, expo)
    if speaker.photo is None or not is_seen:
        raise Http404
    return store.serve(speaker.photo, public=True)


def _released(year: int) -> tuple[Expo, ProgrammeVersion]:
    expo = queries.expo_of(year)
    version = reads.latest(expo)
    if version is None:
        raise Http404
    return expo, version
