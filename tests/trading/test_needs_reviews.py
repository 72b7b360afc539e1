"""An office's look at a need: who may, one officer at a time, one decision, a reason for every refusal."""

from datetime import timedelta

import pytest

from platform_site import clock
from platform_site.accounts.actions import organisation_save, verification_revoke
from platform_site.accounts.models import Membership
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts, needs
from trading.actions import need_reviews as actions
from trading.actions import needs as need_actions
from trading.models import NeedReview
from trading.need_checklist import CANNED, POINTS

ALL = list(POINTS)


@pytest.fixture
def need(bai):
    return needs.submitted(bai, province="430000")


@pytest.fixture
def review(need):
    return need.reviews.get()


def decide(verb, review, officer):
    """Any of the three decisions, with what it takes."""
    if verb == "approve":
        return actions.need_review_approve(review_id=review.pk, actor=officer, checked=ALL)
    act = {"request_changes": actions.need_review_request_changes, "reject": actions.need_review_reject}[verb]
    return act(review_id=review.pk, actor=officer, reason="请写明指标。", checked=["real"])


VERBS = {"approve": "published", "request_changes": "changes_requested", "reject": "rejected"}


@pytest.mark.parametrize(("verb", "state"), VERBS.items())
def test_a_decision_moves_the_need_is_recorded_and_told(review, need, he, verb, state):
    actions.need_review_take(review_id=review.pk, actor=he)
    decide(verb, review, he)
    need.refresh_from_db()
    review.refresh_from_db()
    assert need.state == state
    assert (need.published_at is not None) == (verb == "approve")
    assert (review.decided_by, review.reason) == (he, "" if verb == "approve" else "请写明指标。")
    assert review.checked == (ALL if verb == "approve" else ["real"])
    entry = AuditEntry.objects.get(verb=f"trading.need_review_{verb}")
    assert (entry.province_code, entry.data["number"]) == ("430000", need.number)
    assert (
        OutboxMessage.objects.filter(name="trading.need_review_notify", payload={"review_id": review.pk}).count() == 1
    )


def test_taking_is_for_one_and_twice_is_once(review, he):
    actions.need_review_take(review_id=review.pk, actor=he)
    actions.need_review_take(review_id=review.pk, actor=he)
    assert AuditEntry.objects.filter(verb="trading.need_review_take").count() == 1
    colleague = accounts.officer("li@example.org", name="李审核员", province="430000")
    with pytest.raises(Conflict) as refused:
        actions.need_review_take(review_id=review.pk, actor=colleague)
    assert "何审核员" in refused.value.reason
    for verb in VERBS:
        with pytest.raises(Conflict):
            decide(verb, review, colleague)


def test_a_colleague_who_left_the_office_holds_nothing(review, he):
    actions.need_review_take(review_id=review.pk, actor=he)
    he.groups.clear()
    colleague = accounts.officer("li@example.org", name="李审核员", province="430000")
    actions.need_review_take(review_id=review.pk, actor=colleague)
    review.refresh_from_db()
    assert review.taken_by == colleague


def test_what_is_released_is_anybodys(review, he):
    actions.need_review_take(review_id=review.pk, actor=he)
    actions.need_review_release(review_id=review.pk, actor=he)
    review.refresh_from_db()
    assert (review.taken_by, review.taken_at) == (None, None)
    with pytest.raises(Conflict) as refused:
        actions.need_review_release(review_id=review.pk, actor=he)
    assert "领取" in refused.value.reason


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_decided_before_it_was_taken(review, he, verb):
    with pytest.raises(Conflict) as refused:
        decide(verb, review, he)
    assert "请先领取" in refused.value.reason


@pytest.mark.parametrize("act", ["need_review_take", "need_review_release"])
@pytest.mark.parametrize("who", ["guo", "bai", "mo", "ad"])
def test_other_provinces_members_and_administrators_do_not_judge(review, request, who, act):
    with pytest.raises(NotAllowed):
        getattr(actions, act)(review_id=review.pk, actor=request.getfixturevalue(who))


