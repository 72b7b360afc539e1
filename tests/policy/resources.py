"""Shared resources: facilities, visits, stationing. Read next: cases.py."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from platform_site import clock
from platform_site.ui.slots import stamp
from tests.factories.patents import picture
from tests.factories.resources import at

from .cases import (
    LEDGER_OFFICE,
    MEMBERS,
    OFFICE,
    OFFICERS,
    PUBLIC,
    READ_ONLY,
    READ_ONLY_PUBLIC,
    REASON,
    TODAY,
    WRITE_ONLY,
    Case,
    Data,
    World,
    case,
    placed,
)

KEEPERS = LEDGER_OFFICE  # seen by all, kept by the officers of its province
KEEPERS_LATE = "login 403 403 403 409 403 403"
# A visit of Bai's and an application of Shen's at a facility of Hubei: the two sides see it, nobody else knows of it.
VISIT, VISIT_OFFICE, VISITOR = (
    "login 404 404 ok ok 404 404",
    "login 404 404 403 ok 404 404",
    "login 404 404 ok 403 404 404",
)
STAY, STAY_OFFICE, APPLICANT = (
    "login 404 ok 404 ok 404 404",
    "login 404 403 404 ok 404 404",
    "login 404 ok 404 403 404 404",
)
A_FACILITY = {"kind": "base", "name_zh": "新的基地", "visitors": "0", "slot_minutes": "120", "places": "2"}
LAST = (clock.today().replace(year=clock.today().year + 1)).isoformat()


def slug(name: str = "fc") -> Callable[[World], Data]:
    return lambda world: {"slug": world[name].slug}


def a_booking(_world: World) -> Data:
    return {"starts_at": stamp(at(6)), "people": "1", "purpose": "看车间"}


def a_bundle(world: World) -> Data:
    place = world["fc"]
    return {"facility": place.slug, f"slot_{place.pk}": stamp(at(7)), "people": "1", "purpose": "看车间"}


class ASheet(dict[str, Any]):
    """A table of one good row, made anew for each sending."""

    def items(self) -> Any:
        return {"upload": SimpleUploadedFile("资源.csv", "类型,名称\n孵化器,表里的孵化器\n".encode())}.items()


class APicture(dict[str, Any]):
    def items(self) -> Any:
        return {"upload": picture(), "title": "车间"}.items()


def an_application(world: World) -> Data:
    """With a listing of Shen's; Bai has one of her own, but this is not hers: the form is shown again."""
    return {"listing": world["market"].pk, "places": "1", "starts_on": TODAY, "last_on": LAST, "purpose": "小批量试制"}


