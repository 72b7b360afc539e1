"""Taking, deciding and handing over: per action the row, the audit entry, the outbox, and each refusal."""

import pytest

from patents import checklist
from patents.actions import listings
from patents.actions import reviews as actions
from patents.models import Listing, ListingVersion, Review, SearchRow
from platform_site.accounts.models import Membership, Organisation
from platform_site.accounts.roles import officers_group
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts, patents

GOOD = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}
BAD = {**GOOD, "wording": {"ok": False, "note": "有“国内领先”"}}


def review_of(listing):
    return Review.objects.get(version__listing=listing, decision="")


def opened(owner, *, taken_by=None, **what):
    review = review_of(patents.submitted(owner, **what))
    return actions.review_take(review_id=review.pk, actor=taken_by) if taken_by else review


def revised(owner, officer):
    """A published listing whose changed text waits."""
    first = opened(owner, taken_by=officer)
    actions.review_approve(review_id=first.pk, actor=officer, checklist=GOOD)
    listing = first.version.listing
    listings.listing_revise(listing_id=listing.pk, actor=owner)
    values = {**patents.TEXTS, "title_zh": "改过的名称", "title_en": "", "trl": 9}
    listings.version_save(listing_id=listing.pk, actor=owner, step="description", values=values)
    listings.listing_submit(listing_id=listing.pk, actor=owner, province_code="420000")
    return actions.review_take(review_id=review_of(listing).pk, actor=officer)


def last_audit(verb):
    return AuditEntry.objects.filter(verb=verb).latest("pk")


def messages(name):
    return list(OutboxMessage.objects.filter(name=name).values_list("payload", flat=True))


DECISIONS = {
    "approve": lambda review, officer: actions.review_approve(review_id=review.pk, actor=officer, checklist=GOOD),
    "request_changes": lambda review, officer: actions.review_request_changes(
        review_id=review.pk, actor=officer, checklist=BAD, reason="请改。"
    ),
    "reject": lambda review, officer: actions.review_reject(
        review_id=review.pk, actor=officer, checklist=BAD, reason="不符。"
    ),
}
JUDGING = {
    **DECISIONS,
    "check": lambda review, officer: actions.review_check(review_id=review.pk, actor=officer, checklist=BAD),
    "hand_over": lambda review, officer: actions.review_hand_over(
        review_id=review.pk, actor=officer, province_code="410000", reason="专业不对口。"
    ),
    "release": lambda review, officer: actions.review_release(review_id=review.pk, actor=officer),
}
ALL = {**JUDGING, "take": lambda review, officer: actions.review_take(review_id=review.pk, actor=officer)}


# ---- taking


def test_take_is_one_officers(shen, guo):
    review = opened(shen, taken_by=guo)
    assert (review.taken_by, review.decision) == (guo, "")
    assert review.taken_at is not None
    entry = last_audit("patents.review_take")
    assert (entry.actor, entry.target_id, entry.province_code) == (guo, str(review.pk), "420000")


def test_a_second_officer_is_told_who_has_it_and_since_when(shen, guo):
    review = opened(shen, taken_by=guo)
    other = accounts.officer("second@example.org", name="高审核员")
    with pytest.raises(Conflict) as refused:
        actions.review_take(review_id=review.pk, actor=other)
    assert "郭审核员" in refused.value.reason
    assert f"{review.taken_at:%Y-}" in refused.value.reason
    assert Review.objects.get(pk=review.pk).taken_by == guo


def test_taking_twice_changes_nothing(shen, guo):
    review = opened(shen, taken_by=guo)
    again = actions.review_take(review_id=review.pk, actor=guo)
    assert again.taken_at == review.taken_at
    assert AuditEntry.objects.filter(verb="patents.review_take").count() == 1


def test_what_a_former_officer_holds_can_be_taken(shen, guo):
    review = opened(shen, taken_by=guo)
    guo.groups.remove(officers_group("hubei"))
    other = accounts.officer("second@example.org", name="高审核员")
    assert actions.review_take(review_id=review.pk, actor=other).taken_by == other
    assert last_audit("patents.review_take").data["former"] == guo.pk


def test_release_keeps_what_was_checked(shen, guo):
    review = opened(shen, taken_by=guo)
    actions.review_check(review_id=review.pk, actor=guo, checklist=BAD)
    actions.review_release(review_id=review.pk, actor=guo)
    review.refresh_from_db()
    assert (review.taken_by, review.taken_at) == (None, None)
    assert review.checklist["wording"] == BAD["wording"]
    assert last_audit("patents.review_release").target_id == str(review.pk)


