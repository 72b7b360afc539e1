"""Open licences in the browser's eyes: what each page shows to whom, and what its forms refuse."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patents.models import Encumbrance, Patent
from platform_site import clock
from tests.clients import browser
from tests.factories import accounts, ledger, offers, opens, patents
from tests.factories.accounts import PASSWORD
from trading.actions import opens as acts
from trading.models import Agreement, OpenDeclaration

pytestmark = pytest.mark.django_db
LIST = "/zh-hans/trading/open/"
AGREEMENTS = "/zh-hans/trading/agreements/"


def fresh(person):
    """Signed in, and the password given once more just now."""
    client = browser(person)
    answer = client.post("/zh-hans/accounts/reauthenticate/?next=/zh-hans/desk/", {"password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def text(response):
    return response.content.decode()


def at(declaration, what=""):
    return f"{LIST}{declaration.pk}/{what}"


def form_of(listing):
    return f"{LIST}declare/{listing.number}/{patents.patent_of(listing).pk}/"


def typed(**changes):
    """What a browser sends for 80,000 yuan once, for three years."""
    plain = {
        "method": "fixed", "amount_cny": "8万", "years": "3", "conditions": "取得人自备试验条件。",
        "filed_on": (clock.today() - timedelta(days=2)).isoformat(), "truthful": "on",
    }  # fmt: skip
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def page_of_announcement(**changes):
    upload = SimpleUploadedFile("公告.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    return {"number": "2026开放0009", "announced_on": clock.today().isoformat(), "proof": upload, **changes}


# ---- the owner's form


def test_the_owner_finds_the_form_on_the_page_of_the_listing_and_nobody_else_does(shen, bai):
    listing = opens.market(shen)
    assert form_of(listing) in text(browser(shen).get(listing.get_absolute_url()))
    assert form_of(listing) not in text(browser(bai).get(listing.get_absolute_url()))
    assert f"{LIST}?q={listing.number}" in text(browser(bai).get(listing.get_absolute_url()))


def test_the_form_shows_the_conditions_with_their_provisions(shen):
    page = text(browser(shen).get(form_of(opens.market(shen))))
    for words in ("专利已授权且有效", "《专利法》第五十条", "年费已按期缴纳", "《专利法实施细则》第八十六条"):
        assert words in page
    assert "专利权评价报告" not in page and "收款账户，由您与取得人另行告知" in page


def test_a_declaration_is_sent_and_shown_with_what_waits(shen, guo, bai):
    listing = opens.market(shen)
    answer = browser(shen).post(form_of(listing), typed(), follow=True)
    declaration = OpenDeclaration.objects.get()
    page = text(answer)
    assert "公告并登入台账后才生效" in page and "8 万元，一次付清" in page and "撤回声明" in page
    assert (declaration.amount_cny, declaration.years, declaration.filed_on) == (
        Decimal(80000), 3, clock.today() - timedelta(days=2),
    )  # fmt: skip
    assert browser(bai).get(at(declaration)).status_code == 404
    assert browser(shen).get(form_of(listing))["Location"] == f"/zh-hans/trading/open/{declaration.pk}/"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"conditions": "本技术全球领先，欢迎来电。"}, "全球领先”“欢迎来电"),
        ({"amount_cny": None}, "免费许可的写 0"),
        ({"method": "royalty", "percent": "3", "amount_cny": None}, "提成的声明需要填写这一项"),
        ({"filed_on": "2099-01-01"}, "不能晚于今天"),
        ({"years": "21"}, "20"),
        ({"truthful": None}, "与提交给国家知识产权局的声明一致"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(shen, changes, words):
    answer = browser(shen).post(form_of(opens.market(shen)), typed(**changes))
    page = text(answer)
    assert answer.status_code == 200 and words in page and "错误：" in page
    assert changes.get("conditions", "取得人自备试验条件。") in page
    assert not OpenDeclaration.objects.exists()


def test_what_another_method_does_not_need_is_dropped(shen):
    browser(shen).post(form_of(opens.market(shen)), typed(percent="4", base="profit"))
    declaration = OpenDeclaration.objects.get()
    assert (declaration.percent, declaration.base) == (None, "")


def test_more_than_usual_is_a_warning_to_owner_and_office_alone(shen, guo, bai):
    listing = opens.market(shen)
    royalty = {"method": "royalty", "percent": "25", "base": "net_sales", "amount_cny": None}
    page = text(browser(shen).post(form_of(listing), typed(**royalty), follow=True))
    assert "一般不高于 20%" in page and "净销售额的 25%" in page
    declaration = opens.announced(OpenDeclaration.objects.get(), guo)
    assert "一般不高于" in text(browser(guo).get(at(declaration)))
    assert "一般不高于" not in text(browser(bai).get(at(declaration)))


def test_a_barred_patent_has_no_form_but_what_to_do(shen, guo):
    listing = opens.market(shen, forms=["ordinary", "exclusive"])
    ledger.recorded(patents.patent_of(listing), guo, "exclusive", provinces=["430000"])
    page = text(browser(shen).get(form_of(listing)))
    assert "有条件不满足" in page and "台账上有：独占许可" in page and 'name="amount_cny"' not in page
    answer = browser(shen).post(form_of(listing), typed())
    assert answer.status_code == 409 and "第八十六条" in text(answer)


def test_a_utility_model_asks_for_its_report_which_only_owner_and_office_read(shen, guo, he, bai):
    listing = opens.market(shen, number=patents.number(digit="2"), kind="utility_model")
    assert "在本表中提供" in text(browser(shen).get(form_of(listing)))
    assert "专利权评价报告" in text(browser(shen).post(form_of(listing), typed()))
    assert not OpenDeclaration.objects.exists()
    browser(shen).post(form_of(listing), typed(report=patents.document("评价报告.pdf")))
    declaration = opens.announced(OpenDeclaration.objects.get(), guo)
    for person in (shen, guo):
        assert browser(person).get(at(declaration, "files/report/")).status_code == 200
    for person in (he, bai):
        assert browser(person).get(at(declaration, "files/report/")).status_code == 403
    assert browser(shen).get(at(declaration, "files/other/")).status_code == 404


def test_a_patent_of_another_listing_is_not_there(shen):
    one, other = opens.market(shen), opens.market(shen)
    address = f"{LIST}declare/{one.number}/{patents.patent_of(other).pk}/"
    assert browser(shen).get(address).status_code == 404


# ---- the office


def test_the_queue_is_of_the_office_s_own_province(shen, guo, he):
    waiting, standing = opens.declared(shen), opens.in_force(shen)
    page = text(browser(guo).get(f"{LIST}queue/"))
    assert at(waiting) in page and at(standing) not in page
    page = text(browser(he).get(f"{LIST}queue/"))
    assert at(waiting) not in page and "没有等待登记公告的声明" in page
    assert browser(shen).get(f"{LIST}queue/").status_code == 403


def test_an_officer_enters_the_announcement(shen, guo):
    declaration = opens.declared(shen)
    client = browser(guo)
    assert "登记公告" in text(client.get(at(declaration)))
    answer = client.post(at(declaration, "announce/"), page_of_announcement(announced_on="2020-01-01"))
    assert answer.status_code == 409 and "公告日应在" in text(answer) and "2026开放0009" in text(answer)
    page = text(client.post(at(declaration, "announce/"), page_of_announcement(), follow=True))
    assert "公告有效" in page and "2026开放0009" in page
    assert Encumbrance.objects.get().number == "2026开放0009"
    assert "不能再登记或退回" in text(client.get(at(declaration, "announce/")))


def test_an_officer_returns_with_a_reason_that_the_owner_reads(shen, guo):
    declaration = opens.declared(shen)
    client = browser(guo)
    assert client.post(at(declaration, "return/"), {"reason": ""}).status_code == 200
    client.post(at(declaration, "return/"), {"reason": "公告中没有这件专利。"})
    page = text(browser(shen).get(at(declaration)))
    assert "已退回" in page and "公告中没有这件专利。" in page


# ---- the public


def test_the_list_shows_what_can_be_taken_and_finds_it(shen, bai, guo):
    one = opens.in_force(shen, listing=opens.market(shen, title="甲技术"))
    two = opens.in_force(shen, listing=opens.market(shen, province_code="430000"))
    waiting, gone = opens.declared(shen), opens.in_force(shen)
    acts.open_withdraw(declaration_id=gone.pk, actor=shen, reason="")
    page = text(browser().get(LIST))
    assert at(one) in page and at(two) in page and at(waiting) not in page and at(gone) not in page
    assert "8 万元，一次付清" in page
    for number in (one.patent.shown_number, one.listing.number, one.patent.application_number[2:]):
        assert browser().get(LIST, {"q": number})["Location"] == at(one), number
    page = text(browser().get(LIST, {"province": "430000"}))
    assert at(two) in page and at(one) not in page
    assert "没有符合的开放许可" in text(browser().get(LIST, {"q": "没有这样的技术"}))
    Patent.objects.filter(pk=one.patent_id).update(title_zh="一种甲催化剂")
    assert at(one) in text(browser().get(LIST, {"q": "甲催化"}))


def test_the_list_is_empty_at_first_and_is_paged(shen, settings):
    assert "还没有公告有效的开放许可" in text(browser().get(LIST))
    assert browser().get(LIST, {"page": "2"}).status_code == 404


def test_three_rows_cost_as_many_queries_as_one(shen, guo):
    def queries(person, address):
        client = browser(person)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    opens.in_force(shen)
    opens.declared(shen)
    one = (queries(None, LIST), queries(guo, f"{LIST}queue/"))
    for _n in range(2):
        opens.in_force(shen)
        opens.declared(shen)
    assert (queries(None, LIST), queries(guo, f"{LIST}queue/")) == one and max(one) <= 15


def test_anybody_reads_the_fee_and_how_many_but_not_who(shen, bai):
    declaration = opens.in_force(shen)
    opens.taken(declaration, bai)
    page = text(browser().get(at(declaration)))
    for words in ("8 万元，一次付清", "自取得之日起 3 年", "2026开放0001", "已有 1 人取得", "登录后取得开放许可"):
        assert words in page
    assert "白经理" not in page and "仅权利人和省知识产权局可见" not in page
    page = text(browser().get(f"/en/trading/open/{declaration.pk}/"))
    assert "白经理" not in page


def test_a_withdrawn_one_stays_readable_without_a_button(shen, bai):
    declaration = opens.in_force(shen)
    answer = browser(shen).post(at(declaration, "withdraw/"), {"filed": "on", "reason": ""}, follow=True)
    assert "此前已取得的开放许可不受影响" in text(answer)
    page = text(browser(bai).get(at(declaration)))
    assert "已撤回" in page and at(declaration, "take/") not in page
    assert browser(bai).post(at(declaration, "withdraw/"), {"filed": "on"}).status_code == 403


def test_a_withdrawal_is_confirmed_first(shen):
    declaration = opens.in_force(shen)
    browser(shen).post(at(declaration, "withdraw/"), {"reason": "改用普通许可。"})
    declaration.refresh_from_db()
    assert declaration.state == "in_force"


# ---- taking


def test_taking_asks_for_the_password_behind_the_gate(shen, bai, mo):
    declaration = opens.in_force(shen)
    assert "/accounts/reauthenticate/" in browser(bai).get(at(declaration, "take/"))["Location"]
    refused = browser(mo).get(at(declaration, "take/"))
    assert refused.status_code == 403 and "实名核验" in text(refused)
    assert browser(shen).get(at(declaration, "take/")).status_code == 403
    assert "/accounts/login/" in browser().get(at(declaration, "take/"))["Location"]
    assert not Agreement.objects.exists()


def test_taking_in_one_step_ends_at_the_receipt_of_both(shen, bai, guo, ad):
    declaration = opens.in_force(shen, method="yearly", amount_cny=Decimal(5000), years=4)
    client = fresh(bai)
    page = text(client.get(at(declaration, "take/")))
    digest = opens.digest_today(declaration)
    for words in ("第一年使用费 5000 元", "2 万元", digest, "开放许可", "全部条款"):
        assert words in page
    answer = client.post(at(declaration, "take/"), {"digest": digest, "agreed": "on"}, follow=True)
    agreement = Agreement.objects.get()
    address = f"{LIST}receipts/{agreement.pk}/"
    assert answer.redirect_chain[-1][0] == address
    until = (clock.today() + timedelta(days=30)).isoformat()
    for person in (bai, shen):
        page = text(browser(person).get(address))
        for words in (agreement.number, agreement.digest, until, "第一年使用费 5000 元", "白经理", "沈工"):
            assert words in page
    for person in (guo, ad, accounts.member("lin@example.org", verified=True)):
        assert browser(person).get(address).status_code == 404
    assert agreement.number in text(client.get(at(declaration)))
    assert "您已取得" in text(client.get(at(declaration, "take/")))


def test_taking_without_agreeing_or_with_other_terms_is_refused(shen, bai):
    declaration = opens.in_force(shen)
    client = fresh(bai)
    assert client.post(at(declaration, "take/"), {"digest": opens.digest_today(declaration)}).status_code == 200
    answer = client.post(at(declaration, "take/"), {"digest": "a" * 64, "agreed": "on"})
    assert answer.status_code == 409 and "您看到的条款与现在的不一致" in text(answer)
    assert not Agreement.objects.exists()


def test_the_same_form_sent_twice_takes_once(shen, bai):
    declaration = opens.in_force(shen)
    client = fresh(bai)
    sent = {
        "digest": opens.digest_today(declaration), "agreed": "on",
        "idempotency_key": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    first, second = (client.post(at(declaration, "take/"), sent) for _n in range(2))
    assert first["Location"] == second["Location"] and Agreement.objects.count() == 1


# ---- the pages of agreements


def test_takings_stand_among_the_agreements_of_both_and_of_nobody_else(shen, bai, guo, ad):
    negotiated = offers.signed(shen, bai)
    agreement = opens.taken(opens.in_force(shen), bai)
    for person in (shen, bai):
        page = text(browser(person).get(AGREEMENTS))
        assert agreement.number in page and negotiated.number in page
        page = text(browser(person).get(f"{AGREEMENTS}{agreement.pk}/"))
        assert "8 万元" in page and "以公告的开放许可声明作出" in page and "取得凭据" in page
        assert "回到洽谈室" not in page and "争议解决" not in page
        assert "回到洽谈室" in text(browser(person).get(f"{AGREEMENTS}{negotiated.pk}/"))
    for person in (guo, ad, accounts.member("lin@example.org", verified=True)):
        assert browser(person).get(f"{AGREEMENTS}{agreement.pk}/").status_code == 404
        assert agreement.number not in text(browser(person).get(AGREEMENTS))
    assert browser(bai).get(f"{LIST}receipts/{negotiated.pk}/").status_code == 404


def test_a_taking_is_not_signed_again(shen, bai):
    agreement = opens.taken(opens.in_force(shen), bai)
    client = fresh(shen)
    assert "不能签署" in text(client.get(f"{AGREEMENTS}{agreement.pk}/sign/"))
    answer = client.post(f"{AGREEMENTS}{agreement.pk}/sign/", {"digest": agreement.digest, "agreed": "on"})
    assert answer.status_code == 403 and agreement.signatures.count() == 1
