"""What lies on the whole patent: entered, allowed through, ended. Read next: rights.py.

Lock order: Patent, Listing. A pledge, a declaration and a signed assignment are one at a time (PostgreSQL guards it).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from patents import ledger, ledger_queries, queries, rules
from patents.actions import following
from patents.actions.rights import reservations_clear
from patents.actions.titles import title_of
from patents.models import Encumbrance, Patent
from patents.states import EncumbranceKind, LegalStatus
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.audit.record import record
from platform_site.errors import Conflict


@transaction.atomic
def encumbrance_record(*, patent_id: int, actor: User, kind: str, start: date, **facts: Any) -> Encumbrance:
    """Enter a pledge, preservation, suspension, open-licence declaration, signed assignment or option.

    `facts`: holder, end, consents, co_owners_agree, pledgee_agrees, number, fee_terms, proof, source, as_of, note.
    Raises: NotAllowed; Conflict (the ledger refuses, with the existing row and the article).
    """
    patent = queries.lock_patent(patent_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    row = encumbrance_write(patent=patent, actor=actor, kind=kind, start=start, **facts)
    record(
        actor=actor, verb="patents.encumbrance_record", target=patent, province_code=patent.province_code,
        encumbrance=row.pk, kind=kind, start=start.isoformat(), number=row.number,
    )  # fmt: skip
    return row


def encumbrance_write(*, patent: Patent, actor: User, kind: str, start: date, **facts: Any) -> Encumbrance:
    """The same on a locked patent. Inner function: the caller has asked who may, and records it."""
    row = Encumbrance(patent=patent, kind=kind, start=start, recorded_by=actor, recorded_at=clock.now(), **facts)
    if start > clock.today():
        raise Conflict(_("生效日不能在今天之后。"))
    reservations_clear(patent, system_user())
    title_of(patent, actor)
    if kind == EncumbranceKind.OPEN_DECLARATION and patent.legal_status != LegalStatus.IN_FORCE:
        following.refuse_first([ledger.Refused("not_in_force")])
    following.refuse_first(ledger.encumbrance_refusals(row, ledger_queries.book_of(patent)))
    row.save(force_insert=True)
    following.market_follows(patent, actor)
    return row


def encumbrance_release(*, encumbrance_id: int, patent: Patent, actor: User) -> Encumbrance:
    """Take back what a contract that was never signed had put on a locked patent: an empty period. Inner function."""
    row = Encumbrance.objects.select_for_update(of=("self",), no_key=True).get(pk=encumbrance_id)
    if row.end is None:
        row.end = row.start
        row.save(update_fields=["end"])
        following.market_follows(patent, actor)
    return row


def encumbrance_close(*, encumbrance_id: int, patent: Patent, actor: User, on: date) -> Encumbrance:
    """End what lies on a locked patent on a day, unless it has ended already. Inner function: the caller has asked who may."""
    row = Encumbrance.objects.select_for_update(of=("self",), no_key=True).get(pk=encumbrance_id)
    on = max(on, row.start)
    if row.end is None or row.end > on:
        row.end = on
        row.save(update_fields=["end"])
        following.market_follows(patent, actor)
    return row


@transaction.atomic
def encumbrance_end(*, encumbrance_id: int, actor: User, on: date, note: str = "") -> Encumbrance:
    """A pledge is released, a freeze lifted, a declaration withdrawn: earlier takers keep what they have."""
    row, patent = _lock(encumbrance_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    if row.end is not None and row.end <= on:
        raise Conflict(_("这一项已经解除。"))
    if not row.start <= on <= clock.today():
        raise Conflict(_("解除日应在生效日与今天之间。"))
    row.end = on
    row.save(update_fields=["end"])
    record(
        actor=actor, verb="patents.encumbrance_end", target=patent, province_code=patent.province_code,
        encumbrance=row.pk, kind=row.kind, on=on.isoformat(), reason=note.strip(),
    )  # fmt: skip
    following.market_follows(patent, actor)
    return row


@transaction.atomic
def encumbrance_consent(*, encumbrance_id: int, actor: User, consents: list[str]) -> Encumbrance:
    """Enter which rights the pledgee or holder allows in general; a consent for one contract is a mark on that grant."""
    row, patent = _lock(encumbrance_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    row.consents = sorted(set(consents))
    row.save(update_fields=["consents"])
    record(
        actor=actor, verb="patents.encumbrance_consent", target=patent, province_code=patent.province_code,
        encumbrance=row.pk, consents=" ".join(row.consents),
    )  # fmt: skip
    following.market_follows(patent, actor)
    return row


def _lock(encumbrance_id: int) -> tuple[Encumbrance, Patent]:
    pk = Encumbrance.objects.values_list("patent_id", flat=True).get(pk=encumbrance_id)
    patent = queries.lock_patent(pk)
    return Encumbrance.objects.select_for_update(of=("self",), no_key=True).get(pk=encumbrance_id), patent
