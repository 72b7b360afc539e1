"""The draft of a programme and its releases: who may, what cannot be, what the database keeps. Read next: test_programme_views.py."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from expos import programme_checks as checks
from expos import programme_data as data
from expos import programme_queries as reads
from expos.actions import editions, programmes, sessions
from expos.models import Expo, ProgrammePage, ProgrammeVersion, Session, SessionFavourite, SessionSpeaker
from expos.states import ExpoState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests import shared
from tests.factories import expo_programme as make
from tests.factories import expos

pytestmark = pytest.mark.django_db
guo, he, mo = shared.once("guo", "he", "mo")


@pytest.fixture(scope="module")
def ground(guo, he, mo):
    """An announced edition with a second room."""
    expo = expos.opened(officer=guo)
    expos.room(expo, "论坛厅", officer=guo, seats=20, place=1)
    return expo


@pytest.fixture
def expo(ground, db):
    return Expo.objects.get(pk=ground.pk)


@pytest.fixture
def hall(expo):
    return expo.rooms.get(name_zh="论坛厅")


def found(expo, level):
    rows = checks.findings(expo, checks.items_of(reads.sessions_of(expo)))
    return [one.words for one in rows if one.level == level]


def refused_by_database(sql, params):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(error.value)


def test_a_session_is_planned_moved_cancelled_and_restored_by_the_host(expo, hall, guo):
    lu = make.speaker(expo, officer=guo)
    one = make.session(expo, officer=guo, speakers=[(lu, "host")])
    assert (one.number, one.room.name_zh, [row.role for row in one.speaker_rows.all()]) == (1, "路演厅", ["host"])
    to = make.at(expo, 1, 11)
    sessions.session_move(
        session_id=one.pk, actor=guo, room_id=hall.pk, starts_at=to, ends_at=to + timedelta(minutes=30)
    )
    row = SessionSpeaker.objects.get(session=one)
    assert (row.starts_at, row.ends_at) == (to, to + timedelta(minutes=30))
    sessions.session_cancel(session_id=one.pk, actor=guo, reason="讲者不能来。")
    assert SessionSpeaker.objects.get(session=one).starts_at is None
    with pytest.raises(MoveRefused):
        sessions.session_cancel(session_id=one.pk, actor=guo, reason="再次")
    sessions.session_restore(session_id=one.pk, actor=guo)
    one = Session.objects.get(pk=one.pk)
    assert (one.state, one.reason, one.room, one.starts_at) == ("planned", "", hall, to)
    sessions.session_move(session_id=one.pk, actor=guo, room_id=None, starts_at=None, ends_at=None)
    sessions.session_remove(session_id=one.pk, actor=guo)
    verbs = AuditEntry.objects.filter(verb__startswith="expos.session_", province_code="420000")
    assert set(verbs.values_list("verb", flat=True)) == {f"expos.session_{verb}" for verb in ("create", "move", "cancel", "restore", "remove")}  # fmt: skip


def test_nobody_else_touches_the_draft(expo, guo, he, mo):
    one, lu = make.session(expo, officer=guo), make.speaker(expo, officer=guo)
    for user in (he, mo):
        for act in (
            lambda user=user: make.session(expo, officer=user),
            lambda user=user: sessions.session_save(session_id=one.pk, actor=user, values=make.values(), speakers=[]),
            lambda user=user: sessions.session_move(
                session_id=one.pk, actor=user, room_id=None, starts_at=None, ends_at=None
            ),
            lambda user=user: sessions.session_cancel(session_id=one.pk, actor=user, reason="不该"),
            lambda user=user: sessions.session_restore(session_id=one.pk, actor=user),
            lambda user=user: sessions.session_remove(session_id=one.pk, actor=user),
            lambda user=user: sessions.speaker_save(expo_id=expo.pk, actor=user, values={"name_zh": "外人"}),
            lambda user=user: sessions.speaker_remove(speaker_id=lu.pk, actor=user),
            lambda user=user: make.released(expo, officer=user),
            lambda user=user: make.imported(expo, make.SCHEDULE.format(day=expo.starts_on).encode(), officer=user),
        ):
            with pytest.raises(NotAllowed, match="承办省"):
                act()


def test_a_closed_expo_keeps_its_programme(guo, expo):
    one = make.session(expo, officer=guo)
    make.released(expo, officer=guo)
    expos.moved(expo, ExpoState.CLOSED, officer=guo)
    with pytest.raises(Conflict, match="已经闭幕"):
        sessions.session_move(session_id=one.pk, actor=guo, room_id=None, starts_at=None, ends_at=None)
    with pytest.raises(Conflict, match="已经闭幕"):
        make.released(expo, officer=guo)


def test_a_room_and_a_speaker_are_in_one_place(expo, hall, guo):
    lu = make.speaker(expo, officer=guo)
    make.session(expo, "先来的", officer=guo, speakers=[lu])
    with pytest.raises(Conflict, match=r"路演厅从.*已有“先来的”"):
        make.session(expo, officer=guo, minute=30)
    with pytest.raises(Conflict, match=r"陆演示同一时间在路演厅的“先来的”"):
        make.session(expo, officer=guo, room=hall, minute=59, speakers=[lu])
    make.session(expo, "紧接着", officer=guo, hour=11)  # half-open: what touches does not meet
    assert Session.objects.filter(expo=expo).count() == 2


def test_a_session_lies_within_the_days(expo, guo):
    for day, hour in ((-1, 23), (3, 0), (2, 23)):
        with pytest.raises(Conflict, match="不在展期之内"):
            make.session(expo, officer=guo, day=day, hour=hour, minutes=61)
    make.session(expo, officer=guo, day=2, hour=23, minutes=60)
    with pytest.raises(Conflict, match="结束时间须晚于开始"):
        make.session(expo, officer=guo, minutes=0)
    with pytest.raises(Conflict, match="活动排在新的展期之外"):
        editions.expo_save(expo_id=expo.pk, actor=guo, values=expos.values(expo, last_on=expo.starts_on))


def test_the_database_refuses_what_the_code_would_not_ask(expo, hall, guo):
    lu = make.speaker(expo, officer=guo)
    one = make.session(expo, officer=guo, speakers=[lu])
    other = make.session(expo, officer=guo, room=hall, hour=14)
    update = "UPDATE expos_session SET {} WHERE id = %s"
    assert "room_one_session_at_a_time" in refused_by_database(update.format("room_id = %s, starts_at = %s, ends_at = %s"), [one.room_id, one.starts_at, one.ends_at, other.pk])  # fmt: skip
    assert "days of its expo" in refused_by_database(
        update.format("starts_at = starts_at - interval '9 days'"), [one.pk]
    )
    assert "session_placed_whole" in refused_by_database(update.format("ends_at = starts_at"), [one.pk])
    assert "session_placed_whole" in refused_by_database(update.format("room_id = NULL"), [one.pk])
    assert "keeps its expo" in refused_by_database(update.format("guid = gen_random_uuid()"), [one.pk])
    assert "session_cancelled_with_reason" in refused_by_database(update.format("state = 'cancelled'"), [one.pk])
    link = "INSERT INTO expos_sessionspeaker (session_id, speaker_id, place, role) VALUES (%s, %s, 0, 'speaker')"
    with connection.cursor() as cursor:
        cursor.execute(link, [other.pk, lu.pk])
        # A forged stretch is overwritten by that of the session.
        cursor.execute(
            "UPDATE expos_sessionspeaker SET starts_at = NULL, ends_at = NULL WHERE speaker_id = %s", [lu.pk]
        )
    assert SessionSpeaker.objects.get(session=one).starts_at == one.starts_at
    clash = refused_by_database(update.format("starts_at = %s, ends_at = %s"), [one.starts_at, one.ends_at, other.pk])
    assert "speaker_one_session_at_a_time" in clash
    assert "sessions are planned outside" in refused_by_database("UPDATE expos_expo SET starts_on = starts_on + 1 WHERE id = %s", [expo.pk])  # fmt: skip
    elsewhere = make.empty_after(expo)
    strange = make.speaker(elsewhere, "别届的人")
    assert "another expo" in refused_by_database(link, [one.pk, strange.pk])
    assert "another expo" in refused_by_database(update.format("room_id = %s"), [elsewhere.rooms.first().pk, one.pk])
    make.released(expo, officer=guo)
    for table in ("expos_programmeversion", "expos_programmepage"):
        assert refused_by_database(f"DELETE FROM {table}", [])


def test_four_levels_of_checks_each_with_its_session(expo, hall, guo):
    lu = make.speaker(expo, officer=guo)
    make.session(expo, "甲", officer=guo, speakers=[lu], topic="材料", kind="roadshow", hour=8)
    make.session(expo, "乙", officer=guo, room=hall, hour=9, minute=5, speakers=[lu], expected=50)
    make.session(expo, "丙", officer=guo, room=hall, hour=8, minute=30, minutes=20, topic="材料")
    make.session(expo, "丁", officer=guo, placed=False)
    assert found(expo, checks.ERROR) == []
    warnings = "".join(found(expo, checks.WARNING))
    assert "陆演示从“甲”到“乙”要换会场，中间只有 5 分钟" in warnings
    assert "“乙”预计 50 人，论坛厅只有 20 座" in warnings
    assert "同属“材料”" in warnings
    hints = "".join(found(expo, checks.HINT))
    for words in ("“丁”还没有排定", "“甲”不在开放时间之内", "“丙”还没有演讲人", "没有注明在架的技术", "8—10 分钟"):
        assert words in hints
    assert "没有英文题目" in "".join(found(expo, checks.INFORMATION))


def test_the_engine_finds_every_overlap_that_comparing_all_pairs_finds(expo):
    dice, items = random.Random(5), []
    for number in range(60):
        begin = make.at(expo, 0, 9) + timedelta(minutes=5 * dice.randrange(60))
        items.append(checks.Item(
            str(number), f"第{number}场", "forum", dice.randrange(4), "厅", 9, begin, begin + timedelta(minutes=5 * dice.randrange(1, 9)),
            0, "", ((dice.randrange(6), "某人"),), True, True, True,
        ))  # fmt: skip
    pairs = {frozenset((a.guid, b.guid)) for a in items for b in items if a is not b and a.starts_at < b.ends_at and b.starts_at < a.ends_at}  # fmt: skip
    assert {frozenset((a.guid, b.guid)) for a, b in checks.overlapping(items)} == pairs
    keys = [one.key for one in checks.findings(expo, items) if one.level == checks.ERROR]
    assert any(key.startswith("room:") for key in keys) and any(key.startswith("speaker:") for key in keys)


def test_warnings_are_acknowledged_one_by_one(expo, guo):
    make.session(expo, officer=guo, expected=500)
    with pytest.raises(Conflict, match=r"还有 1 条警告没有确认.*500 人"):
        programmes.programme_release(expo_id=expo.pk, actor=guo)
    version = make.released(expo, officer=guo, note="首版")
    assert (version.number, version.note) == (1, "首版")
    assert "500" in version.acknowledged[0]


def test_versions_say_what_changed_and_keep_their_marks(expo, hall, guo):
    with pytest.raises(Conflict, match="没有排定一场活动"):
        make.released(expo, officer=guo)
    moved, same, off = (make.session(expo, title, officer=guo, hour=hour) for title, hour in (("动", 10), ("静", 12), ("停", 14)))  # fmt: skip
    first = make.released(expo, officer=guo)
    with pytest.raises(Conflict, match="没有变化"):
        make.released(expo, officer=guo)
    to = make.at(expo, 0, 16)
    sessions.session_move(
        session_id=moved.pk, actor=guo, room_id=hall.pk, starts_at=to, ends_at=to + timedelta(hours=1)
    )
    sessions.session_cancel(session_id=off.pk, actor=guo, reason="讲者不能来。")
    make.session(expo, "新", officer=guo, day=1)
    sessions.session_save(session_id=same.pk, actor=guo, values=make.values("静", title_en="Still"), speakers=[])
    second = make.released(expo, officer=guo)
    changes = {one.row["title_zh"]: one.what for one in data.changes(first.data, second.data)}
    assert changes == {"动": "moved", "停": "cancelled", "新": "new", "静": "changed"}
    assert ProgrammeVersion.objects.get(pk=first.pk).data == first.data, "a version is frozen"
    assert ProgrammePage.objects.filter(version=second).count() == 4
    make.session(expo, "又一场", officer=guo, day=2)
    third = make.released(expo, officer=guo)
    assert third.data["sessions"][str(moved.guid)]["mark"][0] == "moved", "an older mark is carried on"
    with pytest.raises(Conflict, match="已经公布过"):
        sessions.session_remove(session_id=moved.pk, actor=guo)


def test_who_has_marked_a_session_is_told_when_it_moves_or_is_off(expo, hall, guo, he, mo):
    moved, off, same = (make.session(expo, title, officer=guo, hour=hour) for title, hour in (("动", 10), ("停", 12), ("静", 14)))  # fmt: skip
    make.released(expo, officer=guo)
    for one in (moved, off, same):
        sessions.favourite_set(session_id=one.pk, actor=mo, wanted=True)
    sessions.favourite_set(session_id=moved.pk, actor=mo, wanted=True)
    assert SessionFavourite.objects.filter(user=mo).count() == 3
    to = make.at(expo, 1, 9)
    sessions.session_move(
        session_id=moved.pk, actor=guo, room_id=hall.pk, starts_at=to, ends_at=to + timedelta(hours=1)
    )
    sessions.session_cancel(session_id=off.pk, actor=guo, reason="讲者不能来。")
    make.released(expo, officer=guo)
    queue.drain()
    told = Notice.objects.filter(recipient=mo, kind__startswith="programme_")
    assert {(one.kind, one.data["title"]) for one in told} == {("programme_moved", "动"), ("programme_cancelled", "停")}
    assert told.get(kind="programme_moved").data["room"] == "论坛厅"
    assert not Notice.objects.filter(recipient=he, kind="programme_moved").exists()
    sessions.favourite_set(session_id=same.pk, actor=mo, wanted=False)
    assert SessionFavourite.objects.filter(user=mo).count() == 2


def test_an_edition_with_sessions_is_announced_with_a_released_programme(expo, guo):
    make.session(expo, officer=guo)
    editions.expo_advance(expo_id=expo.pk, actor=guo, to=ExpoState.ALLOCATING)
    with pytest.raises(Conflict, match="日程还没有发布"):
        editions.expo_advance(expo_id=expo.pk, actor=guo, to=ExpoState.PROGRAMME_PUBLISHED)
    make.released(expo, officer=guo)
    assert editions.expo_advance(expo_id=expo.pk, actor=guo, to=ExpoState.PROGRAMME_PUBLISHED).state == ExpoState.PROGRAMME_PUBLISHED  # fmt: skip


def test_a_speaker_who_speaks_is_not_struck(expo, guo):
    lu, idle = make.speaker(expo, officer=guo), make.speaker(expo, "闲人", officer=guo)
    make.session(expo, officer=guo, speakers=[lu])
    with pytest.raises(Conflict, match="还有活动"):
        sessions.speaker_remove(speaker_id=lu.pk, actor=guo)
    sessions.speaker_remove(speaker_id=idle.pk, actor=guo)
    assert list(expo.speakers.all()) == [lu]


def test_two_numbers_are_never_given(expo, guo):
    one = make.session(expo, officer=guo, placed=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(expo=expo, number=one.number, kind="forum", title_zh="同号", made_by=guo, made_at=clock.now())  # fmt: skip
