"""Gates, locks and reads over what an agreement makes due and how it ends. Read next: actions/performing.py.

Everything here is the two parties' own: an officer, an administrator and a third party find nothing.
Lock order: Agreement (with what comes before it, offer_queries.lock_agreement, where rights are freed), PaymentMilestone,
RoyaltyStatement, Ending.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Sum
from django.http import Http404
from django.utils.timezone import localdate

from patents import status_queries
from patents.models import Grant
from patents.states import DEAD, GrantState, LegalStatus
from platform_site import clock
from platform_site.accounts.models import User

from .models import (
    Agreement,
    AgreementRight,
    ConversionReport,
    Ending,
    PaymentMilestone,
    PerformanceDeed,
    RoyaltyStatement,
)
from .offer_queries import agreements_visible_to, lock_agreement, my_side
from .performance import REMIND, REMIND_LATE, REPORT_DUE, due_on
from .states import ENDED, SETTLED, AgreementState, EndingKind, EndingState, MilestoneState, StatementState

GONE = [*DEAD, LegalStatus.TERMINATED]  # a terminated patent only when its time for restoration is over
RUNNING = [state for state in AgreementState if state not in ENDED and state != AgreementState.DRAFTED]


# What the terms of an agreement stand in: the offer, or the declaration that was taken.
WITH_TERMS = ("agreement__negotiation", "agreement__offer", "agreement__declaration__patent")


# ---- gates: 404 for everybody who is not on one of its sides


def performed_for(user: User, pk: int) -> Agreement:
    """A signed agreement of the reader's own, with `my_side`; 404 for any other."""
    rows = agreements_visible_to(user).filter(pk=pk, signed_at__isnull=False).annotate(my_side=my_side(user))
    agreement = rows.select_related("negotiation", "offer", "declaration__patent").first()
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
    mine = agreements_visible_to(user).values("pk")
    row = rows.filter(pk=pk, agreement__in=mine).select_related(*WITH_TERMS).first()
    if row is None:
        raise Http404
    return row


# ---- locks


def lock_terms(pk: int) -> Agreement:
    """The agreement alone: for what is said about its performance, which frees no right."""
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("negotiation", "offer", "declaration__patent").get(pk=pk)


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
    mine = agreements_visible_to(user).filter(state__in=RUNNING).values("pk")
    rows = PaymentMilestone.objects.filter(agreement__in=mine).exclude(state__in=SETTLED)
    rows = rows.annotate(my_side=my_side(user, "agreement__"))
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
    end = agreement.terms.end
    if end is not None:
        last = min(last, (end - timedelta(days=1)).year)
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
    """Keys of running agreements whose licence has come to its end by the ledger; its patents end on one day."""
    rows = Agreement.objects.filter(state__in=RUNNING, rights__grant__end__lte=today)
    return list(rows.order_by("rights__grant__end", "pk").values_list("pk", flat=True).distinct()[:most])


def holds_anything(agreement: Agreement, day: date) -> bool:
    """Whether a licence of the agreement still holds after a day."""
    held = agreement.rights.filter(grant__state=GrantState.ACTIVE)
    return held.filter(Q(grant__end=None) | Q(grant__end__gt=day)).exists()


def licences_of_dead(today: date, most: int, patent_id: int | None = None) -> list[int]:
    """Keys of agreements with a licence that still holds though its patent, or the one named, has died for good."""
    held = AgreementRight.objects.filter(grant__state=GrantState.ACTIVE, grant__patent__legal_status__in=GONE)
    held = held.filter(Q(grant__end=None) | Q(grant__end__gt=today))
    if patent_id is not None:
        held = held.filter(grant__patent=patent_id)
    lying = [(right.agreement_id, right.grant.patent) for right in held.select_related("grant__patent") if right.grant]
    died = status_queries.died_on({patent.pk: patent for _pk, patent in lying}.values())
    return sorted({pk for pk, patent in lying if patent.pk in died})[:most]


# ---- reminders


# What a notice about an agreement names, and whom it goes to.
_TOLD = ("listing__public_version", "negotiation", "owner", "buyer")
_TOLD_OF = tuple(f"agreement__{name}" for name in _TOLD)


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
    return rows.select_related(*_TOLD_OF)


def statements_to_remind(today: date) -> Iterable[RoyaltyStatement]:
    rows = RoyaltyStatement.objects.filter(
        due_on__range=_window(today), state__in=[StatementState.DUE, StatementState.QUESTIONED]
    )
    return rows.select_related(*_TOLD_OF)


def agreements_to_remind(today: date) -> Iterable[Agreement]:
    """Agreements of last year that lack its report, while it is time to say so."""
    year, (first, last) = today.year - 1, _window(today)
    if not first <= due_on(year, REPORT_DUE) <= last:
        return []
    reported = ConversionReport.objects.filter(agreement=OuterRef("pk"), year=year)
    began = date(year, 1, 1)
    rows = Agreement.objects.filter(
        Q(closed_at=None) | Q(closed_at__date__gte=began) | Q(state=AgreementState.COMPLETED),
        ~Exists(Grant.objects.filter(agreement_right__agreement=OuterRef("pk"), end__lte=began)),
        ~Exists(reported), signed_at__date__lt=date(year + 1, 1, 1),
    )  # fmt: skip
    return rows.select_related(*_TOLD)


def deed_told(pk: int) -> PerformanceDeed:
    """A deed with all that its notice names."""
    return PerformanceDeed.objects.select_related("actor", "milestone", "statement", "ending", *_TOLD_OF).get(pk=pk)


def report_told(pk: int) -> ConversionReport:
    return ConversionReport.objects.select_related("written_by", *_TOLD_OF).get(pk=pk)


def cure_is_over(ending: Ending) -> bool:
    """By the clock of the database."""
    return ending.cure_until is not None and ending.cure_until <= clock.database_now()
