"""What an entry at a door of an expo costs while few are inside and while thousands are. Read next: benchmark.py.

The whole action, its audit row included, on rows that are taken back; who is inside before is written by the database's own
numbering, as every passage is.
"""

import time
import uuid
from datetime import datetime, timedelta
from statistics import median

from django.db import connection, transaction

from expos.actions import passages, registrations
from expos.models import DoorKeeper, Expo, Passage, Registration, Venue
from expos.states import EXPO_MOVES, Direction, ExpoState, VisitorKind
from platform_site import clock
from platform_site.accounts.models import User

from .benchmark import Measurement, Reading

FEW, MANY = 100, 3_000
FLAT = 1.5  # thirty times as many inside, and an entry may take half as long again
EACH = 7  # entries of a round
_ENTER = """
    INSERT INTO expos_passage (expo_id, hall_id, place, registration_id, direction, nth, place_nth, inside, at, made_at, by_id, client)
    SELECT expo_id, NULL, 0, id, 'in', 1, 0, 0, %(now)s, %(now)s, made_by_id, gen_random_uuid()
    FROM expos_registration WHERE expo_id = %(expo)s AND NOT EXISTS (
        SELECT 1 FROM expos_passage AS known WHERE known.registration_id = expos_registration.id) ORDER BY id LIMIT %(more)s"""


def entries(actor: User, rounds: int, few: int = FEW, many: int = MANY) -> Measurement:
    """Milliseconds of an entry with so many inside, the median of the tries."""
    expo = running(actor, many + EACH * rounds)
    found = []
    for inside in (few, many):
        with connection.cursor() as cursor:
            before = Passage.objects.filter(expo=expo).count()
            cursor.execute(_ENTER, {"expo": expo.pk, "more": inside - before, "now": clock.now()})
            cursor.execute("ANALYZE expos_passage")
        what = f"an entry, {few:,} and {many:,} inside"
        found.append(Reading(what, "ms", _milliseconds(expo, actor, rounds), FLAT))
    return Measurement(*found)


def running(actor: User, people: int) -> Expo:
    """This year's edition, open today, with as many badges; the actor keeps its doors."""
    today, now = clock.today(), clock.now()
    venue = Venue.objects.create(
        province_id=actor.office_id, city_code=f"{actor.office_id}", name_zh="门", address_zh="门"
    )
    expo = Expo.objects.create(
        year=today.year, host_id=actor.office_id, venue=venue, starts_on=today, last_on=today, made_by=actor, made_at=now,
        apply_until=today - timedelta(days=1),
    )  # fmt: skip
    while expo.state != ExpoState.RUNNING:
        expo.state = next(iter(EXPO_MOVES[ExpoState(expo.state)]))
        expo.save(update_fields=["state"])
    DoorKeeper.objects.create(expo=expo, user=actor, starts_on=today, last_on=today, made_by=actor, made_at=now)
    Registration.objects.bulk_create(_badge(expo, actor, place, now) for place in range(people))
    return expo


def _badge(expo: Expo, actor: User, place: int, now: datetime) -> Registration:
    return Registration(
        expo=expo, kind=VisitorKind.GENERAL, name=f"{place}", code=registrations.new_code(), made_by=actor, made_at=now,
        confirmed_at=now,
    )  # fmt: skip


def _milliseconds(expo: Expo, actor: User, rounds: int) -> float:
    badges = list(Registration.objects.filter(expo=expo, passages=None).order_by("-id")[: EACH * rounds])
    times = []
    for badge in badges:
        begun = time.perf_counter()
        with transaction.atomic():
            scan = passages.Scan(badge.code, Direction.IN, uuid.uuid4())
            passages.passage_make(expo_id=expo.pk, actor=actor, scan=scan)
            times.append(1000 * (time.perf_counter() - begun))
            transaction.set_rollback(True)
    return median(times)
