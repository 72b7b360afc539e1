"""Halls and rooms of an edition, kept by its host until the doors open. Read next: ../models/edition.py."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from expos import queries, rules
from expos.models import Expo, Hall, Room
from expos.states import EXPO_BEFORE
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict


@transaction.atomic
def hall_save(*, expo_id: int, actor: User, values: Mapping[str, Any], hall_id: int | None = None) -> Hall:
    """Add a hall, or write one anew. Raises: NotAllowed; Conflict (opened, or a code that is taken)."""
    expo = queries.lock_expo(expo_id)  # lock
    hall = queries.lock_hall(hall_id) if hall_id else Hall(expo=expo)
    require(rules.hall_save, actor, hall.expo)  # may
    _require_before(expo)
    for name, value in values.items():  # move, write
        setattr(hall, name, value)
    _saved(hall, _("已有同样编号的展厅。"))
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.hall_save", target=hall, province_code=expo.host_id, code=hall.code
    )
    return hall


@transaction.atomic
def hall_remove(*, expo_id: int, actor: User, hall_id: int) -> None:
    """Strike out a hall in which nothing stands. Raises: NotAllowed; Conflict."""
    expo = queries.lock_expo(expo_id)  # lock
    hall = queries.lock_hall(hall_id)
    require(rules.hall_remove, actor, hall.expo)  # may
    _require_before(expo)
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.hall_remove", target=hall, province_code=expo.host_id, code=hall.code
    )
    _deleted(hall, _("展厅里还有展位或会议区，先移走它们。"))  # move, write


@transaction.atomic
def room_save(*, expo_id: int, actor: User, values: Mapping[str, Any], room_id: int | None = None) -> Room:
    """Add a room, or write one anew. Raises: NotAllowed; Conflict (opened, or a name that is taken)."""
    expo = queries.lock_expo(expo_id)  # lock
    room = queries.lock_room(room_id) if room_id else Room(expo=expo)
    require(rules.room_save, actor, room.expo)  # may
    _require_before(expo)
    for name, value in values.items():  # move, write
        setattr(room, name, value)
    _saved(room, _("已有同名的会场。"))
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.room_save", target=room, province_code=expo.host_id
    )
    return room


@transaction.atomic
def room_remove(*, expo_id: int, actor: User, room_id: int) -> None:
    """Strike out a room in which nothing is held. Raises: NotAllowed; Conflict."""
    expo = queries.lock_expo(expo_id)  # lock
    room = queries.lock_room(room_id)
    require(rules.room_remove, actor, room.expo)  # may
    _require_before(expo)
    record(  # record; tell: nobody waits for it
        actor=actor, verb="expos.room_remove", target=room, province_code=expo.host_id
    )
    _deleted(room, _("会场里还有活动，先移走它们。"))  # move, write


def _require_before(expo: Expo) -> None:
    if expo.state not in EXPO_BEFORE:
        raise Conflict(_("展会已经开幕，不再修改。"))


def _saved(row: Hall | Room, taken: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as refused:
        raise Conflict(taken) from refused


def _deleted(row: Hall | Room, holds: str) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, IntegrityError) as refused:
        raise Conflict(holds) from refused
