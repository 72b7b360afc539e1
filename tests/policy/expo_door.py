"""Registration, doors, leads and results of an expo. Read next: cases.py."""

import json
import uuid
from collections.abc import Callable

from platform_site import clock

from .cases import MEMBERS, OFFICERS, PUBLIC, READ_ONLY, READ_ONLY_PUBLIC, WRITE_ONLY, Case, Data, World, placed

# Hubei's edition of 2015, still running: Guo runs it, Bai is registered, Shen exhibits; its days are long over.
RUN = "login 403 403 403 ok 403 403"
BADGE = "login 404 404 ok ok 404 404"
SIDES = "login 404 ok ok 403 404 404"
CLOSED = "login 403 403 403 409 403 403"
A_GROUP = {
    "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-name": "同事", "rows-0-kind": "general", "pasted": "",
}  # fmt: skip


def at(**holes: str) -> Callable[[World], Data]:
    """The year, and the holes that records fill: `pk="lead"`, `code="badge"`; `place` as it is."""

    def place(world: World) -> Data:
        found: Data = {"year": world["door_expo"].year}
        for hole, name in holes.items():
            found[hole] = name if hole == "place" else getattr(world[name], hole)
        return found

    return place


def a_scan(world: World) -> Data:
    return {"code": world["badge_free"].code, "direction": "in", "client": str(uuid.uuid4())}


def some_scans(world: World) -> Data:
    return {"scans": json.dumps([{**a_scan(world), "at": f"{world['door_expo'].starts_on}T12:00:00+08:00"}])}


def days(world: World) -> Data:
    expo = world["door_expo"]
    return {"user": "mo@example.org", "starts_on": str(expo.starts_on), "last_on": str(expo.last_on)}


def a_lead(world: World) -> Data:
    return {"code": world["badge_free"].code, "listing_id": world["market"].pk, "note": ""}


def a_result(world: World) -> Data:
    return {
        "province_id": "430000", "rung": "intention", "signed_on": str(world["door_expo"].starts_on), "owner_name": "甲",
        "taker_name": "乙",
    }  # fmt: skip


A_CLIMB = {"rung": "contract", "reached_on": clock.today().isoformat(), "note": "合同编号"}

ROWS: dict[str, list[Case]] = {
    "expos:registration_make": [
        placed(MEMBERS, "login ok ok 409 ok ok ok", at(), {"kind": "general", "name": "某人"})
    ],
    "expos:registration_group": [placed(MEMBERS, MEMBERS, at(), A_GROUP)],
    "expos:registration_list": [placed(RUN, READ_ONLY, at())],
    "expos:registration_mine": [placed(MEMBERS, READ_ONLY, at())],
    "expos:pass_worker": [placed(PUBLIC, READ_ONLY_PUBLIC, at())],
    "expos:registration_detail": [placed(BADGE, READ_ONLY, at(code="badge"))],
    "expos:registration_pass": [placed(BADGE, READ_ONLY, at(code="badge"))],
    "expos:registration_cancel": [placed(BADGE, BADGE, at(code="badge"))],
    "expos:registration_confirm": [
        placed(WRITE_ONLY, "login 404 404 403 ok 404 404", at(code="badge_media")),
        placed(WRITE_ONLY, "login 404 404 403 409 404 404", at(code="badge")),
    ],
    "expos:registration_permit": [placed(WRITE_ONLY, "login 404 404 ok 403 404 404", at(code="badge"), {"permits": "on"})],
    "expos:door_list": [placed(RUN, READ_ONLY, at())],
    "expos:door_detail": [placed(RUN, READ_ONLY, at(place="entrance")), placed(RUN, READ_ONLY, at(place="A"))],
    "expos:passage_make": [placed(WRITE_ONLY, CLOSED, at(place="entrance"), a_scan)],
    "expos:passage_undo": [placed(WRITE_ONLY, CLOSED, at(pk="passage"))],
    "expos:passages_sync": [placed(WRITE_ONLY, RUN, at(place="A"), some_scans)],
    "expos:batch_detail": [placed("login 404 404 404 ok 404 404", READ_ONLY, at(pk="batch"))],
    "expos:doorkeeper_name": [placed(RUN, RUN, at(), days)],
    "expos:doorkeeper_end": [placed(WRITE_ONLY, RUN, at(pk="keeper"))],
    "expos:lead_list": [placed(MEMBERS, READ_ONLY, at())],
    "expos:lead_take": [placed("login 403 ok 403 403 403 403", "login 403 ok 403 403 403 403", at(), a_lead)],
    "expos:lead_detail": [placed("login 404 ok ok 404 404 404", READ_ONLY, at(pk="lead"))],
    "expos:lead_agree": [placed(WRITE_ONLY, "login 404 403 ok 404 404 404", at(pk="lead"))],
    "expos:lead_decline": [placed(WRITE_ONLY, "login 404 403 ok 404 404 404", at(pk="lead"))],
    "expos:result_list": [placed(PUBLIC, READ_ONLY_PUBLIC, at())],
    "expos:result_record": [placed(OFFICERS, OFFICERS, at(), a_result)],
    "expos:result_keeping": [placed(OFFICERS, READ_ONLY, at())],
    "expos:result_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, at(pk="result_open")),
        placed("404 404 ok ok ok 404 404", READ_ONLY_PUBLIC, at(pk="result")),
    ],
    "expos:result_confirm": [
        placed(WRITE_ONLY, SIDES, at(pk="result")), placed(WRITE_ONLY, "login 403", at(pk="result_open")),
    ],
    "expos:result_dispute": [placed(SIDES, SIDES, at(pk="result"), {"reason": "没有签过。"})],
    "expos:result_climb": [
        placed("login 404 ok ok ok 404 404", "login 404 ok ok ok 404 404", at(pk="result"), A_CLIMB),
    ],
    "expos:result_answer": [placed(SIDES, "login 404 409 409 403 404 404", at(pk="result"), {"word": "talking"})],
    "expos:ceremony_list": [placed(PUBLIC, READ_ONLY_PUBLIC, at())],
    "expos:ceremony_join": [
        placed(WRITE_ONLY, "login 404 403 403 ok 404 404", at(pk="result")), placed(WRITE_ONLY, CLOSED, at(pk="result_open")),
    ],
    "expos:ceremony_order": [placed(WRITE_ONLY, RUN, at(pk="queued"), {"place": "1"})],
    "expos:ceremony_move": [placed(WRITE_ONLY, RUN, at(pk="queued"), {"to": "called"})],
    "expos:edition_report": [placed("404 404", READ_ONLY_PUBLIC, at())],
}  # fmt: skip
