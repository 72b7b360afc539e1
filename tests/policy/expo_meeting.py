"""Meetings of an expo: Guo hosts, Shen and Bai take part, a third has asked Shen for a time. Read next: cases.py."""

from expos.meeting_queries import slots_of

from .cases import PUBLIC, READ_ONLY, READ_ONLY_PUBLIC, REASON, WRITE_ONLY, Case, Data, World, placed
from .expos import RUN, year

PART = "login 403 ok ok 403 403 403"
TWO = "login 404 ok ok 404 404 404"
ASKED = "login 404 ok 404 404 404 404"
EARLY = "login 404 409 409 404 404 404"  # before it has begun
WITH_HOST = "login 404 ok ok ok 404 404"


def a_request(world: World) -> Data:
    return {
        "starts_at": f"{slots_of(world['expo'])[14].starts_at:%Y-%m-%dT%H:%M}",
        "table": "",
        "message": "想谈合作。",
    }


def windows(world: World) -> Data:
    return {
        "slot_minutes": "30",
        "break_minutes": "0",
        f"day_{world['expo'].starts_on.isoformat()}": "09:30-11:30, 14:00-16:30",
    }


ROWS: dict[str, list[Case]] = {
    "expos:meeting_overview": [placed(PUBLIC, READ_ONLY_PUBLIC, year())],
    "expos:meeting_profile_save": [placed(PART, PART, year(), {"takes_part": "on", "offers": "技术", "seeks": "资金"})],
    "expos:meeting_absences_save": [placed(PART, PART, year())],
    "expos:meeting_schedule": [placed(PART, READ_ONLY, year())],
    "expos:meeting_wish_list": [placed(PART, READ_ONLY, year())],
    "expos:meeting_wish_remove": [placed(WRITE_ONLY, "login 404 404 ok 404 404 404", year(pk="meeting_wish"))],
    "expos:meeting_wish_save": [
        placed(
            "login 403 404 ok 403 403 403", "login 403 404 ok 403 403 403", year(pk="meeting_profile"), {"weight": "3"}
        )
    ],
    "expos:meeting_request_make": [
        placed(PART, "login 403 409 ok 403 403 403", year(pk="meeting_profile_kim"), a_request)
    ],
    "expos:meeting_request_accept": [placed(WRITE_ONLY, ASKED, year(pk="meeting_request"))],
    "expos:meeting_request_decline": [placed(ASKED, ASKED, year(pk="meeting_request"), REASON)],
    "expos:meeting_request_withdraw": [placed(WRITE_ONLY, "login 404 403 404 404 404 404", year(pk="meeting_request"))],
    "expos:meeting_detail": [placed(TWO, READ_ONLY, year(pk="expo_meeting"))],
    "expos:meeting_confirm": [placed(WRITE_ONLY, TWO, year(pk="expo_meeting"))],
    "expos:meeting_unconfirm": [placed(WRITE_ONLY, EARLY, year(pk="expo_meeting"))],  # nobody has confirmed
    "expos:meeting_cancel": [placed(WITH_HOST, WITH_HOST, year(pk="expo_meeting"), REASON)],
    "expos:meeting_mark": [placed(WRITE_ONLY, EARLY, year(pk="expo_meeting"), {"held": "1"})],
    "expos:meeting_interest": [placed(TWO, EARLY, year(pk="expo_meeting"), {"interested": "1"})],
    "expos:meeting_host": [placed(RUN, READ_ONLY, year())],
    "expos:meeting_plan_save": [placed(RUN, RUN, year(), windows)],
    "expos:meeting_tables_add": [placed(RUN, RUN, year(), {"first": "50", "count": "2"})],
    "expos:meeting_table_remove": [placed(WRITE_ONLY, RUN, year(pk="meeting_table"))],
    "expos:meeting_sheet": [placed(RUN, READ_ONLY, year())],
    "expos:match_run_ask": [placed(WRITE_ONLY, RUN, year())],
    "expos:match_run_detail": [placed(RUN, READ_ONLY, year(pk="match_run"))],
    "expos:match_run_cancel": [placed(WRITE_ONLY, RUN, year(pk="match_run"))],
    "expos:match_run_apply": [placed(WRITE_ONLY, RUN, year(pk="match_run"))],
}
