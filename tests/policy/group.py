"""The Leading Group: seats, rotation, meetings, ballots. Read next: plans.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from governance.queries import mandate_of
from platform_site import clock

from .cases import (
    DIRECTOR,
    GROUP_OFFICE,
    PUBLIC,
    READ_ONLY,
    READ_ONLY_PUBLIC,
    REASON,
    SIX_403,
    SIX_404,
    TODAY,
    WRITE_ONLY,
    Case,
    Data,
    World,
    agreed,
    case,
)

NEXT_DIRECTOR = "login 403 403 403 403 403 403 403 ok 403"
TWO_DIRECTORS = "login 403 403 403 403 403 403 ok ok 403"
APPOINTED = {"name": "新任", "post_zh": "局长", "starts_on": TODAY, "act": "任职通知"}
NAMED = {"user": "mo@example.org", "starts_on": TODAY, "last_on": TODAY, "act": "代理函"}
GROUP_OFFICE_HIDDEN = f"login {SIX_404} 403 403 ok"  # what the group alone sees
GROUP_MEMBERS, GROUP_MEMBERS_HIDDEN = f"login {SIX_403} ok ok ok", f"login {SIX_404} ok ok ok"
GROUP_ALONE = f"404 {SIX_404} ok ok ok"  # the same on a page that is public otherwise
GROUP_SEATS = f"login {SIX_404} ok ok 403"  # by the seats, never by the office
GROUP_LATE = f"login {SIX_403} 403 403 409"  # of what was done already

A_MEETING = {
    "kind": "regular", "title_zh": "领导小组例会", "place_zh": "南昌",
    "starts_at": f"{(clock.today() + timedelta(days=40)).isoformat()}T09:00",
}  # fmt: skip

AN_ITEM = {"title_zh": "建立联络机制", "text_zh": "建立季度联络机制。"}
A_VOTE = {"choice": "for", "agreed": "on"}


class APaper(dict[str, Any]):
    """A paper of an agenda item, made anew for each sending."""

    def items(self) -> Any:
        page = SimpleUploadedFile("说明.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
        return {"title": "说明", "upload": page}.items()


def seat_of(name: str) -> Callable[[World], Data]:
    return lambda world: {"seat": mandate_of(world[name]).seat.pk}


ROWS: dict[str, list[Case]] = {
    # --- governance: meetings, ballots, resolutions, minutes
    "governance:meeting_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:meeting_create": [case(GROUP_OFFICE, GROUP_OFFICE, data=A_MEETING)],
    "governance:meeting_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_called"}),
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_room"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "mt_preparing"}),
    ],
    "governance:meeting_change": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "mt_called"}, A_MEETING),
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "mt_preparing"}, A_MEETING),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "mt_room"}, A_MEETING),
    ],
    "governance:meeting_call": [
        case(f"login {SIX_404} ok 403 403", f"login {SIX_404} ok 403 403", {"pk": "mt_preparing"}, {"agreed": "on"}),
        case(f"login {SIX_403} ok 403 403", f"login {SIX_403} 409 403 403", {"pk": "mt_called"}, {"agreed": "on"}),
    ],
    "governance:meeting_open": [
        case(WRITE_ONLY, GROUP_OFFICE, {"pk": "mt_today"}),
        case(WRITE_ONLY, GROUP_LATE, {"pk": "mt_called"}),
    ],
    "governance:meeting_close": [
        case(WRITE_ONLY, GROUP_OFFICE, {"pk": "mt_room"}),
        case(WRITE_ONLY, GROUP_LATE, {"pk": "mt_written"}),
    ],
    "governance:meeting_cancel": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "mt_called"}, REASON),
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "mt_preparing"}, REASON),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "mt_room"}, REASON),
    ],
    "governance:presence_enter": [
        case(WRITE_ONLY, f"login {SIX_403} ok 403 ok", {"pk": "mt_room"}, seat_of("ju")),
        case(WRITE_ONLY, f"login {SIX_403} 409 403 409", {"pk": "mt_called"}, seat_of("ju")),
    ],
    "governance:presence_leave": [case(WRITE_ONLY, f"login {SIX_403} 403 ok ok", {"pk": "mt_room"}, seat_of("wei"))],
    "governance:item_propose": [
        case(GROUP_MEMBERS, GROUP_MEMBERS, {"pk": "mt_called"}, AN_ITEM),
        case(GROUP_MEMBERS_HIDDEN, GROUP_MEMBERS_HIDDEN, {"pk": "mt_preparing"}, AN_ITEM),
        case(GROUP_MEMBERS, f"login {SIX_403} 409 409 409", {"pk": "mt_room"}, AN_ITEM),
    ],
    "governance:item_list": [
        case(WRITE_ONLY, GROUP_OFFICE_HIDDEN, {"pk": "it_waiting"}),
        case(WRITE_ONLY, f"login {SIX_404} 403 403 409", {"pk": "it_listed"}),
    ],
    "governance:item_decline": [
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "it_waiting"}, REASON),
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "it_listed"}, REASON),
    ],
    "governance:paper_add": [
        case(
            f"login {SIX_404} 403 ok ok", f"login {SIX_404} 403 ok ok", {"pk": "it_waiting"}, APaper(upload="made anew")
        )
    ],
    "governance:paper_detail": [case(GROUP_MEMBERS_HIDDEN, READ_ONLY, {"pk": "it_paper"})],
    "governance:ballot_open": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "it_vote"}, {"lasts": "2", "unit": "days"}),
        case(GROUP_OFFICE_HIDDEN, f"login {SIX_404} 403 403 409", {"pk": "it_listed"}, {"lasts": "2", "unit": "days"}),
    ],
    "governance:ballot_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "bt_closed"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "bt_open"}),
    ],
    "governance:vote_cast": [
        case(GROUP_SEATS, GROUP_SEATS, {"pk": "bt_open"}, A_VOTE),
        case(f"login {SIX_403} ok ok 403", f"login {SIX_403} 409 409 403", {"pk": "bt_closed"}, A_VOTE),
        case(GROUP_SEATS, f"login {SIX_404} 409 409 403", {"pk": "bt_over"}, A_VOTE),
    ],
    "governance:ballot_close": [
        case(WRITE_ONLY, GROUP_OFFICE_HIDDEN, {"pk": "bt_over"}),
        case(WRITE_ONLY, f"login {SIX_404} 403 403 409", {"pk": "bt_open"}),
    ],
    "governance:resolution_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:resolution_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "rs_open"})],
    "governance:resolution_close": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "rs_open"}, {"no_task_because": "自通过之日起施行。"}),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "rs_closed"}, {"no_task_because": "自通过之日起施行。"}),
    ],
    "governance:minutes_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_signed"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "mt_fresh"}),
        case("404 404", READ_ONLY_PUBLIC, {"pk": "mt_room"}),
    ],
    "governance:minutes_paper": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_signed"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "mt_fresh"}),
    ],
    "governance:minutes_assemble": [
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "mt_over"}),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "mt_signed"}),
    ],
    "governance:minutes_sign": [
        case(GROUP_SEATS, GROUP_SEATS, {"pk": "mt_fresh"}, lambda world: agreed(world["mn_fresh"])),
        case(
            f"login {SIX_403} ok ok 403",
            f"login {SIX_403} 409 409 403",
            {"pk": "mt_signed"},
            lambda world: agreed(world["mn_signed"]),
        ),
    ],
    "governance:annex_add": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "mt_signed"}, {"text_zh": "数字更正为 12。"}),
        case(GROUP_OFFICE_HIDDEN, f"login {SIX_404} 403 403 409", {"pk": "mt_fresh"}, {"text_zh": "更正。"}),
    ],
    # --- governance: the agreement, seats, rotation, handover
    "governance:overview": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:agreement": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:seat_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:seat_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"code": "seat"})],
    "governance:seat_appoint": [case(GROUP_OFFICE, GROUP_OFFICE, {"code": "seat"}, APPOINTED)],
    "governance:seat_vacate": [case(GROUP_OFFICE, GROUP_OFFICE, {"code": "seat"}, {"ends_on": TODAY, "act": "通知"})],
    "governance:deputy_name": [case(DIRECTOR, DIRECTOR, {"code": "seat"}, NAMED)],
    "governance:deputy_revoke": [case(WRITE_ONLY, NEXT_DIRECTOR, {"pk": "deputy"})],
    "governance:liaison_name": [case(GROUP_OFFICE, GROUP_OFFICE, {"code": "seat"}, NAMED)],
    "governance:liaison_end": [case(WRITE_ONLY, GROUP_OFFICE, {"pk": "liaison"})],
    "governance:rotation": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:term_begin": [case(WRITE_ONLY, GROUP_LATE)],
    "governance:handover_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"year": "next_year"})],
    "governance:handover_open": [case(WRITE_ONLY, GROUP_LATE, {"year": "next_year"})],
    "governance:handover_sign": [case(TWO_DIRECTORS, TWO_DIRECTORS, {"year": "next_year"}, {"agreed": "on"})],
}
