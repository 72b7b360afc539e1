"""The edition of a year: planned by the province whose turn it is, and moved from state to state. Read next: ../readiness.py."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import queries, rules
from expos.models import Booth, Delegation, Expo, ExpoStep, Hall, Room, Venue
from expos.programme_queries import has_outside
from expos.readiness import missing
from expos.states import EXPO_BEFORE, EXPO_MOVES, ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.regions import hosts
from platform_site.regions.facts import CODES
from platform_site.states import move

FIELDS = (
    "theme_zh", "theme_en", "about_zh", "about_en", "venue", "starts_on", "last_on", "opens", "closes", "apply_until",
)  # fmt: skip
DELEGATION_FIELDS = ("head", "contact", "call_zh", "call_en", "booths")


@transaction.atomic
def expo_create(*, actor: User, year: int) -> Expo:
    """Plan the expo of a year, with the halls and rooms of the one before it and none of its data.

    Raises: NotAllowed (the year is another province's turn); Conflict (planned already, past, or too far ahead).
    """
    before = queries.edition_before(year)  # lock: nothing yet
    this = clock.today().year
    if not this <= year <= this + queries.YEARS_AHEAD:
        raise Conflict(_("只能筹办今年和以后%(most)d年内的展会。") % {"most": queries.YEARS_AHEAD})
    host = hosts.host_of_year(year)
    require(rules.expo_create, actor, host)  # may
    try:
        with transaction.atomic():  # move, write
            expo = Expo.objects.create(year=year, host_id=host, copied_from=before, made_by=actor, made_at=clock.now())
    except IntegrityError as taken:
        raise Conflict(_("%(year)d 年的展会已经在筹办。") % {"year": year}) from taken
    _step(expo, actor)
    Delegation.objects.bulk_create(Delegation(expo=expo, province_id=code) for code in CODES)
    if before is not None:
        _copy_places(before, expo)
    _recorded(expo, actor, "expos.expo_create", year=year)  # record; tell: the call is told when it opens
    return expo


def _copy_places(before: Expo, expo: Expo) -> None:
    halls = {hall.pk: hall for hall in before.halls.all()}
    for hall in halls.values():
        hall.pk, hall.expo = None, expo
        hall._state.adding = True
    Hall.objects.bulk_create(halls.values())
    rooms = list(before.rooms.all())
    for room in rooms:
        room.pk, room.expo = None, expo
        room.hall = halls[room.hall_id] if room.hall_id else None
        room._state.adding = True
    Room.objects.bulk_create(rooms)
    _copy_booths(before, expo, halls)


def _copy_booths(before: Expo, expo: Expo, halls: Mapping[int, Hall]) -> None:
    """The plan without its holders; a pavilion goes to the same province's new delegation."""
    delegations = {one.province_id: one for one in expo.delegations.all()}
    booths = list(before.booths.select_related("pavilion"))
    for booth in booths:
        booth.pk, booth.expo, booth.hall = None, expo, halls[booth.hall_id]
        booth.pavilion = delegations[booth.pavilion.province_id] if booth.pavilion else None
        booth._state.adding = True
    Booth.objects.bulk_create(booths)


@transaction.atomic
def expo_save(*, expo_id: int, actor: User, values: Mapping[str, Any]) -> Expo:
    """Write theme, texts, venue, days and hours. Raises: NotAllowed; Conflict (it has opened, or days that cannot be)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.expo_save, actor, expo)  # may
    if expo.state not in EXPO_BEFORE:
        raise Conflict(_("展会已经开幕，不再修改。"))
    for name in FIELDS:  # move, write
        setattr(expo, name, values[name])
    _require_days(expo)
    expo.save()
    _recorded(expo, actor, "expos.expo_save")  # record; tell: who has applied reads it on the page
    return expo


def _require_days(expo: Expo) -> None:
    """As the table's own checks, in sentences."""
    first, last = expo.starts_on, expo.last_on
    is_whole = bool(first and expo.venue and expo.apply_until)
    if (first is None) != (last is None) or expo.state != ExpoState.PLANNED and not is_whole:
        raise Conflict(_("开始和结束日期要一起填；已经招展的，场馆和日期不能留空。"))
    if first and last and (first > last or {first.year, last.year} != {expo.year}):
        raise Conflict(_("展期须在 %(year)d 年之内，结束不早于开始。") % {"year": expo.year})
    if expo.apply_until and (first is None or expo.apply_until >= first):
        raise Conflict(_("报名须在开展之前截止。"))
    if not expo.opens < expo.closes:
        raise Conflict(_("每天的闭馆时间须晚于开馆时间。"))
    if has_outside(expo):
        raise Conflict(_("有活动排在新的展期之外。"), _("先在日程里移动或撤下这些活动。"))


@transaction.atomic
def expo_advance(*, expo_id: int, actor: User, to: str) -> Expo:
    """Move an edition on to `to`, its next state. Raises: NotAllowed; MoveRefused; Conflict naming everything that is lacking."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.expo_advance, actor, expo)  # may
    move(expo, ExpoState(to), EXPO_MOVES)  # move
    if lacks := missing(expo, ExpoState(to)):
        raise Conflict("".join(lacks))
    expo.save(update_fields=["state"])  # write
    _step(expo, actor)
    _recorded(expo, actor, "expos.expo_advance", state=str(expo.state))  # record
    after_commit("expos.expo_notify", expo_id=expo.pk, state=str(expo.state))  # tell
    return expo


@transaction.atomic
def expos_rehost(*, actor: User) -> list[Expo]:
    """Give each planned expo to the province whose turn its year has become by resolution; those that changed.

    An expo that has been announced keeps its host: the group asks `queries.announced_years` before it resolves.
    Raises: NotAllowed.
    """
    expos = queries.lock_planned()  # lock
    require(rules.expos_rehost, actor, None)  # may
    changed = [expo for expo in expos if expo.host_id != hosts.host_of_year(expo.year)]
    for expo in changed:  # move, write
        expo.host_id = hosts.host_of_year(expo.year)
        expo.venue = None
        expo.save(update_fields=["host", "venue"])
        _recorded(expo, actor, "expos.expos_rehost", host=expo.host_id)  # record; tell: the group tells its resolution
    return changed


@transaction.atomic
def venue_create(*, expo_id: int, actor: User, values: Mapping[str, Any]) -> Venue:
    """Add a place of the host's province and hold the expo there. Raises: NotAllowed; Conflict (known already, or opened)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.venue_create, actor, expo)  # may
    if expo.state not in EXPO_BEFORE:
        raise Conflict(_("展会已经开幕，不再修改。"))
    try:
        with transaction.atomic():  # move, write
            venue = Venue.objects.create(province_id=expo.host_id, **values)
    except IntegrityError as taken:
        raise Conflict(_("本省已经登记了这个场馆。"), _("请从列表中选择。")) from taken
    expo.venue = venue
    expo.save(update_fields=["venue"])
    _recorded(expo, actor, "expos.venue_create", venue=venue.pk)  # record; tell: nobody waits for it
    return venue


@transaction.atomic
def delegation_save(*, delegation_id: int, actor: User, values: Mapping[str, Any]) -> Delegation:
    """Write who leads a delegation, its call, and how many standard booths it needs. Raises: NotAllowed; Conflict (allocated)."""
    delegation = queries.lock_delegation(delegation_id)  # lock
    require(rules.delegation_save, actor, delegation)  # may
    if delegation.expo.state not in (ExpoState.PLANNED, ExpoState.APPLICATIONS_OPEN):
        raise Conflict(_("排位已经开始，代表团的展位数不再修改。"))
    for name in DELEGATION_FIELDS:  # move, write
        setattr(delegation, name, values[name])
    delegation.save()
    record(  # record; tell: the host reads it on the page
        actor=actor, verb="expos.delegation_save", target=delegation, province_code=delegation.province_id,
        booths=delegation.booths,
    )  # fmt: skip
    return delegation


def _step(expo: Expo, actor: User) -> None:
    ExpoStep.objects.create(expo=expo, reached=expo.state, at=clock.now(), by=actor)


def _recorded(expo: Expo, actor: User, verb: str, **facts: Any) -> None:
    record(actor=actor, verb=verb, target=expo, province_code=expo.host_id, **facts)
