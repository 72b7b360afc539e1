"""Several submissions approved together: who may, what may be ticked, and that one refusal stops no other."""

import re
import uuid

import pytest
from django.db import OperationalError
from django.urls import reverse

from patents import checklist
from patents.actions import listings
from patents.actions import reviews as actions
from patents.models import Listing, Review
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts, patents
from tests.patents.test_reviews_views import QUEUE, cost, opened, texts

GOOD = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}
ALL = len(checklist._CHECKS)
PROBLEM = {"wording": {"ok": False, "note": "有“国内领先”"}}
DECLARED = {"declared": "on"}


def waiting(owner, *, taken_by=None, **what):
    """A submission on which every machine check passes."""
    review = Review.objects.get(version__listing=patents.faultless(owner, **what), decision="")
    return actions.review_take(review_id=review.pk, actor=taken_by) if taken_by else review


def confirm(*reviews):
    return reverse("patents:review_approve_many", args=[[review.pk for review in reviews]])


def state(review):
    return Listing.objects.get(pk=review.version.listing_id).state


def approve(review, officer):
    return actions.review_approve(review_id=review.pk, actor=officer, checklist=GOOD, in_bulk=True)


# ---- the action


def test_in_bulk_a_free_one_is_taken_and_approved(shen, guo):
    review = approve(waiting(shen), guo)
    assert (review.decision, review.taken_by, review.decided_by, state(review)) == ("approved", guo, guo, "published")
    verbs = AuditEntry.objects.filter(target_id=review.pk, target_type="patents.review").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["patents.review_take", "patents.review_approve"]
    assert AuditEntry.objects.get(verb="patents.review_approve").data["in_bulk"] is True
    assert OutboxMessage.objects.filter(name="patents.review_approve_notify").count() == 1


def test_in_bulk_every_machine_check_must_have_passed(shen, guo):
    review = opened(shen)  # without papers: a check asks for an officer's eye
    with pytest.raises(Conflict, match=f"机检没有全部通过（{ALL - 2}/{ALL}）"):
        approve(review, guo)
    review.refresh_from_db()
    assert (review.decision, review.taken_by, state(review)) == ("", None, "submitted")


def test_in_bulk_a_problem_on_the_kept_checklist_stops(shen, guo):
    review = waiting(shen, taken_by=guo)
    actions.review_check(review_id=review.pk, actor=guo, checklist=PROBLEM)
    with pytest.raises(Conflict, match="有问题"):
        approve(review, guo)
    assert state(review) == "submitted"


def test_in_bulk_a_colleagues_stays_the_colleagues(shen, guo):
    review = waiting(shen, taken_by=guo)
    with pytest.raises(Conflict, match="郭审核员"):
        approve(review, accounts.officer("second@example.org", name="高审核员"))


def test_in_bulk_nobody_approves_their_own_or_another_provinces(shen, guo, he):
    accounts.verify(guo)
    own, foreign = waiting(guo), waiting(shen)
    for review, officer in ((own, guo), (foreign, he)):
        with pytest.raises(NotAllowed):
            approve(review, officer)
        assert state(review) == "submitted"


def test_one_alone_still_has_to_be_taken_first(shen, guo):
    review = waiting(shen)
    with pytest.raises(Conflict, match="先领取"):
        actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)


# ---- what can be ticked


def test_the_queue_offers_a_box_for_what_is_theirs_or_free_and_passes(client, shen, guo):
    accounts.verify(guo)
    other = accounts.officer("second@example.org", name="高审核员")
    free, mine = waiting(shen), waiting(shen, taken_by=guo)
    opened(shen), waiting(guo), waiting(shen, taken_by=other)
    marked = waiting(shen, taken_by=guo)
    actions.review_check(review_id=marked.pk, actor=guo, checklist=PROBLEM)
    client.force_login(guo)
    page = client.get(QUEUE)
    boxes = {int(value) for value in re.findall(r'name="pick" value="(\d+)"', page.content.decode())}
    assert boxes == {free.pk, mine.pk}
    for reason in (
        f"机检没有全部通过（{ALL - 2}/{ALL}）。",
        "由高审核员领取。",
        "利害关系",
        "核对表中有标为“有问题”的项。",
    ):
        assert reason in texts(page)


def test_without_anything_to_tick_there_is_no_button(client, shen, guo):
    opened(shen)
    client.force_login(guo)
    assert "成批通过" not in texts(client.get(QUEUE))


def test_the_boxes_lead_to_a_page_that_can_be_reloaded(client, shen, guo):
    one, two = waiting(shen), waiting(shen)
    client.force_login(guo)
    response = client.get(QUEUE, {"bulk": "1", "pick": [one.pk, two.pk, one.pk]})
    assert response["Location"] == confirm(one, two)
    nothing = client.get(QUEUE, {"bulk": "1"}, follow=True)
    assert "请先在队列中勾选" in texts(nothing)


# ---- the page that confirms


def test_the_page_lists_each_with_its_owner_and_checks(client, shen, guo):
    one, two, odd = waiting(shen, title="甲项技术"), waiting(shen, title="乙项技术"), opened(shen, title="丙项技术")
    client.force_login(guo)
    page = client.get(confirm(one, two, odd))
    words = texts(page)
    for wanted in ("成批通过 2 件", "甲项技术", "乙项技术", "沈工", f"{ALL}/{ALL}", "请逐件审核", "丙项技术"):
        assert wanted in words
    assert confirm(one, two) in page.content.decode()
    assert client.get(confirm(one).replace("/zh-hans/", "/en/")).status_code == 200


def test_with_nothing_fit_there_is_nothing_to_press(client, shen, guo):
    client.force_login(guo)
    page = client.get(confirm(opened(shen)))
    assert "没有可以成批通过的事项" in texts(page)
    assert "declared" not in page.content.decode()


