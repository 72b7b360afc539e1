"""The public list and page of needs, the pages of their owners, and what costs how many questions."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_site import clock
from tests.factories import accounts, needs, patents, trading
from trading.actions import needs as actions
from trading.models import TechnologyNeed

LIST = "/zh-hans/trading/needs/"


def at(name, need=None, **query):
    return reverse(f"trading:{name}", args=[need.number] if need else [], query=query or None)


def html(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def send(client, url, **data):
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **data})


def found(client, **query):
    """Titles of the needs in the list, in order."""
    return [row["title"] for row in client.get(at("need_list", **query)).context["rows"]]


# ---- the list


def test_an_empty_list_says_what_will_be_there(client, db):
    assert "现在没有正在征集的需求" in html(client, LIST)
    assert "没有符合条件的需求" in html(client, LIST + "?q=氨")


def test_the_list_shows_what_is_open_and_nothing_else(client, bai):
    needs.published(bai, title_zh="公开的需求")
    needs.draft(bai, title_zh="草稿的需求")
    needs.submitted(bai, title_zh="待审的需求")
    actions.need_withdraw(need_id=needs.published(bai, title_zh="撤回的需求").pk, actor=bai, reason="不需要。")
    actions.need_meet(need_id=needs.published(bai, title_zh="解决的需求").pk, actor=bai)
    needs.published(bai, title_zh="到期的需求", deadline=clock.today() + timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=2)):
        assert found(client) == ["公开的需求"]
    page = html(client, LIST)
    for words in ("XQ6-", "白经理", "用于湖南", "普通许可", "预算 40 万元", "B01J23/46"):
        assert words in page
    assert bai.email not in page


def test_words_find_texts_and_any_part_of_a_title(client, bai):
    needs.published(bai, title_zh="寻求低温制氢催化剂")
    needs.published(bai, title_zh="寻求铜箔抛光", problem_zh="阴极辊氧化。", keywords=["铜箔"], effect_zh="粗糙度低。")
    assert found(client, q="制氢") == ["寻求低温制氢催化剂"]
    assert found(client, q="阴极辊") == ["寻求铜箔抛光"]
    assert found(client, q="箔抛") == ["寻求铜箔抛光"]
    assert found(client, q="阴极辊 制氢") == []


def test_english_words_are_stemmed(client, bai):
    needs.published(bai, title_en="Catalysts wanted")
    assert len(found(client, q="catalyst")) == 1


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"place": "410000"}, {"甲"}),
        ({"place": ["410000", "430000"]}, {"甲", "乙"}),
        ({"form": "sole"}, {"乙"}),
        ({"ipc": "B01J"}, {"甲"}),
        ({"ipc": "B01J23/46"}, {"甲"}),
        ({"ipc": "c25d 1/04"}, {"乙"}),
        ({"ipc": "C"}, {"乙"}),
        ({"ipc": "C25"}, {"乙"}),
        ({"ipc": "H01M"}, set()),
        ({"place": "410000", "form": "sole"}, set()),
    ],
)
def test_filters_narrow(client, bai, query, titles):
    needs.published(bai, title_zh="甲", places=["410000"])
    needs.published(bai, title_zh="乙", forms=["sole"], ipc=["C25D"])
    assert set(found(client, **query)) == titles


def test_a_wrong_filter_is_named_and_left_out(client, bai):
    needs.published(bai)
    page = html(client, LIST + "?ipc=xyz&place=110000&sort=best")
    assert "国际专利分类：这不是国际专利分类号" in page
    assert "拟实施省份：" in page
    assert "寻求低温氨分解制氢催化剂" in page


def test_the_newest_or_the_earliest_deadline_first(client, bai):
    needs.published(bai, title_zh="早", deadline=clock.today() + timedelta(days=9))
    needs.published(bai, title_zh="晚", deadline=clock.today() + timedelta(days=90))
    assert found(client) == ["晚", "早"]
    assert found(client, sort="deadline") == ["早", "晚"]


def test_a_chip_takes_its_filter_away(client, bai):
    needs.published(bai)
    chips = client.get(at("need_list", form="ordinary", place="430000")).context["chips"]
    assert [words for words, _href in chips] == ["湖南", "普通许可"]
    assert chips[0][1].endswith("?form=ordinary")


def test_pages(client, bai):
    for n in range(21):
        needs.published(bai, title_zh=f"需求 {n}")
    assert len(found(client)) == 20
    assert len(found(client, page="2")) == 1
    for page in ("0", "3", "x"):
        assert client.get(at("need_list", page=page)).status_code == 404


# ---- the page


def test_the_page_says_what_is_wanted_and_how_to_answer(client, bai, shen):
    conditions = [{"kind": "area", "text_zh": "", "text_en": "", "amount": Decimal(600)}]
    need = needs.published(bai, conditions=conditions)
    page = html(client, need.get_absolute_url())
    for words in (
        "六百摄氏度以上",
        "不低于 98%",
        "中试反应器",
        "氨分解、催化剂",
        "B01J23/46",
        "600",
        "征集中",
        "登录后提出方案",
    ):
        assert words in page
    assert bai.email not in page
    client.force_login(shen)
    assert at("need_propose", need) in html(client, need.get_absolute_url())


def test_an_english_reader_reads_english_and_is_told_of_chinese(client, bai):
    need = needs.published(bai, title_en="Ammonia cracking catalyst wanted")
    page = html(client, need.get_absolute_url().replace("/zh-hans/", "/en/"))
    assert "Ammonia cracking catalyst wanted" in page
    assert 'lang="zh-CN"' in page  # the problem has no English


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_is_not_public_does_not_exist_for_others(client, bai, mo, ad, he, guo, state):
    need = needs.draft(bai) if state == "draft" else needs.submitted(bai, province="430000")
    html(client, need.get_absolute_url(), 404)
    for person in (mo, ad, guo):
        client.force_login(person)
        html(client, need.get_absolute_url(), 404)
    client.force_login(he)
    html(client, need.get_absolute_url(), 404 if state == "draft" else 200)
    client.force_login(bai)
    html(client, need.get_absolute_url())


def test_what_was_withdrawn_is_gone_and_what_was_met_stays(client, bai):
    gone, met = needs.published(bai), needs.published(bai)
    actions.need_withdraw(need_id=gone.pk, actor=bai, reason="不需要。")
    actions.need_meet(need_id=met.pk, actor=bai, reason="已与本省企业合作。")
    html(client, gone.get_absolute_url(), 404)
    page = html(client, met.get_absolute_url())
    assert "已与本省企业合作。" in page
    assert "不再征集方案" in page
    assert at("need_propose", met) not in page


def test_open_needs_are_in_the_sitemap(client, bai):
    need, hidden = needs.published(bai), needs.draft(bai)
    text = html(client, "/sitemap-needs.xml")
    assert need.number in text
    assert hidden.number not in text


# ---- writing


def test_a_draft_is_written_saved_submitted(client, bai):
    client.force_login(bai)
    data = needs.form_data(**{"need-TOTAL_FORMS": "1", "need-0-kind": "area", "need-0-amount": "600"})
    response = send(client, at("need_create"), **data)
    need = TechnologyNeed.objects.get()
    assert response["Location"] == need.get_absolute_url()
    assert (need.keywords, need.ipc, need.budget_cny) == (["氨分解", "催化剂"], ["B01J23/46"], Decimal(400000))
    assert need.conditions.get().amount == 600
    page = html(client, need.get_absolute_url())
    assert "提交审核" in page
    assert "湖南省知识产权局" in page
    send(client, at("need_save", need), **needs.form_data(title_zh="改过的标题"))
    send(client, at("need_submit", need), province="360000", declared="on")
    need.refresh_from_db()
    assert (need.title_zh, need.state, need.province_id) == ("改过的标题", "submitted", "360000")
    assert need.conditions.count() == 0
    assert "等待：江西省知识产权局审核" in html(client, need.get_absolute_url())


WRONG = [
    ({"ipc": "Z99"}, "不是国际专利分类"),
    ({"ipc": "H01"}, "不是国际专利分类"),
    ({"keywords": "一 二 三 四 五 六 七 八 九"}, "最多填写 8 个关键词"),
    ({"keywords": "——！"}, "不能用作关键词"),
    ({"deadline": "2020-01-01"}, "截止日期应在明天与一年之内"),
    ({"budget_basis": "negotiable"}, "面议则不填预算"),
    ({"budget_cny": "0"}, "大于零的预算"),
    ({"forms": []}, "请至少选择一种方式"),
    ({"places": []}, "请至少选择一个省"),
    ({"need-TOTAL_FORMS": "1", "need-0-kind": "area"}, "场地和用电请填写数量"),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(client, bai, changes, words):
    client.force_login(bai)
    response = send(client, at("need_create"), **needs.form_data(title_zh="我写了很久的标题", **changes))
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "我写了很久的标题" in page
    assert TechnologyNeed.objects.count() == 0


def test_the_same_form_twice_is_one_draft(client, bai):
    client.force_login(bai)
    data = needs.form_data(idempotency_key=str(uuid.uuid4()))
    first, second = (client.post(at("need_create"), data) for _twice in range(2))
    assert TechnologyNeed.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_submission_without_the_declaration_shows_the_page_again(client, bai):
    need = needs.draft(bai)
    client.force_login(bai)
    response = send(client, at("need_submit", need), province="430000")
    assert "提交前请勾选声明" in response.content.decode()
    need.refresh_from_db()
    assert need.state == "draft"


def test_the_unverified_are_sent_to_the_mark(client, mo):
    need = needs.draft(mo)
    client.force_login(mo)
    page = html(client, need.get_absolute_url())
    assert "需要通过实名核验" in page
    assert reverse("accounts:verification_submit") in page
    assert send(client, at("need_submit", need), province="430000", declared="on").status_code == 403


def test_what_was_sent_back_shows_why(client, bai):
    need = needs.refused(needs.submitted(bai), reason="请写明测试方法。")
    client.force_login(bai)
    assert "请写明测试方法。" in html(client, need.get_absolute_url())
    assert "寻求低温" in html(client, at("need_save", need))


def test_what_is_public_is_not_edited_but_withdrawn_and_copied(client, bai):
    need = needs.published(bai)
    client.force_login(bai)
    assert "已公开的文字不能改动" in html(client, need.get_absolute_url())
    assert client.get(at("need_save", need)).status_code == 302
    assert send(client, at("need_save", need), **needs.form_data()).status_code == 409
    send(client, at("need_withdraw", need), reason="换一种写法。")
    response = send(client, at("need_copy", need))
    copy = TechnologyNeed.objects.latest("pk")
    assert response["Location"] == at("need_save", copy)
    assert copy.title_zh == need.title_zh


def test_a_public_need_is_not_withdrawn_without_a_reason(client, bai):
    need = needs.published(bai)
    client.force_login(bai)
    assert send(client, at("need_withdraw", need), reason="").status_code == 200
    need.refresh_from_db()
    assert need.state == "published"


def test_met(client, bai):
    need = needs.published(bai)
    client.force_login(bai)
    assert "标为已解决" in html(client, at("need_meet", need))
    send(client, at("need_meet", need), reason="")
    need.refresh_from_db()
    assert need.state == "met"


def test_my_needs_say_what_is_next(client, bai, shen):
    client.force_login(bai)
    assert "您还没有发布过需求" in html(client, at("need_mine"))
    needs.draft(bai, title_zh="草稿的需求")
    needs.submitted(bai, title_zh="待审的需求", province="430000")
    needs.refused(needs.submitted(bai, title_zh="退回的需求"))
    needs.proposal(needs.published(bai, title_zh="公开的需求"), trading.market(shen))
    page = html(client, at("need_mine"))
    for words in ("草稿，等您提交", "等待：湖南省知识产权局审核", "退回修改，等您改好再提交", "1 个方案等您答复"):
        assert words in page


# ---- matches


def test_the_matches_of_a_need_give_a_reason_for_each_criterion(client, bai, shen):
    need = needs.published(bai, conditions=[{"kind": "area", "text_zh": "", "text_en": "", "amount": 600}])
    patents.published(shen, title="低温氨分解催化剂", requirements=[{"kind": "area", "amount": 300}])
    patents.published(shen, title="另一种催化剂", forms=[patents.form_row("exclusive", price="900000")], trl=4)
    client.force_login(bai)
    page = html(client, at("need_matches", need))
    for words in (
        "共 2 项", "100 分", "属于所求的 B01J23/46", "没有提供所求的方式（普通许可）", "成熟度 4，低于所求的 6",
        "具备：场地面积 300 m²", "不计分", "符合", "不符合", "怎样匹配和打分", "两种各取最新的 300 项", "60 分以上",
    ):  # fmt: skip
        assert words in page
    assert page.index("低温氨分解催化剂") < page.index("另一种催化剂")


def test_no_match_says_what_can_be_done(client, bai):
    need = needs.published(bai)
    client.force_login(bai)
    assert "还没有相符的技术" in html(client, at("need_matches", need))


def test_a_patentee_sees_needs_that_the_listings_answer(client, bai, shen):
    client.force_login(shen)
    assert "您还没有在架的技术" in html(client, at("need_for_listings"))
    listing = patents.published(shen)
    assert "还没有相符的需求" in html(client, at("need_for_listings"))
    need = needs.published(bai)
    page = html(client, at("need_for_listings"))
    for words in ("共 1 对", need.title_zh, "白经理", listing.number, "100 分", "属于所求的 B01J23/46"):
        assert words in page
    assert f"{at('need_propose', need)}?listing={listing.pk}" in page


def test_the_owner_of_a_listing_finds_the_way_there(client, shen):
    listing = patents.published(shen)
    client.force_login(shen)
    assert at("need_for_listings") in html(client, listing.get_absolute_url())


def test_matches_are_paged(client, bai, shen):
    need = needs.published(bai)
    for n in range(11):
        patents.published(shen, title=f"氨分解催化剂 {n}")
    client.force_login(bai)
    assert len(client.get(at("need_matches", need)).context["rows"]) == 10
    assert len(client.get(at("need_matches", need, page="2")).context["rows"]) == 1
    html(client, at("need_matches", need, page="3"), 404)


# ---- what a page costs


def cost(client, url):
    client.get(url)  # whatever is kept for later pages is kept now
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def rows_of(kind, bai, shen):
    """One row more for a page."""
    if kind in ("need_list", "need_mine", "need_for_listings"):
        return needs.published(bai, conditions=[{"kind": "area", "text_zh": "", "text_en": "", "amount": 600}])
    listing = patents.published(shen, requirements=[{"kind": "area", "amount": 300}])
    if kind != "need_matches":
        needs.proposal(TechnologyNeed.objects.first(), listing)
    return listing


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        *(("need_list", None), ("need_list", "bai"), ("need_mine", "bai"), ("need_for_listings", "shen")),
        *(("need_matches", "bai"), ("need_proposals", "bai"), ("proposal_mine", "shen"), ("need_propose", "shen")),
    ],
)
def test_one_row_and_three_cost_the_same(client, bai, shen, kind, who):
    need = needs.published(bai)
    patents.published(shen)
    if who:
        client.force_login({"bai": bai, "shen": shen}[who])
    url = at(kind, need if kind in ("need_matches", "need_proposals", "need_propose") else None)
    rows_of(kind, bai, shen)
    one = cost(client, url)
    for _more in range(2):
        rows_of(kind, bai, shen)
    assert one == cost(client, url) <= 15


def test_the_page_of_a_need_costs_little(client, bai, mo):
    need = needs.published(bai)
    assert cost(client, need.get_absolute_url()) <= 6
    for person in (mo, bai):
        client.force_login(person)
        assert cost(client, need.get_absolute_url()) <= 15


def test_a_member_outside_the_six_writes_a_need_too(client, db):
    outside = accounts.member("wai@example.org", name="外省会员", province=None)
    client.force_login(outside)
    send(client, at("need_create"), **needs.form_data())
    assert TechnologyNeed.objects.get().owner == outside
