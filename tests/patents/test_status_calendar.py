"""The daily task: what the calendar moves, over dates, with the clock frozen."""

from datetime import date

import pytest
import time_machine

from patents import tasks
from patents.models import Listing, Patent, SearchRow, StatusEvent
from platform_site.audit.models import AuditEntry
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import patents as make

START = "2026-01-05 04:00:00+00:00"


@pytest.fixture
def listing(shen):
    """An invention of 2 March 2020, paid up to the sixth anniversary, a Monday."""
    with time_machine.travel(START, tick=False):
        return make.published(shen, annuity_paid_to=date(2026, 3, 2), status_as_of=date(2026, 1, 5))


def run(day):
    with time_machine.travel(f"{day} 19:10:00+00:00", tick=False):  # ten past three of the next morning in China
        tasks.status_advance()
        while queue.drain():
            continue


def state():
    return Listing.objects.get().state, Patent.objects.get().legal_status


def last():
    event = StatusEvent.objects.order_by("-happened_on", "-id").first()
    return event.kind, event.happened_on


@pytest.mark.parametrize(
    ("eve", "expected", "event"),
    [
        ("2026-03-01", ("published", "in_force"), ("granted", date(2022, 5, 6))),  # the last day of payment begins
        ("2026-03-02", ("published", "late_fee"), ("late_fee", date(2026, 3, 3))),
        ("2026-09-01", ("published", "late_fee"), ("late_fee", date(2026, 3, 3))),
        ("2026-09-02", ("suspended", "terminated"), ("terminated", date(2026, 9, 3))),
        ("2026-11-02", ("suspended", "terminated"), ("terminated", date(2026, 9, 3))),  # restorable to 3 November
        ("2026-11-03", ("lapsed", "terminated"), ("terminated", date(2026, 9, 3))),
    ],
)
def test_missed_days_are_caught_up_in_one_run(listing, eve, expected, event):
    run(eve)
    assert (state(), last()) == (expected, event)


def test_night_after_night_the_owner_is_told_once_each(listing, shen):
    for eve in ("2026-03-02", "2026-03-02", "2026-03-03", "2026-09-02", "2026-09-03", "2026-11-03", "2026-11-04"):
        run(eve)
    kinds = list(Notice.objects.filter(recipient=shen).order_by("id").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith(("patent_", "listing_l"))] == [
        "patent_late_fee", "patent_terminated", "listing_lapsed",
    ]  # fmt: skip
    assert StatusEvent.objects.count() == 5 and not SearchRow.objects.exists()
    acts = AuditEntry.objects.filter(verb__in=["patents.status_record", "patents.listing_follow_status"]).order_by("pk")
    assert [(act.verb, act.actor.is_system) for act in acts] == [
        ("patents.status_record", True), ("patents.status_record", True), ("patents.listing_follow_status", True),
    ]  # fmt: skip


def test_nobody_looked_anything_up(listing):
    run("2026-03-02")
    patent = Patent.objects.get()
    assert patent.status_as_of == date(2026, 1, 5) and "推算" in patent.source_words


def test_the_term_ends(shen):
    with time_machine.travel(START, tick=False):
        make.published(
            shen, number=make.number(year=2016, digit="2"), kind="utility_model", filing_date=date(2016, 2, 29),
            publication_date=None, publication_number="", grant_date=date(2016, 9, 1), status_as_of=date(2026, 1, 5),
        )  # fmt: skip
    run("2026-02-26")
    assert state() == ("published", "in_force")
    run("2026-02-27")
    assert state() == ("lapsed", "expired") and last() == ("expired", date(2026, 2, 28))


def test_drafts_and_unknown_payments(shen):
    with time_machine.travel(START, tick=False):
        make.draft(shen, annuity_paid_to=date(2026, 3, 2), status_as_of=date(2026, 1, 5))
        make.published(shen, status_as_of=date(2026, 1, 5))
    run("2026-04-01")
    assert sorted(Patent.objects.values_list("legal_status", flat=True)) == ["in_force", "late_fee"]


def test_one_that_cannot_be_moved_does_not_keep_the_others(listing, shen, monkeypatch, caplog):
    with time_machine.travel(START, tick=False):
        make.published(shen, annuity_paid_to=date(2026, 3, 2), status_as_of=date(2026, 1, 5))
    broken = Patent.objects.order_by("pk").first().pk
    plain = tasks.status.status_advance

    def advance(*, patent_id, actor):
        if patent_id == broken:
            raise tasks.Refusal("正由别人处理。")
        return plain(patent_id=patent_id, actor=actor)

    advance.__name__ = "status_advance"
    monkeypatch.setattr(tasks.status, "status_advance", advance)
    monkeypatch.setattr(tasks, "BATCH", 1)
    run("2026-03-02")
    assert sorted(Patent.objects.values_list("legal_status", flat=True)) == ["in_force", "late_fee"]
    assert "not done" in caplog.text