def test_one_costs_what_twenty_cost(client, shen, guo):
    client.force_login(guo)
    reviews = [waiting(shen) for _count in range(3)]
    assert cost(client, confirm(*reviews[:1])) == cost(client, confirm(*reviews)) <= 15


def test_the_word_of_the_officer_is_needed(client, shen, guo):
    review = waiting(shen)
    client.force_login(guo)
    response = client.post(confirm(review), {})
    assert response.status_code == 200
    assert "请先确认各件都已核对。" in texts(response)
    assert state(review) == "submitted"


# ---- approving


def test_each_is_approved_and_named(client, shen, bai, guo):
    one, two = waiting(shen), waiting(bai, taken_by=guo)
    actions.review_check(review_id=two.pk, actor=guo, checklist={"wording": {"ok": True, "note": "术语已核"}})
    client.force_login(guo)
    words = texts(client.post(confirm(one, two), DECLARED, follow=True))
    assert "2 件已通过审核并公开" in words
    for review in (one, two):
        review.refresh_from_db()
        assert (review.decision, state(review)) == ("approved", "published")
        assert review.version.listing.number in words
    assert review.checklist == {**GOOD, "wording": {"ok": True, "note": "术语已核"}}


def test_one_refusal_does_not_stop_the_others(client, shen, bai, guo):
    gone, dead, odd, good = waiting(bai), waiting(shen), opened(shen), waiting(shen)
    listings.listing_withdraw(listing_id=gone.version.listing_id, actor=bai)
    patent = patents.patent_of(dead.version.listing)
    patent.legal_status = "terminated"
    patent.save(update_fields=["legal_status"])
    client.force_login(guo)
    words = texts(client.post(confirm(gone, dead, odd, good), DECLARED, follow=True))
    assert [state(review) for review in (gone, dead, odd, good)] == ["withdrawn", "submitted", "submitted", "published"]
    for review, reason in ((gone, "权利人撤回"), (dead, "终止"), (odd, "机检没有全部通过")):
        assert re.search(rf"{review.version.listing.number} 没有办理：(?:(?!没有办理).)*{reason}", words), words
    assert "1 件已通过审核并公开" in words


def test_a_record_that_is_busy_is_said_and_stops_no_other(client, shen, guo, monkeypatch):
    busy, good = waiting(shen), waiting(shen)
    real = actions.review_approve

    def locked(**given):
        if given["review_id"] == busy.pk:
            raise OperationalError("canceling statement due to lock timeout")
        return real(**given)

    monkeypatch.setattr(actions, "review_approve", locked)
    client.force_login(guo)
    words = texts(client.post(confirm(busy, good), DECLARED, follow=True))
    assert f"{busy.version.listing.number} 没有办理：这条记录正由别人处理。" in words
    assert [state(busy), state(good)] == ["submitted", "published"]


def test_the_same_form_twice_has_one_effect_and_one_answer(client, shen, guo):
    review = waiting(shen)
    client.force_login(guo)
    sent = {**DECLARED, "idempotency_key": str(uuid.uuid4())}
    first, second = client.post(confirm(review), sent), client.post(confirm(review), sent)
    assert (first["Location"], second["Location"]) == (QUEUE, QUEUE)
    assert "没有办理" not in texts(client.get(QUEUE))
    assert AuditEntry.objects.filter(verb="patents.review_approve").count() == 1


# ---- forged


def test_another_provinces_or_an_invented_one_is_not_there(client, shen, bai, guo):
    good, foreign = waiting(shen), waiting(bai, province="430000")
    client.force_login(guo)
    invented = Review(pk=foreign.pk + 1000)
    for reviews in ((good, foreign), (good, invented)):
        assert client.get(confirm(*reviews)).status_code == 404
        assert client.post(confirm(*reviews), DECLARED).status_code == 404
    assert [state(good), state(foreign)] == ["submitted", "submitted"]


@pytest.mark.parametrize("pick", ["x", "-1", "²", "9" * 19, "1 2", ""])
def test_what_is_no_key_is_not_there(pick, client, guo):
    client.force_login(guo)
    assert client.get(QUEUE, {"bulk": "1", "pick": pick}).status_code == 404
    assert client.get(f"{QUEUE}approve/{pick}/").status_code == 404


def test_their_own_listing_is_refused_and_the_others_pass(client, shen, guo):
    accounts.verify(guo)
    own, good = waiting(guo), waiting(shen)
    client.force_login(guo)
    assert "不能成批通过，请逐件审核" in texts(client.get(confirm(own, good)))
    words = texts(client.post(confirm(own, good), DECLARED, follow=True))
    assert f"{own.version.listing.number} 没有办理：您与这项技术有利害关系" in words
    assert [state(own), state(good)] == ["submitted", "published"]


def test_more_than_twenty_are_refused_whole(client, shen, guo):
    reviews = [waiting(shen)]
    reviews += [opened(shen) for _count in range(20)]
    client.force_login(guo)
    for response in (client.get(confirm(*reviews)), client.post(confirm(*reviews), DECLARED)):
        assert response.status_code == 409
        assert "一次最多成批通过20件。" in texts(response)
    assert client.get(QUEUE, {"bulk": "1", "pick": [one.pk for one in reviews]}).status_code == 409
    assert Review.objects.exclude(decision="").count() == 0


@pytest.mark.parametrize("person", ["shen", "mo", "ad"])
def test_who_reviews_nowhere_is_refused(person, client, shen, request):
    review = waiting(shen)
    client.force_login(request.getfixturevalue(person))
    assert client.post(confirm(review), DECLARED).status_code == 403
    assert state(review) == "submitted"
