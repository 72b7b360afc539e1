"""Gates, locks and reads over what an agreement makes due and how it ends. Read next: actions/performing.py.

Everything here is the two parties' own: an officer, an administrator and a third party find nothing.
Lock order: Agreement (with what comes before it, offer_queries.lock_agreement, where rights are freed), PaymentMilestone,
RoyaltyStatement, Ending.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.http import Http404
from django.utils.timezone import localdate

from platform_site import clock
from platform_site.accounts.models import User

from .models import (
    Agreement,
    ConversionReport,
    Ending,
    Negotiation,
    Party,
    PaymentMilestone,
    PerformanceDeed,
    RoyaltyStatement,
)
from .offer_queries import agreements_visible_to, lock_agreement
from .performance import REMIND, REMIND_LATE, REPORT_DUE, due_on
from .states import ENDED, SETTLED, AgreementState, EndingKind, EndingState, MilestoneState, StatementState

RUNNING = [state for state in AgreementState if state not in ENDED and state != AgreementState.DRAFTED]


# ---- gates: 404 for everybody who is not in the room


def performed_for(user: User, pk: int) -> Agreement:
    """A signed agreement of the reader's own, with `my_side`; 404 for any other."""
    side = Party.objects.filter(negotiation=OuterRef("negotiation"), user=user, left_at=None).values("side")[:1]
    rows = (
        agreements_visible_to(user)
        .filter(pk=pk, signed_at__isnull=False, offer__isnull=False)
        .annotate(my_side=Subquery(side))
    )
    agreement = rows.select_related("negotiation", "offer").first()
    if agreement is None:
        raise Http404
    return agreement


def received_in(owner: User, year: int) -> Decimal:
    """CNY that an owner has confirmed as received in a calendar year, under all agreements of the portal."""
    paid = PaymentMilestone.objects.filter(agreement__owner=owner, state=MilestoneState.CONFIRMED, paid_on__year=year)
    return paid.aggregate(total=Sum("paid_cny"))["total"] or Decimal(0)


def milestone_for(user: User, pk: int) -> PaymentMilestone:
    return _mine(PaymentMilestone.objects.all(), user, pk)


def statement_for(user: User, pk: int) -> RoyaltyStatement:
    return _mine(RoyaltyStatement.objects.select_related("milestone"), user, pk)


def ending_for(user: User, pk: int) -> Ending:
    return _mine(Ending.objects.select_related("made_by"), user, pk)


def deed_file_for(user: User, agreement_pk: int, pk: int) -> PerformanceDeed:
    """A deed with a paper, of an agreement of the reader's own."""
    rows = PerformanceDeed.objects.filter(agreement=agreement_pk, file__isnull=False).select_related("file")
    deed: PerformanceDeed = _mine(rows, user, pk)
    return deed


def _mine(rows: QuerySet[Any], user: User, pk: int) -> Any:
    rooms = Negotiation.objects.visible_to(user).values("pk")
    row = (
        rows.filter(pk=pk, agreement__negotiation__in=rooms)
        .select_related("agreement__negotiation", "agreement__offer")
        .first()
    )
    if row is None:
        raise Http404
    return row


# ---- locks


def lock_terms(pk: int) -> Agreement:
    """The agreement alone: for what is said about its performance, which frees no right."""
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("negotiation", "offer").get(pk=pk)


def lock_milestone(pk: int) -> PaymentMilestone:
    """The agreement, then the milestone."""
    agreement = lock_terms(PaymentMilestone.objects.values_list("agreement_id", flat=True).get(pk=pk))
    milestone = PaymentMilestone.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    milestone.agreement = agreement
    return milestone


def lock_statement(pk: int) -> RoyaltyStatement:
    """The agreement, the milestone, then the statement."""
    agreement_id, milestone_id = RoyaltyStatement.objects.values_list("agreement_id", "milestone_id").get(pk=pk)
    agreement = lock_terms(agreement_id)
    milestone = PaymentMilestone.objects.select_for_update(of=("self",), no_key=True).get(pk=milestone_id)
    statement = RoyaltyStatement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    statement.agreement, statement.milestone = agreement, milestone
    return statement


