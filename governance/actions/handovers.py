"""From one director to the next: opened, signed by both, and with the second signature the powers pass at one instant.

Lock order: terms, handover, mandate. Read next: ../handover_file.py.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance import handover_file, queries, rules, seat_queries
from governance import handover_queries as handovers
from governance.directing import year_begins
from governance.models import DirectorTerm, Handover, HandoverSignature
from governance.states import HANDOVER_MOVES, HandoverSide, HandoverState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.queue import after_commit
from platform_site.states import move


@transaction.atomic
def handover_open(*, year: int, actor: User) -> Handover:
    """Open the handover to the director of `year`, which follows the running term.

    Raises: NotAllowed (neither the group's office nor the portal's clock); Conflict (no term runs, another year's turn is
        next, or it is open already).
    """
    terms = queries.lock_terms()  # lock
    require(rules.handover_open, actor, None, _("交接由领导小组办公室启动。"))  # may
    if not terms:
        raise Conflict(_("还没有开始首个任期。"), _("请先由领导小组办公室登记首个任期。"))
    outgoing = terms[-1]
    if handovers.lock_handover(year) is not None:
        raise Conflict(_("向 %(year)d 年轮值主任的交接已经启动。") % {"year": year})
    if year != outgoing.year + 1:
        raise Conflict(_("下一次交接是向 %(year)d 年的轮值主任。") % {"year": outgoing.year + 1})
    if outgoing.begins_at > clock.database_now():
        raise Conflict(_("%(year)d 年的任期还没有开始，不能启动它的交接。") % {"year": outgoing.year})
    handover = Handover.objects.create(outgoing=outgoing, opened_at=clock.now(), opened_by=actor)  # write
    record(actor=actor, verb="governance.handover_open", target=handover, year=year)  # record
    after_commit("governance.handover_open_notify", handover_id=handover.pk)  # tell
    return handover


@transaction.atomic
def handover_sign(*, year: int, actor: User) -> Handover:
    """Sign for one's side. With the second signature the file is frozen and the powers pass, at the later of the year's
    first instant in China and the signature: one transaction ends the one term and begins the other.

    Raises: NotAllowed (no seat of either side today); Conflict (not opened, signed by this side or by both already).
    """
    queries.lock_terms()  # lock
    handover = handovers.lock_handover(year)
    mandate = queries.lock_mandate(actor)
    if handover is None:
        raise Conflict(_("向 %(year)d 年轮值主任的交接还没有启动。") % {"year": year})
    signed = handovers.signatures_of(handover)
    seats = handovers.seats_of(signed)
    sides = handovers.sides_of(handover, seats, queries.calendar(), queries.holders_on(clock.today()))
    mine = sides.of(mandate.seat.pk)
    if not mine:  # may
        raise NotAllowed(_("交接书由现任和下一任轮值主任签署。"), _("席位空缺时，由轮值顺序中的下一席位代行。"))
    wanted = [side for side in mine if side not in signed]
    if not wanted:
        raise Conflict(_("您这一方已经签署。"), _("请等待另一方签署。"))
    moment = clock.database_now()
    for side in wanted:  # write
        HandoverSignature.objects.create(
            handover=handover, side=side, seat=mandate.seat, signed_at=moment, signed_by=actor, **mandate.by
        )
    if len(signed) + len(wanted) == len(HandoverSide):
        _pass(handover, moment)
    else:
        move(handover, HandoverState.HALF_SIGNED, HANDOVER_MOVES)  # move
        handover.save(update_fields=["state"])
    record(
        actor=actor, verb="governance.handover_sign", target=handover, year=year, seat=mandate.seat.pk,
        sides=[side.value for side in wanted], digest=handover.digest,
    )  # record  # fmt: skip
    after_commit("governance.handover_sign_notify", handover_id=handover.pk)  # tell
    return handover


# ---- parts; the rows are locked


def _pass(handover: Handover, moment: datetime) -> None:
    """End the outgoing term and begin the incoming one, at the same instant; keep what was handed over."""
    outgoing, year = handover.outgoing, handover.year
    begins = max(year_begins(year), moment)
    outgoing.ends_at = begins
    outgoing.save(update_fields=["ends_at"])
    handover.incoming = DirectorTerm.objects.create(year=year, seat_id=queries.province_of(year), begins_at=begins)
    handover.file = handover_file.contents(handover, moment, seat_queries.deputies_on(clock.day_of(moment)))
    handover.digest = handover_file.digest_of(handover.file)
    handover.signed_at = moment
    move(handover, HandoverState.SIGNED, HANDOVER_MOVES)  # move
    handover.save(update_fields=["incoming", "file", "digest", "signed_at", "state"])
