"""Periods about a patent, by the statutory arithmetic: worked examples, and what the calendar brings about."""

from datetime import date
from types import SimpleNamespace

import pytest

from patents import deadlines
from patents.annuities import Right
from patents.gazette import CALENDAR_SOURCE
from patents.states import LegalStatus, PatentKind

_keys = iter(range(1, 10_000))


def event(kind, day, status="", **more):
    plain = {"as_of": day, "noticed_on": None, "reaches_back_to": None, "corrected": False, "source": ""}
    return SimpleNamespace(pk=next(_keys), kind=kind, status=status, happened_on=day, **{**plain, **more})


def patent(
    status="in_force", *, kind="invention", filed=date(2020, 3, 2), granted=date(2022, 5, 6), paid_to=None, **more
):
    right = Right(PatentKind(kind), filed, granted, paid_to=paid_to)
    return SimpleNamespace(
        kind=kind, filing_date=filed, grant_date=granted, legal_status=status, status_as_of=date(2022, 5, 10),
        term_compensation_days=0, expires_on=right.ends, right=lambda: right, **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (deadlines.examination_request(date(2023, 10, 1)).due, date(2026, 10, 8)),  # the holidays of October 2026
        (deadlines.examination_request(date(2024, 2, 29)).due, date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (deadlines.publication(date(2025, 8, 31)).due, date(2027, 2, 28)),  # the office's act: not rolled
        (deadlines.grant_fee(date(2025, 12, 31)).due, date(2026, 2, 28)),  # a make-up working Saturday
        (deadlines.reexamination_request(date(2026, 1, 30)).due, date(2026, 4, 30)),
        (deadlines.compensation_request(date(2026, 2, 3)).due, date(2026, 5, 6)),  # 3 May lies in the holidays
        (deadlines.restoration_request(date(2026, 7, 31)).due, date(2026, 9, 30)),
        (deadlines.suspension_end(date(2025, 11, 24)).due, date(2026, 11, 24)),
    ],
)
def test_worked_examples(due, expected):
    assert due == expected


def test_restoration_runs_from_the_notice_or_from_when_it_was_known():
    gone = event("terminated", date(2026, 3, 2), "terminated", as_of=date(2026, 3, 10))
    assert deadlines.restoration_until(gone) == date(2026, 5, 11)  # 10 May is a Sunday
    noticed = event("terminated", date(2026, 3, 2), "terminated", noticed_on=date(2026, 3, 4))
    assert deadlines.restoration_until(noticed) == date(2026, 5, 6)


def codes(one, events, today):
    return [(row.code, row.due) for row in deadlines.deadlines_of(one, events, today)]


def test_an_unpublished_application_waits_for_publication_and_examination():
    young = patent("unpublished", filed=date(2026, 1, 5), granted=None)
    told = [event("accepted", date(2026, 1, 5), "unpublished")]
    assert codes(young, told, date(2026, 2, 1)) == [
        ("publication", date(2027, 7, 5)),
        ("examination", date(2029, 1, 5)),
    ]


def test_what_was_asked_for_or_is_over_is_left_out():
    pending = patent("pending", filed=date(2022, 3, 2), granted=None)
    told = [
        event("published", date(2023, 9, 1), "pending"),
        event("examination", date(2024, 1, 9), "pending"),
        event("grant_notice", date(2026, 11, 2), noticed_on=date(2026, 11, 4)),
    ]
    assert codes(pending, told, date(2026, 11, 24)) == [("grant_fee", date(2027, 1, 4))]
    assert codes(pending, told, date(2027, 2, 1)) == []


def test_in_force_the_next_fee_and_a_late_grants_compensation():
    late = patent(filed=date(2020, 3, 2), granted=date(2026, 10, 13), paid_to=date(2027, 3, 2))
    told = [event("granted", date(2026, 10, 13), "in_force"), event("suspended", date(2026, 11, 2))]
    assert codes(late, told, date(2026, 11, 24)) == [
        ("compensation", date(2027, 1, 13)),
        ("annuity", date(2027, 3, 2)),
        ("suspension", date(2027, 11, 2)),
    ]


def test_in_the_late_fee_period_and_after_it():
    overdue = patent("late_fee", paid_to=date(2026, 3, 2))
    told = [event("granted", date(2022, 5, 6), "in_force"), event("late_fee", date(2026, 3, 3), "late_fee")]
    assert codes(overdue, told, date(2026, 4, 1)) == [("late_fee", date(2026, 9, 2))]
    told.append(event("terminated", date(2026, 9, 3), "terminated"))
    assert codes(overdue, told, date(2026, 9, 10)) == [("restoration", date(2026, 11, 3))]


def test_a_rejection_can_be_appealed():
    refused = patent("refused", granted=None)
    told = [event("rejected", date(2026, 11, 2), "refused", noticed_on=date(2026, 11, 3))]
    assert codes(refused, told, date(2026, 11, 24)) == [("reexamination", date(2027, 2, 3))]


# ---- what the calendar brings about


def written(one, events, today):
    return [(entry.kind, entry.happened_on) for entry in deadlines.entries_due(one, events, today)]


GRANTED = event("granted", date(2022, 5, 6), "in_force")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 2), []),  # the last day of payment
        (date(2026, 3, 3), [("late_fee", date(2026, 3, 3))]),
        (date(2026, 9, 2), [("late_fee", date(2026, 3, 3))]),
        (
            date(2026, 9, 3),
            [("late_fee", date(2026, 3, 3)), ("terminated", date(2026, 9, 3))],
        ),  # missed days are caught up
    ],
)
def test_unpaid_annuity(today, expected):
    assert written(patent(paid_to=date(2026, 3, 2)), [GRANTED], today) == expected


def test_termination_reaches_back_to_the_day_the_fee_fell_due():
    found = deadlines.entries_due(patent(paid_to=date(2026, 3, 2)), [GRANTED], date(2026, 10, 1))[-1]
    assert found.reaches_back_to == date(2026, 3, 2) and found.by_calendar and found.source == CALENDAR_SOURCE
    assert found.as_of == date(2022, 5, 10)  # nobody looked it up


def test_unknown_payments_move_nothing():
    assert written(patent(), [GRANTED], date(2029, 1, 1)) == []
    late = patent("late_fee")
    told = [GRANTED, event("late_fee", date(2026, 4, 1), "late_fee")]
    assert written(late, told, date(2026, 9, 2)) == []
    assert written(late, told, date(2026, 9, 3)) == [("terminated", date(2026, 9, 3))]


def test_the_term_ends_for_whatever_is_alive():
    old = patent(filed=date(2006, 11, 24), granted=date(2009, 1, 7), paid_to=date(2026, 11, 24))
    told = [event("granted", date(2009, 1, 7), "in_force")]
    assert written(old, told, date(2026, 11, 23)) == []
    assert written(old, told, date(2026, 11, 24)) == [("expired", date(2026, 11, 24))]
    assert written(old, told, date(2027, 12, 1)) == [("expired", date(2026, 11, 24))]
    assert written(patent("terminated", filed=date(2006, 11, 24)), told, date(2026, 11, 24)) == []


def test_an_entry_of_the_calendar_never_lies_before_what_somebody_wrote():
    told = [GRANTED, event("checked", date(2026, 6, 1), "in_force")]
    assert written(patent(paid_to=date(2026, 3, 2)), told, date(2026, 6, 2)) == [("late_fee", date(2026, 6, 1))]


def test_every_status_is_asked():
    for status in LegalStatus:
        deadlines.deadlines_of(patent(status), [], date(2026, 11, 24))
