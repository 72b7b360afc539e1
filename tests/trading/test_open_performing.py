"""A taken open licence is an agreement like any other: its fees fall due, it is filed for recordal, it ends on its last day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from platform_site import clock
from platform_site.errors import Conflict, NotAllowed
from platform_site.files import store
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.clients import browser
from tests.factories import accounts, agreements, opens, patents, performance
from trading import performance_queries, performance_tasks, tasks
from trading.actions import conversions, ending, performing, statements
from trading.models import Agreement

pytestmark = pytest.mark.django_db
AGREEMENTS = "/zh-hans/trading/agreements/"


def text(response):
    return response.content.decode()


def taken_on(day, owner, taker, **declared):
    """Taken on a day, under a declaration announced on it."""
    with performance.on(day):
        listing = opens.market(owner, applicants=owner.display_name)
        return opens.taken(opens.in_force(owner, listing=listing, **declared), taker)


def dues(agreement):
    return list(agreement.milestones.order_by("number").values_list("kind", "amount_cny", "due_on"))


def test_what_was_declared_falls_due(shen, bai):
    once = taken_on((2024, 7, 1), shen, bai)
    assert dues(once) == [("lump_sum", Decimal("80000.00"), date(2024, 7, 31))]
    yearly = taken_on((2024, 7, 1), shen, bai, method="yearly", amount_cny=Decimal("5000.00"))
    assert [(kind, day) for kind, _amount, day in dues(yearly)] == [
        ("instalment", date(2024, 7, 31)), ("instalment", date(2025, 7, 1)), ("instalment", date(2026, 7, 1)),
    ]  # fmt: skip
    royalty = taken_on(
        (2024, 7, 1),
        shen,
        bai,
        method="royalty",
        amount_cny=Decimal("10000.00"),
        percent=Decimal("3.5"),
        base="net_sales",
    )
    assert dues(royalty)[0] == ("entry_fee", Decimal("10000.00"), date(2024, 7, 31))
    assert list(royalty.statements.order_by("year").values_list("year", "start", "end")) == [
        (2024, date(2024, 7, 1), date(2025, 1, 1)), (2025, date(2025, 1, 1), date(2026, 1, 1)),
        (2026, date(2026, 1, 1), date(2027, 1, 1)), (2027, date(2027, 1, 1), date(2027, 7, 1)),
    ]  # fmt: skip
    free = taken_on((2024, 7, 1), shen, bai, amount_cny=Decimal(0))
    assert dues(free) == []


def test_the_taker_pays_and_the_owner_confirms_and_nobody_else(shen, bai, mo, guo, ad):
    agreement = opens.taken(opens.in_force(shen), bai)
    milestone = agreement.milestones.get()
    paid = {"milestone_id": milestone.pk, "paid_on": clock.today(), "paid_cny": milestone.amount_cny}
    for person in (shen, mo, guo, ad):
        with pytest.raises(NotAllowed):
            performing.milestone_claim(actor=person, **paid)
        assert browser(person).get(f"{AGREEMENTS}{agreement.pk}/performance/").status_code == (
            200 if person == shen else 404
        )
    performing.milestone_claim(actor=bai, **paid)
    for person in (bai, mo, guo, ad):
        with pytest.raises(NotAllowed):
            performing.milestone_confirm(milestone_id=milestone.pk, actor=person)
    performing.milestone_confirm(milestone_id=milestone.pk, actor=shen)
    assert performance_queries.received_in(shen, clock.today().year) == milestone.amount_cny
    queue.drain()
    assert Agreement.objects.get().form_paper is not None
    assert Notice.objects.get(kind="payment_claimed").recipient == shen
    assert Notice.objects.get(kind="payment_confirmed").recipient == bai
    deeds = list(agreement.deeds.order_by("id").values_list("deed", "side"))
    assert deeds == [("claimed", "buyer"), ("confirmed", "owner")]


def test_a_royalty_is_stated_and_accepted(shen, bai):
    agreement = taken_on((2024, 7, 1), shen, bai, method="royalty", amount_cny=Decimal(0), percent=Decimal("3.5"),
                         base="net_sales")  # fmt: skip
    statement = agreement.statements.get(year=2024)
    with pytest.raises(NotAllowed):
        statements.statement_make(statement_id=statement.pk, actor=shen, base_cny=Decimal("100000.00"))
    statements.statement_make(statement_id=statement.pk, actor=bai, base_cny=Decimal("100000.00"))
    page = text(browser(shen).get(f"{AGREEMENTS}{agreement.pk}/performance/"))
    assert "净销售额" in page and "3500 元" in page
    statements.statement_accept(statement_id=statement.pk, actor=shen)
    assert agreement.milestones.get(year=2024).amount_cny == Decimal("3500.00")
    report = conversions.agreement_report(
        agreement_id=agreement.pk, actor=bai, year=2025, facts=conversions.Facts(in_production=False)
    )
    assert report.side == "buyer"


def test_both_are_reminded_on_their_days(shen, bai):
    agreement = opens.taken(opens.in_force(shen), bai)
    due = agreement.milestones.get().due_on
    performance_tasks.remind(due)
    assert [one.recipient for one in Notice.objects.filter(kind="payment_due")] == [bai]
    performance_tasks.remind(due + timedelta(days=15))
    assert {one.recipient for one in Notice.objects.filter(kind="payment_overdue")} == {shen, bai}
    assert agreement.number in text(browser(bai).get("/zh-hans/desk/"))
    with clock.at(clock.now() + timedelta(days=85)):
        tasks.recordals_remind()
    assert {one.recipient for one in Notice.objects.filter(kind="recordal_due")} == {shen, bai}


def test_it_is_filed_examined_and_recorded(shen, bai, guo, he):
    agreement = agreements.papers(taken_on(clock.today(), shen, bai))
    assert agreement.paper is None and "备案登记信息表" in agreement.form_paper.name
    assert store.read(agreement.form_paper).startswith(b"%PDF")
    page = text(browser(bai).get(f"{AGREEMENTS}{agreement.pk}/"))
    assert "预检并提交" in page and "备案或登记信息表" in page and "合同文本" not in page
    assert "预检" in text(browser(bai).get(f"{AGREEMENTS}{agreement.pk}/file/"))
    agreements.file(agreement, bai)
    assert browser(he).get(f"{AGREEMENTS}{agreement.pk}/").status_code == 404
    assert "开放许可" in text(browser(guo).get(f"{AGREEMENTS}{agreement.pk}/"))
    assert agreement.number in text(browser(guo).get("/zh-hans/trading/agreements/review/"))
    assert browser(guo).get(f"{AGREEMENTS}{agreement.pk}/paper/").status_code == 404
    assert browser(guo).get(f"{AGREEMENTS}{agreement.pk}/recordal-form/").status_code == 200
    agreements.record(agreements.examine(agreement, guo), guo)
    grant = agreement.rights.get().grant
    assert (grant.recordal_number, grant.recordal_on) == (agreements.NUMBER, clock.today())
    assert "开放许可" in text(browser().get(f"/zh-hans/trading/verify/{agreement.code}/"))
    assert browser(bai).get(f"{AGREEMENTS}{agreement.pk}/archive/").status_code == 200


def test_an_officer_with_an_interest_in_it_does_not_examine(shen, guo):
    accounts.verify(guo)
    declaration = opens.in_force(shen, listing=opens.market(shen, applicants=shen.display_name),
                                 officer=patents.clerk("420000"))  # fmt: skip
    agreement = opens.taken(declaration, guo)
    agreements.file(agreement, guo)
    with pytest.raises(NotAllowed):
        agreements.examine(agreement, guo)


def test_it_ends_on_its_last_day_and_gives_the_right_back(shen, bai):
    agreement = taken_on((2024, 7, 1), shen, bai, years=1)
    with performance.on((2025, 6, 30)):
        assert ending.agreements_end() == 0
    with performance.on((2025, 7, 1)):
        assert ending.agreements_end() == 1 and ending.agreements_end() == 0
    agreement.refresh_from_db()
    assert (agreement.state, timezone.localdate(agreement.closed_at)) == ("expired", date(2025, 7, 1))
    assert agreement.milestones.get().state == "planned"  # what fell due before is still owed
    queue.drain()
    assert {one.recipient for one in Notice.objects.filter(kind="licence_expired")} == {shen, bai}
    assert opens.taken(agreement.declaration, bai).pk != agreement.pk


def test_one_that_is_paid_to_the_end_is_not_taken_twice(shen, bai):
    declaration = opens.in_force(shen, amount_cny=Decimal(0))
    agreement = opens.taken(declaration, bai)
    ending.ending_accept(ending_id=ending.agreement_complete(agreement_id=agreement.pk, actor=bai).pk, actor=shen)
    assert Agreement.objects.get().state == "completed"
    with pytest.raises(Conflict, match="已按这项声明取得"):
        opens.taken(declaration, bai)


def test_both_sides_end_it_by_consent(shen, bai):
    agreement = opens.taken(opens.in_force(shen), bai)
    asked = ending.agreement_terminate(agreement_id=agreement.pk, actor=bai, reason="转产。", on_day=clock.today())
    with pytest.raises(NotAllowed):
        ending.ending_accept(ending_id=asked.pk, actor=bai)
    ending.ending_accept(ending_id=asked.pk, actor=shen)
    grant = agreement.rights.get().grant
    assert (grant.state, grant.ended_on) == ("ended", clock.today())
    assert Agreement.objects.get().state == "terminated"
