"""The floor of an expo: booths, applications, exhibits, complaints. Shen exhibits with Hubei, Bai with Hunan; Guo is the host. Read next: cases.py."""

from typing import Any

from .cases import PUBLIC, READ_ONLY_PUBLIC, REASON, WRITE_ONLY, Case, World, placed
from .expos import RUN

#              mo  shen bai guo he  ad
OWN = "login 404 ok 404 ok 404 404"  # Shen's application: himself and the office of Hubei, which is the host too
FRESH = "login 404 404 ok ok ok 404"  # Bai's: herself, the office of Hunan, the host
MEMBER = "login ok"
VERIFIED = "login 403 ok ok 403 403 403"


def at(*, expo: str = "floor", pk: str = "", **holes: str) -> Any:
    """The edition, and the holes that records fill."""

    def place(world: World) -> dict[str, Any]:
        found: dict[str, Any] = {"year": world[expo].year}
        if pk:
            found["pk"] = world[pk].pk
        return found | {hole: world[name].number for hole, name in holes.items()}

    return place


def a_booth(world: World) -> dict[str, Any]:
    hall = world["floor"].halls.get()
    return {
        "number": "A77", "hall": hall.pk, "kind": "standard", "x": "30", "y": "2", "width": "3", "depth": "3",
        "open_sides": "1", "power_kw": "3", "price_cny": "0",
    }  # fmt: skip


def some_rows(world: World) -> dict[str, Any]:
    shared = {key: value for key, value in a_booth(world).items() if key != "number"}
    return {**shared, "first": "60", "count": "2", "per_row": "2", "aisle": "3"}


def an_application(world: World) -> dict[str, Any]:
    """Of Shen's technology on the market, which is nobody else's to show."""
    delegation = world["calling"].delegations.get(province="420000")
    return {
        "delegation": delegation.pk, "fascia_zh": "江城材料", "kind": "standard", "booths": "1", "power_kw": "0",
        "exhibits": [world["market"].pk],
    }  # fmt: skip


def until(world: World) -> dict[str, Any]:
    return {"until": world["placing"].starts_on.replace(month=5).isoformat()}


A_COMPLAINT = {"basis": "ZL 2020 1 0000001.5", "words": "落入保护范围。"}
ROWS: dict[str, list[Case]] = {
    "expos:floor": [placed(PUBLIC, READ_ONLY_PUBLIC, at())],
    "expos:booth_detail": [placed(PUBLIC, READ_ONLY_PUBLIC, at(number="booth"))],
    "expos:booth_hold": [placed(WRITE_ONLY, "login 403 ok ok 403 403 403", at(number="booth"))],
    "expos:hold_release": [placed(WRITE_ONLY, MEMBER, at())],
    "expos:booth_list": [placed(RUN, "login 405", at())],
    "expos:booth_rows_add": [placed(RUN, RUN, at(), some_rows)],
    "expos:booth_create": [placed(RUN, RUN, at(), a_booth)],
    "expos:booth_save": [placed(RUN, RUN, at(pk="booth_spare"), a_booth)],
    "expos:booth_remove": [placed(WRITE_ONLY, RUN, at(pk="booth_spare"))],
    "expos:fascia_list": [placed("login 403 403 403 ok ok 403", "login 405", at())],
    "expos:application_make": [placed(VERIFIED, VERIFIED, at(expo="calling"), an_application)],
    "expos:application_list": [placed("login ok", "login 405", at())],
    "expos:application_detail": [
        placed(OWN, "login 405", at(pk="application")), placed(FRESH, "login 405", at(pk="application_fresh")),
    ],
    "expos:application_wishes": [placed(OWN, "login 405", at(pk="application"))],
    "expos:application_approve": [placed(WRITE_ONLY, "login 404 404 403 403 ok 404", at(pk="application_fresh"))],
    "expos:application_refuse": [
        placed("login 404 404 403 403 ok 404", "login 404 404 403 403 ok 404", at(pk="application_fresh"), REASON)
    ],
    "expos:application_withdraw": [placed(WRITE_ONLY, "login 404 404 ok 403 403 404", at(pk="application_fresh"))],
    "expos:application_confirm": [placed(WRITE_ONLY, "login 404 409 404 403 404 404", at(pk="application"))],
    "expos:application_decline": [
        placed("login 404 ok 404 403 404 404", "login 404 409 404 403 404 404", at(pk="application"), REASON)
    ],
    "expos:booth_take": [placed(WRITE_ONLY, "login 404 409 404 403 404 404", at(pk="application"))],
    "expos:application_allot": [
        placed("login 404 403 404 ok 404 404", "login 404 403 404 409 404 404", at(pk="application"))
    ],
    "expos:allocation_list": [placed(RUN, "login 405", at(expo="placing"))],
    "expos:allocation_start": [placed(WRITE_ONLY, RUN, at(expo="placing"))],
    "expos:allocation_detail": [placed(RUN, "login 405", at(expo="placing", pk="allocation"))],
    "expos:allocation_cancel": [placed(WRITE_ONLY, RUN, at(expo="placing", pk="allocation"))],
    "expos:allocation_apply": [placed(RUN, RUN, at(expo="placing", pk="allocation"), until)],
    "expos:exhibit_list": [placed(PUBLIC, READ_ONLY_PUBLIC, at())],
    "expos:exhibits_check": [placed(WRITE_ONLY, RUN, at())],
    "expos:exhibit_slips": [placed("login ok", "login 405", at())],
    "expos:exhibit_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, at(pk="exhibit")),
        placed("404 404 404 ok ok ok 404", READ_ONLY_PUBLIC, at(pk="exhibit_fresh")),
    ],
    "expos:exhibit_refuse": [
        placed("login 404 404 403 403 ok 404", "login 404 404 403 403 ok 404", at(pk="exhibit_fresh"), REASON)
    ],
    "expos:exhibit_withdraw": [placed(WRITE_ONLY, "login 404 404 ok 403 403 404", at(pk="exhibit_fresh"))],
    "expos:complaint_make": [
        placed("login ok 403 ok ok ok ok", "login ok 403 409 ok ok ok", at(pk="exhibit"), A_COMPLAINT)
    ],
    "expos:complaint_list": [placed("login ok", "login 405", at())],
    "expos:complaint_detail": [placed("login 404 ok ok ok 404 404", "login 405", at(pk="complaint"))],
    "expos:complaint_accept": [placed(WRITE_ONLY, "login 404 403 403 ok 404 404", at(pk="complaint"))],
    "expos:complaint_refuse": [
        placed("login 404 403 403 ok 404 404", "login 404 403 403 ok 404 404", at(pk="complaint"), REASON)
    ],
    "expos:complaint_hand_over": [
        placed("login 404 403 403 ok 404 404", "login 404 403 403 409 404 404", at(pk="complaint"), REASON)
    ],
    "expos:complaint_settle": [
        placed("login 404 403 403 ok 404 404", "login 404 403 403 409 404 404", at(pk="complaint"), REASON)
    ],
    "expos:complaint_withdraw": [placed(WRITE_ONLY, "login 404 403 ok 403 404 404", at(pk="complaint"))],
    "expos:complaint_state": [
        placed("login 404 ok 403 403 404 404", "login 404 ok 403 403 404 404", at(pk="complaint"), REASON)
    ],
}  # fmt: skip
