"""The annual work plan, its progress and indicators. Read next: cases.py."""

from collections.abc import Callable
from typing import Any

from tests.factories import plans

from .cases import (
    DIRECTOR,
    GROUP_OFFICE,
    MEMBERS,
    PUBLIC,
    READ_ONLY,
    READ_ONLY_PUBLIC,
    REASON,
    WRITE_ONLY,
    Case,
    Data,
    World,
    case,
    placed,
)

#                   mo  shen bai guo  he  ad  ju  wei si
INSIDE = "login 404 404 404 ok ok 404 ok ok ok"  # the officers of the six, the seats, the group's office
OTHER_UNIT = "login 404 404 404 403 ok 404 403 403 ok"  # a report of Hubei: verified by another unit
DUTY = "login 403 403 403 ok 403 403 403 403 403"  # of Hubei

#                 mo  shen bai guo  he  ad  ju  wei  si
PLAN_INSIDE = "404 404 404 404 ok ok 404 ok ok ok"  # a plan under way: the seats, the six offices, the group's office
PLAN_OFFICE = "login 404 404 404 403 403 404 403 403 ok"
PLAN_DIRECTOR = "login 404 404 404 403 403 404 ok 403 403"
PLAN_VOICE = "login 404 404 404 ok ok 404 ok ok 403"
A_TASK = {"revision": "0", "title_zh": "改写的任务", "role_420000": "lead"}


def plan_signature(world: World) -> Data:
    """What the page of the adopted plan sends back: the digest of what was shown."""
    return {"digest": plans.digest_of(world["plan_adopted"]), "agreed": "on"}


def plan_meeting(world: World) -> Data:
    return {"meeting": world["plan_meeting"].pk}


def plan_carried(world: World) -> Data:
    """A task of the year before, into the empty chapter."""
    return {"task": plans.task_of(world["plan_published"]), "section": world["plan_spare"], "because": "场馆未建成。"}


def of_year(name: str) -> Callable[[World], Any]:
    return lambda world: {"year": world[name].year}


ROWS: dict[str, list[Case]] = {
    # --- governance: the annual work plan
    "governance:plan_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:plan_create": [case(GROUP_OFFICE, GROUP_OFFICE, data={"year": "2012"})],
    "governance:plan_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_published"}),
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_amending"}),
        placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan")),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_draft"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_asked"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_signed"}),
    ],
    "governance:plan_text": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_published"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_heard"}),
    ],
    "governance:plan_changes": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_amending"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_draft"}),
    ],
    "governance:plan_circulate": [
        case(
            PLAN_OFFICE,
            PLAN_OFFICE,
            {"year": "plan_draft"},
            lambda world: {"last_day": plans.plans.earliest_last_day()},
        )
    ],
    "governance:plan_recall": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_asked"})],
    "governance:plan_table": [case(PLAN_DIRECTOR, PLAN_DIRECTOR, {"year": "plan_heard"}, plan_meeting)],
    "governance:plan_sign": [case(PLAN_DIRECTOR, PLAN_DIRECTOR, {"year": "plan_adopted"}, plan_signature)],
    "governance:plan_publish": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_signed"}, {"serial": "99"})],
    "governance:amendment_begin": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"year": "plan_published"}, {"because_zh": "会期调整。"})
    ],
    "governance:amendment_table": [case(DIRECTOR, DIRECTOR, {"year": "plan_amending"}, plan_meeting)],
    "governance:amendment_drop": [case(GROUP_OFFICE, GROUP_OFFICE, {"year": "plan_amending"})],
    "governance:comment_make": [case(PLAN_VOICE, PLAN_VOICE, {"year": "plan_asked"}, {"body": "建议提前到十月。"})],
    "governance:comment_answer": [
        case(
            PLAN_OFFICE,
            PLAN_OFFICE,
            {"year": "plan_asked", "pk": "plan_opinion"},
            {"state": "accepted", "answer": "已改。"},
        )
    ],
    "governance:plan_edit": [
        case(PLAN_OFFICE, READ_ONLY, {"year": "plan_draft"}),
        case(GROUP_OFFICE, READ_ONLY, {"year": "plan_amending"}),
        case("login 404 404 404 403 403 404 403 403 409", READ_ONLY, {"year": "plan_adopted"}),
    ],
    "governance:preface_save": [
        case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft"}, {"revision": "1", "thought_zh": "新的指导思想。"})
    ],
    "governance:section_create": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft"}, {"title_zh": "新的一章"})],
    "governance:section_save": [
        case(
            PLAN_OFFICE,
            PLAN_OFFICE,
            {"year": "plan_draft", "pk": "plan_spare"},
            {"revision": "0", "title_zh": "新章名"},
        )
    ],
    "governance:section_move": [
        case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_spare"}, {"by": "up"})
    ],
    "governance:section_remove": [case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_spare"})],
    "governance:task_create": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_spare"}, A_TASK)],
    "governance:task_save": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_task"}, A_TASK)],
    "governance:task_move": [case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_task"}, {"by": "up"})],
    "governance:task_remove": [case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_task"})],
    "governance:task_carry": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft"}, plan_carried)],
    # --- governance: plans that are carried out
    "governance:targets_save": [
        placed(GROUP_OFFICE, GROUP_OFFICE, of_year("plan_drafted"), {"listings_approved-420000": "300"}),
        placed(GROUP_OFFICE, GROUP_OFFICE.replace("ok", "409"), of_year("plan"), {"listings_approved-420000": "300"}),
    ],
    "governance:reminder_send": [placed(WRITE_ONLY, GROUP_OFFICE, of_year("plan"))],
    "governance:progress_subscribe": [placed(WRITE_ONLY, MEMBERS, of_year("plan"))],
    "governance:progress_unsubscribe": [placed(WRITE_ONLY, MEMBERS, of_year("plan"))],
    "governance:plan_report": [placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan"))],
    "governance:plan_closing": [
        placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan")),
        placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan_old")),
    ],
    "governance:plan_close": [
        placed(WRITE_ONLY, GROUP_OFFICE, of_year("plan_old")),
        placed(WRITE_ONLY, GROUP_OFFICE.replace("ok", "409"), of_year("plan")),
    ],
    "governance:reminder_detail": [case(INSIDE, READ_ONLY, {"pk": "reminder"})],
    "governance:task_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "task"})],
    "governance:report_make": [
        placed(
            DUTY,
            DUTY,
            lambda world: {"pk": world["task"].pk, "code": "420000"},
            {"kind": "interim", "words": "已完成初稿。"},
        ),
    ],
    "governance:report_accept": [case(WRITE_ONLY, OTHER_UNIT, {"pk": "report"})],
    "governance:report_return": [case(OTHER_UNIT, OTHER_UNIT, {"pk": "report"}, REASON)],
    "governance:report_withdraw": [case(WRITE_ONLY, "login 404 404 404 ok 403 404 403 403 403", {"pk": "report"})],
    "governance:report_file": [case(INSIDE, READ_ONLY, {"pk": "evidence"})],
    "governance:indicator_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:indicator_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, lambda world, slug=slug: {"indicator": slug})
        for slug in ("listings_approved", "negotiations_opened", "grants_recorded", "conversion_output")
    ],
}