def test_check_keeps_only_real_judgements(shen, guo):
    review = opened(shen, taken_by=guo)
    given = {"ownership": {"ok": True, "note": "x" * 999}, "wording": {"ok": "yes"}, "foreign": {"ok": True}}
    actions.review_check(review_id=review.pk, actor=guo, checklist=given)
    review.refresh_from_db()
    assert review.checklist == {"ownership": {"ok": True, "note": "x" * checklist.NOTE_LENGTH}}
    assert last_audit("patents.review_check").data["checklist"] == review.checklist


# ---- refusals that every action shares


@pytest.mark.parametrize("name", ALL)
def test_another_provinces_officer_may_not(name, shen, guo, he):
    review = opened(shen, taken_by=guo)
    with pytest.raises(NotAllowed):
        ALL[name](review, he)


@pytest.mark.parametrize("name", ALL)
def test_an_officer_who_lost_the_grant_may_not(name, shen, guo):
    review = opened(shen, taken_by=guo)
    guo.groups.clear()
    with pytest.raises(NotAllowed):
        ALL[name](review, type(guo).objects.get(pk=guo.pk))


@pytest.mark.parametrize("name", ALL)
def test_neither_administrators_nor_superusers_may(name, shen, guo, ad):
    review = opened(shen, taken_by=guo)
    ad.is_superuser = True
    ad.save(update_fields=["is_superuser"])
    with pytest.raises(NotAllowed):
        ALL[name](review, ad)


@pytest.mark.parametrize("name", DECISIONS)
def test_only_what_was_taken_is_decided(name, shen, guo):
    review = opened(shen)
    with pytest.raises(Conflict):
        DECISIONS[name](review, guo)
    assert Review.objects.get(pk=review.pk).decision == ""


@pytest.mark.parametrize("name", JUDGING)
def test_what_a_colleague_took_is_the_colleagues(name, shen, guo):
    review = opened(shen, taken_by=guo)
    other = accounts.officer("second@example.org", name="高审核员")
    with pytest.raises(Conflict) as refused:
        JUDGING[name](review, other)
    assert "郭审核员" in refused.value.reason


@pytest.mark.parametrize("name", ALL)
def test_a_decided_review_is_over(name, shen, guo):
    review = opened(shen, taken_by=guo)
    DECISIONS["reject"](review, guo)
    with pytest.raises(MoveRefused):
        ALL[name](review, guo)


@pytest.mark.parametrize("name", ALL)
def test_a_withdrawn_submission_is_over(name, shen, guo):
    review = opened(shen, taken_by=guo)
    listings.listing_withdraw(listing_id=review.version.listing_id, actor=shen)
    with pytest.raises(MoveRefused):
        ALL[name](review, guo)
    assert Listing.objects.get(pk=review.version.listing_id).state == "withdrawn"


@pytest.mark.parametrize("name", ["take", *DECISIONS, "check"])
def test_nobody_judges_their_own_listing(name, guo):
    accounts.verify(guo)
    review = opened(guo)
    Review.objects.filter(pk=review.pk).update(taken_by=guo if name != "take" else None)
    with pytest.raises(NotAllowed) as refused:
        ALL[name](review, guo)
    assert "利害关系" in refused.value.reason


def test_nobody_judges_a_listing_of_their_own_organisation(shen, guo):
    review = opened(shen)
    organisation = Organisation.objects.create(
        credit_code="91420100MA4KXXXX0X".replace("XXXX", "1234").replace("X", "1"), name_zh="江城先进材料研究院",
        created_at=review.opened_at,
    )  # fmt: skip
    Listing.objects.filter(pk=review.version.listing_id).update(organisation=organisation)
    Membership.objects.create(user=guo, organisation=organisation, joined_at=review.opened_at)
    with pytest.raises(NotAllowed):
        actions.review_take(review_id=review.pk, actor=guo)


# ---- approving


def test_approve_publishes(shen, guo):
    review = opened(shen, taken_by=guo)
    actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)
    review = Review.objects.select_related("version__listing").get(pk=review.pk)
    listing = review.version.listing
    assert (review.decision, review.decided_by, review.reason) == ("approved", guo, "")
    assert (review.version.state, listing.state, listing.public_version) == ("approved", "published", review.version)
    assert SearchRow.objects.filter(listing=listing).exists()
    entry = last_audit("patents.review_approve")
    assert entry.data["checklist"] == GOOD
    assert entry.data["listing"] == listing.number
    assert messages("patents.review_approve_notify") == [{"review_id": review.pk}]
    assert messages("fact:ListingPublished") == [{"listing_id": listing.pk}]


