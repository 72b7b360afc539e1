"""The programme out and in again: iCalendar, schedule XML and JSON against their published schemas, files of other events. Read next: test_programme_views.py."""

import json

import pytest
from icalendar import Calendar
from jsonschema import Draft7Validator
from lxml import etree

from expos import programme_files as files
from expos import schedule_fates as fates
from expos import schedule_read
from expos.actions import schedule_imports, sessions
from expos.forms.programme import COLUMNS
from expos.models import Expo, Session, SessionSpeaker
from patents.sheets import columns_at
from platform_site.errors import Conflict
from tests import shared
from tests.factories import expo_programme as make
from tests.factories import expos
from tests.factories.patents import clerk

pytestmark = pytest.mark.django_db
(guo,) = shared.once("guo")
needs_schemas = pytest.mark.skipif(
    not make.SHARED.exists(), reason="NOT CHECKED: the schemas and schedule files of the shared data folder are absent"
)


@pytest.fixture(scope="module")
def ground(guo):
    """A programme with everything: two languages, roles, a bio, an imported session with its links, a session called off."""
    expo = expos.opened(officer=guo)
    hall = expos.room(expo, "论坛厅", officer=guo, place=1, name_en="Forum hall")
    lu = make.speaker(expo, "陆<演示>", officer=guo, name_en="Lu", unit_zh="某研究院", bio_zh="简历 & 经历")
    wen = make.speaker(expo, "温演示", officer=guo)
    make.session(
        expo, "开幕 & 致辞", officer=guo, kind="ceremony", title_en="Opening", speakers=[(lu, "host"), wen], expected=60
    )
    make.session(
        expo,
        "材料 <论坛>",
        officer=guo,
        room=hall,
        day=1,
        hour=14,
        minutes=95,
        topic="材料",
        abstract_en="Prices.",
        speakers=[wen],
    )
    off = make.session(expo, "停了的", officer=guo, day=2)
    sessions.session_cancel(session_id=off.pk, actor=guo, reason="讲者不能来。")
    make.imported(expo, make.SCHEDULE.format(day=expo.starts_on).encode(), officer=guo)
    return expo, make.released(expo, officer=guo)


def told(expo):
    """Everything of the sessions that are held that does not depend on where they were made; days counted from the first."""
    rows = {}
    for one in Session.objects.filter(expo=expo, state="planned").select_related("room", "expo").prefetch_related("speaker_rows__speaker"):  # fmt: skip
        begin = one.starts_at - make.at(one.expo, 0, 0) if one.starts_at else None
        people = [
            (row.role, row.speaker.name_zh, row.speaker.name_en, row.speaker.unit_zh, row.speaker.bio_zh, row.speaker.number, row.speaker.extra)
            for row in one.speaker_rows.all()
        ]  # fmt: skip
        rows[str(one.guid)] = (
            one.number, one.kind, one.title_zh, one.title_en, one.abstract_zh, one.abstract_en, one.language, one.topic, one.expected,
            one.external_id, one.room.name_zh if one.room else "", begin, one.ends_at - one.starts_at if one.ends_at else None, one.extra, people,
        )  # fmt: skip
    return rows


def xml_problems(content):
    schema = etree.XMLSchema(etree.parse(str(make.SHARED / "schedule.xml.xsd")))
    schema.validate(etree.fromstring(content))
    return [str(error) for error in schema.error_log]


def json_problems(body):
    schema = json.loads((make.SHARED / "schedule_schema.json").read_text())
    return [f"{list(error.path)} {error.message[:200]}" for error in Draft7Validator(schema).iter_errors(body)]


@needs_schemas
def test_both_forms_are_valid(ground):
    assert xml_problems(files.as_xml(*ground)) == []
    assert json_problems(json.loads(json.dumps(files.as_json(*ground)))) == []


