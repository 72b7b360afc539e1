"""How often public listings are opened: counted beside the reading, in Valkey, and written down by the clock. Read next: actions/view_counts.py.

No cookie, no address and no name is kept: a number for a listing and a day. Reading a page writes nothing to the
database, and where Valkey is away nobody notices but the number. An owner's own look does not count, nor that of the
office that reviews the listing, nor a robot's, nor a page that a browser only fetches in advance.
"""

import logging
import re
from collections.abc import Mapping
from datetime import date
from functools import cache

import redis
from django.conf import settings
from django.http import HttpRequest

from platform_site import clock

from .models import Listing

log = logging.getLogger(__name__)
KEY = "portal:views"  # a hash: "2026-11-24:17" (day and key of the listing) -> openings not written down yet
WAIT = 0.2  # seconds; the page does not stand still for a number
Counts = Mapping[tuple[int, date], int]

# What names itself as a program, or nothing at all. Who lies about it is counted: a number of readers, not a proof.
_ROBOT = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|scrap|archiv|preview|monitor|uptime|lighthouse|headless|facebookexternalhit|feed"
    r"|curl|wget|python|java\b|java/|okhttp|libwww|httpclient|httpx|aiohttp|go-http|axios|postman|php|ruby|perl",
    re.IGNORECASE,
)


def note(request: HttpRequest, listing: Listing, *, insider: bool) -> None:
    """Count one opening of a public page; `insider` is the owner or somebody of the office that reviews it."""
    if insider or not settings.COUNT_VIEWS or not _is_reader(request):
        return
    try:
        _store().hincrby(KEY, f"{clock.today().isoformat()}:{listing.pk}", 1)
    except (redis.RedisError, OSError) as error:
        log.warning("an opening was not counted: %s", error)


def _is_reader(request: HttpRequest) -> bool:
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    program = request.headers.get("User-Agent", "")
    return bool(program) and not _ROBOT.search(program)


def take() -> dict[tuple[int, date], int]:
    """What was counted since the last time, taken out of Valkey in one piece; empty where that is away.

    Whoever takes it writes it down or puts it back; where both fail, a minute of openings is lost, never counted twice.
    """
    try:
        with _store().pipeline(transaction=True) as pipeline:
            pipeline.hgetall(KEY)
            pipeline.delete(KEY)
            waiting, _removed = pipeline.execute()
    except (redis.RedisError, OSError) as error:
        log.warning("the openings wait in Valkey, which does not answer: %s", error)
        return {}
    found = {}
    for name, views in waiting.items():
        day, _colon, listing_id = name.decode().partition(":")
        found[int(listing_id), date.fromisoformat(day)] = int(views)
    return found


def put_back(counts: Counts) -> None:
    """They could not be written now."""
    with _store().pipeline(transaction=True) as pipeline:
        for (listing_id, day), views in counts.items():
            pipeline.hincrby(KEY, f"{day.isoformat()}:{listing_id}", views)
        pipeline.execute()


@cache
def _store() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=WAIT, socket_connect_timeout=WAIT)
