"""Notices and reminders of what is due: to whom, once, in their language, and never with an amount or a reason."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core import mail
from django.urls import resolve

from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.notices.actions import mail_send
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import accounts, offers, performance, trading
from trading import performance_tasks as tasks
from trading.actions import conversions, ending, performing, statements

CANARY = "暗语石榴九号"
AMOUNTS = ("360000", "36 万", "77777", "123456", "3703", "50000", "5 万")


@pytest.fixture
def delivered(transactional_db):
    def deliver():
        drain()
        mail_send()

    return deliver


def kinds(person):
    return list(Notice.objects.filter(recipient=person).order_by("id").values_list("kind", flat=True))


def fresh(person, *kept):
    return [kind for kind in kinds(person) if kind.startswith(kept)]


def test_each_deed_is_told_to_the_other_side(delivered, shen, bai):
    agreement = offers.signed(shen, bai)
    milestone = agreement.milestones.get()
    what = {"milestone_id": milestone.pk}
    performing.milestone_claim(**what, actor=bai, paid_on=clock.today(), paid_cny=D("77777.00"), words=CANARY)
    performing.milestone_dispute(**what, actor=shen, reason=CANARY)
    performing.milestone_claim(**what, actor=bai, paid_on=clock.today(), paid_cny=D("360000.00"))
    performing.milestone_confirm(**what, actor=shen)
    delivered()
    assert fresh(shen, "payment") == ["payment_claimed", "payment_claimed"]
    assert fresh(bai, "payment") == ["payment_disputed", "payment_confirmed"]
    notice = Notice.objects.get(kind="payment_confirmed")
    assert notice.data["agreement"] == agreement.number and notice.data["what"] == "总价款"
    assert resolve(f"/zh-hans{notice.path}").view_name == "trading:agreement_performance"


def test_statements_reports_and_ends_are_told(delivered, shen, bai):
    agreement = performance.royalty(shen, bai)
    statement = agreement.statements.get(year=2024)
    statements.statement_make(statement_id=statement.pk, actor=bai, base_cny=D("1234567.00"), words=CANARY)
    statements.statement_question(statement_id=statement.pk, actor=shen, reason=CANARY)
    statements.statement_make(statement_id=statement.pk, actor=bai, base_cny=D("1234567.00"))
    statements.statement_accept(statement_id=statement.pk, actor=shen)
    facts = conversions.Facts(in_production=True, since=date(2025, 1, 1), output_cny=D("77777.00"), note=CANARY)
    conversions.agreement_report(agreement_id=agreement.pk, actor=bai, year=2025, facts=facts)
    declined = ending.agreement_terminate(
        agreement_id=agreement.pk, actor=bai, reason=CANARY, on_day=clock.today() + timedelta(days=9)
    )
    ending.ending_decline(ending_id=declined.pk, actor=shen, reason=CANARY)
    notice = ending.agreement_breach(agreement_id=agreement.pk, actor=shen, reason=CANARY)
    ending.ending_withdraw(ending_id=notice.pk, actor=shen)
    last = ending.agreement_terminate(agreement_id=agreement.pk, actor=bai, reason=CANARY, on_day=clock.today())
    ending.ending_accept(ending_id=last.pk, actor=shen)
    delivered()
    assert fresh(shen, "statement", "report", "termination", "breach", "ending", "agreement_t") == [
        "statement_made", "statement_made", "report_written", "termination_proposed", "termination_proposed",
        "agreement_terminated",
    ]  # fmt: skip
    assert fresh(bai, "statement", "report", "termination", "breach", "ending", "agreement_t") == [
        "statement_questioned", "statement_accepted", "ending_declined", "breach_notified", "ending_withdrawn",
        "agreement_terminated",
    ]  # fmt: skip
    assert resolve(f"/zh-hans{Notice.objects.get(kind='report_written').path}").view_name == "trading:agreement_report"
    told = [str(row.data) for row in Notice.objects.all()] + [str(row.data) for row in AuditEntry.objects.all()]
    letters = [
        letter.subject + letter.body + "".join(part.content for part in letter.alternatives) for letter in mail.outbox
    ]
    assert len(letters) > 10
    for secret in (CANARY, *AMOUNTS):
        assert not [words for words in [*told, *letters] if secret in words], secret


@pytest.mark.parametrize(
    ("days", "step"),
    [(-15, None), (-14, -14), (-1, -14), (0, 0), (7, 0), (8, None), (14, None), (15, 15), (22, 15), (23, None)],
)
def test_the_days_on_which_something_is_said(days, step):
    due = date(2027, 3, 31)
    assert tasks.stage(due, due + timedelta(days=days)) == (
        step if step is None or days - step <= tasks.REMIND_LATE else None
    )


def test_a_payment_is_reminded_once_at_each_step(db, shen, bai):
    milestone = offers.signed(shen, bai).milestones.get()
    for days in (-20, -14, -14, -13, 0, 0, 15, 15, 16, 40):
        tasks.remind(milestone.due_on + timedelta(days=days))
    assert fresh(bai, "payment") == ["payment_due", "payment_due", "payment_overdue"]
    assert fresh(shen, "payment") == ["payment_overdue"]
    notice = Notice.objects.filter(kind="payment_due").first()
    assert notice.data["until"] == milestone.due_on.isoformat() and "360000" not in str(notice.data)


def test_what_is_claimed_or_settled_is_not_reminded(db, shen, bai):
    milestone = offers.signed(shen, bai).milestones.get()
    performing.milestone_claim(
        milestone_id=milestone.pk, actor=bai, paid_on=clock.today(), paid_cny=milestone.amount_cny
    )
    tasks.remind(milestone.due_on)
    performing.milestone_dispute(milestone_id=milestone.pk, actor=shen, reason="未到账。")
    assert fresh(bai, "payment_due") == []
    tasks.remind(milestone.due_on)
    assert fresh(bai, "payment_due") == ["payment_due"]


def test_statements_and_reports_are_reminded_in_the_readers_language(db, shen):
    buyer = accounts.member("buyer@example.org", name="Buyer", verified=True, language="en")
    agreement = performance.royalty(shen, buyer)
    tasks.remind(date(2027, 1, 17))
    notice = Notice.objects.get(recipient=buyer, kind="statement_due")
    assert (notice.data["what"], notice.data["until"]) == ("2026", "2027-01-31")
    tasks.remind(date(2027, 3, 31))
    assert Notice.objects.filter(recipient=buyer, kind="report_due").count() == 1
    tasks.remind(date(2027, 4, 15))
    assert Notice.objects.filter(recipient=shen, kind="report_overdue").count() == 1
    with performance.on((2027, 1, 2)):
        conversions.agreement_report(
            agreement_id=agreement.pk, actor=buyer, year=2026, facts=conversions.Facts(in_production=False)
        )
    Notice.objects.all().delete()
    tasks.remind(date(2027, 3, 31))
    assert not Notice.objects.filter(kind__startswith="report").exists()


def test_a_terminated_agreement_owes_no_report_of_later_years(db, shen, bai):
    agreement = performance.royalty(shen, bai)
    with performance.on((2025, 6, 1)):
        proposal = ending.agreement_terminate(
            agreement_id=agreement.pk, actor=bai, reason="停产。", on_day=date(2025, 6, 1)
        )
        ending.ending_accept(ending_id=proposal.pk, actor=shen)
    tasks.remind(date(2027, 3, 31))
    assert fresh(bai, "report") == []
    tasks.remind(date(2026, 3, 31))
    assert fresh(bai, "report") == ["report_due"]


def test_the_clock_ends_licences_and_tells_both(delivered, shen, bai):
    performance.signed_on((2024, 5, 1), shen, bai, end=date(2025, 5, 1))
    tasks.performance_run()
    delivered()
    assert "licence_expired" in kinds(shen) and "licence_expired" in kinds(bai)


def test_an_end_on_a_day_to_come_is_told_twice(delivered, shen, bai):
    agreement = offers.signed(shen, bai)
    day = clock.today() + timedelta(days=3)
    proposal = ending.agreement_terminate(agreement_id=agreement.pk, actor=bai, reason=CANARY, on_day=day)
    ending.ending_accept(ending_id=proposal.pk, actor=shen)
    delivered()
    with performance.on(day):
        tasks.performance_run()
        delivered()
    assert fresh(bai, "ending", "agreement_t") == ["ending_agreed", "agreement_terminated"]
    assert fresh(shen, "ending", "agreement_t") == ["agreement_terminated"]


def test_who_has_left_the_room_is_not_reminded(db, shen, bai):
    agreement = offers.signed(shen, bai)
    trading.leave(agreement.negotiation, bai)
    tasks.remind(agreement.milestones.get().due_on)
    assert fresh(bai, "payment") == []
