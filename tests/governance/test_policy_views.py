"""The list, the page and the editor of policies; entitlements and parity as readers see them."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import parity_queries, rule_words
from governance.models import Policy, PolicyApplication, PolicyVersion
from platform_site import clock
from tests.factories import accounts, agreements, expos, patents, resources
from tests.factories import policies as make
from tests.factories.policies import HUBEI, HUNAN, JIANGXI

pytestmark = pytest.mark.django_db
FORM = {
    "province": HUBEI, "kind": "deal", "title_zh": "新办法", "summary_zh": "摘要", "basis_zh": "文件第三条", "kind_of_sum": "rate",
    "of": "contract_cny", "percent": "10", "cap_cny": "20万", "stacking": "once", "notice_days": "5", "documents": "合同\n发票",
    "rule-TOTAL_FORMS": "12", "rule-INITIAL_FORMS": "0", "rule-0-test": "form:in", "rule-0-value": "普通许可、独占许可",
    "rule-0-clause": "第三条", "rule-1-test": "recorded:is", "rule-1-value": "是", "rule-1-clause": "第四条", "rule-1-group": "1",
    "rule-2-test": "contract_registered:is", "rule-2-value": "是", "rule-2-clause": "第四条", "rule-2-group": "1",
    "rule-3-test": "applicant_seat:in", "rule-3-value": "宜昌市、湖南", "rule-3-clause": "第五条", "rule-3-negated": "on",
}  # fmt: skip


def sent(**changes):
    return {**FORM, "starts_on": clock.today().isoformat(), **changes}


def queries_of(client, address):
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def text(response):
    return response.content.decode()


def test_an_officer_writes_a_rule_in_rows_and_publishes_it(client, guo):
    client.force_login(guo)
    new = reverse("policies:policy_create")
    assert "起草政策" in text(client.get(new))
    looked = text(client.post(new, sent(preview="1")))
    assert "转化方式为普通许可或独占许可" in looked and "10%" in looked and not Policy.objects.exists()
    assert "第五条" in looked.split("不一视同仁")[1], "a clause on the seat is named before it is published"
    client.post(new, sent())
    version = PolicyVersion.objects.get()
    assert version.criteria == {
        "all": [
            {"fact": "form", "op": "in", "value": ["ordinary", "exclusive"], "clause": "第三条"},
            {"not": {"fact": "applicant_seat", "op": "in", "value": ["420500", HUNAN], "clause": "第五条"}},
            {"any": [
                {"fact": "recorded", "op": "is", "value": True, "clause": "第四条"},
                {"fact": "contract_registered", "op": "is", "value": True, "clause": "第四条"},
            ]},
        ]
    }  # fmt: skip
    assert (version.formula, version.cap_cny) == (
        {"kind": "rate", "of": "contract_cny", "percent": "10"},
        Decimal(200_000),
    )
    edit = reverse("policies:version_save", args=[version.pk])
    page = text(client.get(edit))
    assert 'value="宜昌市、湖南"' in page and 'value="普通许可、独占许可"' in page
    check = text(client.get(reverse("policies:policy_publish", args=[version.pk])))
    assert rule_words.sentence(version.criteria) in check and "公布政策" in check
    client.post(reverse("policies:policy_publish", args=[version.pk]))
    version.refresh_from_db()
    assert version.state == "published"
    shown = text(client.get(version.policy.get_absolute_url()))
    assert "第五条" in shown and "有地域限制" in shown and "起草新版" in shown


def test_what_is_wrong_is_named_where_it_stands(client, guo):
    client.force_login(guo)
    page = text(client.post(reverse("policies:policy_create"), sent(**{"rule-0-value": "猫", "rule-1-clause": "", "percent": "300"})))  # fmt: skip
    assert "没有“猫”这个值。" in page and "请写明条款" in page and "百分比" in page and "新办法" in page
    page = text(client.post(reverse("policies:policy_create"), sent(tree='{"all": [{"any": []}]}')))
    assert "全部 › 第 1 项" in page and not Policy.objects.exists()
    deep = (
        '{"any": [{"all": [{"not": {"any": [{"fact": "jobs", "op": "at_least", "value": "5", "clause": "第一条"}]}}]}]}'
    )
    client.post(reverse("policies:policy_create"), sent(tree=deep))
    version = PolicyVersion.objects.get()
    assert list(version.criteria) == ["any"]
    page = text(client.get(reverse("policies:version_save", args=[version.pk])))
    assert "&quot;any&quot;" in page, "a tree that rows cannot say comes back as it was typed"


def test_the_list_answers_words_filters_and_days(client):
    make.published(HUBEI, title_zh="湖北奖补")
    make.published(JIANGXI, kind="rent", title_zh="江西租金减免", ends_on=clock.today() + timedelta(days=3))
    make.published(HUNAN, title_zh="以后的湖南奖补", starts_on=clock.today() + timedelta(days=5))
    address = reverse("policies:policy_list")
    page = text(client.get(address))
    assert "湖北奖补" in page and "江西租金减免" in page and "以后的" not in page
    assert "湖北奖补" not in text(client.get(address, {"q": "租金"}))
    assert "江西租金减免" not in text(client.get(address, {"province": HUBEI}))
    later = (clock.today() + timedelta(days=5)).isoformat()
    page = text(client.get(address, {"on": later}))
    assert "以后的湖南奖补" in page and "江西租金减免" not in page
    assert "没有符合条件" in text(client.get(address, {"kind": "tax"}))
    assert "已忽略" in text(client.get(address, {"on": "gestern"})) or "施行于" in text(
        client.get(address, {"on": "x"})
    )
    data = client.get(address, {"format": "json", "province": HUBEI}).json()
    assert data["count"] == 1 and data["results"][0]["criteria"] == make.OPEN_RULE and data["next"] is None
    rows = list(csv.DictReader(io.StringIO(text(client.get(address, {"format": "csv"})).lstrip("\ufeff"))))
    assert [row["province"] for row in rows] == [JIANGXI, HUBEI]


def test_as_many_queries_for_three_as_for_one(client, guo):
    make.published(HUBEI)
    client.force_login(guo)
    address = reverse("policies:policy_list")
    client.get(address)
    one = queries_of(client, address)
    for code in (HUBEI, HUNAN):
        make.published(code)
    assert queries_of(client, address) == one <= 15
    assert queries_of(client, reverse("policies:parity")) <= 15


# ---- entitlements


def test_a_listing_through_six_rule_books(client, shen):
    listing = patents.published(shen, forms=["ordinary"], title="催化剂")
    award = {**make.OPEN_RULE, "all": [make.leaf("form", "in", ["ordinary"], "第三条"), make.leaf("paid_cny", "at_least", "100000", "第六条")]}  # fmt: skip
    make.published(HUBEI, title_zh="湖北奖补", criteria=award, formula=make.RATE)
    make.published(JIANGXI, title_zh="江西奖补", criteria={"all": [make.leaf("form", "in", ["ordinary"], "第二条"), make.leaf("conversion_place", "in", [JIANGXI], "第七条")]})  # fmt: skip
    make.published(HUNAN, title_zh="湖南奖补", criteria={"all": [make.leaf("form", "in", ["assignment"], "第八条")]})
    address = reverse("policies:entitlement_listing", args=[listing.number])
    page = text(client.get(address))
    columns = [part.split("</section>")[0] for part in page.split('class="six')[1].split("<section>")[1:]]
    names = ["山西", "安徽", "江西", "河南", "湖北", "湖南"]
    assert [next(name for name in names if name in column) for column in columns[:6]] == names, "in code order"
    assert "信息不足" in columns[4] and "第六条" in columns[4] and "实际支付金额不低于 10 万元" in columns[4]
    assert "可能享受" in columns[2], "where it is converted is assumed"
    assert "不能享受" in columns[5] and "第八条" in columns[5] and "现不符合" in columns[5]
    told = text(client.get(address, {"paid_cny": "100000", "contract_cny": "200000"}))
    column = told.split('class="six')[1].split("<section>")[5]
    assert "可能享受" in column and "20 万元 × 10% = 2 万元" in column
    assert "同一事项不重复享受" in told.split('class="six')[0], "Hubei and Jiangxi exclude one another"
    assert queries_of(client, address) <= 15


def test_an_agreement_for_its_parties_alone(client, shen, bai, mo, guo):
    agreement = agreements.signed(shen, bai)
    make.published(HUBEI, title_zh="湖北奖补")
    address = reverse("policies:entitlement_agreement", args=[agreement.pk])
    for user in (shen, bai):
        client.force_login(user)
        page = text(client.get(address))
        assert "可以享受" in page and "申报" in page and agreement.number in page
        assert queries_of(client, address) <= 15
    for user in (mo, guo):
        client.force_login(user)
        assert client.get(address).status_code == 404
    client.force_login(bai)
    make.on_notice(make.applied(make.published(JIANGXI), bai, agreement), make.keeper(JIANGXI), make.second(JIANGXI))
    assert "已就同一事项获得过支持" in text(client.get(address))


def test_a_visit_and_a_stationing_count_too_and_are_ones_own(client, shen, bai, mo, guo):
    place = resources.facility(HUBEI, officer=guo, name_zh="光谷产业化基地")
    visit, stay = resources.visit(place, bai), resources.applied(place, shen)
    make.published(HUBEI, kind="display", title_zh="考察补助", criteria={"all": [make.leaf("occasion", "in", ["visit"], "第二条")]})  # fmt: skip
    make.published(HUBEI, kind="rent", title_zh="租金减免", criteria={"all": [
        make.leaf("occasion", "in", ["stationing"], "第二条"), make.leaf("conversion_place", "in", [HUBEI], "第三条"),
    ]})  # fmt: skip
    for user, name, row, yes, no in (
        (bai, "visit", visit, "考察补助", "租金减免"), (shen, "stationing", stay, "租金减免", "考察补助"),
    ):  # fmt: skip
        address = reverse(f"policies:entitlement_{name}", args=[row.pk])
        client.force_login(user)
        page = text(client.get(address))
        hubei = page.split('class="six')[1].split("<section>")[5]
        offered, _rest, refused = hubei.partition("项不能享受")
        assert yes in offered and no in refused and place.name_zh in page
        assert queries_of(client, address) <= 15
        for other in (mo, guo):
            client.force_login(other)
            assert client.get(address).status_code == 404
    client.force_login(shen)
    version = PolicyVersion.objects.get(title_zh="租金减免")
    apply = f"{reverse('policies:support_make', args=[version.pk])}?stationing={stay.pk}"
    assert apply in text(client.get(reverse("policies:entitlement_stationing", args=[stay.pk])))
    assert "入驻" in text(client.get(apply))
    assert client.post(apply, {"declared": "on"}).status_code == 302
    made = PolicyApplication.objects.get()
    assert (made.listing, made.facts["occasion"][0]) == (stay.listing, "stationing")
    client.force_login(bai)
    told = f"{reverse('policies:support_make', args=[version.pk])}?visit={visit.pk}&role=owner"
    assert client.get(told).status_code == 403, "who only looked has nothing of their own to apply for"


def test_an_exhibit_counts_too_and_is_ones_own(client, shen, mo, guo):
    expo = expos.prepared(officer=guo)
    shown = expos.exhibit(expo, patents.published(shen, province=HUBEI))
    make.published(HUBEI, kind="display", title_zh="参展补助", criteria={"all": [make.leaf("occasion", "in", ["exhibit"], "第二条")]})  # fmt: skip
    address = reverse("policies:entitlement_exhibit", args=[shown.pk])
    client.force_login(mo)
    assert client.get(address).status_code == 404
    client.force_login(shen)
    page = text(client.get(address))
    assert "参展补助" in page and "参展" in page
    assert queries_of(client, address) <= 15
    assert address in text(client.get(reverse("policies:entitlement_list")))
    apply = f"{reverse('policies:support_make', args=[PolicyVersion.objects.get(title_zh='参展补助').pk])}?exhibit={shown.pk}"
    assert client.post(apply, {"declared": "on"}).status_code == 302
    assert PolicyApplication.objects.get().facts["occasion"][0] == "exhibit"


def test_a_profile_and_the_choice_of_what_to_evaluate(client, mo):
    listing = patents.published(accounts.member("wang@example.org", verified=True))
    make.published(HUBEI, kind="talent", title_zh="人才激励", criteria={"all": [make.leaf("applicant_seat", "in", ["410000"], "第一条")]})  # fmt: skip
    assert client.get(reverse("policies:entitlement_profile")).status_code == 302
    client.force_login(mo)
    page = text(client.get(reverse("policies:entitlement_profile")))
    assert "人才激励" in page and "可以享受" in page
    answer = client.get(reverse("policies:entitlement_list"), {"number": listing.number.lower()})
    assert answer.headers["Location"].endswith(f"/{listing.number}/")
    assert "还没有已签署的合同" in text(client.get(reverse("policies:entitlement_list")))


def test_nothing_left_of_the_budget_is_a_no(client, shen, bai):
    agreement = agreements.signed(shen, bai)
    version = make.published(JIANGXI, budget_cny=Decimal(30_000))
    make.on_notice(make.applied(version, bai, agreement), make.keeper(JIANGXI), make.second(JIANGXI))
    client.force_login(shen)
    assert "预算或名额已用完" in text(client.get(reverse("policies:entitlement_agreement", args=[agreement.pk])))


# ---- parity


def local(**changes):
    return {"criteria": {"all": [*make.OPEN_RULE["all"], make.LOCAL]}, **changes}


def test_a_clause_that_reserves_aid_for_local_firms_changes_the_page_and_is_named(client):
    make.published(HUBEI, title_zh="人人可享的奖补")
    address = reverse("policies:parity")
    before = client.get(address, {"format": "json"}).json()
    assert before["provinces"][HUBEI] == {"deals": 24, "alike": 24, "index": 1.0, "clauses": [], "kinds": {"deal": {"deals": 24, "alike": 24, "index": 1.0}}}  # fmt: skip
    assert before["provinces"][HUNAN]["index"] is None
    assert "没有区别对待的条款" in text(client.get(address))
    make.published(HUBEI, title_zh="只给本省的奖补", **local())
    after = client.get(address, {"format": "json"}).json()["provinces"][HUBEI]
    assert (after["deals"], after["alike"], after["index"]) == (48, 24, 0.5)
    named = after["clauses"][0]
    assert (named["clause"], named["favoured"], named["places"]) == ("第四条", [HUBEI], [HUBEI])
    page = text(client.get(address))
    assert (
        "申请人注册地在湖北" in page and "只给本省的奖补" in page and page.index("区别对待的条款") < page.index("指数")
    )
    rows = list(csv.DictReader(io.StringIO(text(client.get(address, {"format": "csv"})).lstrip("\ufeff"))))
    assert rows == [{"province": HUBEI, "kind": "deal", "deals": "48", "alike": "24", "index": "0.5"}]


def test_parity_by_date_and_for_owners_and_cities(client):
    soon = clock.today() + timedelta(days=4)
    make.published(HUBEI, **local(starts_on=soon))
    address = reverse("policies:parity")
    assert client.get(address, {"format": "json"}).json()["provinces"][HUBEI]["deals"] == 0
    assert client.get(address, {"format": "json", "on": soon.isoformat()}).json()["provinces"][HUBEI]["alike"] == 0
    assert client.get(address, {"on": "gestern"}).status_code == 404
    make.published(HUNAN, criteria={"all": [make.leaf("owner_seat", "in", ["430200"], "第九条")]})
    read = parity_queries.as_data(clock.today())["provinces"][HUNAN]
    assert read["clauses"][0]["favoured"] == [HUNAN], "a city of the province reserves as well"
    assert 0 < read["alike"] < read["deals"], "of a taker nothing is asked about the seat"
    make.published(JIANGXI, criteria={"all": [make.leaf("applicant_seat", "in", ["140000", "340000", "360000", "410000", "420000", "430000"], "第一条")]})  # fmt: skip
    assert parity_queries.as_data(clock.today())["provinces"][JIANGXI]["index"] == 1.0


def test_the_history_is_told_by_its_days(client):
    make.published(HUBEI, ends_on=clock.today() + timedelta(days=1))
    page = text(client.get(reverse("policies:parity")))
    assert clock.today().isoformat() in page.split('id="history"')[1]
