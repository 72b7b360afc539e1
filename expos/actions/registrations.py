"""Who comes: registered once an edition, with a code for the badge. Read next: passages.py."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import door_queries as queries
from expos import door_rules as rules
from expos.models import Expo, Registration
from expos.queries import share_expo
from expos.states import EXPO_OVER, REGISTRATION_MOVES, ExpoState, RegistrationState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

from .meeting_requests import meetings_leave

CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that is read as another
MOST_IN_GROUP = 200


class RowsRefused(Conflict):
    """Rows of a group that cannot be registered: `said` is a sentence by place."""

    def __init__(self, said: Mapping[int, str]) -> None:
        super().__init__(_("有 %(count)d 行不能登记，已逐行说明；其余各行也还没有登记。") % {"count": len(said)})
        self.said = dict(said)


@transaction.atomic
def registration_make(*, expo_id: int, actor: User, values: Mapping[str, Any]) -> Registration:
    """Register oneself: kind, name, unit, job, email, permits.

    Raises: NotAllowed; Conflict (registered already, not announced, or over).
    """
    expo = share_expo(expo_id)  # lock: shared, so that thousands register at once
    require(rules.registration_make, actor, expo)  # may
    _require_open(expo)
    try:
        with transaction.atomic():  # move, write
            made = Registration.objects.create(**_row(expo, actor, values), user=actor)
    except IntegrityError as taken:
        raise Conflict(_("您已经登记过这届展会。")) from taken
    record(  # record; tell: the page that follows is the badge
        actor=actor, verb="expos.registration_make", target=made, province_code=expo.host_id, kind=str(made.kind)
    )
    return made


@transaction.atomic
def registration_group(*, expo_id: int, actor: User, rows: Sequence[Mapping[str, Any]]) -> list[Registration]:
    """Register colleagues by name and unit, all or none; each gets a code of their own.

    Raises: NotAllowed; RowsRefused (twice in the rows, or registered before); Conflict (not open, none, or too many).
    """
    expo = share_expo(expo_id)  # lock
    require(rules.registration_group, actor, expo)  # may
    _require_open(expo)
    if not 0 < len(rows) <= MOST_IN_GROUP:
        raise Conflict(_("一次登记一至 %(most)d 人。") % {"most": MOST_IN_GROUP})
    _require_new(expo, actor, rows)
    made = [Registration(**_row(expo, actor, values)) for values in rows]  # move
    Registration.objects.bulk_create(made)  # write
    record(  # record; tell: the page that follows has the codes
        actor=actor, verb="expos.registration_group", target=expo, province_code=expo.host_id, people=len(made)
    )
    return made


def _require_new(expo: Expo, actor: User, rows: Sequence[Mapping[str, Any]]) -> None:
    known, seen, said = queries.known_people(expo, actor), dict[tuple[str, str], int](), {}
    for place, values in enumerate(rows):
        who = (values["name"], values.get("unit", ""))
        if who in known:
            said[place] = _("%(name)s已经由您登记过。") % {"name": values["name"]}
        elif who in seen:
            said[place] = _("与第 %(row)d 行重复。") % {"row": seen[who] + 1}
        seen.setdefault(who, place)
    if said:
        raise RowsRefused(said)


@transaction.atomic
def registration_cancel(*, registration_id: int, actor: User) -> Registration:
    """Give a place back, and with it every meeting to come, open request and wish; the others are told.

    Raises: NotAllowed; MoveRefused (cancelled already); Conflict (they have been inside).
    """
    row = queries.lock_registration(registration_id)  # lock
    require(rules.registration_cancel, actor, row)  # may
    if queries.last_passages(row.pk):
        raise Conflict(_("持证人已经入场，不能取消登记。"))
    move(row, RegistrationState.CANCELLED, REGISTRATION_MOVES)  # move
    row.save(update_fields=["state"])  # write
    meetings_leave(row, actor)
    _recorded(row, actor, "expos.registration_cancel")  # record
    after_commit("expos.registration_notify", registration_id=row.pk, what="cancelled", by_id=actor.pk)  # tell
    return row


@transaction.atomic
def registration_confirm(*, registration_id: int, actor: User) -> Registration:
    """Let media, guests and exhibitors in. Raises: NotAllowed (not the host); Conflict (cancelled, or confirmed already)."""
    row = queries.lock_registration(registration_id)  # lock
    require(rules.registration_confirm, actor, row.expo)  # may
    if not row.waits:
        raise Conflict(_("这份登记不需要确认。"), _("它已经确认，或者已经取消。"))
    row.confirmed_at, row.confirmed_by = clock.now(), actor  # move
    row.save(update_fields=["confirmed_at", "confirmed_by"])  # write
    _recorded(row, actor, "expos.registration_confirm", kind=row.kind)  # record
    after_commit("expos.registration_notify", registration_id=row.pk, what="confirmed", by_id=actor.pk)  # tell
    return row


@transaction.atomic
def registration_permit(*, registration_id: int, actor: User, permits: bool) -> Registration:
    """Let exhibitors who scan the badge read name and unit at once, or no longer. Raises: NotAllowed."""
    row = queries.lock_registration(registration_id)  # lock
    require(rules.registration_permit, actor, row)  # may
    row.permits = permits  # move
    row.save(update_fields=["permits"])  # write
    _recorded(row, actor, "expos.registration_permit", permits=permits)  # record; tell: nobody waits for it
    return row


def new_code() -> str:
    """Ten signs of thirty-two: fifty bits, which nobody guesses."""
    return "".join(secrets.choice(CODE_SIGNS) for _place in range(10))


def _row(expo: Expo, actor: User, values: Mapping[str, Any]) -> dict[str, Any]:
    """One registration; the kinds that need no confirmation have it from the beginning."""
    now = clock.now()
    waits = values["kind"] in rules.KINDS_CONFIRMED
    if waits and values["kind"] == "exhibitor" and queries.exhibits_here(actor, expo):
        waits = False
    return {
        **values, "expo": expo, "from_province_id": actor.province_id, "code": new_code(), "made_by": actor, "made_at": now,
        "confirmed_at": None if waits else now,
    }  # fmt: skip


def _require_open(expo: Expo) -> None:
    if expo.state == ExpoState.PLANNED:
        raise Conflict(_("这届展会还没有公布，暂不接受登记。"))
    if expo.state in EXPO_OVER:
        raise Conflict(_("这届展会已经结束。"))


def _recorded(row: Registration, actor: User, verb: str, **facts: Any) -> None:
    record(actor=actor, verb=verb, target=row, province_code=row.expo.host_id, **facts)
