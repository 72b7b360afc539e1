"""The draft of a programme: sessions and speakers, kept by the host until the doors close; a reader's marks. Read next: programmes.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from expos import programme_queries as reads
from expos import queries, rules
from expos.models import Expo, Session, SessionFavourite, SessionSpeaker, Speaker
from expos.states import EXPO_OVER, SESSION_MOVES, SessionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.states import move
from platform_site.ui.formats import minute_iso

FIELDS = (
    "kind", "title_zh", "title_en", "abstract_zh", "abstract_en", "language", "topic", "room", "starts_at", "ends_at",
    "expected", "listing",
)  # fmt: skip
SPEAKER_FIELDS = ("name_zh", "name_en", "unit_zh", "unit_en", "bio_zh", "bio_en", "user")
Voices = Sequence[tuple[Speaker, str]]  # who speaks, in which role, in order


@transaction.atomic
def session_create(*, expo_id: int, actor: User, values: Mapping[str, Any], speakers: Voices = ()) -> Session:
    """Add a session to the draft, placed or not. Raises: NotAllowed; Conflict (closed, or the room or a speaker is elsewhere)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.session_create, actor, expo)  # may
    require_open(expo)
    session = Session(expo=expo, number=reads.next_number(Session, expo), made_by=actor, made_at=clock.now())  # move
    _write(session, values, speakers)  # write
    record(  # record; tell: readers are told of a version
        actor=actor, verb="expos.session_create", target=session, province_code=expo.host_id
    )
    return session


@transaction.atomic
def session_save(*, session_id: int, actor: User, values: Mapping[str, Any], speakers: Voices) -> Session:
    """Write a session of the draft anew. Raises: NotAllowed; Conflict (closed, or the room or a speaker is elsewhere)."""
    expo, session = _locked(session_id)  # lock
    require(rules.session_save, actor, expo)  # may
    require_open(expo)
    _write(session, values, speakers)  # move, write
    record(  # record; tell: readers are told of a version
        actor=actor, verb="expos.session_save", target=session, province_code=expo.host_id
    )
    return session


@transaction.atomic
def session_move(
    *, session_id: int, actor: User, room_id: int | None, starts_at: datetime | None, ends_at: datetime | None
) -> Session:
    """Give a session another room or time, or take both away. Raises: NotAllowed; Conflict (as session_save)."""
    expo, session = _locked(session_id)  # lock
    require(rules.session_move, actor, expo)  # may
    require_open(expo)
    session.room_id, session.starts_at, session.ends_at = room_id, starts_at, ends_at  # move
    _place(session, [row.speaker_id for row in session.speaker_rows.all()])  # write
    record(  # record; tell: readers are told of a version
        actor=actor, verb="expos.session_move", target=session, province_code=expo.host_id,
        room=session.room.name_zh if session.room else "", starts=minute_iso(starts_at),
    )  # fmt: skip
    return session


@transaction.atomic
def session_cancel(*, session_id: int, actor: User, reason: str) -> Session:
    """Call a session off; it keeps its place in the list, and its room is free. Raises: NotAllowed; MoveRefused; Conflict (closed)."""
    expo, session = _locked(session_id)  # lock
    require(rules.session_cancel, actor, expo)  # may
    require_open(expo)
    move(session, SessionState.CANCELLED, SESSION_MOVES)  # move
    session.reason = reason
    session.save(update_fields=["state", "reason"])  # write
    record(  # record; tell: who has marked it is told of the version
        actor=actor, verb="expos.session_cancel", target=session, province_code=expo.host_id, reason=reason
    )
    return session


@transaction.atomic
def session_restore(*, session_id: int, actor: User) -> Session:
    """Hold a session after all, where it was. Raises: NotAllowed; MoveRefused; Conflict (closed, or its room is taken by now)."""
    expo, session = _locked(session_id)  # lock
    require(rules.session_restore, actor, expo)  # may
    require_open(expo)
    move(session, SessionState.PLANNED, SESSION_MOVES)  # move
    session.reason = ""
    _place(session, [row.speaker_id for row in session.speaker_rows.all()])  # write
    record(  # record; tell: readers are told of a version
        actor=actor, verb="expos.session_restore", target=session, province_code=expo.host_id
    )
    return session


@transaction.atomic
def session_remove(*, session_id: int, actor: User) -> None:
    """Strike a session that readers have never seen. Raises: NotAllowed; Conflict (released: it is cancelled instead)."""
    expo, session = _locked(session_id)  # lock
    require(rules.session_remove, actor, expo)  # may
    require_open(expo)
    if reads.was_released(session):
        raise Conflict(_("这场活动已经公布过，不能删除。"), _("不再举行的，请改为取消，读者会看到原因。"))
    record(  # record; tell: nobody has seen it
        actor=actor, verb="expos.session_remove", target=session, province_code=expo.host_id
    )
    session.delete()  # move, write


