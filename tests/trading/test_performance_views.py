"""The performance of an agreement in the browser's eyes: what each page shows to whom, what its forms keep and refuse."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site import clock
from platform_site.files.models import StoredFile
from tests import shared
from tests.factories import offers, patents, performance
from tests.factories.accounts import confirmed
from trading.actions import conversions, performing
from trading.actions import ending as ends
from trading.models import Agreement, ConversionReport, Ending, PaymentMilestone

pytestmark = pytest.mark.django_db
shen, bai, guo, he, mo, ad = shared.once("shen", "bai", "guo", "he", "mo", "ad")
TODAY = clock.today().isoformat()


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def fresh(person):
    """Signed in, and the password given once more just now."""
    return confirmed(browser(person), person)


def text(response):
    return response.content.decode()


def at(agreement, what="performance/"):
    return f"/zh-hans/trading/agreements/{agreement.pk}/{what}"


def of(kind, row, verb):
    return f"/zh-hans/trading/{kind}/{row.pk}/{verb}/"


@pytest.fixture(scope="module")
def lump(shen, bai):
    return offers.signed(shen, bai)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, he, mo, ad, lump):
    """All of it is there for every test."""


@pytest.fixture
def owed(lump):
    return lump.milestones.get()


@pytest.fixture
def yearly(shen, bai):
    return performance.royalty(shen, bai)


def test_both_see_what_is_due_and_each_what_they_can_do(lump, owed, shen, bai):
    due = owed.due_on.isoformat()
    payer, payee = text(browser(bai).get(at(lump))), text(browser(shen).get(at(lump)))
    for page in (payer, payee):
        assert "总价款" in page and "36 万元" in page and due in page and "未到期" in page and "还没有记录" in page
        assert "等需求方办理" in page and "提议解除合同" in page and "发出违约催告" in page
    assert of("milestones", owed, "claim") in payer and of("milestones", owed, "claim") not in payee
    assert of("milestones", owed, "waive") in payee and of("milestones", owed, "waive") not in payer


@pytest.mark.parametrize(
    ("days", "words"),
    [(-50, "逾期 20 天"), (-30, "还有 0 天"), (-16, "还有 14 天"), (-15, "未到期")],
)
def test_the_light_says_how_urgent_it_is(shen, bai, days, words):
    agreement = performance.signed_on(clock.today() + timedelta(days=days), shen, bai)
    assert words in text(browser(bai).get(at(agreement)))
    assert words in text(browser(bai).get(agreement.get_absolute_url()))


def test_an_unsigned_agreement_has_no_performance(shen, bai):
    agreement = offers.drafted(shen, bai)
    assert browser(bai).get(at(agreement)).status_code == 404
    assert "查看履约情况" not in text(browser(bai).get(agreement.get_absolute_url()))


def test_a_free_licence_has_nothing_to_pay_and_can_be_completed(shen, bai):
    agreement = offers.signed(shen, bai, amount_cny=0)
    page = text(browser(bai).get(at(agreement)))
    assert "没有约定付款" in page and "提议确认履行完毕" in page
    assert browser(bai).post(at(agreement, "complete/")).status_code == 302
    page = text(browser(shen).get(at(agreement)))
    assert "白经理：确认履行完毕" in page and "核对并同意" in page
    proposal = Ending.objects.get()
    client = fresh(shen)
    assert "这个字段是必填项" in text(client.post(of("endings", proposal, "accept"), {}))
    assert client.post(of("endings", proposal, "accept"), {"agreed": "on"}).status_code == 302
    page = text(browser(bai).get(at(agreement)))
    assert "已履行完毕" in page and "提议解除合同" not in page and "合同终结 · 已履行完毕" in page


def test_a_payment_is_claimed_with_its_receipt_disputed_and_confirmed(lump, owed, shen, bai, mo):
    client = browser(bai)
    page = text(client.get(of("milestones", owed, "claim")))
    assert 'value="360000.00"' in page
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    page = text(
        client.post(of("milestones", owed, "claim"), {"paid_on": tomorrow, "paid_cny": "三十六", "words": "电汇。"})
    )
    assert "履行日不能在今天之后" in page and "请填写数字" in page and "电汇。" in page
    sent = {"paid_on": TODAY, "paid_cny": "36万", "words": "电汇。", "upload": patents.document("回单.pdf")}
    assert client.post(of("milestones", owed, "claim"), sent).status_code == 302
    page = text(browser(shen).get(at(lump)))
    assert "待确认" in page and "电汇。" in page and "回单.pdf" in page and "确认收讫" in page
    deed = lump.deeds.get()
    paper = at(lump, f"performance/{deed.pk}/")
    assert browser(shen).get(paper)["Content-Type"] == "application/pdf"
    assert browser(mo).get(paper).status_code == 404 and StoredFile.objects.get().name == "回单.pdf"
    answer = browser(shen).post(of("milestones", owed, "dispute"), {"reason": ""})
    assert "这个字段是必填项" in text(answer)
    browser(shen).post(of("milestones", owed, "dispute"), {"reason": "尚未到账。"})
    page = text(browser(bai).get(at(lump)))
    assert "有争议" in page and "尚未到账。" in page
    client.post(of("milestones", owed, "claim"), {"paid_on": TODAY, "paid_cny": "35万"})
    assert "与应付不同" in text(browser(shen).get(at(lump)))
    assert browser(shen).post(of("milestones", owed, "confirm")).status_code == 302
    assert "已确认" in text(browser(bai).get(at(lump)))
    refused = browser(bai).post(of("milestones", owed, "claim"), {"paid_on": TODAY, "paid_cny": "1"})
    assert refused.status_code == 409


def test_the_other_side_is_told_that_it_is_not_theirs_to_do(owed, shen, bai):
    assert browser(shen).get(of("milestones", owed, "claim")).status_code == 403
    for verb in ("dispute", "waive"):
        assert browser(bai).get(of("milestones", owed, verb)).status_code == 403
    assert browser(bai).post(of("milestones", owed, "confirm")).status_code == 403


def test_a_year_is_stated_questioned_and_accepted(yearly, shen, bai):
    statement = yearly.statements.get(year=2024)
    later = yearly.statements.get(year=2025)
    client = browser(bai)
    page = text(client.get(at(yearly)))
    assert of("statements", statement, "make") in page and "2024 年度提成" in page and "按申报计算" in page
    assert "2024 年净销售额（元）" in text(client.get(of("statements", statement, "make")))
    refused = client.post(of("statements", later, "make"), {"base_cny": "100万", "words": "先报后一年"})
    assert refused.status_code == 409 and "按年份先后" in text(refused) and "先报后一年" in text(refused)
    assert client.post(of("statements", statement, "make"), {"base_cny": "100万"}).status_code == 302
    page = text(browser(shen).get(at(yearly)))
    for words in (
        "提成 3%",
        "3 万元",
        "本期最低提成",
        "18349.73",
        "封顶以内尚余",
        "20 万元",
        "已申报",
    ):
        assert words in page.replace("\u2009", "")
    asked = {"reason": "请说明退货。", "books": "on"}
    assert browser(shen).post(of("statements", statement, "question"), asked).status_code == 302
    page = text(client.get(at(yearly)))
    assert "请说明退货。" in page and "要求查阅有关账目" in page and "被质询" in page
    client.post(of("statements", statement, "make"), {"base_cny": "110万"})
    assert browser(shen).post(of("statements", statement, "accept")).status_code == 302
    page = text(client.get(at(yearly)))
    assert "3.3 万元" in page and "已认可" in page
    assert browser(shen).get(of("statements", statement, "make")).status_code == 403
    assert browser(bai).get(of("statements", statement, "question")).status_code == 403


def test_a_loss_can_be_typed_where_the_base_is_profit(shen, bai):
    agreement = performance.royalty(shen, bai, royalty_base="profit", minimum_cny=None)
    statement = agreement.statements.get(year=2024)
    assert browser(bai).post(of("statements", statement, "make"), {"base_cny": "-12万"}).status_code == 302
    assert "-12 万元" in text(browser(shen).get(at(agreement)))


# ---- ends


def test_termination_is_proposed_and_agreed_with_a_fresh_password(lump, shen, bai):
    client = browser(bai)
    page = text(client.post(at(lump, "terminate/"), {"on_day": "2020-01-01", "reason": "转产。"}))
    assert "解除日应在今天与一年以后之间" in page and "转产。" in page
    assert client.post(at(lump, "terminate/"), {"on_day": TODAY, "reason": "转产。"}).status_code == 302
    proposal = Ending.objects.get()
    assert "转产。" in text(browser(shen).get(at(lump)))
    assert client.get(of("endings", proposal, "accept")).status_code == 403
    answer = browser(shen).post(of("endings", proposal, "accept"), {"agreed": "on"})
    assert "/accounts/reauthenticate/" in answer["Location"]
    assert fresh(shen).post(of("endings", proposal, "accept"), {"agreed": "on"}).status_code == 302
    assert Agreement.objects.get(pk=lump.pk).state == "terminated"
    assert "已解除" in text(client.get(at(lump)))


def test_a_proposal_is_declined_or_taken_back(lump, shen, bai):
    proposal = ends.agreement_terminate(agreement_id=lump.pk, actor=bai, reason="转产。", on_day=clock.today())
    assert browser(bai).get(of("endings", proposal, "decline")).status_code == 403
    browser(shen).post(of("endings", proposal, "decline"), {"reason": "还在试产。"})
    assert "还在试产。" in text(browser(bai).get(at(lump)))
    again = ends.agreement_terminate(agreement_id=lump.pk, actor=bai, reason="转产。", on_day=clock.today())
    assert browser(shen).post(of("endings", again, "withdraw")).status_code == 403
    assert browser(bai).post(of("endings", again, "withdraw")).status_code == 302
    assert Ending.objects.get(pk=again.pk).state == "withdrawn"


def test_a_notice_of_breach_runs_thirty_days(lump, shen, bai):
    assert browser(shen).post(at(lump, "breach/"), {"reason": "逾期未付。"}).status_code == 302
    notice = Ending.objects.get()
    page = text(browser(bai).get(at(lump)))
    assert "逾期未付。" in page and "前纠正" in page and "核对并同意" not in page
    refused = fresh(shen).post(of("endings", notice, "enforce"), {"agreed": "on"})
    assert refused.status_code == 409 and "还没有届满" in text(refused)
    assert browser(bai).get(of("endings", notice, "enforce")).status_code == 403


def test_completion_is_refused_with_what_is_open(lump, bai):
    page = text(browser(bai).get(at(lump)))
    assert "款项全部了结后" in page and at(lump, "complete/") not in page
    refused = browser(bai).post(at(lump, "complete/"))
    assert refused.status_code == 409 and "总价款" in text(refused)


# ---- reports


def test_a_year_is_reported_and_corrected(yearly, shen, bai):
    address = at(yearly, "conversion/")
    client = browser(bai)
    page = text(client.get(address))
    assert "2025 年" in page and "逾期未报告" in page
    sent = {"year": "2025", "in_production": "yes", "output_cny": "800万", "jobs": "12", "note": "两条产线"}
    page = text(client.post(address, sent))
    assert "已投产的需要填写这一项" in page and "两条产线" in page and not ConversionReport.objects.exists()
    sent |= {"since": "2025-03-01", "province": "430000", "tax_cny": "30万"}
    assert client.post(address, sent).status_code == 302
    page = text(browser(shen).get(address))
    assert "800 万元" in page and "12 人" in page and "湖南" in page and "第 1 版，白经理" in page
    page = text(browser(shen).get(f"{address}?year=2025"))
    assert 'value="12"' in page and 'value="2025-03-01"' in page
    assert browser(shen).post(address, sent | {"jobs": "15", "province": "elsewhere"}).status_code == 302
    page = text(client.get(address))
    assert "第 2 版，沈工" in page and "第 1 版，白经理" in page and "六省以外" in page
    assert "不能" in text(client.post(address, sent | {"year": "2031"})) or ConversionReport.objects.count() == 2


def test_what_was_signed_this_year_has_nothing_to_report_yet(lump, bai):
    assert "还没有可报告的年份" in text(browser(bai).get(at(lump, "conversion/")))


# ---- who sees it


PAGES = ("performance/", "conversion/", "terminate/", "breach/")


@pytest.mark.parametrize("what", PAGES)
def test_strangers_officers_and_administrators_find_nothing(lump, mo, guo, he, ad, what):
    for person in (mo, guo, he, ad):
        assert browser(person).get(at(lump, what)).status_code == 404


def test_nor_do_they_find_its_parts(lump, owed, yearly, shen, mo, guo, ad):
    proposal = ends.agreement_terminate(agreement_id=lump.pk, actor=shen, reason="转产。", on_day=clock.today())
    statement = yearly.statements.first()
    for person in (mo, guo, ad):
        client = browser(person)
        for verb in ("claim", "dispute", "waive"):
            assert client.get(of("milestones", owed, verb)).status_code == 404
        assert client.post(of("milestones", owed, "confirm")).status_code == 404
        for verb in ("make", "question"):
            assert client.get(of("statements", statement, verb)).status_code == 404
        for verb in ("accept", "decline", "enforce"):
            assert client.get(of("endings", proposal, verb)).status_code == 404
        assert client.post(of("endings", proposal, "withdraw")).status_code == 404
        assert client.post(at(lump, "complete/")).status_code == 404


# ---- cost


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_one_payment_costs_as_many_queries_as_three(shen, bai):
    client = browser(bai)
    one = offers.signed(shen, bai)
    three = performance.royalty(shen, bai)
    for agreement in (one, three):
        milestone = agreement.milestones.first()
        performing.milestone_claim(
            milestone_id=milestone.pk, actor=bai, paid_on=clock.today(), paid_cny=milestone.amount_cny
        )
    counted = queries_of(client, at(one))
    for reason in ("逾期一。", "逾期二。"):
        performing.milestone_dispute(milestone_id=three.milestones.first().pk, actor=shen, reason=reason)
        performing.milestone_claim(
            milestone_id=three.milestones.first().pk, actor=bai, paid_on=clock.today(), paid_cny=1
        )
    assert queries_of(client, at(three)) == counted <= 15
    assert PaymentMilestone.objects.filter(agreement=three).count() > 3
    facts = conversions.Facts(in_production=False)
    reports = at(three, "conversion/")
    conversions.agreement_report(agreement_id=three.pk, actor=bai, year=2025, facts=facts)
    first = queries_of(client, reports)
    for year in (2024, 2025):
        conversions.agreement_report(agreement_id=three.pk, actor=bai, year=year, facts=facts)
    assert queries_of(client, reports) == first <= 15
    assert queries_of(client, one.get_absolute_url()) <= 15