def lock_ending(pk: int) -> Ending:
    """Patents, listing, room, agreement, then the proposal: what comes of it may free rights."""
    agreement = lock_agreement(Ending.objects.values_list("agreement_id", flat=True).get(pk=pk))
    ending = Ending.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    ending.agreement = agreement
    return ending


# ---- what is owed


def milestones_of(agreement: Agreement) -> list[PaymentMilestone]:
    """In order of their day, each with its statement if it is a royalty."""
    return list(agreement.milestones.select_related("statement").order_by("due_on", "number"))


def unsettled_of(agreement: Agreement) -> list[PaymentMilestone]:
    return list(agreement.milestones.exclude(state__in=SETTLED).order_by("due_on", "number"))


def due_to(user: User, last: date) -> QuerySet[PaymentMilestone]:
    """What the agreements of a person make due by `last` and is not settled, or is said to be paid, with `my_side`."""
    party = FilteredRelation(
        "agreement__negotiation__parties",
        condition=Q(agreement__negotiation__parties__user=user, agreement__negotiation__parties__left_at=None),
    )
    rows = PaymentMilestone.objects.annotate(me=party).filter(me__user=user, agreement__state__in=RUNNING)
    rows = rows.annotate(my_side=F("me__side")).exclude(state__in=SETTLED)
    rows = rows.filter(Q(due_on__lte=last) | Q(state=MilestoneState.CLAIMED))
    return rows.select_related("agreement", "statement").order_by("due_on", "agreement", "number")


def planned_of(agreement: Agreement) -> list[PaymentMilestone]:
    """Locked: what nobody has claimed yet, each with its statement if it is a royalty."""
    rows = agreement.milestones.filter(state=MilestoneState.PLANNED).select_related("statement")
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def next_due(agreement: Agreement) -> PaymentMilestone | None:
    """What comes next, or is overdue longest; None when all is settled."""
    rows = agreement.milestones.exclude(state__in=SETTLED).select_related("statement")
    return rows.order_by("due_on", "number").first()


def earlier_unaccepted(statement: RoyaltyStatement) -> list[int]:
    """Years before this one whose statement is not accepted."""
    rows = RoyaltyStatement.objects.filter(agreement=statement.agreement_id, year__lt=statement.year)
    over = [StatementState.ACCEPTED, StatementState.LAPSED]
    return list(rows.exclude(state__in=over).order_by("year").values_list("year", flat=True))


def royalties_before(statement: RoyaltyStatement) -> Decimal:
    """The accepted royalties of the years before, CNY: what has been used of a cap."""
    rows = RoyaltyStatement.objects.filter(agreement=statement.agreement_id, state=StatementState.ACCEPTED)
    total = rows.filter(year__lt=statement.year).aggregate(total=Sum("amount_cny"))["total"]
    return total or Decimal(0)


def deeds_of(agreement: Agreement) -> QuerySet[PerformanceDeed]:
    """The history, latest first."""
    return agreement.deeds.select_related("actor", "file", "milestone", "statement", "ending")


# ---- reports


def reports_of(agreement: Agreement) -> list[ConversionReport]:
    """Every version, latest year and version first."""
    rows = agreement.reports.select_related("written_by", "province").order_by("-year", "-version")
    return list(rows)


def report_years(agreement: Agreement, today: date) -> list[int]:
    """The years that are over and belong to the agreement, latest first: from its signing to its end."""
    assert agreement.signed_at is not None
    last = today.year - 1
    if agreement.closed_at is not None and agreement.state != AgreementState.COMPLETED:
        last = min(last, localdate(agreement.closed_at).year)
    if agreement.offer.end is not None:
        last = min(last, (agreement.offer.end - timedelta(days=1)).year)
    return list(range(last, localdate(agreement.signed_at).year - 1, -1))