@transaction.atomic
def speaker_save(
    *, expo_id: int, actor: User, values: Mapping[str, Any], speaker_id: int | None = None, photo: Any = None
) -> Speaker:
    """Add a speaker, or write one anew; `photo` is an upload. Raises: NotAllowed; Conflict (closed); ValidationError (no picture)."""
    expo = queries.lock_expo(expo_id)  # lock
    require(rules.speaker_save, actor, expo)  # may
    require_open(expo)
    speaker = (
        reads.lock_speaker(speaker_id) if speaker_id else Speaker(expo=expo, number=reads.next_number(Speaker, expo))
    )
    for name in SPEAKER_FIELDS:  # move, write
        setattr(speaker, name, values.get(name, getattr(speaker, name)))
    if photo is not None:
        speaker.photo = store.store(upload=photo, owner=actor)
    speaker.save()
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.speaker_save", target=speaker, province_code=expo.host_id
    )
    return speaker


@transaction.atomic
def speaker_remove(*, speaker_id: int, actor: User) -> None:
    """Strike a speaker who speaks nowhere. Raises: NotAllowed; Conflict (speaks somewhere)."""
    speaker = reads.lock_speaker(speaker_id)  # lock
    require(rules.speaker_remove, actor, speaker.expo)  # may
    require_open(speaker.expo)
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.speaker_remove", target=speaker, province_code=speaker.expo.host_id
    )
    try:
        with transaction.atomic():  # move, write
            speaker.delete()
    except (ProtectedError, IntegrityError) as refused:
        raise Conflict(_("这位演讲人还有活动。"), _("请先从活动中去掉。")) from refused


@transaction.atomic
def favourite_set(*, session_id: int, actor: User, wanted: bool) -> None:
    """Mark a session as one's own, or take the mark away; twice is once. Raises: NotAllowed (nobody is logged in)."""
    require(rules.favourite_set, actor, None)  # lock: a row of one's own; may
    if wanted:  # move, write
        SessionFavourite.objects.get_or_create(session_id=session_id, user=actor)
    else:
        SessionFavourite.objects.filter(session=session_id, user=actor).delete()
    # record: a mark of one's own, nobody's record changes; tell: nobody


def require_open(expo: Expo) -> None:
    """Raise Conflict once the doors have closed."""
    if expo.state in EXPO_OVER:
        raise Conflict(_("展会已经闭幕，日程不再修改。"))


def _locked(session_id: int) -> tuple[Expo, Session]:
    """The expo first, then the session."""
    expo = queries.lock_expo(Session.objects.values_list("expo_id", flat=True).get(pk=session_id))
    session = reads.lock_session(session_id)
    session.expo = expo
    return expo, session


def _write(session: Session, values: Mapping[str, Any], speakers: Voices) -> None:
    for name in FIELDS:
        if name in values:
            setattr(session, name, values[name])
    session.exhibit = reads.exhibit_of(session.expo, session.listing)
    _place(session, [speaker.pk for speaker, _role in speakers], speakers)


def _place(session: Session, speakers: Sequence[int], voices: Voices | None = None) -> None:
    """Write it where it is to be held. What the checks could not see, because it was written meanwhile, the database refuses."""
    _require_free(session, speakers)
    try:
        with transaction.atomic():
            if voices is not None and session.pk:
                session.speaker_rows.all().delete()
            session.save()
            if voices:
                SessionSpeaker.objects.bulk_create(
                    SessionSpeaker(session=session, speaker=speaker, role=role, place=place)
                    for place, (speaker, role) in enumerate(voices)
                )
    except IntegrityError as refused:
        raise Conflict(
            _("会场或演讲人在这个时间刚刚排了别的活动，或者时间不在展期之内。"), _("请刷新日程后另选时间。")
        ) from refused


def _require_free(session: Session, speakers: Sequence[int]) -> None:
    starts_at, ends_at = session.starts_at, session.ends_at
    if session.room_id is None or starts_at is None or ends_at is None or session.state != SessionState.PLANNED:
        return
    if not starts_at < ends_at:
        raise Conflict(_("结束时间须晚于开始时间。"))
    if not reads.within_days(session.expo, starts_at, ends_at):
        raise Conflict(_("时间不在展期之内。"), _("请选展期中的一天。"))
    if other := reads.in_room(session.room_id, starts_at, ends_at, session.pk or 0):
        said = {"room": session.room, "title": other.title, "from": minute_iso(other.starts_at), "to": minute_iso(other.ends_at)}  # fmt: skip
        raise Conflict(_("%(room)s从 %(from)s 到 %(to)s 已有“%(title)s”。") % said, _("请换会场或者换时间。"))
    if row := reads.of_speakers(speakers, starts_at, ends_at, session.pk or 0):
        names = {"speaker": row.speaker, "title": row.session.title, "room": row.session.room}
        raise Conflict(_("%(speaker)s同一时间在%(room)s的“%(title)s”。") % names, _("请换时间，或者换演讲人。"))
