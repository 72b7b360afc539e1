"""Programmes for tests: sessions and speakers of an edition, its released versions, through the portal's own actions. Read next: expos.py."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from expos import programme_checks, programme_queries, schedule_read
from expos.actions import editions, programmes, schedule_imports, sessions
from expos.models import Expo
from platform_site import clock
from platform_site.regions import hosts
from tests.factories import expos
from tests.factories.patents import clerk

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "event"


def at(expo, day=0, hour=10, minute=0):
    """A moment of a day of the expo, in Shanghai."""
    return datetime.combine(expo.starts_on + timedelta(days=day), time(hour, minute), tzinfo=clock.SHANGHAI)


def values(title="专利开放许可论坛", **changes):
    plain = {"kind": "forum", "title_zh": title, "title_en": "", "abstract_zh": "怎样定价。", "abstract_en": "", "language": "zh", "topic": "", "expected": None, "listing": None}  # fmt: skip
    return {**plain, **changes}


def place(expo, room=None, *, day=0, hour=10, minute=0, minutes=60):
    begin = at(expo, day, hour, minute)
    return {"room": room or expo.rooms.first(), "starts_at": begin, "ends_at": begin + timedelta(minutes=minutes)}


def session(expo, title="专利开放许可论坛", *, officer=None, speakers=(), room=None, day=0, hour=10, minute=0, minutes=60, placed=True, **changes):  # fmt: skip
    """On the first day at ten in the first room, for an hour."""
    where = place(expo, room, day=day, hour=hour, minute=minute, minutes=minutes) if placed else {}
    voices = [one if isinstance(one, tuple) else (one, "speaker") for one in speakers]
    return sessions.session_create(
        expo_id=expo.pk, actor=officer or clerk(expo.host_id), values={**values(title, **changes), **where}, speakers=voices
    )  # fmt: skip


def speaker(expo, name="陆演示", *, officer=None, **changes):
    return sessions.speaker_save(expo_id=expo.pk, actor=officer or clerk(expo.host_id), values={"name_zh": name, **changes})  # fmt: skip


def released(expo, *, officer=None, note=""):
    """The next version, every warning acknowledged."""
    expo = Expo.objects.get(pk=expo.pk)
    found = programme_checks.warnings(expo, programme_checks.items_of(programme_queries.sessions_of(expo)))
    return programmes.programme_release(
        expo_id=expo.pk, actor=officer or clerk(expo.host_id), note=note, acknowledged=[one.key for one in found]
    )


def imported(expo, content, name="schedule.xml", *, shift=False, officer=None, write=True):
    """A file read in and, unless told otherwise, written."""
    found = schedule_read.read(content, name)
    officer = officer or clerk(expo.host_id)
    made = schedule_imports.schedule_import(
        expo_id=expo.pk, actor=officer, name=name, entries=found.entries, ignored=found.ignored, shift=shift
    )
    return schedule_imports.schedule_import_write(import_id=made.pk, actor=officer) if write else made


def empty_after(expo):
    """The edition of the year after: the rooms of this one, days of its own, not one session."""
    code = hosts.host_of_year(expo.year + 1)
    officer = clerk(code)
    with clock.at(expos.noon(date(expo.year, 12, 1))):
        following = expos.planned(code, officer=officer, year=expo.year + 1)
        plain = expos.values(following, venue=None, apply_until=None)
        return editions.expo_save(expo_id=following.pk, actor=officer, values=plain)


SCHEDULE = """<?xml version="1.0" encoding="utf-8"?>
<schedule><version>1.0</version><conference><title>别处的会</title><acronym>else</acronym></conference>
<day index="1" date="{day}" start="{day}T09:00:00+08:00" end="{day}T18:00:00+08:00"><room name="新会场">
<event id="7" guid="11111111-1111-4111-8111-111111111111"><date>{day}T09:30:00+08:00</date><start>09:30</start><duration>00:45:00</duration>
<room>新会场</room><title>别处的演讲</title><subtitle>副题</subtitle><track>材料</track><type>talk</type><language>zh</language><slug>else-talk</slug>
<abstract>&lt;p&gt;一段&lt;br/&gt;文字&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</abstract><description/>
<recording><license>CC BY</license><optout>false</optout></recording><persons><person id="31">外来讲者</person></persons>
<links><link href="https://example.org/a">资料</link></links><attachments/><unknown kind="x">未知元素</unknown></event>
</room></day></schedule>"""


def of_all_kinds(guo, expo):
    """In Hubei's edition: a session that is released, one in the draft, a speaker, a file."""
    voice = speaker(expo, officer=guo)
    shown = session(expo, "矩阵论坛", officer=guo, speakers=[voice])
    released(expo, officer=guo)
    draft = session(expo, "草稿中的活动", officer=guo, hour=14)
    cancelled = session(expo, "取消了的活动", officer=guo, hour=16)
    sessions.session_cancel(session_id=cancelled.pk, actor=guo, reason="讲者不能来。")
    idle = speaker(expo, "无场次的人", officer=guo)
    file = imported(expo, SCHEDULE.format(day=expo.starts_on).encode(), officer=guo, write=False)
    return {"session": shown, "session_draft": draft, "session_cancelled": cancelled, "speaker": voice, "speaker_idle": idle, "schedule_file": file}  # fmt: skip