def next_version(agreement: Agreement, year: int) -> int:
    last = agreement.reports.filter(year=year).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


# ---- ends


def open_endings(agreement: Agreement) -> list[Ending]:
    """What waits for an answer, its day or the time to cure."""
    rows = agreement.endings.filter(state__in=[EndingState.OPEN, EndingState.AGREED])
    return list(rows.select_related("made_by").order_by("id"))


def endings_due(today: date, most: int) -> list[int]:
    """Keys of agreed ends whose day has come."""
    rows = Ending.objects.filter(state=EndingState.AGREED, kind=EndingKind.TERMINATION, on_day__lte=today)
    return list(rows.order_by("on_day", "pk").values_list("pk", flat=True)[:most])


def licences_over(today: date, most: int) -> list[int]:
    """Keys of running agreements whose licence has come to its end."""
    rows = Agreement.objects.filter(state__in=RUNNING, offer__end__lte=today)
    return list(rows.order_by("offer__end", "pk").values_list("pk", flat=True)[:most])


# ---- reminders


def _window(today: date) -> tuple[date, date]:
    """Due days about which something is said today at the earliest and at the latest."""
    return today - timedelta(days=max(REMIND) + REMIND_LATE), today - timedelta(days=min(REMIND))


def milestones_to_remind(today: date) -> Iterable[PaymentMilestone]:
    """Payments with an amount, and shares, that are near their day or lately past it and wait for the payer."""
    rows = PaymentMilestone.objects.filter(
        Q(amount_cny__isnull=False) | Q(kind="shares"),
        due_on__range=_window(today),
        state__in=[MilestoneState.PLANNED, MilestoneState.DISPUTED],
    )
    return rows.select_related("agreement__listing__public_version").prefetch_related(_parties("agreement__"))


def statements_to_remind(today: date) -> Iterable[RoyaltyStatement]:
    rows = RoyaltyStatement.objects.filter(
        due_on__range=_window(today), state__in=[StatementState.DUE, StatementState.QUESTIONED]
    )
    return rows.select_related("agreement__listing__public_version").prefetch_related(_parties("agreement__"))


def agreements_to_remind(today: date) -> Iterable[Agreement]:
    """Agreements of last year that lack its report, while it is time to say so."""
    year, (first, last) = today.year - 1, _window(today)
    if not first <= due_on(year, REPORT_DUE) <= last:
        return []
    reported = ConversionReport.objects.filter(agreement=OuterRef("pk"), year=year)
    began = date(year, 1, 1)
    rows = Agreement.objects.filter(
        Q(closed_at=None) | Q(closed_at__date__gte=began) | Q(state=AgreementState.COMPLETED),
        Q(offer__end=None) | Q(offer__end__gt=began),
        ~Exists(reported), signed_at__date__lt=date(year + 1, 1, 1), offer__isnull=False,
    )  # fmt: skip
    return rows.select_related("listing__public_version").prefetch_related(_parties(""))


def _parties(path: str) -> Prefetch:
    present = Party.objects.filter(left_at=None).select_related("user").order_by("id")
    return Prefetch(f"{path}negotiation__parties", present)


def deed_told(pk: int) -> PerformanceDeed:
    """A deed with all that its notice names."""
    rows = PerformanceDeed.objects.select_related(
        "actor", "milestone", "statement", "ending", "agreement__negotiation", "agreement__listing__public_version"
    )
    return rows.get(pk=pk)


def report_told(pk: int) -> ConversionReport:
    rows = ConversionReport.objects.select_related(
        "written_by", "agreement__negotiation", "agreement__listing__public_version"
    )
    return rows.get(pk=pk)


def cure_is_over(ending: Ending) -> bool:
    """By the clock of the database."""
    return ending.cure_until is not None and ending.cure_until <= clock.database_now()
