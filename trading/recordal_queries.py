"""Gates and reads of filing and examining: who sees an agreement, the office's queue, the pre-check, the clock. Read next: actions/recordals.py."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from patents.deadlines import recordal_request
from patents.ledger_queries import book_of
from patents.states import Form
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.errors import NotAllowed
from platform_site.files.models import StoredFile
from platform_site.regions.models import Province
from platform_site.regions.queries import overrides, provinces_where

from . import offer_queries, precheck
from .contract_queries import agreement_whole, parties_in
from .models import Agreement, Recordal
from .states import AgreementState, Side

TOKEN = "agreement_examine"
# Where a licence still waits for its parties to file.
UNFILED = (AgreementState.SIGNED, AgreementState.CORRECTION_REQUESTED)
REMIND_BEFORE = (30, 7)  # calendar days
SHOWS = {
    "waiting": (AgreementState.FILED,),
    "examined": (AgreementState.PRE_EXAMINED,),
    "returned": (AgreementState.CORRECTION_REQUESTED,),
}


# ---- gates


def agreement_seen(user: User, pk: int) -> tuple[Agreement, bool]:
    """An agreement that the reader may see, and whether as an officer: a party, or, once filed, the office of its province.

    404 for everybody else, as if it did not exist.
    """
    try:
        return offer_queries.agreement_for(user, pk), False
    except Http404:
        return agreement_of_office(user, pk), True


def contract_seen(user: User, pk: int) -> Agreement:
    """The same where a contract was drawn up; an open licence has its receipt instead: 404."""
    agreement, _is_officer = agreement_seen(user, pk)
    if agreement.offer_id is None:
        raise Http404
    return agreement


def agreement_of_office(user: User, pk: int) -> Agreement:
    """One that lies before the reader's own office; 404 for everybody else, its parties included."""
    codes = {province.code for province in provinces_where(user, TOKEN)}
    agreement = agreement_whole(pk) if codes and Agreement.objects.filter(pk=pk).exists() else None
    if agreement is None or agreement.province_id not in codes or recordal_of(agreement) is None:
        raise Http404
    return agreement


def examining_provinces(officer: User) -> list[Province]:
    """Provinces whose agreements this officer examines; NotAllowed for everybody else: the page exists, it is not theirs."""
    found = provinces_where(officer, TOKEN)
    if not found:
        raise NotAllowed(_("合同备案材料的预审只对各省知识产权局的审核员开放。"), _("预审权限由平台管理员按省授予。"))
    return found


def agreements_before(provinces: Sequence[Province], show: str) -> QuerySet[Agreement]:
    """What was filed with these offices, the longest waiting first; `show` one of SHOWS, anything else all, latest first."""
    return agreements_in([province.code for province in provinces], show)


def agreements_in(codes: Sequence[str], show: str) -> QuerySet[Agreement]:
    """The same by codes that were asked for already."""
    rows = Agreement.objects.filter(province__in=codes, recordal__isnull=False)
    rows = rows.select_related("recordal", "listing__public_version", "owner", "buyer", "offer", "province")
    if show in SHOWS:
        return rows.filter(state__in=SHOWS[show]).order_by("recordal__filed_at", "pk")
    return rows.order_by("-recordal__filed_at", "-pk")


def recordal_of(agreement: Agreement) -> Recordal | None:
    return getattr(agreement, "recordal", None)


# ---- papers


def paper_is_current(agreement: Agreement) -> bool:
    """Whether the stored contract bears every signature that there is."""
    signed = [signature.signed_at for signature in agreement.signatures.all()]
    return agreement.paper is not None and all(moment <= agreement.paper.created_at for moment in signed)


def proof_of(agreement: Agreement) -> StoredFile | None:
    recordal = recordal_of(agreement)
    return recordal.proof if recordal else None


# ---- the pre-check


def precheck_of(agreement: Agreement) -> list[precheck.Ground]:
    """Every ground for this agreement, from the records of today."""
    return precheck.grounds(_filing(agreement))


def _filing(agreement: Agreement) -> precheck.Filing:
    owner, buyer = parties_in(agreement)
    own = {}
    for right in agreement.rights.all():
        row: Any = right.grant or right.encumbrance
        own[row.patent_id] = row
    return precheck.Filing(
        terms=agreement.terms,
        owner_names=frozenset({owner.name, *_signed_as_owner(agreement)}),
        parties_named=all(who.number != "—" and who.name for who in (owner, buyer)),
        matters=tuple(precheck.Matter(patent, book_of(patent), own.get(patent.pk)) for patent in agreement.patents),
        today=clock.today(),
        due=due_on(agreement),
        numbers=tuple(_recorded_alike(agreement)),
    )


def _signed_as_owner(agreement: Agreement) -> list[str]:
    return [signature.name for signature in agreement.signatures.all() if signature.side == Side.OWNER]


def _recorded_alike(agreement: Agreement) -> list[str]:
    """Numbers of other agreements of the same two about the same terms that were recorded before."""
    alike = Recordal.objects.filter(
        agreement__owner=agreement.owner_id, agreement__buyer=agreement.buyer_id, agreement__digest=agreement.digest
    )
    return list(alike.exclude(agreement=agreement).exclude(number="").values_list("number", flat=True))


# ---- the clock


def due_on(agreement: Agreement, days: Mapping[date, bool] | None = None) -> date | None:
    """The last day for filing a licence; None before it takes effect, and for an assignment, which has no such clock.

    `days`: the overrides, where the caller has read them. Once filed, the day stands in the recordal.
    """
    if agreement.signed_at is None or agreement.form == Form.ASSIGNMENT:
        return None
    recordal = recordal_of(agreement)
    if recordal is not None and recordal.due_on is not None:
        return recordal.due_on
    return recordal_request(timezone.localdate(agreement.signed_at), overrides() if days is None else days).due


def unfiled() -> list[Agreement]:
    """Signed licences whose papers lie with their parties, young enough for a reminder."""
    since = clock.now() - timedelta(days=120)
    rows = Agreement.objects.filter(state__in=UNFILED, signed_at__gte=since).exclude(offer__form=Form.ASSIGNMENT)
    return list(rows.select_related("offer", "negotiation", "recordal").order_by("pk"))


def reminder_due(agreement: Agreement, today: date) -> tuple[int, date] | None:
    """Which reminder it is time for (days before), and the last day; the nearer one where both are past."""
    due = due_on(agreement)
    if due is None or today > due:
        return None
    for days in sorted(REMIND_BEFORE):
        if today >= due - timedelta(days=days):
            return days, due
    return None


def officers_for(agreement: Agreement) -> list[User]:
    """Who examines in the province of the agreement, its parties left out."""
    people = officers_of(agreement.province, TOKEN)
    return [person for person in people if person.pk not in (agreement.owner_id, agreement.buyer_id)]
