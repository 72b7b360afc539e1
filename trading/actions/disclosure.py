"""Staged disclosure: the undertaking of one person in one room, and the opening of one confidential file. Read next: ../undertaking.py."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from trading import queries, room_queries, rules, undertaking
from trading.models import FileOpening, Undertaking


@transaction.atomic
def undertaking_accept(*, negotiation_id: int, actor: User, version: str) -> Undertaking:
    """Accept today's wording for oneself; a second time changes nothing.

    `version` is that of the wording which the actor has read. Raises: NotAllowed (not a party), Conflict (the wording
    has changed since). Source: Civil Code art. 501.
    """
    negotiation = queries.lock_negotiation(negotiation_id)  # lock
    require(rules.undertaking_accept, actor, negotiation)  # may
    if version != undertaking.VERSION:
        raise Conflict(_("保密承诺的文本已更新。"), _("请阅读新的文本后再接受。"))
    known = room_queries.undertaking_of(actor, negotiation)
    if known is not None:
        return known
    given = Undertaking.objects.create(  # write
        negotiation=negotiation, user=actor, version=version, digest=undertaking.digest(), accepted_at=clock.now()
    )
    about: dict[str, Any] = {"listing": negotiation.listing.number, "version": version, "digest": given.digest}
    record(actor=actor, verb="trading.undertaking_accept", target=negotiation, **about)  # record
    return given


@transaction.atomic
def file_open(*, file_id: int, actor: User) -> FileOpening:
    """Enter in the log of the room that the actor opens a confidential file; the bytes leave after this has been kept.

    Raises: NotAllowed (not of the room, or of the other side without the undertaking).
    """
    row = room_queries.message_file(file_id)
    negotiation = queries.lock_negotiation(row.message.negotiation_id)  # lock
    reason = _("这个附件是保密资料，接受保密承诺后才能打开。")
    require(rules.file_open, actor, row, reason, _("请先在洽谈室阅读并接受保密承诺。"))  # may
    opening = FileOpening.objects.create(file=row, user=actor, opened_at=clock.now())  # write
    about: dict[str, Any] = {"listing": negotiation.listing.number, "file": row.pk, "opening": opening.pk}
    record(actor=actor, verb="trading.file_open", target=negotiation, **about)  # record
    return opening