ROWS: dict[str, list[Case]] = {
    "resources:facility_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "resources:facility_create": [case(OFFICERS, OFFICERS, data=A_FACILITY)],
    "resources:facility_import": [case(OFFICERS, OFFICERS, data=ASheet(upload="made anew"))],
    "resources:facility_sheet": [case(OFFICE, READ_ONLY, {"pk": "fc_sheet"})],
    "resources:facility_sheet_write": [case(WRITE_ONLY, OFFICE, {"pk": "fc_sheet"})],
    "resources:balance": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "resources:keeping": [case(MEMBERS, READ_ONLY)],
    "resources:visit_bundle": [case(MEMBERS, MEMBERS, data=a_bundle)],
    "resources:visit_mine": [case(MEMBERS, READ_ONLY)],
    "resources:visit_detail": [case(VISIT, READ_ONLY, {"pk": "vs_asked"})],
    "resources:visit_confirm": [
        case(WRITE_ONLY, VISIT_OFFICE, {"pk": "vs_asked"}),
        case(WRITE_ONLY, "login 404 404 403 409 404 404", {"pk": "vs_moved"}),
    ],
    "resources:visit_decline": [case(VISIT_OFFICE, VISIT_OFFICE, {"pk": "vs_asked"}, REASON)],
    "resources:visit_counter": [
        case(VISIT_OFFICE, VISIT_OFFICE, {"pk": "vs_asked"}, {"starts_at": stamp(at(5)), **REASON})
    ],
    "resources:visit_agree": [
        case(WRITE_ONLY, VISITOR, {"pk": "vs_moved"}),
        case(WRITE_ONLY, "login 404 404 409 403 404 404", {"pk": "vs_asked"}),
    ],
    "resources:visit_cancel": [
        case(VISIT, VISIT, {"pk": "vs_asked"}, REASON),
        case(VISIT, "login 404 404 409 409 404 404", {"pk": "vs_begun"}, REASON),
    ],
    "resources:visit_mark": [
        case(VISIT_OFFICE, VISIT_OFFICE, {"pk": "vs_begun"}, {"used": "1"}),
        case(VISIT_OFFICE, "login 404 404 403 409 404 404", {"pk": "vs_asked"}, {"used": "1"}),
    ],
    "resources:stationing_mine": [case(MEMBERS, READ_ONLY)],
    "resources:stationing_detail": [case(STAY, READ_ONLY, {"pk": "st_here"})],
    "resources:stationing_accept": [
        case(STAY_OFFICE, STAY_OFFICE, {"pk": "st_asked"}),
        case(STAY_OFFICE, "login 404 403 404 409 404 404", {"pk": "st_full"}),
    ],
    "resources:stationing_queue": [
        case(STAY_OFFICE, STAY_OFFICE, {"pk": "st_full"}, REASON),
        case(STAY_OFFICE, "login 404 403 404 409 404 404", {"pk": "st_asked"}, REASON),
    ],
    "resources:stationing_decline": [case(STAY_OFFICE, STAY_OFFICE, {"pk": "st_asked"}, REASON)],
    "resources:stationing_withdraw": [
        case(WRITE_ONLY, APPLICANT, {"pk": "st_asked"}),
        case(WRITE_ONLY, "login 404 409 404 403 404 404", {"pk": "st_here"}),
    ],
    "resources:stationing_sign": [
        case(STAY_OFFICE, STAY_OFFICE, {"pk": "st_accepted"}, {"contract": "RZ-9", "signed_on": TODAY})
    ],
    "resources:stationing_report": [case(APPLICANT, APPLICANT, {"pk": "st_here"}, {"words": "设备到位。"})],
    "resources:milestone_reach": [case(WRITE_ONLY, STAY_OFFICE, {"pk": "st_stone"})],
    "resources:stationing_graduate": [
        case(STAY_OFFICE, "login 404 403 404 409 404 404", {"pk": "st_here"}, {"outcome": "投产。"})
    ],
    "resources:stationing_exit": [
        case(STAY, STAY, {"pk": "st_here"}, {"outcome": "转移。"}),
        case(STAY, "login 404 409 404 409 404 404", {"pk": "st_asked"}, {"outcome": "转移。"}),
    ],
    "resources:making_listing": [case(PUBLIC, READ_ONLY_PUBLIC, {"number": "st_listing"})],
    "resources:making_need": [case(PUBLIC, READ_ONLY_PUBLIC, {"number": "need"})],
    "resources:picture_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "fc_picture"})],
    "resources:picture_remove": [case(WRITE_ONLY, KEEPERS, {"pk": "fc_picture"})],
    "resources:manager_end": [case(WRITE_ONLY, KEEPERS, {"pk": "fc_manager"})],
    "resources:facility_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, slug()),
        placed(PUBLIC, READ_ONLY_PUBLIC, slug("fc_closed")),
    ],
    "resources:facility_save": [
        placed(KEEPERS, KEEPERS, slug(), {**A_FACILITY, "visitors": "20", "hours": "周一至周日 09:00-17:00", "places": "9"}),
        placed(KEEPERS, KEEPERS_LATE, slug("fc_closed"), A_FACILITY),
    ],
    "resources:facility_close": [placed(KEEPERS, KEEPERS_LATE, slug(), REASON)],
    "resources:facility_reopen": [placed(KEEPERS, KEEPERS, slug("fc_closed")), placed(KEEPERS, KEEPERS_LATE, slug())],
    "resources:picture_add": [placed(KEEPERS, KEEPERS, slug(), APicture(upload="made anew"))],
    "resources:manager_name": [placed(KEEPERS, KEEPERS, slug(), {"user": "mo@example.org"})],
    "resources:visit_book": [placed(MEMBERS, MEMBERS, slug(), a_booking)],
    "resources:stationing_apply": [placed(MEMBERS, "login 403 ok ok 403 403 403", slug(), an_application)],
}  # fmt: skip