@pytest.mark.parametrize("form", ["xml", "json"])
def test_out_and_in_again_is_equal_and_in_twice_changes_nothing(ground, form):
    expo, version = ground
    content = files.as_xml(expo, version) if form == "xml" else json.dumps(files.as_json(expo, version)).encode()
    again = make.empty_after(expo)
    make.imported(again, content, f"schedule.{form}", shift=True)
    assert told(again) == told(expo)
    second = make.imported(again, content, f"schedule.{form}", shift=True)
    assert {row["fate"] for row in second.fates} == {fates.UNCHANGED}
    assert told(again) == told(expo)
    own = make.imported(expo, content, f"schedule.{form}", write=False)
    assert {row.fate for row in fates.Judge(expo, shift=False).rows(own.entries)} == {fates.UNCHANGED}


def test_what_has_no_field_is_put_out_again(ground):
    expo, version = ground
    text = files.as_xml(expo, version).decode()
    event = etree.fromstring(text.encode()).find(".//event[@guid='11111111-1111-4111-8111-111111111111']")
    assert (event.findtext("subtitle"), event.findtext("slug"), event.findtext("track"), event.get("id")) == ("副题", "else-talk", "材料", "7")  # fmt: skip
    assert (event.find("links/link").get("href"), event.findtext("recording/license"), event.findtext("type")) == ("https://example.org/a", "CC BY", "talk")  # fmt: skip
    assert event.findtext("abstract") == "一段\n文字"
    assert event.find("persons/person").get("id") == "31"
    one = Session.objects.get(expo=expo, number=7)
    assert one.extra["unknown"] == "未知元素" and one.kind == "forum" and "停了的" not in text


def test_a_calendar_has_its_zone_its_uids_and_what_is_off(ground):
    expo, version = ground
    calendar = Calendar.from_ical(files.as_ics(expo, version))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    events = {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}
    assert set(events) == {"开幕 & 致辞", "材料 <论坛>", "停了的", "别处的演讲"}
    one = events["材料 <论坛>"]
    assert (one.decoded("dtstart"), one.decoded("dtend") - one.decoded("dtstart")) == (make.at(expo, 1, 14), make.at(expo, 1, 15, 35) - make.at(expo, 1, 14))  # fmt: skip
    assert one["DTSTART"].params["TZID"] == "Asia/Shanghai" and "论坛厅" in one["LOCATION"]
    assert (str(events["停了的"]["STATUS"]), int(one["SEQUENCE"])) == ("CANCELLED", 1)
    few = Calendar.from_ical(files.as_ics(expo, version, [str(Session.objects.get(expo=expo, number=7).guid)]))
    assert len(few.walk("VEVENT")) == 1


