"""Expos: the edition, its places and delegations. The parts of an expo have files of their own. Read next: cases.py."""

from collections.abc import Callable

from .cases import PUBLIC, READ_ONLY_PUBLIC, WRITE_ONLY, Case, Data, World, case, placed

# Hubei's edition of the next year that is its turn, planned and with its places: Guo runs it, everybody reads it.
RUN = "login 403 403 403 ok 403 403"


A_VENUE = {"name_zh": "新展馆", "city_code": "420100", "address_zh": "新路 2 号"}
A_HALL = {"code": "Z", "name_zh": "新馆", "width_m": "30", "depth_m": "30", "people": "300"}
A_ROOM = {"name_zh": "新会场", "seats": "50", "place": "1"}
THE_DELEGATION = {"head": "团长", "contact": "", "booths": "12"}


def year(name: str = "expo", **more: str) -> Callable[[World], Data]:
    """The edition's year, and the holes that other records fill: `pk="hall"`."""
    return lambda world: {"year": world[name].year, **{hole: world[key].pk for hole, key in more.items()}}


def days(world: World) -> Data:
    expo = world["expo"]
    return {
        "theme_zh": "新主题", "venue": expo.venue_id, "starts_on": f"{expo.year}-06-10", "last_on": f"{expo.year}-06-11",
        "opens": "09:00", "closes": "16:00", "apply_until": f"{expo.year}-05-01",
    }  # fmt: skip


def delegation(code: str) -> Callable[[World], Data]:
    return lambda world: {"year": world["expo"].year, "code": code}


ROWS: dict[str, list[Case]] = {
    "expos:expo_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "expos:expo_create": [
        placed(
            "login 403 403 403 403 ok 403",
            "login 403 403 403 403 ok 403",
            lambda _world: {},
            lambda world: {"year": world["expo_hunan"]},
        )
    ],
    "expos:expo_detail": [placed(PUBLIC, READ_ONLY_PUBLIC, year())],
    "expos:expo_save": [placed(RUN, RUN, year(), days)],
    "expos:expo_advance": [placed(WRITE_ONLY, RUN, year(), {"to": "applications_open"})],
    "expos:venue_create": [placed(RUN, RUN, year(), A_VENUE)],
    "expos:delegation_save": [
        placed("login 403 403 403 ok 403 403", "login 403 403 403 ok 403 403", delegation("420000"), THE_DELEGATION),
        placed("login 403 403 403 403 ok 403", "login 403 403 403 403 ok 403", delegation("430000"), THE_DELEGATION),
    ],
    "expos:hall_create": [placed(RUN, RUN, year(), A_HALL)],
    "expos:hall_save": [placed(RUN, RUN, year(pk="hall"), A_HALL)],
    "expos:hall_remove": [placed(WRITE_ONLY, RUN, year(pk="hall"))],
    "expos:room_create": [placed(RUN, RUN, year(), A_ROOM)],
    "expos:room_save": [placed(RUN, RUN, year(pk="room_of_expo"), A_ROOM)],
    "expos:room_remove": [placed(WRITE_ONLY, RUN, year(pk="room_of_expo"))],
}
