"""The signing ceremony: who stands in the queue, who is called up, who has signed. Read next: ../models/result.py."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import door_rules as rules
from expos import result_queries as queries
from expos.models import CeremonyPlace
from expos.queries import share_expo
from expos.states import CEREMONY_MOVES, CeremonyState, ExpoState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.states import move


@transaction.atomic
def ceremony_join(*, result_id: int, actor: User) -> CeremonyPlace:
    """Put a result at the end of the queue. Raises: NotAllowed; Conflict (in it already, disputed, or the expo is over)."""
    row = queries.lock_result(result_id)  # lock
    require(rules.ceremony_join, actor, row.expo)  # may
    expo = share_expo(row.expo_id)
    if expo.state not in (ExpoState.PROGRAMME_PUBLISHED, ExpoState.RUNNING) or row.disputed_at is not None:
        raise Conflict(_("展会闭幕之前、没有异议的成果可以列入签约仪式。"))
    try:
        with transaction.atomic():  # move, write
            made = CeremonyPlace.objects.create(
                expo=expo, result=row, place=queries.next_place(expo.pk), moved_at=clock.now()
            )
    except IntegrityError as taken:
        raise Conflict(_("这项成果已经在签约仪式的次序中，或者有人刚刚列入了另一项。"), _("请刷新后再看。")) from taken
    _recorded(made, actor, "expos.ceremony_join", place=made.place)  # record; tell: the queue is on the screen
    return made


@transaction.atomic
def ceremony_order(*, ceremony_id: int, actor: User, place: int) -> CeremonyPlace:
    """Give a result another place in the queue; those between move up or down. Raises: NotAllowed; Conflict (no such place)."""
    expo_id = CeremonyPlace.objects.values_list("expo", flat=True).get(pk=ceremony_id)
    rows = {row.pk: row for row in queries.lock_queue(expo_id)}  # lock
    row = rows[ceremony_id]
    require(rules.ceremony_order, actor, row.expo)  # may
    if not 1 <= place <= len(rows):
        raise Conflict(_("次序须在 1 到 %(most)d 之间。") % {"most": len(rows)})
    before = row.place  # move
    CeremonyPlace.objects.filter(pk=row.pk).update(place=len(rows) + 1)  # write: out of the way
    if place < before:
        queries.shift_places(expo_id, place, before - 1, 1)
    elif place > before:
        queries.shift_places(expo_id, before + 1, place, -1)
    row.place = place
    row.save(update_fields=["place"])
    _recorded(row, actor, "expos.ceremony_order", place=place)  # record; tell: the queue is on the screen
    return row


@transaction.atomic
def ceremony_move(*, ceremony_id: int, actor: User, to: str) -> CeremonyPlace:
    """Call up, signed, absent, or back into the queue. Raises: NotAllowed; MoveRefused; Conflict (another is on the stage)."""
    row = queries.lock_ceremony(ceremony_id)  # lock
    require(rules.ceremony_move, actor, row.expo)  # may
    move(row, CeremonyState(to), CEREMONY_MOVES)  # move
    row.moved_at = clock.now()
    try:
        with transaction.atomic():  # write
            row.save(update_fields=["state", "moved_at"])
    except IntegrityError as taken:
        raise Conflict(_("台上还有一项没有签完。"), _("先登记它已签约或者未到场。")) from taken
    _recorded(row, actor, "expos.ceremony_move", to=to)  # record; tell: the queue is on the screen
    return row


def _recorded(row: CeremonyPlace, actor: User, verb: str, **facts: object) -> None:
    record(actor=actor, verb=verb, target=row.result, province_code=row.expo.host_id, **facts)