@needs_schemas
def test_a_real_file_comes_in_without_loss_and_goes_out_valid(ground):
    expo = make.empty_after(ground[0])
    content = (make.SHARED / "schedule_pretalx_democon.json").read_bytes()
    body = json.loads(content)
    events = [
        event for day in body["schedule"]["conference"]["days"] for rows in day["rooms"].values() for event in rows
    ]
    refused = make.imported(expo, content, "democon.json", write=False)
    rows = fates.Judge(expo, shift=False).rows(refused.entries)
    assert (
        {row.fate for row in rows} == {fates.REFUSED}
        and "不在展期" in rows[0].reason
        and "从展会第一天排起" in rows[0].reason
    )
    made = make.imported(expo, content, "democon.json", shift=True)
    assert len(made.fates) == len(events) == Session.objects.filter(expo=expo).count()
    assert not [row for row in made.fates if row["fate"] == fates.REFUSED]
    version = make.released(expo)
    out = files.as_json(expo, version)
    assert json_problems(json.loads(json.dumps(out))) == [] and xml_problems(files.as_xml(expo, version)) == []
    back = {
        event["guid"]: event
        for day in out["schedule"]["conference"]["days"]
        for rows in day["rooms"].values()
        for event in rows
    }
    for event in events:
        if not (
            one := back.get(event["guid"])
        ):  # its room or speaker was taken in the file itself: kept without a place
            assert not Session.objects.get(expo=expo, guid=event["guid"]).is_placed
            continue
        for name in ("id", "title", "subtitle", "track", "type", "language", "abstract", "duration", "start", "room", "slug", "url", "links", "attachments", "recording_license"):  # fmt: skip
            assert one.get(name, "") == event[name], name
        assert schedule_read.cleaned(event["description"]) == one["description"]
        for theirs, ours in zip(event["persons"], one["persons"], strict=True):
            assert (ours["id"], ours["public_name"], ours.get("code")) == (
                theirs["id"],
                theirs["public_name"],
                theirs["code"],
            )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xml", "XML"),
        (b"<schedule>", "a.xml", "不是完整的 XML"),
        (b'<!DOCTYPE s [<!ENTITY a "b">]><schedule>&a;</schedule>', "a.xml", "DTD"),
        (b"<html/>", "a.xml", "schedule"),
        (b"<schedule><version>1</version></schedule>", "a.xml", "没有一场"),
        (b"{", "a.json", "JSON"),
        (b'{"schedule": {"conference": []}}', "a.json", "conference.days"),
        (b"[" * 100_000, "a.json", "JSON"),
        (b"hello", "a.txt", "CSV"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_sentence(content, name, said):
    with pytest.raises(schedule_read.Unreadable, match=said):
        schedule_read.read(content, name)


def test_strange_values_of_a_file_are_read_or_said():
    day = {"date": "2027-06-10", "rooms": {"厅": [
        {"title": "a\x00\ud800b", "date": "2027-06-10T09:00:00Z", "duration": "01:30", "persons": [{"name": "甲"}, "x", None], "links": None},
        {"title": {"en": "Only English", "de": "x"}, "date": "2027-06-10T09:00:00Z", "duration": "00:00"},
        {"title": "没有时间", "duration": "00:10"}, {"duration": "00:10"}, "x",
    ], "坏": 3}}  # fmt: skip
    content = json.dumps({"schedule": {"conference": {"days": [day, 7, {"rooms": []}]}}}).encode()
    found = schedule_read.read(content, "x.json").entries
    assert [(one["title"], one["fault"]) for one in found] == [
        ("ab", ""), ("Only English", "时长“00:00”不能读出，应如 01:30。"), ("没有时间", "没有可以读出的日期和时间。"), ("", "没有题目。"),
    ]  # fmt: skip
    assert found[0]["guid"] == schedule_read.read(content, "x.json").entries[0]["guid"], "the same again"
    assert [schedule_read.minutes_of(text) for text in ("01:30", "00:45:00", "00:45:01", "24:00", "90", "x", "")] == [90, 45, 46, 1440, 90, 0, 0]  # fmt: skip


def test_older_files_without_dates_and_with_other_guids_are_read():
    """As FOSDEM and the congresses of the CCC have written them: no moment but day and time, guids of another form, a night."""
    event = """<event id="{0}" {1}><start>{2}</start><duration>{3}</duration><room>Saal 1</room><slug>a_-_{0}</slug>
    <title>Talk {0} &lt;i&gt;x&lt;/i&gt;</title><track slug="t">CCC</track><type>lecture</type><abstract/><description>a &lt; b &amp;amp; c</description>
    <persons><person id="1544">erdgeist</person><person/></persons><attachments><attachment id="9" type="slides" href="https://example.org/s.pdf">Slides</attachment></attachments></event>"""
    day = "<day date='2014-12-27' end='2014-12-28T04:00:00+01:00' index='1' start='2014-12-27T11:00:00+01:00'><room name='Saal 1'>{}</room></day>"
    rows = event.format(1, 'guid="HOqeNIb6G7M4hYFKFRkCmQ"', "11:00", "1:30") + event.format(2, "", "00:30", "00:25:00")
    content = f"<schedule><version>1</version><conference><acronym>31c3</acronym></conference>{day.format(rows)}</schedule>".encode()
    first, night = schedule_read.read(content, "schedule.xml").entries
    assert (first["starts"], first["minutes"], first["fault"], first["title"]) == (
        "2014-12-27T11:00:00",
        90,
        "",
        "Talk 1 x",
    )
    assert (night["starts"], night["minutes"]) == ("2014-12-28T00:30:00", 25)
    assert first["extra"]["guid"] == "HOqeNIb6G7M4hYFKFRkCmQ" and first["guid"] != night["guid"]
    assert first["extra"]["attachments"][0]["id"] == "9" and first["extra"]["attributes"] == {"track": {"slug": "t"}}
    assert first["extra"]["description"] == "a < b & c" and first["persons"][0]["id"] == "1544"
    assert [one["guid"] for one in schedule_read.read(content, "schedule.xml").entries] == [
        first["guid"],
        night["guid"],
    ]


def test_a_clash_in_the_file_comes_in_without_a_place(ground):
    expo = make.empty_after(ground[0])
    make.session(expo, "本地的", room=expo.rooms.get(name_zh="新会场"), hour=9, minutes=60)
    text = make.SCHEDULE.format(day=expo.starts_on)
    made = make.imported(expo, text.encode())
    assert [(row["fate"], row["reason"]) for row in made.fates] == [("unplaced", "会场这个时间已有“本地的”。")]
    one = Session.objects.get(expo=expo, number=7)
    assert not one.is_placed and one.extra["subtitle"] == "副题"
    assert make.imported(expo, text.encode()).fates[0]["fate"] == fates.UNCHANGED
    with pytest.raises(Conflict, match="已经写入"):
        schedule_imports.schedule_import_write(import_id=made.pk, actor=clerk(expo.host_id))
    early = text.replace("09:30", "08:00")
    assert make.imported(expo, early.encode()).fates[0]["fate"] == fates.CHANGED
    assert SessionSpeaker.objects.get(session=one).starts_at == make.at(expo, 0, 8)


def test_sessions_that_change_places_with_each_other_are_written(ground):
    expo = make.empty_after(ground[0])
    event = '<event id="{0}" guid="{0}{0}{0}{0}{0}{0}{0}{0}-1111-4111-8111-111111111111"><start>{1}</start><duration>01:00</duration><title>第{0}场</title><abstract/></event>'
    frame = '<schedule><version>1</version><conference><title>t</title></conference><day index="1" date="{0}" start="{0}T09:00:00+08:00" end="{0}T18:00:00+08:00"><room name="路演厅">{1}</room></day></schedule>'
    for one, other in (("09:00", "10:00"), ("10:00", "09:00")):
        content = frame.format(expo.starts_on, event.format(1, one) + event.format(2, other))
        assert {row["fate"] for row in make.imported(expo, content.encode()).fates} <= {"new", "changed"}
        assert Session.objects.get(expo=expo, number=1).starts_at == make.at(expo, 0, int(one[:2]))


def test_a_table_comes_in_and_twice_changes_nothing(ground):
    expo = make.empty_after(ground[0])
    heading = ["题目", "日期", "开始", "时长", "会场", "类型", "演讲人", "Abstract"]
    day = str(expo.starts_on).replace("-", "/").replace("/0", "/")
    rows = [
        ["茶歇", day, "9:30", "00:20", "路演厅", "休息", "", ""],
        ["茶歇", day, "15:00", "20", "路演厅", "休息", "", ""],
        ["新材料路演", day, "10:00", "00:15", "二号厅", "路演", "甲某（某大学）；乙某", "<b>粗</b>"],
        ["缺时长", day, "11:00", "", "二号厅", "", "", ""],
    ]
    for expected in ("new", "unchanged"):
        found = schedule_read.from_table(heading, rows, columns_at(heading, COLUMNS))
        made = schedule_imports.schedule_import(expo_id=expo.pk, actor=clerk(expo.host_id), name="t.csv", entries=found.entries, ignored=[], shift=False)  # fmt: skip
        made = schedule_imports.schedule_import_write(import_id=made.pk, actor=clerk(expo.host_id))
        assert [row["fate"] for row in made.fates] == [expected] * 3 + ["refused"]
    one = Session.objects.get(expo=expo, title_zh="新材料路演")
    assert (one.kind, one.abstract_zh, one.room.name_zh, one.room.seats) == ("roadshow", "粗", "二号厅", 100)
    assert [(row.speaker.name_zh, row.speaker.unit_zh) for row in one.speaker_rows.all()] == [
        ("甲某", "某大学"),
        ("乙某", ""),
    ]
    assert Expo.objects.get(pk=expo.pk).sessions.filter(kind="break").count() == 2
