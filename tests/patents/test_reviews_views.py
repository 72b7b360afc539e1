"""The officer's pages: who gets in, what the queue shows, the item, what is pressed on it."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patents import checklist
from patents.actions import listings
from patents.actions import reviews as actions
from patents.models import Listing, Review
from platform_site import clock
from platform_site.accounts.actions import organisation_save
from platform_site.regions.queries import due_date
from tests.factories import accounts, patents

GOOD = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}
BAD = {**GOOD, "wording": {"ok": False, "note": "有“国内领先”"}}
FORM = {f"{item}_verdict": "pass" for item in checklist.ITEMS}
BAD_FORM = {**FORM, "wording_verdict": "problem", "wording_note": "有“国内领先”", "reason": "请删去宣传用语。"}
QUEUE = reverse("patents:review_queue")
VERBS = ("take", "release", "check", "approve", "request_changes", "reject", "hand_over")


def at(name, review):
    return reverse(f"patents:review_{name}", args=[review.pk])


def opened(owner, *, taken_by=None, due=None, **what):
    listing = patents.submitted(owner, **what)
    review = Review.objects.get(version__listing=listing, decision="")
    if due is not None:
        Review.objects.filter(pk=review.pk).update(due_on=due)
    return actions.review_take(review_id=review.pk, actor=taken_by) if taken_by else review


def texts(response):
    """The words of a page, one string, blanks folded."""

    class Words(HTMLParser):
        def handle_data(self, data):
            found.append(data)

    found: list[str] = []
    parser = Words()
    parser.feed(response.content.decode())
    return re.sub(r"\s+", " ", " ".join(found))


def cost(client, address):
    """Queries of a page, the second time it is asked for."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


# ---- who gets in


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(QUEUE).status_code == 302


@pytest.mark.parametrize("person", ["shen", "mo", "ad"])
def test_who_reviews_nowhere_is_refused_with_a_page(person, client, shen, request):
    review = opened(shen)
    client.force_login(request.getfixturevalue(person))
    for address in (QUEUE, at("detail", review)):
        response = client.get(address)
        assert response.status_code == 403
        assert "只对各省知识产权局的审核员开放" in texts(response)
    for verb in VERBS:
        assert client.post(at(verb, review), BAD_FORM).status_code == 403
    assert Review.objects.get(pk=review.pk).decision == ""


def test_another_provinces_officer_finds_nothing(client, shen, guo, he):
    review = opened(shen, taken_by=guo)
    client.force_login(he)
    assert "低温氨分解" not in texts(client.get(QUEUE))
    assert client.get(at("detail", review)).status_code == 404
    for verb in VERBS:
        assert client.post(at(verb, review), BAD_FORM).status_code == 404
        assert client.get(at(verb, review)).status_code in (404, 405)
    review.refresh_from_db()
    assert (review.decision, review.taken_by) == ("", guo)


def test_a_global_permission_opens_nothing(client, shen, he):
    from_hubei = opened(shen)
    he.user_permissions.add(Permission.objects.get(codename="listing_review"))
    client.force_login(he)
    assert client.get(at("detail", from_hubei)).status_code == 404


# ---- the queue


def test_rows_stand_in_groups_oldest_due_first(client, shen, guo):
    today = clock.today()
    opened(shen, title="丙项技术", due=due_date(today, 4))
    opened(shen, title="甲项技术", due=due_date(today - timedelta(days=9), 1))
    opened(shen, title="乙项技术", due=due_date(today, 1), taken_by=None)
    client.force_login(guo)
    words = texts(client.get(QUEUE))
    places = [
        words.rindex(name)
        for name in ("今日到期与逾期", "甲项技术", "下一个工作日到期", "乙项技术", "其余", "丙项技术")
    ]
    assert places == sorted(places)
    assert "已超期" in words
    assert "剩 1 个工作日" in words
    assert "剩 4 个工作日" in words


