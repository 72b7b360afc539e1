"""What each event gives and blocks, and what a history says on any day."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from patents import gazette
from patents.states import Block, EventKind, LegalStatus


def event(pk, kind, day, status="", corrected=False):
    return SimpleNamespace(pk=pk, kind=kind, status=status, happened_on=date.fromisoformat(day), corrected=corrected)


LIFE = [
    event(1, "accepted", "2020-03-02", "unpublished"),
    event(2, "published", "2020-09-01", "pending"),
    event(3, "granted", "2022-05-06", "in_force"),
    event(4, "pledge_registered", "2023-01-10"),
    event(5, "pledge_cancelled", "2024-01-10"),
    event(6, "late_fee", "2026-03-03", "late_fee"),
    event(7, "terminated", "2026-09-03", "terminated"),
    event(8, "restored", "2026-10-20", "in_force"),
]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2020-03-01", None),
        ("2020-03-02", "unpublished"),
        ("2020-08-31", "unpublished"),
        ("2020-09-01", "pending"),
        ("2025-12-31", "in_force"),
        ("2026-03-03", "late_fee"),
        ("2026-10-19", "terminated"),
        ("2026-10-20", "in_force"),
    ],
)
def test_status_on_a_day(day, status):
    assert gazette.status_on(LIFE, date.fromisoformat(day)) == status


def test_a_corrected_row_says_nothing_and_of_one_day_the_later_row_holds():
    wrong = [*LIFE[:3], event(4, "void", "2024-01-01", "invalid", corrected=True), event(5, "correction", "2024-02-01")]
    assert gazette.status_on(wrong, date(2024, 3, 1)) == "in_force"
    same_day = [event(2, "granted", "2022-05-06", "in_force"), event(1, "published", "2022-05-06", "pending")]
    assert gazette.status_on(same_day, date(2022, 5, 6)) == "in_force"


def test_blocks_stand_until_they_are_ended():
    assert Block.CONSENT in gazette.blocks_on(LIFE, date(2023, 6, 1))
    assert gazette.blocks_on(LIFE, date(2024, 1, 10)) == frozenset()
    assert Block.OPEN in gazette.blocks_on(LIFE, date(2026, 4, 1))
    assert gazette.blocks_on(LIFE, date(2026, 9, 10)) == gazette.ALL_BLOCKS
    assert gazette.blocks_on(LIFE, date(2019, 1, 1)) == gazette.ALL_BLOCKS  # nothing is known


@pytest.mark.parametrize(("begins", "ends"), [("preserved", "preservation_lifted"), ("suspended", "suspension_lifted")])
def test_preservation_and_suspension_leave_the_status_and_freeze(begins, ends):
    told = [*LIFE[:3], event(4, begins, "2024-01-01"), event(5, ends, "2025-01-01")]
    assert gazette.status_on(told, date(2024, 6, 1)) == "in_force"
    assert {Block.ASSIGN, Block.RECORD, Block.OPEN, Block.PLEDGE} <= gazette.blocks_on(told, date(2024, 6, 1))
    assert gazette.blocks_on(told, date(2025, 1, 1)) == frozenset()


def test_an_open_licence_stands_until_it_is_withdrawn():
    told = [*LIFE[:3], event(4, "open_declared", "2024-01-01"), event(5, "open_withdrawn", "2025-01-01")]
    assert gazette.is_open_licensed(told, date(2024, 6, 1)) and not gazette.is_open_licensed(told, date(2025, 6, 1))
    assert gazette.blocks_on(told, date(2024, 6, 1)) == {Block.EXCLUSIVE}


def test_every_event_of_the_gazette_is_described():
    assert set(gazette.EFFECTS) == set(EventKind) and set(gazette.STATUS_BLOCKS) == set(LegalStatus)
    labels = [str(kind.label) for kind in EventKind]
    assert len(set(labels)) == len(labels)
    for kind, effect in gazette.EFFECTS.items():
        assert effect.ended_by <= set(EventKind) and bool(effect.blocks) == bool(effect.ended_by), kind


@pytest.mark.parametrize(
    ("kind", "before", "given"),
    [
        ("restored", "terminated", "in_force"),
        ("restored", "refused", "pending"),
        ("part_void", "in_force", None),
        ("upheld", "in_force", None),
        ("void", "in_force", "invalid"),
        ("reexamination", "refused", "pending"),
        ("deemed_abandoned", "pending", "refused"),
        ("checked", "in_force", None),
    ],
)
def test_what_an_event_gives(kind, before, given):
    assert gazette.status_given(EventKind(kind), LegalStatus(before)) == given
    assert gazette.may_follow(EventKind(kind), LegalStatus(before))


@pytest.mark.parametrize(
    ("kind", "before"),
    [("granted", "in_force"), ("restored", "in_force"), ("late_fee", "pending"), ("paid", "expired")],
)
def test_what_cannot_follow(kind, before):
    assert not gazette.may_follow(EventKind(kind), LegalStatus(before))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("late_fee", "in_force", "paid"),
        ("terminated", "in_force", "restored"),
        ("in_force", "late_fee", "late_fee"),
        ("in_force", "terminated", "terminated"),
        ("in_force", "expired", "expired"),
        ("in_force", "invalid", "void"),
        ("pending", "refused", "checked"),
        (None, "terminated", "checked"),
    ],
)
def test_the_event_between_two_statuses(before, after, kind):
    assert gazette.kind_between(before and LegalStatus(before), LegalStatus(after)) == kind


def test_the_calendar_is_named_in_the_readers_language():
    assert gazette.source_words("登记簿副本") == "登记簿副本"
    with translation.override("zh-hans"):
        assert gazette.source_words(gazette.CALENDAR_SOURCE) == gazette.CALENDAR_SOURCE