@pytest.mark.parametrize("left_out", checklist.ITEMS)
def test_approve_needs_all_five(left_out, shen, guo):
    review = opened(shen, taken_by=guo)
    for lines in ({**GOOD, left_out: {"ok": False}}, {name: line for name, line in GOOD.items() if name != left_out}):
        with pytest.raises(Conflict):
            actions.review_approve(review_id=review.pk, actor=guo, checklist=lines)
    assert Listing.objects.get(pk=review.version.listing_id).state == "submitted"


def test_approve_refuses_a_dead_patent(shen, guo):
    review = opened(shen, taken_by=guo)
    patent = patents.patent_of(review.version.listing)
    patent.legal_status = "terminated"
    patent.save(update_fields=["legal_status"])
    with pytest.raises(Conflict) as refused:
        actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)
    assert "终止" in refused.value.reason
    assert Review.objects.get(pk=review.pk).decision == ""
    assert not messages("patents.review_approve_notify")


def test_approve_refuses_an_owner_whose_mark_was_revoked(shen, guo):
    review = opened(shen, taken_by=guo)
    shen.verifications.update(state="revoked")
    with pytest.raises(Conflict):
        actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)


def test_approving_a_revision_moves_the_public_text(shen, guo):
    review = revised(shen, guo)
    listing = review.version.listing
    before = listing.published_at
    actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)
    listing = Listing.objects.get(pk=listing.pk)
    assert (listing.state, listing.public_version_id, listing.published_at) == ("published", review.version_id, before)
    assert listing.public_version.title_zh == "改过的名称"


def test_approving_a_revision_of_a_suspended_listing_leaves_it_suspended(shen, guo):
    review = revised(shen, guo)
    listings.listing_suspend(listing_id=review.version.listing_id, actor=shen, reason="设备检修。")
    actions.review_approve(review_id=review.pk, actor=guo, checklist=GOOD)
    listing = Listing.objects.get(pk=review.version.listing_id)
    assert (listing.state, listing.public_version_id) == ("suspended", review.version_id)


# ---- refusing


def test_request_changes_opens_a_copy_to_correct(shen, guo):
    review = opened(shen, taken_by=guo, requirements=[{"kind": "area", "text_zh": "厂房", "amount": 200}])
    actions.review_request_changes(review_id=review.pk, actor=guo, checklist=BAD, reason=" 请删去宣传用语。 ")
    review = Review.objects.select_related("version__listing").get(pk=review.pk)
    listing = review.version.listing
    assert (review.decision, review.reason, listing.state) == (
        "changes_requested",
        "请删去宣传用语。",
        "changes_requested",
    )
    copy = ListingVersion.objects.get(listing=listing, state="editing")
    assert (copy.number, copy.title_zh, copy.effect_zh) == (2, review.version.title_zh, review.version.effect_zh)
    assert [row.form for row in copy.offered_forms.all()] == ["ordinary"]
    assert [row.text_zh for row in copy.requirements.all()] == ["厂房"]
    assert last_audit("patents.review_request_changes").data["correction"] == 2
    assert messages("patents.review_request_changes_notify") == [{"review_id": review.pk}]


def test_corrected_and_submitted_again_the_clock_starts_anew(shen, guo):
    review = opened(shen, taken_by=guo)
    actions.review_request_changes(review_id=review.pk, actor=guo, checklist=BAD, reason="请改。")
    listing = listings.listing_submit(listing_id=review.version.listing_id, actor=shen, province_code="420000")
    again = review_of(listing)
    assert again.version.number == 2
    assert again.taken_by is None
    assert again.checklist == {}


def test_requesting_changes_of_a_revision_leaves_the_public_text(shen, guo):
    review = revised(shen, guo)
    public = Listing.objects.get(pk=review.version.listing_id).public_version_id
    actions.review_request_changes(review_id=review.pk, actor=guo, checklist=BAD, reason="请改。")
    listing = Listing.objects.get(pk=review.version.listing_id)
    assert (listing.state, listing.public_version_id) == ("published", public)
    assert listing.versions.get(state="editing").title_zh == "改过的名称"


