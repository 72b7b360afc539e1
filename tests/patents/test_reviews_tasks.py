"""What the owner and the next office are told after a decision, once each."""

import pytest

from patents import checklist, tasks
from patents.actions import reviews as actions
from patents.models import Review
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import patents

GOOD = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}
BAD = {**GOOD, "wording": {"ok": False, "note": ""}}


@pytest.fixture
def review(shen, guo):
    listing = patents.submitted(shen, title_en="Ruthenium catalyst")
    taken = Review.objects.get(version__listing=listing, decision="")
    return actions.review_take(review_id=taken.pk, actor=guo)


def told(person):
    return {notice.kind: notice for notice in Notice.objects.filter(recipient=person)}


def test_approval(review, shen, guo):
    actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)
    queue.drain()
    notice = told(shen)["listing_approved"]
    assert notice.path == f"/patents/{review.version.listing.number}/"
    assert notice.data["title"] == "低温氨分解制氢用钌基催化剂"


@pytest.mark.parametrize(
    ("action", "kind", "below"),
    [
        (actions.review_request_changes, "listing_changes_requested", "edit/"),
        (actions.review_reject, "listing_rejected", ""),
    ],
)
def test_refusals(action, kind, below, review, shen, guo):
    shen.language = "en"
    shen.save(update_fields=["language"])
    action(review_id=review.pk, actor=guo, checklist=BAD, reason="请删去宣传用语。")
    queue.drain()
    notice = told(shen)[kind]
    assert notice.path.endswith(f"{review.version.listing.number}/{below}")
    assert notice.data["reason"] == "请删去宣传用语。"
    assert notice.data["office"] == "Hubei Intellectual Property Office"
    assert notice.data["title"] == "Ruthenium catalyst"


def test_hand_over_tells_owner_and_the_other_office(review, shen, guo, he):
    opened = actions.review_hand_over(review_id=review.pk, actor=guo, province_code="430000", reason="设备在湖南。")
    queue.drain()
    notice = told(shen)["listing_handed_over"]
    assert (notice.data["office"], notice.data["due"]) == ("湖南省知识产权局", opened.due_on.isoformat())
    assert told(he)["listing_submitted"].path == f"/patents/review/{opened.pk}/"


def test_told_twice_is_told_once(review, shen, guo):
    actions.review_reject(review_id=review.pk, actor=guo, checklist=BAD, reason="不符。")
    for _again in range(2):
        tasks.review_reject_notify(review.pk)
    assert Notice.objects.filter(recipient=shen, kind="listing_rejected").count() == 1
