"""Licences in the rights ledger: recorded, reserved, ended, corrected by a dated entry. Read next: titles.py, encumbrances.py.

Lock order: Patent, Listing. The patent is locked first, so that rivals wait for each other here and not inside the
exclusion constraint (performance.md 5); the constraint stays the guarantee.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from patents import ledger, ledger_queries, queries, rules, spans
from patents.actions import following, postings
from patents.actions.titles import title_of
from patents.models import Grant, Patent, PricePosting, Title
from patents.states import GRANT_MOVES, OFFERABLE, GrantState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files.models import StoredFile
from platform_site.states import move


@dataclass(frozen=True)
class Terms:
    """What is granted. Empty `provinces` and `field`: nationwide, every field; `end` None: as long as the patent lives."""

    form: str
    licensee: str
    signed_on: date
    start: date
    end: date | None = None
    provinces: list[str] = field(default_factory=list)
    field: list[str] = field(default_factory=list)
    sublicensable: bool = False
    parent_id: int | None = None
    beside_id: int | None = None
    co_owners_agree: bool = False
    pledgee_agrees: bool = False


@dataclass(frozen=True)
class Evidence:
    """Where it is written: no office feeds the portal, so each entry names its source and the day of the look-up."""

    source: str
    as_of: date
    proof: StoredFile | None = None
    recordal_number: str = ""
    recordal_on: date | None = None
    note: str = ""
    traded: bool = False  # through the portal: `trading` links the agreement in the same transaction
    # How the price was found, and where a public body posted it before (S&T Transformation Law art. 18).
    price_method: str = ""
    price_posting: PricePosting | None = None
    price_posted_on: date | None = None
    price_posted_where: str = ""


@transaction.atomic
def grant_record(*, patent_id: int, actor: User, terms: Terms, evidence: Evidence) -> Grant:
    """Enter a licence granted elsewhere. The listing that offers the patent follows in the same transaction.

    Raises: NotAllowed (not an office of this patent); Conflict (the ledger refuses, with the existing row and the article).
    Source: domain.md 5; decision 0012.
    """
    patent = queries.lock_patent(patent_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    grant = grant_write(patent=patent, actor=actor, terms=terms, evidence=evidence, state=GrantState.ACTIVE)
    _recorded(grant, patent, actor, "patents.grant_record")
    return grant


def grant_write(
    *,
    patent: Patent,
    actor: User,
    terms: Terms,
    evidence: Evidence,
    state: str,
    reserved_until: datetime | None = None,
    corrects: Grant | None = None,
) -> Grant:
    """Write one licence into the ledger of a locked patent. Inner function: the caller has asked who may, and records it.

    Raises: Conflict with the first refusal of the matrix.
    """
    reservations_clear(patent, system_user())
    title = _title_on(patent, terms.signed_on, actor)
    grant = Grant(
        patent=patent, title=title, state=state, reserved_until=reserved_until, corrects=corrects,
        recorded_by=actor, recorded_at=clock.now(), **vars(terms), **vars(evidence),
    )  # fmt: skip
    following.refuse_first(_refusals(grant, patent, ledger_queries.book_of(patent)))
    postings.require_posted(patent=patent, form=grant.form, on=grant.signed_on, entry=grant)
    grant.save(force_insert=True)
    following.market_follows(patent, actor)
    return grant


def ledger_open(patent: Patent, actor: User) -> tuple[Title, ledger.Book]:
    """The title in force and the whole ledger of a locked patent, run-out reservations ended first. Inner function."""
    reservations_clear(patent, system_user())
    title = title_of(patent, actor)
    return title, ledger_queries.book_of(patent)


def grant_refusal(*, terms: Terms, patent: Patent, title: Title, book: ledger.Book) -> ledger.Refused | None:
    """What keeps this licence out of that ledger; None when nothing does. No query, so that many can be asked."""
    return next(_refusals(Grant(patent=patent, title=title, **vars(terms)), patent, book), None)


def grant_activate(*, grant_id: int, patent: Patent, actor: User) -> Grant:
    """What was reserved holds from now on: the contract is signed. Inner function: patent locked, the caller records it.

    Raises: MoveRefused (the reservation has run out); Conflict from PostgreSQL's guards never, they were asked at reserving.
    """
    grant = Grant.objects.select_for_update(of=("self",), no_key=True).get(pk=grant_id)
    move(grant, GrantState.ACTIVE, GRANT_MOVES)
    grant.reserved_until = None
    grant.save(update_fields=["state", "reserved_until"])
    following.market_follows(patent, actor)
    return grant


def grant_recorded(*, grant_id: int, patent: Patent, number: str, on: date) -> Grant:
    """Enter under which number the national office has recorded a licence; once. Inner function: patent locked.

    Raises: Conflict (it bears a number already; PostgreSQL guards that too).
    """
    grant = Grant.objects.select_for_update(of=("self",), no_key=True).get(pk=grant_id, patent=patent)
    if grant.recordal_number:
        raise Conflict(_("这项许可已经备案，备案号是 %(number)s。") % {"number": grant.recordal_number})
    grant.recordal_number, grant.recordal_on = number, on
    grant.save(update_fields=["recordal_number", "recordal_on"])
    return grant


def grant_release(*, grant_id: int, patent: Patent, actor: User) -> Grant:
    """Free what was reserved, as if it had never been; one that has run out already stays as it is. Inner function."""
    grant = Grant.objects.select_for_update(of=("self",), no_key=True).get(pk=grant_id)
    if grant.state == GrantState.RESERVED:
        _end(grant, grant.start)
        following.market_follows(patent, actor)
    return grant


def grant_cease(*, grant_id: int, patent: Patent, actor: User, on: date) -> Grant:
    """The contract behind an active licence has ended on a day: its rights are free from then on.

    One that has ended by itself before that day, or was ended by an office, stays as it is. Inner function: patent locked,
    the caller records it.
    """
    grant = Grant.objects.select_for_update(of=("self",), no_key=True).get(pk=grant_id)
    if grant.state == GrantState.ACTIVE and (grant.end is None or grant.end > on):
        _end(grant, max(on, grant.start))
        following.market_follows(patent, actor)
    return grant


@transaction.atomic
def grant_end(*, grant_id: int, actor: User, on: date, note: str) -> Grant:
    """End a licence early, on a day between its start and today: the rights are free again from that day."""
    grant, patent = _lock(grant_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    if not grant.start <= on <= clock.today():
        raise Conflict(_("终止日应在许可起始日与今天之间；还未开始的许可请用更正。"))
    _end(grant, on)
    record(
        actor=actor, verb="patents.grant_end", target=patent, province_code=patent.province_code,
        grant=grant.pk, on=on.isoformat(), reason=note.strip(),
    )  # fmt: skip
    following.market_follows(patent, actor)
    return grant


@transaction.atomic
def grant_correct(*, grant_id: int, actor: User, terms: Terms, evidence: Evidence) -> Grant:
    """Correct an entry that was wrong from the start: it stays readable with an empty period, a new one takes its place."""
    wrong, patent = _lock(grant_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    if not evidence.note.strip():
        raise Conflict(_("请写明更正的原因。"))
    if Grant.objects.filter(Q(parent=wrong) | Q(beside=wrong)).exclude(state=GrantState.ENDED).exists():
        raise Conflict(
            _("这项许可之下还有有效的分许可或例外许可，更正会使它们一并失效。"), _("请先更正或撤销下一级的记录。")
        )
    _end(wrong, wrong.start)
    grant = grant_write(
        patent=patent, actor=actor, terms=terms, evidence=evidence, state=GrantState.ACTIVE, corrects=wrong
    )
    _recorded(grant, patent, actor, "patents.grant_correct", corrects=wrong.pk)
    return grant


@transaction.atomic
def grant_annul(*, grant_id: int, actor: User, note: str) -> Grant:
    """Take back an entry that should not be there at all: it stays readable, but never held for a day."""
    grant, patent = _lock(grant_id)
    rules.require(rules.right_record, actor, ledger_queries.offices_of(patent))
    if not note.strip():
        raise Conflict(_("请写明更正的原因。"))
    _end(grant, grant.start)
    _recorded(grant, patent, actor, "patents.grant_annul", reason=note.strip())
    following.market_follows(patent, actor)
    return grant


def reservations_expire(*, most: int = 200) -> int:
    """Free what was reserved and not signed in time, at most so many; answers how many. Run every minute by the clock.

    Each patent in a transaction of its own: a listing bundles several, and their locks come before its own.
    """
    stale = Grant.objects.filter(state=GrantState.RESERVED, reserved_until__lte=clock.now())
    patents = sorted(set(stale.order_by("reserved_until").values_list("patent_id", flat=True)[:most]))
    actor = system_user()
    freed = 0
    for pk in patents:
        with transaction.atomic():
            freed += reservations_clear(queries.lock_patent(pk), actor)
    return freed


def reservations_clear(patent: Patent, actor: User) -> int:
    """End the run-out reservations of a locked patent, so that none stands in anybody's way. Inner function."""
    stale = list(
        Grant.objects.filter(patent=patent, state=GrantState.RESERVED, reserved_until__lte=clock.now()).order_by("pk")
    )
    for grant in stale:
        _end(grant, grant.start)
        _recorded(grant, patent, actor, "patents.grant_expire")
    if stale:
        following.market_follows(patent, actor)
    return len(stale)