def test_reject_frees_the_patents(shen, guo, bai):
    review = opened(shen, taken_by=guo)
    actions.review_reject(review_id=review.pk, actor=guo, checklist=BAD, reason="提交人不是权利人。")
    review = Review.objects.select_related("version__listing").get(pk=review.pk)
    listing = review.version.listing
    assert (review.decision, review.version.state, listing.state) == ("rejected", "rejected", "rejected")
    assert not listing.listing_patents.filter(is_open=True).exists()
    assert last_audit("patents.review_reject").data["reason"] == "提交人不是权利人。"
    assert messages("patents.review_reject_notify") == [{"review_id": review.pk}]
    assert patents.draft(bai, number=patents.patent_of(listing).application_number).state == "draft"


def test_rejecting_a_revision_leaves_the_listing_on_the_market(shen, guo):
    review = revised(shen, guo)
    actions.review_reject(review_id=review.pk, actor=guo, checklist=BAD, reason="不属实。")
    listing = Listing.objects.get(pk=review.version.listing_id)
    assert listing.state == "published"
    assert listing.listing_patents.filter(is_open=True).exists()
    assert not listing.versions.filter(state="editing").exists()


@pytest.mark.parametrize("action", [actions.review_request_changes, actions.review_reject])
@pytest.mark.parametrize(("lines", "reason"), [(BAD, "  "), (GOOD, "请改。"), ({}, "请改。")])
def test_a_refusal_names_what_and_why(action, lines, reason, shen, guo):
    review = opened(shen, taken_by=guo)
    with pytest.raises(Conflict):
        action(review_id=review.pk, actor=guo, checklist=lines, reason=reason)
    assert Review.objects.get(pk=review.pk).decision == ""


# ---- handing over


def test_hand_over_opens_a_review_in_the_other_province(shen, guo, he):
    review = opened(shen, taken_by=guo)
    actions.review_check(review_id=review.pk, actor=guo, checklist=BAD)
    opened_there = actions.review_hand_over(
        review_id=review.pk, actor=guo, province_code="430000", reason="设备在湖南。"
    )
    review.refresh_from_db()
    assert (review.decision, review.reason, review.decided_by) == ("handed_over", "设备在湖南。", guo)
    assert (opened_there.province_id, opened_there.decision, opened_there.taken_by) == ("430000", "", None)
    assert opened_there.version_id == review.version_id
    assert opened_there.due_on >= review.due_on
    listing = Listing.objects.get(pk=review.version.listing_id)
    assert (listing.state, listing.province_id) == ("submitted", "430000")
    assert last_audit("patents.review_hand_over").data["to"] == "430000"
    assert messages("patents.review_hand_over_notify") == [{"review_id": review.pk, "opened_id": opened_there.pk}]
    taken = actions.review_take(review_id=opened_there.pk, actor=he)
    assert taken.taken_by == he


def test_a_revision_stays_with_its_office_until_the_other_approves(shen, guo, he):
    review = revised(shen, guo)
    there = actions.review_hand_over(review_id=review.pk, actor=guo, province_code="430000", reason="设备在湖南。")
    listing = Listing.objects.get(pk=review.version.listing_id)
    assert (listing.state, listing.province_id) == ("published", "420000")
    actions.review_take(review_id=there.pk, actor=he)
    actions.review_approve(review_id=there.pk, actor=he, checklist=GOOD)
    listing.refresh_from_db()
    assert (listing.province_id, listing.public_version_id) == ("430000", review.version_id)


def test_an_officer_with_an_interest_hands_over_without_taking(guo, he):
    accounts.verify(guo)
    review = opened(guo)
    there = actions.review_hand_over(review_id=review.pk, actor=guo, province_code="430000", reason="我是提交人。")
    assert there.province_id == "430000"


@pytest.mark.parametrize(("code", "reason"), [("420000", "x"), ("110000", "x"), ("", "x"), ("430000", "  ")])
def test_hand_over_needs_another_of_the_six_and_a_reason(code, reason, shen, guo):
    review = opened(shen, taken_by=guo)
    with pytest.raises(Conflict):
        actions.review_hand_over(review_id=review.pk, actor=guo, province_code=code, reason=reason)
    assert Review.objects.filter(version=review.version).count() == 1


def test_what_nobody_took_is_not_handed_over(shen, guo):
    review = opened(shen)
    with pytest.raises(NotAllowed):
        actions.review_hand_over(review_id=review.pk, actor=guo, province_code="430000", reason="x")
