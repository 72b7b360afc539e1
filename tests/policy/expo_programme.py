"""The programme of an expo: everybody reads what is released, its host alone plans. Read next: expos.py."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.expo_programme import SCHEDULE

from .cases import PUBLIC, READ_ONLY_PUBLIC, WRITE_ONLY, Case, Data, World, placed
from .expos import RUN, year

HOST_READS = "login 405"
ANY_MEMBER = "login ok"


def session(name: str, **more: str) -> Callable[[World], Data]:
    return lambda world: {"year": world["expo"].year, "guid": str(world[name].guid), **more}


def plain(world: World) -> Data:
    return {"kind": "forum", "title_zh": "新活动"}


def place(world: World) -> Data:
    return {"room": world["room_of_expo"].pk, "day": f"{world['expo'].year}-06-11", "start": "15:00", "minutes": "30"}


def file(world: World) -> Data:
    content = SCHEDULE.format(day=world["expo"].starts_on).encode()
    return {"upload": SimpleUploadedFile("schedule.xml", content, "application/xml")}


def changes(world: World) -> Data:
    return {"year": world["expo"].year, "number": 1}


ROWS: dict[str, list[Case]] = {
    "expos:programme_detail": [placed(PUBLIC, READ_ONLY_PUBLIC, year())],
    "expos:session_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, session("session")),
        placed("404 404", READ_ONLY_PUBLIC, session("session_draft")),
    ],
    "expos:favourite_set": [placed(WRITE_ONLY, ANY_MEMBER, year(), lambda world: {"add": str(world["session"].guid)})],
    "expos:programme_changes": [placed(PUBLIC, READ_ONLY_PUBLIC, changes)],
    "expos:programme_door": [placed(PUBLIC, READ_ONLY_PUBLIC, year())],
    "expos:programme_screen": [placed(PUBLIC, READ_ONLY_PUBLIC, year())],
    "expos:speaker_photo": [placed("404 404", READ_ONLY_PUBLIC, year(pk="speaker"))],
    "expos:programme_edit": [placed(RUN, HOST_READS, year())],
    "expos:programme_release": [placed(RUN, RUN, year(), {"note": "第二版"})],
    "expos:session_create": [placed(RUN, RUN, year(), plain)],
    "expos:session_save": [placed(RUN, RUN, session("session_draft"), plain)],
    "expos:session_move": [placed(RUN, RUN, session("session_draft"), place)],
    "expos:session_cancel": [placed(RUN, RUN, session("session_draft"), {"reason": "讲者不能来。"})],
    "expos:session_restore": [placed(RUN, RUN, session("session_cancelled"))],
    "expos:session_remove": [placed(WRITE_ONLY, RUN, session("session_draft"))],
    "expos:speaker_list": [placed(RUN, HOST_READS, year())],
    "expos:speaker_create": [placed(RUN, RUN, year(), {"name_zh": "新讲者"})],
    "expos:speaker_save": [placed(RUN, RUN, year(pk="speaker"), {"name_zh": "改名"})],
    "expos:speaker_remove": [placed(WRITE_ONLY, RUN, year(pk="speaker_idle"))],
    "expos:schedule_import": [placed(RUN, RUN, year(), file)],
    "expos:schedule_import_detail": [placed(RUN, HOST_READS, year(pk="schedule_file"))],
    "expos:schedule_import_write": [placed(WRITE_ONLY, RUN, year(pk="schedule_file"))],
}