def test_a_row_names_kind_checks_applicant_and_holder(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    words = texts(client.get(QUEUE))
    for wanted in ("沈工", "新提交", "郭审核员", review.version.listing.number):
        assert wanted in words
    assert re.search(rf"\b\d+/{len(checklist._CHECKS)}\b", words)
    actions.review_request_changes(review_id=review.pk, actor=guo, checklist=BAD, reason="请改。")
    listings.listing_submit(listing_id=review.version.listing_id, actor=shen, province_code="420000")
    assert "重新提交" in texts(client.get(QUEUE))


def test_segments(client, shen, guo):
    opened(shen, title="没人领取的技术")
    opened(shen, title="领取了的技术", taken_by=guo)
    client.force_login(guo)
    free, mine = texts(client.get(QUEUE + "?show=free")), texts(client.get(QUEUE + "?show=mine"))
    assert ("没人领取的技术" in free, "领取了的技术" in free) == (True, False)
    assert ("没人领取的技术" in mine, "领取了的技术" in mine) == (False, True)
    assert client.get(QUEUE + "?show=other").status_code == 404


def test_three_empty_states(client, shen, guo):
    client.force_login(guo)
    assert "还没有技术提交到本省审核" in texts(client.get(QUEUE))
    review = opened(shen, taken_by=guo)
    assert "这个视图下没有事项" in texts(client.get(QUEUE + "?show=free"))
    actions.review_reject(review_id=review.pk, actor=guo, checklist=BAD, reason="不符。")
    assert "都审核完了" in texts(client.get(QUEUE))
    assert "不予通过" in texts(client.get(QUEUE + "?show=done"))


def test_pages_of_twenty(client, shen, guo):
    for _count in range(21):
        opened(shen)
    client.force_login(guo)
    assert client.get(QUEUE).content.count(b"data-row") == 20
    second = client.get(QUEUE + "?page=2")
    assert second.content.count(b"data-row") == 1
    assert "第 2 页" in second.content.decode()
    for wrong in ("3", "0", "-1", "x", "9" * 30, "²"):
        assert client.get(QUEUE, {"page": wrong}).status_code == 404


@pytest.mark.parametrize("show", ["open", "free", "mine", "done"])
def test_one_row_costs_what_three_cost(show, client, shen, guo, bai):
    client.force_login(guo)
    address = f"{QUEUE}?show={show}"

    def another(owner, **what):
        review = opened(owner, taken_by=None if show == "free" else guo, **what)
        if show == "done":
            actions.review_reject(review_id=review.pk, actor=guo, checklist=BAD, reason="不符。")

    another(shen)
    one = cost(client, address)
    another(bai, title="第二项")
    another(shen, title="第三项")
    assert cost(client, address) == one <= 15


def test_the_empty_queue_and_the_one_with_an_undo_keep_the_budget(client, shen, guo):
    client.force_login(guo)
    assert cost(client, QUEUE) <= 15
    assert cost(client, f"{QUEUE}?released={opened(shen).pk}") <= 15


# ---- the item


def test_the_item_shows_submission_checks_and_clock(client, shen, guo):
    review = opened(shen, title_en="Ruthenium catalyst")
    client.force_login(guo)
    words = texts(client.get(at("detail", review)))
    for wanted in (
        "低温氨分解制氢用钌基催化剂",
        "Ruthenium catalyst",
        "36 万元",
        "校验位均已核对",
        "请核对",
        "办理期限",
        "领取",
    ):
        assert wanted in words
    assert review.version.listing.number in words
    assert "保存核对" not in words


def test_a_deadline_over_an_unknown_calendar_is_said(client, shen, guo):
    review = opened(shen)
    client.force_login(guo)
    assert "放假安排尚未公布" not in texts(client.get(at("detail", review)))
    Review.objects.filter(pk=review.pk).update(calendar_known=False)
    assert "放假安排尚未公布" in texts(client.get(at("detail", review)))


def test_take_and_release(client, shen, guo):
    review = opened(shen)
    client.force_login(guo)
    response = client.post(at("take", review), follow=True)
    assert "已领取" in texts(response)
    assert "通过，看下一件" in texts(response)
    client.post(at("release", review))
    review.refresh_from_db()
    assert review.taken_by is None


def test_a_colleagues_item_is_read_only(client, shen, guo):
    review = opened(shen, taken_by=guo)
    other = accounts.officer("second@example.org", name="高审核员")
    client.force_login(other)
    words = texts(client.get(at("detail", review)))
    assert "郭审核员 已于" in words
    assert "通过，看下一件" not in words
    response = client.post(at("take", review))
    assert response.status_code == 409
    assert "郭审核员" in texts(response)


def test_an_officer_sees_the_conflict_of_interest(client, guo):
    accounts.verify(guo)
    review = opened(guo)
    client.force_login(guo)
    words = texts(client.get(at("detail", review)))
    assert "利害关系" in words
    assert "转办" in words
    assert client.post(at("take", review)).status_code == 403


def test_approve_leads_to_the_next_item(client, shen, guo, bai):
    first = opened(shen, taken_by=guo)
    following = opened(bai, title="下一件")
    client.force_login(guo)
    response = client.post(at("approve", first), FORM)
    assert response["Location"] == at("detail", following)
    assert Listing.objects.get(pk=first.version.listing_id).state == "published"
    actions.review_take(review_id=following.pk, actor=guo)
    assert client.post(at("approve", following), FORM)["Location"] == QUEUE


def test_approve_without_all_five_says_which(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    response = client.post(at("approve", review), {**FORM, "documents_verdict": ""})
    assert response.status_code == 200
    assert "材料：核对无误后才能通过审核。" in texts(response)
    assert 'href="#id_documents_verdict' in response.content.decode()
    assert Review.objects.get(pk=review.pk).decision == ""


@pytest.mark.parametrize(("verb", "state"), [("request_changes", "changes_requested"), ("reject", "rejected")])
def test_refusals(verb, state, client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    for wrong in ({**BAD_FORM, "reason": " "}, {**FORM, "reason": "请改。"}, {"reason": "请改。"}):
        assert client.post(at(verb, review), wrong).status_code == 200
    assert Review.objects.get(pk=review.pk).decision == ""
    assert client.post(at(verb, review), BAD_FORM).status_code == 302
    review.refresh_from_db()
    assert (review.decision, review.reason) == (state, "请删去宣传用语。")
    assert review.checklist["wording"] == BAD["wording"]


def test_a_canned_opinion_stands_in_for_an_empty_box(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    client.post(at("request_changes", review), {**BAD_FORM, "reason": "第2段。", "canned": "promotional"})
    review.refresh_from_db()
    assert review.reason.startswith("说明中有宣传用语。")
    assert review.reason.endswith("第2段。")


def test_hand_over(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    assert client.post(at("hand_over", review), {"to-province": "420000", "to-reason": "x"}).status_code == 200
    assert client.post(at("hand_over", review), {"to-province": "430000", "to-reason": ""}).status_code == 200
    response = client.post(at("hand_over", review), {"to-province": "430000", "to-reason": "设备在湖南。"}, follow=True)
    assert "湖南省知识产权局" in texts(response)
    assert Review.objects.filter(province="430000", decision="").count() == 1
    assert "转办" in texts(client.get(at("detail", review)))


def test_the_checklist_is_kept_and_read_again(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    client.post(at("check", review), {"wording_verdict": "problem", "wording_note": "有“国内领先”"})
    page = client.get(at("detail", review)).content.decode()
    assert re.search(r'name="wording_verdict" value="problem"[^>]*checked', page)
    draft = client.post(at("check", review) + "?draft", {"wording_verdict": "pass"})
    assert draft.content.decode().startswith("已存 ")
    review.refresh_from_db()
    assert review.checklist == {"wording": {"ok": True, "note": ""}}


def test_a_doubled_submit_has_one_effect(client, shen, guo, bai):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    sent = {**BAD_FORM, "idempotency_key": "4f0f6c7e-0000-4000-8000-000000000001"}
    first, second = client.post(at("reject", review), sent), client.post(at("reject", review), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]


def test_a_withdrawn_submission_says_so(client, shen, guo):
    review = opened(shen, taken_by=guo)
    listings.listing_withdraw(listing_id=review.version.listing_id, actor=shen)
    client.force_login(guo)
    page = client.get(at("detail", review))
    assert "权利人撤回" in texts(page)
    assert "通过，看下一件" not in texts(page)
    assert client.post(at("approve", review), FORM).status_code == 409


def test_differences_are_marked_character_by_character(client, shen, guo):
    review = opened(shen, taken_by=guo)
    actions.review_request_changes(review_id=review.pk, actor=guo, checklist=BAD, reason="请改。")
    values = {**patents.TEXTS, "title_zh": "低温氨分解制氢用钌基催化剂", "title_en": "", "trl": 8}
    values["solution_zh"] = (
        values["solution_zh"].replace("亚纳米钌簇", "亚纳米铁簇") + "分散度由电镜统计得出，样本两百个。"
    )
    pk = review.version.listing_id
    listings.version_save(listing_id=pk, actor=shen, step="description", values=values)
    listings.listing_submit(listing_id=pk, actor=shen, province_code="420000")
    again = Review.objects.get(version__listing=pk, decision="")
    client.force_login(guo)
    page = client.get(at("detail", again)).content.decode()
    assert "<ins>分散度由电镜统计得出，样本两百个。</ins>" in page
    assert "第 1 版 → 第 2 版" in page
    assert client.get(at("detail", again) + "?against=9").status_code == 404


def test_what_is_submitted_is_escaped(client, shen, guo):
    review = opened(shen, title="<script>alert(1)</script>", taken_by=guo)
    client.force_login(guo)
    for address in (QUEUE, at("detail", review)):
        assert b"<script>alert" not in client.get(address).content


def test_the_item_in_english(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    assert client.get(at("detail", review).replace("/zh-hans/", "/en/")).status_code == 200
    assert client.get(QUEUE.replace("/zh-hans/", "/en/")).status_code == 200


# ---- what the item costs, in every state that it can be in


def bundle_of_ten(shen, guo):
    listing = patents.draft(shen)
    for _count in range(9):
        listings.patent_attach(listing_id=listing.pk, actor=shen, facts=patents.facts())
    listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    review = Review.objects.get(version__listing=listing)
    return actions.review_take(review_id=review.pk, actor=guo)


def revision_of_an_organisation(shen, guo):
    """The dearest of all: on the market, sent back once, submitted again, and offered for an organisation."""
    organisation_save(
        actor=shen, credit_code="91350100M000100Y43", name_zh="江城先进材料研究院", name_en="", kind="institute",
        province_code="420000", city_code="420100",
    )  # fmt: skip
    listing = patents.published(shen, officer=guo)
    Listing.objects.filter(pk=listing.pk).update(organisation=shen.memberships.get().organisation_id)
    for _round in range(2):
        values = {**patents.TEXTS, "title_zh": "改过的名称", "title_en": "", "trl": 9}
        if _round == 0:
            listings.listing_revise(listing_id=listing.pk, actor=shen)
        listings.version_save(listing_id=listing.pk, actor=shen, step="description", values=values)
        listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
        review = Review.objects.get(version__listing=listing, decision="")
        actions.review_take(review_id=review.pk, actor=guo)
        if _round == 0:
            actions.review_request_changes(review_id=review.pk, actor=guo, checklist=BAD, reason="请改。")
    return review


def decided(shen, guo):
    review = opened(shen, taken_by=guo)
    return actions.review_reject(review_id=review.pk, actor=guo, checklist=BAD, reason="不符。")


def own_listing(shen, guo):
    accounts.verify(guo)
    return opened(guo)


STATES = {
    "free": lambda shen, guo: opened(shen),
    "taken": lambda shen, guo: opened(shen, taken_by=accounts.officer("second@example.org", name="高审核员")),
    "mine": lambda shen, guo: opened(shen, taken_by=guo),
    "own": own_listing,
    "done": decided,
    "revision": revision_of_an_organisation,
    "ten patents": bundle_of_ten,
}


@pytest.mark.parametrize("state", STATES)
def test_the_item_keeps_the_budget_in_every_state(state, client, shen, guo):
    review = STATES[state](shen, guo)
    client.force_login(guo)
    assert cost(client, at("detail", review)) <= 15


def test_ten_patents_cost_what_one_costs(client, shen, guo):
    one, ten = opened(shen, taken_by=guo), bundle_of_ten(shen, guo)
    client.force_login(guo)
    assert cost(client, at("detail", one)) == cost(client, at("detail", ten))


# ---- undoing: taking and putting back, which nobody was told of


def test_a_take_is_undone_by_a_release(client, shen, guo):
    review = opened(shen)
    client.force_login(guo)
    page = client.post(at("take", review), follow=True)
    assert "撤销领取" in texts(page)
    assert f'action="{at("release", review)}"' in page.content.decode()
    assert "撤销领取" not in texts(client.get(at("detail", review)))


def test_a_release_is_undone_by_a_take(client, shen, guo):
    review = opened(shen, taken_by=guo)
    client.force_login(guo)
    page = client.post(at("release", review), follow=True)
    assert "撤销放回，重新领取" in texts(page)
    assert 'data-key="u"' in page.content.decode()
    client.post(at("take", review))
    review.refresh_from_db()
    assert review.taken_by == guo
    assert "撤销放回" not in texts(client.get(f"{QUEUE}?released={review.pk}"))


def test_nothing_is_undone_of_another_provinces_or_a_decided_one(client, shen, bai, guo):
    foreign = opened(bai, province="430000")
    client.force_login(guo)
    for pk in (foreign.pk, decided(shen, guo).pk, "x", "²", "9" * 30, ""):
        page = client.get(QUEUE, {"released": pk})
        assert page.status_code == 200
        assert "撤销放回" not in texts(page)


def test_a_decision_offers_no_undo(client, shen, bai, guo):
    review = opened(shen, taken_by=guo)
    opened(bai)
    client.force_login(guo)
    page = client.post(at("approve", review), FORM, follow=True)
    assert "已通过审核并公开" in texts(page)
    assert 'class="undo"' not in page.content.decode()


def test_the_next_item_is_none_of_the_officers_own_organisation(client, shen, bai, guo):
    first, theirs = opened(shen, taken_by=guo), opened(bai)
    given = {"credit_code": "91350100M000100Y43", "name_zh": "江城先进材料研究院", "name_en": "", "kind": "institute"}
    organisation_save(actor=guo, province_code="420000", city_code="420100", **given)
    Listing.objects.filter(pk=theirs.version.listing_id).update(organisation=guo.memberships.get().organisation_id)
    client.force_login(guo)
    assert client.post(at("approve", first), FORM)["Location"] == QUEUE
    assert "利害关系" in texts(client.get(at("detail", theirs)))
