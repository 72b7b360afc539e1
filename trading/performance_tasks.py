"""Notices of the performance of agreements and the clock that reminds: who, what and until when, never an amount or a reason.

Imported by tasks.py, where Celery looks. Read next: performance_queries.py.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial

from celery import shared_task
from django.utils import translation

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell

from . import offer_queries, queries
from . import performance_queries as performed
from .actions import ending
from .models import Agreement, PerformanceDeed
from .performance import REMIND, REMIND_LATE, REPORT_DUE, due_on
from .performance_words import what
from .states import AgreementState, Deed, EndingKind, Side

# Deed -> kind of notice; what ends an agreement is told by its state, a proposal by its kind.
TOLD = {
    Deed.CLAIMED: "payment_claimed",
    Deed.CONFIRMED: "payment_confirmed",
    Deed.DISPUTED: "payment_disputed",
    Deed.WAIVED: "payment_waived",
    Deed.STATED: "statement_made",
    Deed.ACCEPTED: "statement_accepted",
    Deed.QUESTIONED: "statement_questioned",
    Deed.AGREED: "ending_agreed",
    Deed.DECLINED: "ending_declined",
    Deed.WITHDRAWN: "ending_withdrawn",
}
PROPOSED = {
    EndingKind.COMPLETION: "completion_proposed",
    EndingKind.TERMINATION: "termination_proposed",
    EndingKind.BREACH: "breach_notified",
}
ENDED = {
    AgreementState.COMPLETED: "agreement_completed",
    AgreementState.TERMINATED: "agreement_terminated",
    AgreementState.EXPIRED: "licence_expired",
}


@shared_task(name="trading.deed_notify")
def deed_notify(deed_id: int) -> None:
    """Tell the other side what was done; an end is told to both."""
    deed = performed.deed_told(deed_id)
    agreement = deed.agreement
    has_ended = deed.deed == Deed.ENDED
    until = deed.day.isoformat() if has_ended and deed.day else ""
    for person in offer_queries.people_under(agreement, but_not="" if has_ended else deed.side):
        with translation.override(person.language):
            _tell([person], agreement, _kind(deed), f"deed-{deed.pk}", sender=queries.shown_name(deed.actor),
                  what=_what(deed), until=until)  # fmt: skip


@shared_task(name="trading.agreement_report_notify")
def agreement_report_notify(report_id: int) -> None:
    """Tell the other side that a year was reported, or corrected."""
    report = performed.report_told(report_id)
    for person in offer_queries.people_under(report.agreement, but_not=report.side):
        with translation.override(person.language):
            _tell([person], report.agreement, "report_written", f"report-{report.pk}",
                  sender=queries.shown_name(report.written_by), year=str(report.year), page="conversion")  # fmt: skip


@shared_task(name="trading.performance_run")
def performance_run() -> None:
    """The clock's: ends whose day has come, then reminders of what is due."""
    ending.agreements_end()
    remind(clock.today())


def remind(today: date) -> None:
    """Say once at each of the days of REMIND what is due; a run that was missed is caught up for some days."""
    for milestone in performed.milestones_to_remind(today):
        _remind(milestone.agreement, "payment", milestone.pk, milestone.due_on, today, partial(what, milestone))
    for statement in performed.statements_to_remind(today):
        _remind(statement.agreement, "statement", statement.pk, statement.due_on, today, partial(str, statement.year))
    year = today.year - 1
    for agreement in performed.agreements_to_remind(today):
        _remind(agreement, "report", year, due_on(year, REPORT_DUE), today, partial(str, year), page="conversion")


def _remind(
    agreement: Agreement,
    name: str,
    key: int,
    day: date,
    today: date,
    named: Callable[[], str],
    page: str = "performance",
) -> None:
    """Before the day and on it those who owe; afterwards both sides."""
    step = stage(day, today)
    if step is None:
        return
    for person in offer_queries.people_under(agreement, side=Side.BUYER if step <= 0 else ""):
        with translation.override(person.language):
            _tell([person], agreement, f"{name}_{'overdue' if step > 0 else 'due'}",
                  f"{name}-{agreement.pk}-{key}-{day}-{step}", what=named(), until=day.isoformat(), page=page)  # fmt: skip


def stage(day: date, today: date) -> int | None:
    """Which of the days of REMIND has come last for something due on `day`; None when none has, or it is long past."""
    come = [step for step in REMIND if day + timedelta(days=step) <= today]
    if not come or day + timedelta(days=come[-1] + REMIND_LATE) < today:
        return None
    return come[-1]


def _kind(deed: PerformanceDeed) -> str:
    if deed.deed == Deed.ENDED:
        return "licence_died" if deed.day is not None else ENDED[AgreementState(deed.words)]
    if deed.deed == Deed.PROPOSED and deed.ending is not None:
        return PROPOSED[EndingKind(deed.ending.kind)]
    return TOLD[Deed(deed.deed)]


def _what(deed: PerformanceDeed) -> str:
    """What it is about, in the language of the moment."""
    if deed.milestone is not None:
        return what(deed.milestone)
    if deed.statement is not None:
        return str(deed.statement.year)
    return str(EndingKind(deed.ending.kind).label) if deed.ending is not None else ""


def _tell(
    people: Iterable[User], agreement: Agreement, kind: str, key: str, *, page: str = "performance", **data: str
) -> None:
    listing = agreement.listing
    notice_tell(
        recipients=people, kind=kind, key=key, path=f"/trading/agreements/{agreement.pk}/{page}/",
        agreement=agreement.number, title=listing.public_version.title if listing.public_version else listing.number,
        **data,
    )  # fmt: skip