@pytest.mark.parametrize("verb", VERBS)
def test_another_province_decides_nothing(review, need, guo, verb):
    with pytest.raises(NotAllowed) as refused:
        decide(verb, review, guo)
    assert "不在您所在的省" in str(refused.value)
    need.refresh_from_db()
    assert need.state == "submitted"


def test_nobody_judges_their_own(he):
    accounts.verify(he)
    review = needs.submitted(he, province="430000").reviews.get()
    with pytest.raises(NotAllowed) as refused:
        actions.need_review_take(review_id=review.pk, actor=he)
    assert "利害关系" in str(refused.value)


def test_nobody_judges_the_need_of_their_own_organisation(shen, he):
    organisation = organisation_save(
        actor=shen, credit_code="91350100M000100Y43", name_zh="江城先进材料研究院", name_en="", kind="institute",
        province_code="420000", city_code="420100",
    )  # fmt: skip
    Membership.objects.create(user=he, organisation=organisation, joined_at=clock.now())
    review = needs.submitted(shen, province="430000").reviews.get()
    with pytest.raises(NotAllowed):
        actions.need_review_take(review_id=review.pk, actor=he)


@pytest.mark.parametrize("checked", [[], ["real"], ["real", "criteria"], [*ALL, "other"]])
def test_all_three_points_are_found_right(review, need, he, checked):
    actions.need_review_take(review_id=review.pk, actor=he)
    with pytest.raises(Conflict) as refused:
        actions.need_review_approve(review_id=review.pk, actor=he, checked=checked)
    assert "三项" in refused.value.reason
    need.refresh_from_db()
    assert need.state == "submitted"


@pytest.mark.parametrize("act", [actions.need_review_request_changes, actions.need_review_reject])
def test_a_refusal_has_its_reason(review, he, act):
    actions.need_review_take(review_id=review.pk, actor=he)
    with pytest.raises(Conflict) as refused:
        act(review_id=review.pk, actor=he, reason=" ")
    assert "原因" in refused.value.reason


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_decided_once(review, he, verb):
    actions.need_review_take(review_id=review.pk, actor=he)
    decide("approve", review, he)
    with pytest.raises(MoveRefused):
        decide(verb, review, he)


def test_what_was_withdrawn_is_not_decided(review, need, bai, he):
    actions.need_review_take(review_id=review.pk, actor=he)
    need_actions.need_withdraw(need_id=need.pk, actor=bai)
    with pytest.raises(MoveRefused):
        decide("approve", review, he)


def test_an_owner_whose_mark_was_revoked_is_not_published(review, need, bai, he):
    actions.need_review_take(review_id=review.pk, actor=he)
    mark = bai.verifications.get()
    officer = accounts.officer("verifier@example.org", province=mark.province_id)
    verification_revoke(verification_id=mark.pk, actor=officer, reason="材料不实")
    with pytest.raises(Conflict) as refused:
        decide("approve", review, he)
    assert "实名核验" in refused.value.reason
    need.refresh_from_db()
    assert need.state == "submitted"


def test_what_ran_out_while_it_waited_is_not_published(review, he):
    actions.need_review_take(review_id=review.pk, actor=he)
    with clock.at(clock.now() + timedelta(days=61)), pytest.raises(Conflict) as refused:
        decide("approve", review, he)
    assert "截止日期" in refused.value.reason


def test_what_comes_back_opens_a_new_review(need, bai, he):
    returned = needs.refused(need, officer=he)
    need_actions.need_save(need_id=need.pk, actor=bai, values=needs.values(effect_zh="四百度以下转化率 99%。"))
    need_actions.need_submit(need_id=need.pk, actor=bai, province_code="360000")
    assert returned.state == "changes_requested"
    assert [(row.province_id, row.decision) for row in NeedReview.objects.order_by("pk")] == [
        ("430000", "changes_requested"),
        ("360000", ""),
    ]


def test_the_usual_words_are_sentences():
    assert all(str(one.text).endswith("。") for one in CANNED)
    assert len({one.token for one in CANNED}) == len(CANNED)
