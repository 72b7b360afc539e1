"""An exhibitor scans a badge; the visitor decides whether it becomes an enquiry. Read next: ../models/lead.py."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import door_queries as queries
from expos import door_rules as rules
from expos.models import Expo, Lead
from expos.queries import share_expo
from expos.states import LEAD_MOVES, ExpoState, LeadState, RegistrationState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading.actions import rooms
from trading.queries import forms_offered


@transaction.atomic
def lead_take(*, expo_id: int, actor: User, listing_id: int, code: str, note: str) -> Lead:
    """Note down who came to an exhibit, and ask them whether they want to be in touch.

    Raises: NotAllowed (not the actor's exhibit here); Conflict (not the days, no such badge, one's own, scanned before).
    """
    expo = share_expo(expo_id)  # lock
    if listing_id not in {one.pk for one in queries.exhibited_by(actor, expo)}:  # may
        raise NotAllowed(_("只有本届展会准予参展的参展商，可以就自己的展品扫码。"))
    _require_days(expo)
    badge = queries.badge(expo_id, code)
    if badge is None or badge.state != RegistrationState.REGISTERED:
        raise Conflict(_("没有这个编号的有效证件。"), _("请核对胸卡上的编号。"))
    if badge.user_id == actor.pk:
        raise Conflict(_("这是您自己的证件。"))
    try:
        with transaction.atomic():  # move, write
            made = Lead.objects.create(
                expo=expo,
                exhibitor=actor,
                listing_id=listing_id,
                registration=badge,
                note=note.strip(),
                made_at=clock.now(),
            )
    except IntegrityError as taken:
        raise Conflict(_("您已经就这项展品扫过这张证件。"), _("请在记录中查看。")) from taken
    record(actor=actor, verb="expos.lead_take", target=made, listing=listing_id)  # record
    after_commit("expos.lead_notify", lead_id=made.pk, what="asked")  # tell
    return made


def _require_days(expo: Expo) -> None:
    if expo.state not in (ExpoState.RUNNING, ExpoState.CLOSED):
        raise Conflict(_("开展之后才能扫观众的证件。"))


@transaction.atomic
def lead_agree(*, lead_id: int, actor: User) -> Lead:
    """The visitor wants to be in touch: an enquiry of theirs about the exhibit, or the room they have already.

    Raises: NotAllowed (not the visitor); MoveRefused (answered before); Conflict (the listing is off the market).
    """
    lead = queries.lock_lead(lead_id)  # lock
    require(rules.lead_agree, actor, lead)  # may
    move(lead, LeadState.AGREED, LEAD_MOVES)  # move
    body = _("我在 %(expo)s上看过这项展品，同意参展商与我联系。") % {"expo": lead.expo}
    lead.negotiation = queries.room_of(actor, lead.listing_id) or rooms.enquiry_create(
        listing_id=lead.listing_id, actor=actor, body=body, forms=forms_offered(lead.listing)[:1]
    )
    lead.answered_at = clock.now()
    lead.save(update_fields=["state", "negotiation", "answered_at"])  # write
    record(actor=actor, verb="expos.lead_agree", target=lead, negotiation=lead.negotiation.pk)  # record
    after_commit("expos.lead_notify", lead_id=lead.pk, what="agreed")  # tell
    return lead


@transaction.atomic
def lead_decline(*, lead_id: int, actor: User) -> Lead:
    """The visitor wants not. Raises: NotAllowed; MoveRefused (answered before)."""
    lead = queries.lock_lead(lead_id)  # lock
    require(rules.lead_decline, actor, lead)  # may
    move(lead, LeadState.DECLINED, LEAD_MOVES)  # move
    lead.answered_at = clock.now()
    lead.save(update_fields=["state", "answered_at"])  # write
    record(actor=actor, verb="expos.lead_decline", target=lead)  # record; tell: the exhibitor reads it in the list
    return lead
