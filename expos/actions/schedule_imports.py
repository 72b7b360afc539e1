"""A schedule file: kept as it was read, judged when it is looked at, and written once under the expo's lock. Read next: ../schedule_fates.py."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import programme_queries as reads
from expos import queries, rules
from expos import schedule_fates as fates
from expos.actions.places import room_save
from expos.actions.sessions import require_open
from expos.models import Expo, Room, ScheduleImport, Session, SessionSpeaker, Speaker
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict

SEATS = 100  # of a room that a file names; the host writes the true number


@transaction.atomic
def schedule_import(
    *, expo_id: int, actor: User, name: str, entries: Sequence[Any], ignored: Sequence[str], shift: bool
) -> ScheduleImport:
    """Keep what was read in a file; no session is written. Raises: NotAllowed; Conflict (closed, or the expo has no days yet)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.schedule_import, actor, expo)  # may
    require_open(expo)
    if expo.starts_on is None:
        raise Conflict(_("还没有定下展期。"), _("先定下日期，再导入日程。"))
    made = ScheduleImport.objects.create(  # move, write
        expo=expo, officer=actor, name=name[:120], shift=shift, entries=list(entries), ignored=list(ignored),
        created_at=clock.now(),
    )  # fmt: skip
    record(  # record; tell: the page that follows is the answer
        actor=actor, verb="expos.schedule_import", target=made, province_code=expo.host_id, rows=len(entries)
    )
    return made


@transaction.atomic
def schedule_import_write(*, import_id: int, actor: User) -> ScheduleImport:
    """Write every row that is not refused, judged once more. All or none, once.

    Raises: NotAllowed; Conflict (written already, closed, or something was placed meanwhile).
    """
    expo = queries.lock_expo(ScheduleImport.objects.values_list("expo_id", flat=True).get(pk=import_id))  # lock
    made = reads.lock_import(import_id)
    require(rules.schedule_import_write, actor, expo)  # may
    require_open(expo)
    if made.written_at is not None:
        raise Conflict(_("这个文件已经写入。"), _("再次上传同一个文件，已有的活动不会重复。"))
    judge = fates.Judge(expo, shift=made.shift)  # move
    rows = judge.rows(made.entries)
    try:
        with transaction.atomic():  # write
            _write(expo, actor, judge, [row for row in rows if row.is_written])
    except IntegrityError as refused:
        raise Conflict(_("会场或演讲人刚刚排了别的活动。"), _("请刷新核对结果后再写入。")) from refused
    made.fates = [{"line": row.line, "title": row.title, "fate": row.fate, "reason": row.reason} for row in rows]
    made.written_at = clock.now()
    made.save(update_fields=["fates", "written_at"])
    record(  # record; tell: readers are told of a version
        actor=actor, verb="expos.schedule_import_write", target=made, province_code=expo.host_id,
        rows=sum(row.is_written for row in rows),
    )  # fmt: skip
    return made


def _write(expo: Expo, actor: User, judge: fates.Judge, rows: Sequence[fates.Row]) -> None:
    """Rooms, speakers, sessions, who speaks: what moves leaves its old place before anything takes a new one."""
    rooms = dict(judge.rooms)
    for place, name in enumerate(fates.new_rooms(judge, rows), len(rooms)):
        values = {"name_zh": name, "name_en": "", "hall": None, "seats": SEATS, "place": min(place, 999)}
        rooms[name] = room_save(expo_id=expo.pk, actor=actor, values=values)
    speakers = _speakers(expo, rows)
    old = [row.session.pk for row in rows if row.session is not None]
    SessionSpeaker.objects.filter(session__in=old).delete()
    Session.objects.filter(pk__in=old).update(room=None, starts_at=None, ends_at=None)
    number = reads.next_number(Session, expo)
    top = max([number, *(row.number + 1 for row in rows)])
    made = []
    for row in rows:
        session = row.session or Session(expo=expo, guid=row.guid or uuid4(), made_by=actor, made_at=clock.now())
        if row.session is None:
            session.number, top = (row.number, top) if row.number else (top, top + 1)
        _fill(session, row, rooms)
        made.append(session)
    Session.objects.bulk_create([one for one in made if one.pk is None])
    for session, row in zip(made, rows, strict=True):
        if row.session is not None:
            session.save()
    SessionSpeaker.objects.bulk_create(
        SessionSpeaker(session=session, speaker=speakers[person.key], role=person.role, place=place)
        for session, row in zip(made, rows, strict=True)
        for place, person in enumerate(row.people)
    )


def _fill(session: Session, row: fates.Row, rooms: dict[str, Room]) -> None:
    for name, value in row.values.items():
        setattr(session, name, value)
    session.room = rooms[row.room] if row.room else None
    session.starts_at, session.ends_at = row.starts_at, row.ends_at


def _speakers(expo: Expo, rows: Sequence[fates.Row]) -> dict[tuple[str, Any], Speaker]:
    """Everybody whom the rows name, made or written anew where the file says more."""
    people = {person.key: person for row in rows for person in row.people}
    taken = set(reads.speakers_of(expo).values_list("number", flat=True))
    top = max([0, *taken, *(person.number for person in people.values())]) + 1
    found: dict[tuple[str, Any], Speaker] = {}
    made = []
    for key, person in people.items():
        speaker = person.speaker
        if speaker is None:
            number, top = (person.number, top) if person.number and person.number not in taken else (top, top + 1)
            taken.add(number)
            speaker = Speaker(expo=expo, number=number, external_id=person.external_id, **person.values)
            made.append(speaker)
        elif person.is_changed:
            for name, value in person.values.items():
                setattr(speaker, name, value or getattr(speaker, name))
            speaker.save()
        found[key] = speaker
    Speaker.objects.bulk_create(made)
    return found
