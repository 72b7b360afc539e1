"""The officer's pages of needs, the pages of proposals, and both on the desk."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from platform_site import clock
from platform_site.portal.desk import desk_of
from tests.factories import accounts, needs, patents, trading
from trading.actions import need_proposals
from trading.actions import needs as actions
from trading.models import NeedProposal, Negotiation

QUEUE = "/zh-hans/trading/needs/review/"
ALL = ["real", "criteria", "disclosure"]


def at(name, *args):
    return reverse(f"trading:{name}", args=args)


def html(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def send(client, url, **data):
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **data})


# ---- the queue


def test_the_queue_holds_what_lies_with_the_officers_province(client, bai, he, guo):
    client.force_login(he)
    assert "没有等待审核的需求" in html(client, QUEUE)
    needs.submitted(bai, province="430000", title_zh="湖南的需求")
    needs.submitted(bai, province="420000", title_zh="湖北的需求")
    page = html(client, QUEUE)
    assert "湖南的需求" in page
    assert "湖北的需求" not in page
    assert "剩 5 个工作日" in page
    assert "这个视图下没有事项" in html(client, QUEUE + "?show=mine")
    html(client, QUEUE + "?show=all", 404)


def test_what_was_decided_moves_to_the_done(client, bai, he):
    needs.approve(needs.submitted(bai, province="430000", title_zh="通过的需求"), he)
    client.force_login(he)
    assert "通过的需求" not in html(client, QUEUE)
    assert "通过的需求" in html(client, QUEUE + "?show=done")


def test_the_queue_is_for_officers(client, bai, ad):
    for person in (bai, ad):
        client.force_login(person)
        assert "只对各省知识产权局的审核员开放" in html(client, QUEUE, 403)


def test_one_row_and_three_cost_the_same(client, bai, he):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(QUEUE).status_code == 200
        return len(asked)

    client.force_login(he)
    needs.submitted(bai, province="430000")
    client.get(QUEUE)
    one = cost()
    for _more in range(2):
        needs.taken(needs.submitted(bai, province="430000"), he)
    assert one == cost() <= 15


# ---- one need


@pytest.fixture
def review(bai):
    return needs.submitted(bai, province="430000").reviews.get()


def test_it_is_taken_checked_and_published(client, review, he, bai):
    client.force_login(he)
    assert "还没有人领取" in html(client, at("need_review_detail", review.pk))
    send(client, at("need_review_take", review.pk))
    page = html(client, at("need_review_detail", review.pk))
    for words in ("六百摄氏度以上", "真实：写的是具体的技术难题", "常用意见", "通过并公开"):
        assert words in page
    response = send(client, at("need_review_approve", review.pk), checked=ALL)
    assert response["Location"] == QUEUE
    review.need.refresh_from_db()
    assert review.need.state == "published"
    assert "何审核员" in html(client, at("need_review_detail", review.pk))


def test_a_point_that_was_not_checked_is_named(client, review, he):
    client.force_login(he)
    send(client, at("need_review_take", review.pk))
    page = send(client, at("need_review_approve", review.pk), checked=["real"], reason="写了一半").content.decode()
    assert "三项都核对无误后才能通过" in page
    assert "写了一半" in page


@pytest.mark.parametrize(
    ("verb", "state"), [("need_review_request_changes", "changes_requested"), ("need_review_reject", "rejected")]
)
def test_a_refusal_wants_a_reason_and_takes_a_usual_one(client, review, he, verb, state):
    client.force_login(he)
    send(client, at("need_review_take", review.pk))
    assert "请写明原因" in send(client, at(verb, review.pk)).content.decode()
    send(client, at(verb, review.pk), canned="contact", reason="第三段有电话。")
    review.refresh_from_db()
    assert review.need.state == state
    assert review.reason.startswith("文字中有联系方式")
    assert review.reason.endswith("第三段有电话。")


def test_it_is_put_back(client, review, he):
    client.force_login(he)
    send(client, at("need_review_take", review.pk))
    send(client, at("need_review_release", review.pk))
    review.refresh_from_db()
    assert review.taken_by is None


def test_a_colleague_reads_who_has_it(client, review, he):
    needs.taken(review.need, he)
    colleague = accounts.officer("li@example.org", name="李审核员", province="430000")
    client.force_login(colleague)
    page = html(client, at("need_review_detail", review.pk))
    assert "何审核员 已于" in page
    assert "通过并公开" not in page
    assert send(client, at("need_review_take", review.pk)).status_code == 409


def test_another_province_does_not_learn_of_it(client, review, guo):
    client.force_login(guo)
    html(client, at("need_review_detail", review.pk), 404)
    for verb in ("take", "release", "approve", "request_changes", "reject"):
        assert send(client, at(f"need_review_{verb}", review.pk)).status_code == 404


def test_the_language_switch_after_an_error_finds_the_item(client, review, he):
    client.force_login(he)
    assert client.get(at("need_review_approve", review.pk))["Location"] == at("need_review_detail", review.pk)


# ---- proposals


@pytest.fixture
def need(bai):
    return needs.published(bai)


def test_a_patentee_proposes_seeing_how_the_listing_answers(client, need, shen):
    client.force_login(shen)
    assert "没有可以用来提出方案的技术" in html(client, at("need_propose", need.number))
    listing = trading.market(shen)
    page = html(client, at("need_propose", need.number))
    assert "100 分" in page
    assert "属于所求的 B01J23/46" in page
    assert (
        "请至少写 10 个字"
        in send(client, at("need_propose", need.number), listing=listing.pk, text="短").content.decode()
    )
    response = send(client, at("need_propose", need.number), listing=listing.pk, text="样机已运行两年，可以参观。")
    assert response["Location"] == at("proposal_mine")
    assert NeedProposal.objects.get().listing == listing
    assert "样机已运行两年" in html(client, at("proposal_mine"))
    assert "没有可以用来提出方案的技术" in html(client, at("need_propose", need.number))


def test_a_forged_listing_is_refused(client, need, shen, mo):
    listing = trading.market(shen)
    client.force_login(mo)
    response = send(client, at("need_propose", need.number), listing=listing.pk, text="样机已运行两年，可以参观。")
    assert response.status_code == 200
    assert NeedProposal.objects.count() == 0


def test_a_closed_need_says_so(client, need, bai, shen):
    trading.market(shen)
    actions.need_meet(need_id=need.pk, actor=bai)
    client.force_login(shen)
    assert "不再征集方案" in html(client, at("need_propose", need.number))


def test_the_owner_reads_proposals_with_their_match_and_takes_one_up(client, need, bai, shen):
    client.force_login(bai)
    assert "还没有收到方案" in html(client, at("need_proposals", need.number))
    proposal = needs.proposal(need, trading.market(shen), text="样机已运行两年，可以参观。")
    page = html(client, at("need_proposals", need.number))
    for words in ("样机已运行两年", "待答复", "100 分", "普通许可，今天在湖南可以取得"):
        assert words in page
    form = client.get(at("proposal_accept", proposal.pk)).context["form"]
    assert (form.initial["forms"], form.initial["provinces"]) == (["ordinary"], ["430000"])
    data = {"body": "想先看样品，能否寄两件？", "forms": ["ordinary"], "provinces": ["430000"]}
    response = send(client, at("proposal_accept", proposal.pk), **data)
    room = Negotiation.objects.get()
    assert response["Location"] == room.get_absolute_url()
    assert "想先看样品" in html(client, room.get_absolute_url())
    assert room.get_absolute_url() in html(client, at("need_proposals", need.number))


def test_an_empty_first_message_is_named(client, need, bai, shen):
    proposal = needs.proposal(need, trading.market(shen))
    client.force_login(bai)
    page = send(client, at("proposal_accept", proposal.pk), body="", forms=["ordinary"]).content.decode()
    assert "请写明想了解的内容" in page
    assert Negotiation.objects.count() == 0


def test_a_declined_proposal_tells_its_reason_to_the_proposer_alone(client, need, bai, shen, mo):
    proposal = needs.proposal(need, trading.market(shen))
    client.force_login(bai)
    send(client, at("proposal_decline", proposal.pk), reason="温度仍偏高。")
    client.force_login(shen)
    assert "温度仍偏高。" in html(client, at("proposal_mine"))
    client.force_login(mo)
    assert "温度仍偏高。" not in html(client, at("proposal_mine"))
    assert "温度仍偏高。" not in html(client, need.get_absolute_url())


def test_a_proposal_is_nobody_elses(client, need, bai, shen, mo, he, ad):
    proposal = needs.proposal(need, trading.market(shen))
    for person in (mo, he, ad):
        client.force_login(person)
        html(client, at("proposal_accept", proposal.pk), 404)
        html(client, at("proposal_decline", proposal.pk), 404)
        html(client, at("need_proposals", need.number), 403)
        assert send(client, at("proposal_withdraw", proposal.pk)).status_code == 404
    client.force_login(shen)
    html(client, at("proposal_accept", proposal.pk), 403)


def test_taking_it_back(client, need, bai, shen):
    proposal = needs.proposal(need, trading.market(shen))
    client.force_login(shen)
    send(client, at("proposal_withdraw", proposal.pk))
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    client.force_login(bai)
    assert "这个方案已经是“已撤回”" in html(client, at("proposal_accept", proposal.pk))
    assert send(client, at("proposal_decline", proposal.pk), reason="迟了。").status_code == 409


def test_a_proposer_reads_why_a_need_was_withdrawn(client, need, bai, shen):
    needs.proposal(need, trading.market(shen))
    actions.need_withdraw(need_id=need.pk, actor=bai, reason="项目推迟。")
    client.force_login(shen)
    page = html(client, at("proposal_mine"))
    assert "项目推迟。" in page
    assert need.get_absolute_url() not in page


def test_a_listing_that_left_the_market_has_no_comparison(client, need, bai, shen):
    proposal = needs.proposal(need, trading.market(shen))
    patents.listings.listing_suspend(listing_id=proposal.listing_id, actor=shen, reason="整理。")
    client.force_login(bai)
    assert "没有逐项对照" in html(client, at("need_proposals", need.number))


# ---- the desk


def verbs(items):
    return [(str(item.verb), item.title.split(" ")[-1]) for item in items]


def test_the_desk_says_what_waits_for_whom(bai, shen, he):
    needs.draft(bai, title_zh="草稿")
    needs.refused(needs.submitted(bai, title_zh="退回"))
    needs.submitted(bai, province="430000", title_zh="待审")
    proposed = needs.published(bai, title_zh="公开")
    needs.published(bai, title_zh="安静")
    needs.proposal(proposed, trading.market(shen))
    desk = desk_of(bai)
    assert {("提交需求", "草稿"), ("修改需求", "退回"), ("答复方案", "公开")} <= set(verbs(desk.mine))
    assert ("审核", "待审") in verbs(desk.waiting)
    assert "安静" not in str(verbs(desk.mine) + verbs(desk.waiting))
    assert ("审核需求", "待审") in verbs(desk_of(he).mine)


def test_a_colleagues_and_an_answered_one_wait_for_nobody_else(bai, shen, he):
    needs.taken(needs.submitted(bai, province="430000"), accounts.officer("li@example.org", province="430000"))
    proposal = needs.proposal(needs.published(bai), trading.market(shen))
    need_proposals.proposal_withdraw(proposal_id=proposal.pk, actor=shen)
    assert "审核需求" not in str(verbs(desk_of(he).mine))
    assert "答复方案" not in str(verbs(desk_of(bai).mine))


def test_the_clock_of_a_review_runs_in_working_days(client, bai, he):
    needs.submitted(bai, province="430000")
    client.force_login(he)
    with clock.at(clock.now() + timedelta(days=30)):
        assert "已超期" in html(client, QUEUE)
