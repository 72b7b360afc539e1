"""What each act on payments, statements and reports writes, records and tells, and what it refuses; what the database keeps."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import offers, patents, performance
from trading.actions import conversions, performing, statements
from trading.models import ConversionReport, PaymentMilestone, PerformanceDeed, RoyaltyStatement

pytestmark = pytest.mark.django_db
REFUSED_BY_DATABASE = (IntegrityError, InternalError)


def sql(query, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)


def last_audit():
    return AuditEntry.objects.order_by("-id").first()


def told(name="trading.deed_notify"):
    return list(OutboxMessage.objects.filter(name=name).values_list("payload", flat=True))


@pytest.fixture
def lump(shen, bai):
    """A licence at a lump sum of 360,000, signed today."""
    return offers.signed(shen, bai)


@pytest.fixture
def owed(lump):
    return lump.milestones.get()


@pytest.fixture
def yearly(shen, bai):
    """Net sales at 3 %, from July 2024 to June 2027."""
    return performance.royalty(shen, bai)


def claim(milestone, actor, paid_cny="360000.00", **more):
    return performing.milestone_claim(
        milestone_id=milestone.pk, actor=actor, paid_on=clock.today(), paid_cny=paid_cny and D(paid_cny), **more
    )


def confirmed(milestone, payer, payee, **more):
    claim(milestone, payer, **more)
    return performing.milestone_confirm(milestone_id=milestone.pk, actor=payee)


def stated(agreement, year, actor, base="1000000.00", **more):
    statement = agreement.statements.get(year=year)
    return statements.statement_make(statement_id=statement.pk, actor=actor, base_cny=D(base), **more)


def accepted(agreement, year, licensee, licensor, base="1000000.00"):
    statement = stated(agreement, year, licensee, base)
    return statements.statement_accept(statement_id=statement.pk, actor=licensor)


# ---- the plan


def test_nothing_is_due_before_both_have_signed(shen, bai):
    agreement = offers.drafted(shen, bai)
    offers.sign(agreement, bai)
    assert not PaymentMilestone.objects.exists()
    offers.sign(agreement, shen)
    milestone = PaymentMilestone.objects.get()
    assert (milestone.kind, milestone.amount_cny, milestone.state) == ("lump_sum", D("360000.00"), "planned")
    assert milestone.due_on == clock.today() + timedelta(days=30)


def test_instalments_and_years_are_planned_on_signing(shen, bai, yearly):
    parts = performance.signed_on((2026, 8, 31), shen, bai, **performance.PARTS)
    assert [(one.number, one.due_on) for one in parts.milestones.all()] == [
        (1, date(2026, 9, 30)), (2, date(2027, 2, 28)),
    ]  # fmt: skip
    assert [(one.kind, one.year, one.amount_cny) for one in yearly.milestones.all()] == [
        ("entry_fee", None, D("50000.00")), ("royalty", 2024, None), ("royalty", 2025, None), ("royalty", 2026, None),
        ("royalty", 2027, None),
    ]  # fmt: skip
    rows = yearly.statements.all()
    assert [(one.year, one.due_on) for one in rows] == [(y, date(y + 1, 1, 31)) for y in range(2024, 2028)]
    assert (rows[0].start, rows[0].end, rows[3].end) == (date(2024, 7, 1), date(2025, 1, 1), date(2027, 7, 1))


# ---- milestones


def test_a_payment_is_claimed_and_confirmed(owed, shen, bai):
    receipt = patents.document("回单.pdf")
    claim(owed, bai, words=" 已汇出。 ", upload=receipt)
    entry = last_audit()
    assert (entry.verb, entry.actor, entry.data["milestone"]) == ("trading.milestone_claim", bai, 1)
    done = performing.milestone_confirm(milestone_id=owed.pk, actor=shen)
    assert (done.state, done.paid_cny, done.paid_on) == ("confirmed", D("360000.00"), clock.today())
    assert done.settled_at is not None and last_audit().verb == "trading.milestone_confirm"
    second, first = PerformanceDeed.objects.all()
    assert (first.deed, first.side, first.words, first.file.name) == ("claimed", "buyer", "已汇出。", "回单.pdf")
    assert (second.deed, second.side, second.amount_cny) == ("confirmed", "owner", D("360000.00"))
    assert told() == [{"deed_id": first.pk}, {"deed_id": second.pk}]
    assert all("360000" not in str(entry.data) for entry in AuditEntry.objects.all())


def test_a_disputed_payment_is_claimed_again(owed, shen, bai):
    claim(owed, bai, "1.00")
    with pytest.raises(Conflict, match="写明理由"):
        performing.milestone_dispute(milestone_id=owed.pk, actor=shen, reason=" ")
    disputed = performing.milestone_dispute(milestone_id=owed.pk, actor=shen, reason="只到账一元。")
    assert disputed.state == "disputed" and last_audit().verb == "trading.milestone_dispute"
    assert "一元" not in str(last_audit().data)
    assert confirmed(owed, bai, shen).paid_cny == D("360000.00")


def test_what_the_payee_waives_is_settled(owed, shen, bai):
    with pytest.raises(NotAllowed):
        performing.milestone_waive(milestone_id=owed.pk, actor=bai, reason="不用付了")
    with pytest.raises(Conflict, match="写明理由"):
        performing.milestone_waive(milestone_id=owed.pk, actor=shen, reason="")
    assert performing.milestone_waive(milestone_id=owed.pk, actor=shen, reason="以样机抵偿。").state == "waived"
    with pytest.raises(MoveRefused):
        claim(owed, bai)


def test_each_side_says_its_own(owed, shen, bai, mo):
    for person in (shen, mo):
        with pytest.raises(NotAllowed):
            claim(owed, person)
    claim(owed, bai)
    for person in (bai, mo):
        with pytest.raises(NotAllowed):
            performing.milestone_confirm(milestone_id=owed.pk, actor=person)
        with pytest.raises(NotAllowed):
            performing.milestone_dispute(milestone_id=owed.pk, actor=person, reason="没收到。")
    assert PerformanceDeed.objects.count() == 1


def test_what_cannot_be_claimed(owed, shen, bai, settings):
    with pytest.raises(Conflict, match="今天之后"):
        performing.milestone_claim(
            milestone_id=owed.pk, actor=bai, paid_on=clock.today() + timedelta(days=1), paid_cny=D(1)
        )
    for amount in (None, "0"):
        with pytest.raises(Conflict, match="实际支付的金额"):
            claim(owed, bai, amount)
    with pytest.raises(ValidationError):
        claim(owed, bai, upload=patents.document("回单.exe"))
    for act in (performing.milestone_confirm,):
        with pytest.raises(MoveRefused):
            act(milestone_id=owed.pk, actor=shen)
    claim(owed, bai)
    with pytest.raises(MoveRefused):
        claim(owed, bai)


def test_shares_are_registered_without_cash(shen, bai):
    agreement = offers.signed(
        shen, bai, consideration="equity", equity_percent=D(10), equity_company="江城新材料公司"
    )  # fmt: skip
    milestone = agreement.milestones.get()
    assert confirmed(milestone, bai, shen, paid_cny=None).state == "confirmed"
    milestone.refresh_from_db()
    assert (milestone.kind, milestone.amount_cny, milestone.paid_cny) == ("shares", None, None)


# ---- statements


def test_a_statement_is_reckoned_accepted_and_due_in_thirty_days(yearly, shen, bai):
    statement = stated(yearly, 2024, bai, "1000000.00", words="见审计报告。", upload=patents.document("台账.pdf"))
    assert (statement.state, statement.reckoned_cny, statement.amount_cny) == ("made", D("30000.00"), D("30000.00"))
    assert (statement.minimum_cny, statement.left_cny) == (D("18349.73"), D("200000.00"))  # 184 of 366 days
    milestone = yearly.milestones.get(year=2024)
    with pytest.raises(Conflict, match="还没有被认可"):
        claim(milestone, bai, "30000")
    statements.statement_accept(statement_id=statement.pk, actor=shen)
    milestone.refresh_from_db()
    assert (milestone.amount_cny, milestone.due_on) == (D("30000.00"), clock.today() + timedelta(days=30))
    assert last_audit().verb == "trading.statement_accept" and last_audit().data["year"] == 2024
    assert all("30000" not in str(entry.data) for entry in AuditEntry.objects.all())
    assert [one.deed for one in yearly.deeds.order_by("id")] == ["stated", "accepted"]
    assert len(told()) == 2
    assert confirmed(milestone, bai, shen, paid_cny="30000").state == "confirmed"


def test_the_minimum_then_the_cap_over_the_years(yearly, shen, bai):
    low = accepted(yearly, 2024, bai, shen, "10.00")
    high = accepted(yearly, 2025, bai, shen, "90000000.00")
    assert (low.amount_cny, high.amount_cny) == (D("18349.73"), D("181650.27"))  # together the cap
    with performance.on((2027, 1, 5)):
        nothing = accepted(yearly, 2026, bai, shen, "90000000.00")
    assert nothing.amount_cny == 0
    milestone = yearly.milestones.get(year=2026)
    assert (milestone.state, milestone.amount_cny) == ("waived", D("0.00"))


def test_with_a_cap_the_years_are_stated_in_their_order(yearly, shen, bai):
    with pytest.raises(Conflict, match="2024 年的还没有被认可"):
        stated(yearly, 2025, bai)
    other = performance.royalty(shen, bai, cap_cny=None)
    assert stated(other, 2025, bai).state == "made"


def test_a_year_is_stated_when_it_is_over(yearly, bai):
    with performance.on((2024, 12, 31)), pytest.raises(Conflict, match="还没有结束"):
        stated(yearly, 2024, bai)
    with performance.on((2025, 1, 1)):
        assert stated(yearly, 2024, bai).state == "made"


def test_a_questioned_statement_is_made_anew(yearly, shen, bai):
    statement = stated(yearly, 2024, bai, "1.00")
    with pytest.raises(Conflict, match="写明疑问"):
        statements.statement_question(statement_id=statement.pk, actor=shen, reason=" ")
    asked = statements.statement_question(statement_id=statement.pk, actor=shen, reason="发票不止这些。", books=True)
    assert (asked.state, asked.books_asked) == ("questioned", True)
    assert last_audit().verb == "trading.statement_question" and "发票" not in str(last_audit().data)
    again = stated(yearly, 2024, bai, "2000000.00")
    assert (again.state, again.books_asked, again.amount_cny) == ("made", False, D("60000.00"))
    assert last_audit().verb == "trading.statement_make"


def test_who_states_and_who_judges(yearly, shen, bai, mo):
    for person in (shen, mo):
        with pytest.raises(NotAllowed):
            stated(yearly, 2024, person)
    statement = stated(yearly, 2024, bai)
    for person in (bai, mo):
        with pytest.raises(NotAllowed):
            statements.statement_accept(statement_id=statement.pk, actor=person)
        with pytest.raises(NotAllowed):
            statements.statement_question(statement_id=statement.pk, actor=person, reason="不对。")
    with pytest.raises(MoveRefused):
        stated(yearly, 2024, bai)
    statements.statement_accept(statement_id=statement.pk, actor=shen)
    with pytest.raises(MoveRefused):
        statements.statement_question(statement_id=statement.pk, actor=shen, reason="不对。")


def test_only_a_profit_can_be_negative(yearly, shen, bai):
    with pytest.raises(Conflict, match="不能是负数"):
        stated(yearly, 2024, bai, "-1")
    profit = performance.royalty(shen, bai, royalty_base="profit", minimum_cny=None)
    assert stated(profit, 2024, bai, "-5000").amount_cny == 0


# ---- reports


def report(agreement, actor, year=2025, **facts):
    return conversions.agreement_report(
        agreement_id=agreement.pk, actor=actor, year=year, facts=conversions.Facts(**facts)
    )


MADE = {
    "in_production": True, "since": date(2025, 3, 1), "province_id": "430000", "output_cny": D("8000000"), "jobs": 12,
    "tax_cny": D("300000"),
}  # fmt: skip


def test_either_side_reports_and_corrects_and_all_versions_stay(yearly, shen, bai):
    report(yearly, bai, **MADE)
    second = report(yearly, shen, **{**MADE, "jobs": 15, "note": " 含外协。 "})
    assert (second.version, second.side, second.jobs, second.note) == (2, "owner", 15, "含外协。")
    assert ConversionReport.objects.count() == 2 and last_audit().data["version"] == 2
    assert "8000000" not in str(last_audit().data)
    assert len(told("trading.agreement_report_notify")) == 2


def test_what_is_not_in_production_has_no_figures(yearly, bai):
    row = report(yearly, bai, **{**MADE, "in_production": False, "note": "仍在中试。"})
    assert (row.since, row.province, row.output_cny, row.jobs, row.note) == (None, None, 0, 0, "仍在中试。")


def test_what_cannot_be_reported(yearly, lump, shen, bai, mo):
    with pytest.raises(NotAllowed):
        report(yearly, mo, **MADE)
    for year in (2023, clock.today().year):
        with pytest.raises(Conflict, match="不能报告"):
            report(yearly, bai, year, **MADE)
    with pytest.raises(Conflict, match="投产日"):
        report(yearly, bai, **{**MADE, "since": date(2026, 1, 1)})
    with pytest.raises(Conflict, match="签署后"):
        report(offers.drafted(shen, bai), bai, **MADE)


# ---- what the database keeps


def test_the_database_keeps_what_is_settled(owed, shen, bai):
    table = "UPDATE trading_paymentmilestone SET "
    for change in ("amount_cny = 1", "due_on = due_on + 1", "kind = 'instalment'", "state = 'confirmed'", "number = 9"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"{table}{change} WHERE id = %s", owed.pk)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql(f"{table} state = 'claimed' WHERE id = %s", owed.pk)  # without a day and an amount
    confirmed(owed, bai, shen)
    for change in ("paid_cny = 1", "paid_on = paid_on - 1", "state = 'disputed'", "settled_at = NULL"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"{table}{change} WHERE id = %s", owed.pk)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("DELETE FROM trading_paymentmilestone WHERE id = %s", owed.pk)


def test_the_database_keeps_an_accepted_statement(yearly, shen, bai):
    statement = yearly.statements.get(year=2024)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_royaltystatement SET state = 'made' WHERE id = %s", statement.pk)  # without figures
    accepted(yearly, 2024, bai, shen)
    for change in ("base_cny = 1", "amount_cny = 1", "state = 'questioned'", "year = 2030"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"UPDATE trading_royaltystatement SET {change} WHERE id = %s", statement.pk)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_paymentmilestone SET amount_cny = 1 WHERE id = %s", statement.milestone_id)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("DELETE FROM trading_royaltystatement WHERE id = %s", statement.pk)
    assert RoyaltyStatement.objects.get(pk=statement.pk).state == "accepted"


def test_the_database_keeps_deeds_and_reports(owed, yearly, bai):
    claim(owed, bai)
    report(yearly, bai, **MADE)
    for table in ("trading_performancedeed", "trading_conversionreport"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"DELETE FROM {table}")
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_conversionreport SET jobs = 99")
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_performancedeed SET words = ''")
    with pytest.raises(REFUSED_BY_DATABASE):
        sql(
            "INSERT INTO trading_conversionreport (agreement_id, year, version, side, written_by_id, written_at,"
            " in_production, output_cny, jobs, tax_cny, note) VALUES (%s, 2025, 2, 'buyer', %s, now(), false, 5, 0, 0, '')",
            yearly.pk, bai.pk,
        )  # fmt: skip
