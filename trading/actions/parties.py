"""Who is in a room: a side brings in a colleague, and lets one go; somebody of each side stays. Read next: ../rules.py."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import person_by_email
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from trading import queries, room_queries, rules
from trading.models import Party


@transaction.atomic
def party_add(*, negotiation_id: int, actor: User, email: str) -> Party:
    """Bring a colleague to the actor's side by their address; they see what was said before.

    Raises: NotAllowed (not a party), Conflict (no colleague of that address, already in, or of the other side). The
    refusal is the same whether the address is nobody's or somebody else's: it finds out no accounts.
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.party_add, actor, negotiation)  # may
    colleague = person_by_email(email)
    if colleague is None or colleague.pk == actor.pk or not rules.are_colleagues(actor, colleague):
        raise Conflict(
            _("在您登记的单位里没有找到用这个邮箱注册的同事。"),
            _("请核对邮箱；双方都须在“单位”页面登记同一单位。"),
        )
    side = rules.side_in(actor, negotiation.pk)
    before = room_queries.side_before(colleague, negotiation)
    if rules.is_party(colleague, negotiation) or before not in ("", side):
        raise Conflict(_("这位同事已经在洽谈室里，或曾代表对方，不能加入本方。"))
    moment = clock.now()
    party = Party.objects.create(negotiation=negotiation, user=colleague, side=side, joined_at=moment)  # write
    about: dict[str, Any] = {
        "listing": negotiation.listing.number,
        "party": party.pk,
        "user": colleague.pk,
        "side": side,
    }
    record(actor=actor, verb="trading.party_add", target=negotiation, **about)  # record
    after_commit("trading.party_add_notify", party_id=party.pk, sender_id=actor.pk)  # tell
    return party


@transaction.atomic
def party_remove(*, negotiation_id: int, actor: User, party_id: int) -> Party:
    """End somebody's stay on the actor's own side, or the actor's own: from the next request the room is not there for them.

    Raises: Http404 (not of this room, or gone already), NotAllowed (other side, or whoever opened the room), Conflict
    (nobody of that side would stay; the database keeps it too).
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    party = room_queries.lock_party_row(negotiation, party_id)
    reason = _("只能移出本方的同事；询盘人和权利人只能自己退出。")
    require(rules.party_remove, actor, party, reason)  # may
    if not room_queries.present(negotiation.pk).filter(side=party.side).exclude(pk=party.pk).exists():
        raise Conflict(_("本方只剩这一个人，不能退出。"), _("请先加入一位同事，或结束洽谈。"))
    party.left_at = clock.now()  # write
    party.save(update_fields=["left_at"])
    about: dict[str, Any] = {
        "listing": negotiation.listing.number,
        "party": party.pk,
        "user": party.user_id,
        "side": party.side,
    }
    record(actor=actor, verb="trading.party_remove", target=negotiation, **about)  # record
    return party