# ---- helpers; the patent is locked


def _lock(grant_id: int) -> tuple[Grant, Patent]:
    patent = queries.lock_patent(Grant.objects.values_list("patent_id", flat=True).get(pk=grant_id))
    return Grant.objects.select_for_update(of=("self",), no_key=True).get(pk=grant_id), patent


def _end(grant: Grant, on: date) -> None:
    move(grant, GrantState.ENDED, GRANT_MOVES)
    grant.ended_on = on
    grant.save(update_fields=["state", "ended_on"])


def _title_on(patent: Patent, day: date, actor: User) -> Title:
    present = title_of(patent, actor)
    earlier = patent.titles.filter(start__lte=day, end__gt=day).first()
    return earlier or present


def _refusals(grant: Grant, patent: Patent, book: ledger.Book) -> Iterator[ledger.Refused]:
    if not spans.field_is_known(grant.field):
        raise Conflict(
            _("许可领域请写同一种分类：IPC（到大组为止，如 H01M10/00）或国民经济行业分类（如 GB/T4754-C38）。")
        )
    if grant.signed_on > clock.today():
        raise Conflict(_("合同签订日不能在今天之后。"))
    if grant.end and grant.end > patent.expires_on:  # neither holds on that day any more
        yield ledger.Refused("term")
    if grant.signed_on >= patent.status_as_of and patent.legal_status not in OFFERABLE:
        yield ledger.Refused("not_alive")
    yield from ledger.grant_refusals(grant, book)


def _recorded(grant: Grant, patent: Patent, actor: User, verb: str, **data: Any) -> None:
    record(
        actor=actor, verb=verb, target=patent, province_code=patent.province_code,
        grant=grant.pk, form=grant.form, provinces=" ".join(grant.provinces), start=grant.start.isoformat(), **data,
    )  # fmt: skip
