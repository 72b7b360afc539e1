"""Applications as their lists and pages show them. Read next: views/applications.py."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.ui.formats import date_iso, listed, minute_iso
from platform_site.ui.languages import han_marked

from . import (
    allocation_queries,
    edition_page,
    exhibit_checks,
    exhibit_queries,
    floor_shown,
    queries,
    rules,
)
from . import floor_queries as floor
from .models import Booth, BoothApplication, Expo
from .states import APPLICATION_PLACED, ApplicationState, ExhibitState, ExpoState

STATES = tuple(ApplicationState.values)
TONES = {
    "submitted": "blue", "pre_reviewed": "jade", "refused": "cinn", "allotted": "ochre", "waiting": "ochre",
    "confirmed": "jade", "declined": "", "expired": "", "withdrawn": "",
}  # fmt: skip
EXHIBIT_TONES = {"applied": "blue", "accepted": "jade", "refused": "cinn", "withdrawn": "", "barred": "cinn"}


def rows_for(user: User, expo: Expo) -> tuple[QuerySet[BoothApplication], str]:
    """What a reader sees of the applications, and why: `host`, `office` or `own`."""
    rows = floor.applications_of(expo).order_by("pk")
    if rules.expo_run(user, expo):
        return rows, "host"
    if codes := queries.reviewing_codes(user):
        return rows.filter(delegation__province__in=codes), "office"
    return rows.filter(exhibitor=user), "own"


def views(expo: Expo, state: str) -> list[tuple[str, str, bool]]:
    shown = [ApplicationState.SUBMITTED, ApplicationState.PRE_REVIEWED, ApplicationState.ALLOTTED]
    shown += [ApplicationState.WAITING, ApplicationState.CONFIRMED]
    return [(_("全部"), "?", state == ""), *((str(one.label), f"?state={one.value}", state == one) for one in shown)]


def items(rows: Iterable[BoothApplication]) -> list[dict[str, Any]]:
    """Rows as the component `item` draws them."""
    return [
        {
            "title": han_marked(f"{row.pk} {row.fascia}"), "href": row.get_absolute_url(),
            "tags": [(row.get_state_display(), TONES[row.state])],
            "meta": [
                row.delegation.province.name, booth_words(row.has) or _("还没有展位"),  # type: ignore[attr-defined]
                minute_iso(row.made_at),
            ],
        }
        for row in rows
    ]  # fmt: skip


def booth_words(allotments: Iterable[Any]) -> str:
    return listed(one.booth.number for one in allotments)


def page(user: User, row: BoothApplication) -> dict[str, Any]:
    """Everything that both sides see of one application, and what the reader may do now."""
    expo, state = row.expo, row.state
    own, held = row.exhibitor_id == user.pk, queries.held_codes(user)
    reviews = not own and row.delegation.province_id in held[rules.REVIEW]
    runs = expo.host_id in held[rules.RUN]
    exhibits = exhibit_queries.exhibits_of(row.pk)
    verdicts = exhibit_queries.verdicts_of(exhibits)
    hold = _hold(user, expo) if own and state == ApplicationState.WAITING else None
    return {
        **edition_page.shared(user, expo, "expos:application_list"), "row": row, "row_tag": (row.get_state_display(), TONES[state]),
        "facts": floor_shown.application_facts(row), "wishes": floor.wishes_of(row),
        "booths": [one.booth for one in row.has],  # type: ignore[attr-defined]
        "line": floor.place_in_line(row) if state == ApplicationState.WAITING else 0,
        "explained": state not in (ApplicationState.SUBMITTED, ApplicationState.REFUSED), "hold": hold, "until": date_iso(row.confirm_by),
        "exhibits": [
            {
                "row": one, "tag": (one.get_state_display(), EXHIBIT_TONES[one.state]),
                "today": exhibit_checks.today_words(verdicts[one.pk]), "reason": exhibit_checks.reason_words(one.reason),
                "may_refuse": reviews and state == "submitted" and one.state == ExhibitState.APPLIED,
                "may_withdraw": own and one.state in (ExhibitState.APPLIED, ExhibitState.ACCEPTED),
            }
            for one in exhibits
        ],
        "can": {
            "review": reviews and state == ApplicationState.SUBMITTED,
            "confirm": own and state == ApplicationState.ALLOTTED, "decline": own and state in APPLICATION_PLACED,
            "withdraw": own and state in ("submitted", "pre_reviewed", "waiting"),
            "take": own and state == ApplicationState.WAITING and hold is not None,
            "allot": runs and expo.state in (ExpoState.ALLOCATING, ExpoState.PROGRAMME_PUBLISHED)
            and state in ("pre_reviewed", "waiting", "allotted"),
        },
    }  # fmt: skip


def _hold(user: User, expo: Expo) -> dict[str, Any] | None:
    moment = clock.database_now()
    return floor_shown.hold_words(floor.hold_of(expo, user, moment), moment)


def to_choose(row: BoothApplication) -> tuple[list[Booth], dict[str, Any]]:
    """Free booths that the delegation may have, and those that the application has; with what is ticked at first."""
    has = [one.booth for one in row.has]  # type: ignore[attr-defined]
    busy = floor.given_ids(row.expo) - {one.pk for one in has} | set(floor.holds(row.expo, clock.database_now()))
    rows = [
        one for one in floor.booths_of(row.expo)
        if one.pk not in busy and one.pavilion_id in (None, row.delegation_id) and (one.kind == "raw") == (row.kind == "raw")
    ]  # fmt: skip
    until = row.confirm_by or allocation_queries.confirm_until(row.expo)
    return rows, {"booths": [one.pk for one in has], "until": until}
