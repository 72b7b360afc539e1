"""The patentee's actions: what they write and tell, what they refuse, and what the database refuses without them."""

import threading
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction

from patents import queries
from patents.actions import listings as actions
from patents.models import Listing, ListingPatent, ListingVersion, Patent, Review, SearchRow
from patents.states import LegalStatus
from platform_site import clock
from platform_site.accounts.models import Verification
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts
from tests.factories import patents as make


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def told():
    return set(OutboxMessage.objects.values_list("name", flat=True))


# ---- writing


def test_create_numbers_follow_each_other(shen, mo):
    first, second = actions.listing_create(actor=shen), actions.listing_create(actor=mo)
    assert [one.number[-6:] for one in (first, second)] == ["000001", "000002"]
    assert first.state == "draft" and first.versions.get().state == "editing"
    assert verbs()[-1] == "patents.listing_create"


def test_attach_writes_patent_row_and_step(shen):
    listing = actions.listing_create(actor=shen)
    patent = actions.patent_attach(listing_id=listing.pk, actor=shen, facts=make.facts())
    assert list(queries.patents_of(listing.pk)) == [patent] and patent.created_by == shen
    assert listing.versions.get().steps_done == ["patent"] and verbs()[-1] == "patents.patent_attach"


def test_attach_refuses_a_stranger(shen, bai):
    listing = actions.listing_create(actor=shen)
    with pytest.raises(NotAllowed):
        actions.patent_attach(listing_id=listing.pk, actor=bai, facts=make.facts())
    assert not Patent.objects.exists()


def test_own_row_is_used_again_and_corrected(shen):
    first = make.draft(shen, number="CN202311042871.5")
    actions.listing_withdraw(listing_id=first.pk, actor=shen)
    second = make.draft(shen, number="CN202311042871.5", applicants="改后的研究院")
    assert Patent.objects.count() == 1 and make.patent_of(second).applicants == "改后的研究院"


def test_a_strangers_given_up_row_is_taken_over(shen, bai):
    first = make.draft(bai, number="CN202311042871.5", applicants="抢填者")
    actions.listing_withdraw(listing_id=first.pk, actor=bai)
    make.draft(shen, number="CN202311042871.5")
    patent = Patent.objects.get()
    assert (patent.created_by, patent.applicants) == (shen, "江城先进材料研究院")


def test_facts_of_a_shown_patent_are_not_rewritten_by_a_stranger(shen, bai):
    listing = make.published(shen, number="CN202311042871.5")
    Listing.objects.filter(pk=listing.pk).update(state="concluded")
    ListingPatent.objects.filter(listing=listing).update(is_open=False)
    make.draft(bai, number="CN202311042871.5", applicants="改写的名字", legal_status="late_fee")
    patent = Patent.objects.get()
    assert (patent.applicants, patent.legal_status, patent.created_by) == ("江城先进材料研究院", "in_force", shen)


def test_own_shown_patent_moves_on_in_status_only(shen):
    listing = make.published(shen, number="CN202311042871.5")
    Listing.objects.filter(pk=listing.pk).update(state="concluded")
    ListingPatent.objects.filter(listing=listing).update(is_open=False)
    make.draft(shen, number="CN202311042871.5", applicants="别的名字", legal_status="late_fee")
    patent = Patent.objects.get()
    assert (patent.applicants, patent.legal_status) == ("江城先进材料研究院", "late_fee")


def test_patent_in_another_open_listing_is_refused(shen, bai):
    make.draft(bai, number="CN202311042871.5", applicants="白的公司")
    with pytest.raises(Conflict):
        make.draft(shen, number="CN202311042871.5")
    assert Patent.objects.get().applicants == "白的公司"


def test_bundle_holds_ten(shen):
    listing = actions.listing_create(actor=shen)
    for _ in range(10):
        actions.patent_attach(listing_id=listing.pk, actor=shen, facts=make.facts())
    with pytest.raises(Conflict):
        actions.patent_attach(listing_id=listing.pk, actor=shen, facts=make.facts())
    assert listing.listing_patents.count() == 10


def test_detach(shen, bai):
    listing = make.draft(shen)
    patent = make.patent_of(listing)
    with pytest.raises(NotAllowed):
        actions.patent_detach(listing_id=listing.pk, actor=bai, patent_id=patent.pk)
    actions.patent_detach(listing_id=listing.pk, actor=shen, patent_id=patent.pk)
    assert not listing.listing_patents.exists() and verbs()[-1] == "patents.patent_detach"


def test_save_replaces_the_rows_of_a_step(shen):
    listing = make.draft(shen, forms=["ordinary", "sole"])
    rows = [make.form_row("exclusive", provinces=["140000"], price="1200000.50", basis="lump")]
    version = actions.version_save(listing_id=listing.pk, actor=shen, step="forms", values={"rows": rows})
    row = version.offered_forms.get()
    assert (row.form, row.provinces, row.price_cny) == ("exclusive", ["140000"], Decimal("1200000.50"))
    assert verbs()[-1] == "patents.version_save"


def test_save_refuses_stranger_and_frozen_text(shen, bai):
    listing = make.submitted(shen)
    for actor, error in ((bai, NotAllowed), (shen, Conflict)):
        with pytest.raises(error):
            actions.version_save(listing_id=listing.pk, actor=actor, step="description", values={"title_zh": "改"})
    assert ListingVersion.objects.get().title_zh != "改"


def test_filling_writes_several_steps_under_one_record(shen, mo):
    listing = actions.listing_create(actor=shen)
    steps = {"description": {"title_zh": "一次写完"}, "forms": {"rows": [make.form_row("ordinary")]}}
    before = len(verbs())

    version = actions.version_fill(listing_id=listing.pk, actor=shen, steps=steps)

    assert verbs()[before:] == ["patents.version_fill"]
    version.refresh_from_db()
    assert (version.title_zh, version.steps_done) == ("一次写完", ["description", "forms"])
    assert [row.form for row in version.offered_forms.all()] == ["ordinary"]
    with pytest.raises(NotAllowed):
        actions.version_fill(listing_id=listing.pk, actor=mo, steps=steps)


def test_eleventh_file_and_wrong_file_are_refused(shen):
    listing = make.draft(shen)
    add = {"listing_id": listing.pk, "actor": shen, "title": ""}
    with pytest.raises(ValidationError):
        actions.attachment_add(upload=make.document("不是图.png"), **add)
    for _ in range(10):
        actions.attachment_add(upload=make.document(), **add)
    with pytest.raises(Conflict):
        actions.attachment_add(upload=make.document(), **add)
    assert ListingVersion.objects.get().attachments.count() == 10


def test_file_of_a_submitted_text_stays(shen):
    listing = make.draft(shen)
    row = actions.attachment_add(listing_id=listing.pk, actor=shen, upload=make.document(), title="证书")
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    with pytest.raises(Conflict):
        actions.attachment_remove(attachment_id=row.pk, actor=shen)
    make.approve(listing)
    actions.listing_revise(listing_id=listing.pk, actor=shen)
    with pytest.raises(Conflict):
        actions.attachment_remove(attachment_id=row.pk, actor=shen)
    copy = ListingVersion.objects.get(state="editing").attachments.get()
    actions.attachment_remove(attachment_id=copy.pk, actor=shen)
    assert ListingVersion.objects.get(state="approved").attachments.get() == row


# ---- submission


def test_submit_freezes_opens_a_review_and_tells_the_office(shen, guo, he):
    listing = make.submitted(shen)
    version, review = ListingVersion.objects.get(), Review.objects.get()
    assert (listing.state, version.state, review.province_id) == ("submitted", "submitted", "420000")
    assert version.declared_at and review.due_on > clock.today()
    assert verbs()[-1] == "patents.listing_submit" and "patents.listing_submit_notify" in told()
    queue.drain()
    assert [notice.recipient for notice in Notice.objects.all()] == [guo]


def test_submit_refuses_unverified_stranger_and_twice(shen, mo, bai):
    own = make.draft(mo)
    with pytest.raises(NotAllowed, match="实名核验"):
        actions.listing_submit(listing_id=own.pk, actor=mo, province_code="410000")
    listing = make.draft(shen)
    with pytest.raises(NotAllowed):
        actions.listing_submit(listing_id=listing.pk, actor=bai, province_code="420000")
    with pytest.raises(Conflict):
        actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="110000")
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    with pytest.raises(Conflict):
        actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"legal_status": "unpublished", "grant_date": None}, "新颖性"),
        ({"legal_status": "terminated"}, "不能上架"),
        ({"legal_status": "invalid"}, "不能上架"),
        ({"forms": ["open", "exclusive"]}, "第五十一条"),
        ({"forms": ["open", "sole"]}, "第五十一条"),
        ({"forms": ["open"], "legal_status": "pending", "grant_date": None}, "第五十条"),
        ({"forms": ["open"], "legal_status": "late_fee"}, "滞纳期"),
        ({"forms": ["ordinary", "assignment"], "co_owned": True}, "第十四条"),
        ({"texts": {"effect_zh": ""}}, "实测效果"),
        ({"complete": False}, "专利号"),
    ],
)
def test_submit_refuses_what_the_law_or_the_reader_forbids(shen, what, words):
    listing = make.draft(shen, **what)
    with pytest.raises(Conflict, match=words):
        actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    assert Listing.objects.get().state == "draft" and not Review.objects.exists()


@pytest.mark.parametrize(
    "what",
    [
        {"forms": ["ordinary"], "co_owned": True},
        {"forms": ["assignment", "exclusive"], "co_owned": True, "consent": True},
        {"forms": ["open", "ordinary"]},
        {"legal_status": "pending", "grant_date": None},
    ],
)
def test_submit_takes_what_is_allowed(shen, what):
    assert make.submitted(shen, **what).state == "submitted"


# ---- publication, revision


def test_publication_is_found_and_told(shen):
    listing = make.published(shen, title="测试")
    assert Listing.objects.on_market().get() == listing and SearchRow.objects.get().listing == listing
    assert listing.public_version.state == "approved" and "fact:ListingPublished" in told()


def test_revision_copies_everything_and_leaves_the_public_text(shen, guo):
    need = {"kind": "area", "text_zh": "车间", "text_en": "", "amount": 80}
    listing = make.published(shen, requirements=[need], forms=["ordinary", "sole"])
    version = actions.listing_revise(listing_id=listing.pk, actor=shen)
    assert (version.number, version.state, version.offered_forms.count(), version.requirements.get().amount) == (
        2,
        "editing",
        2,
        80,
    )
    with pytest.raises(Conflict):
        actions.listing_revise(listing_id=listing.pk, actor=shen)
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="430000")
    assert Listing.objects.get().state == "published" and Review.objects.get(decision="").province_id == "420000"
    listing = make.approve(listing, officer=guo)
    assert listing.public_version == version and listing.state == "published"


def test_revision_sent_back_leaves_the_listing_on_the_market(shen):
    listing = make.published(shen)
    actions.listing_revise(listing_id=listing.pk, actor=shen)
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    listing = make.send_back(listing)
    assert listing.state == "published" and listing.public_version.number == 1
    assert queries.version_in_work(listing).state == "editing"


def test_returned_submission_is_corrected_and_sent_again(shen):
    listing = make.send_back(make.submitted(shen))
    assert (
        listing.state == "changes_requested"
        and queries.returned_review(queries.judgements_of(listing)).reason == "请补充检测报告。"
    )
    actions.version_save(listing_id=listing.pk, actor=shen, step="description", values={"effect_zh": "补了数据"})
    listing = actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    assert listing.state == "submitted" and Review.objects.filter(decision="").count() == 1


def test_revision_can_be_given_up(shen, bai):
    listing = make.published(shen)
    with pytest.raises(Conflict):
        actions.revision_withdraw(listing_id=listing.pk, actor=shen)
    actions.listing_revise(listing_id=listing.pk, actor=shen)
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    with pytest.raises(NotAllowed):
        actions.revision_withdraw(listing_id=listing.pk, actor=bai)
    actions.revision_withdraw(listing_id=listing.pk, actor=shen)
    assert ListingVersion.objects.get(number=2).state == "withdrawn"
    assert Review.objects.get(version__number=2).decision == "withdrawn"
    assert Listing.objects.get().state == "published" and verbs()[-1] == "patents.revision_withdraw"


def test_bundle_of_a_public_listing_is_fixed(shen):
    listing = make.published(shen)
    actions.listing_revise(listing_id=listing.pk, actor=shen)
    with pytest.raises(Conflict):
        actions.patent_attach(listing_id=listing.pk, actor=shen, facts=make.facts())
    with pytest.raises(Conflict):
        actions.patent_detach(listing_id=listing.pk, actor=shen, patent_id=make.patent_of(listing).pk)
    assert listing.listing_patents.count() == 1


# ---- off and on the market


def test_withdraw_frees_the_patent_and_closes_the_review(shen, guo):
    listing = make.submitted(shen, number="CN202311042871.5")
    actions.listing_withdraw(listing_id=listing.pk, actor=shen, reason="不卖了")
    listing.refresh_from_db()
    assert (listing.state, listing.closing_reason) == ("withdrawn", "不卖了")
    assert Review.objects.get().decision == "withdrawn" and ListingVersion.objects.get().state == "withdrawn"
    assert verbs()[-1] == "patents.listing_withdraw" and "fact:ListingClosed" not in told()
    queue.drain()
    assert {notice.kind for notice in Notice.objects.filter(recipient=guo)} >= {"listing_withdrawn"}
    assert make.draft(shen, number="CN202311042871.5").state == "draft"


def test_withdraw_of_a_public_listing_needs_a_reason_and_its_owner(shen, bai, guo):
    listing = make.published(shen)
    for actor, reason, error in ((shen, " ", Conflict), (bai, "x", NotAllowed), (guo, "x", NotAllowed)):
        with pytest.raises(error):
            actions.listing_withdraw(listing_id=listing.pk, actor=actor, reason=reason)
    actions.listing_withdraw(listing_id=listing.pk, actor=shen, reason="已转让")
    assert not SearchRow.objects.exists() and "fact:ListingClosed" in told()
    with pytest.raises(MoveRefused):
        actions.listing_withdraw(listing_id=listing.pk, actor=shen, reason="再次")


def test_owner_suspends_and_resumes(shen, guo):
    listing = make.published(shen)
    with pytest.raises(Conflict):
        actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="")
    actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    assert not SearchRow.objects.exists() and "patents.listing_suspend_notify" in told()
    with pytest.raises(NotAllowed):
        actions.listing_resume(listing_id=listing.pk, actor=guo)
    actions.listing_resume(listing_id=listing.pk, actor=shen)
    listing.refresh_from_db()
    assert (listing.state, listing.closing_reason) == ("published", "") and SearchRow.objects.exists()
    assert verbs()[-2:] == ["patents.listing_suspend", "patents.listing_resume"]
    queue.drain()
    assert set(Notice.objects.filter(recipient=shen).values_list("kind", flat=True)) >= {
        "listing_suspended",
        "listing_resumed",
    }


def test_what_an_office_suspends_it_alone_resumes(shen, guo, he, bai):
    listing = make.published(shen)
    for stranger in (he, bai):
        with pytest.raises(NotAllowed):
            actions.listing_suspend(listing_id=listing.pk, actor=stranger, reason="x")
    actions.listing_suspend(listing_id=listing.pk, actor=guo, reason="收到异议")
    for other in (shen, he):
        with pytest.raises(NotAllowed):
            actions.listing_resume(listing_id=listing.pk, actor=other)
    assert actions.listing_resume(listing_id=listing.pk, actor=guo, reason="异议不成立").state == "published"


def test_resume_refuses_a_dead_patent_and_a_revoked_mark(shen):
    listing = make.published(shen)
    actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    Patent.objects.update(legal_status="terminated")
    with pytest.raises(Conflict):
        actions.listing_resume(listing_id=listing.pk, actor=shen)
    Patent.objects.update(legal_status="in_force")
    Verification.objects.filter(user=shen).update(state="revoked")
    with pytest.raises(Conflict):
        actions.listing_resume(listing_id=listing.pk, actor=shen)
    assert Listing.objects.get().state == "suspended"


# ---- the database, with the code's own checks left out


def refused(match, change):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        change()


def test_database_refuses_publication_without_verification(shen):
    listing = make.published(shen)
    actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    Verification.objects.filter(user=shen).update(state="revoked")
    refused("is verified", lambda: Listing.objects.filter(pk=listing.pk).update(state="published"))


@pytest.mark.parametrize(
    "status", [status for status in LegalStatus if status not in ("pending", "in_force", "late_fee")]
)
def test_database_refuses_publication_of_a_dead_or_hidden_patent(shen, status):
    listing = make.published(shen)
    actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    Patent.objects.update(legal_status=status)
    refused("are alive", lambda: Listing.objects.filter(pk=listing.pk).update(state="published"))


def test_database_refuses_publication_without_a_patent(shen):
    listing = make.published(shen)
    actions.listing_suspend(listing_id=listing.pk, actor=shen, reason="盘点")
    ListingPatent.objects.update(is_open=False)
    refused("has a patent", lambda: Listing.objects.filter(pk=listing.pk).update(state="published"))


def test_database_lets_a_published_listing_be_touched(shen):
    listing = make.published(shen)
    Verification.objects.filter(user=shen).update(state="revoked")
    assert Listing.objects.filter(pk=listing.pk).update(closing_reason="") == 1


def test_database_keeps_a_submitted_text_frozen(shen):
    listing = make.draft(shen, requirements=[{"kind": "area", "text_zh": "", "text_en": "", "amount": 5}])
    actions.attachment_add(listing_id=listing.pk, actor=shen, upload=make.document(), title="证书")
    actions.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    version = ListingVersion.objects.get()
    frozen = "a submitted version is not changed"
    refused(frozen, lambda: ListingVersion.objects.update(title_zh="改"))
    refused(frozen, lambda: version.offered_forms.update(price_cny=1))
    refused(frozen, lambda: version.offered_forms.all().delete())
    refused(frozen, lambda: version.requirements.update(amount=6))
    refused(frozen, lambda: version.attachments.update(for_office_only=False, title="x"))


def test_database_refuses_an_assignment_by_province_and_two_open_listings(shen):
    listing, other = make.draft(shen, forms=["assignment"]), make.draft(shen)
    refused(
        "assignment_is_whole",
        lambda: ListingVersion.objects.get(listing=listing).offered_forms.update(provinces=["420000"]),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ListingPatent.objects.create(listing=other, patent=make.patent_of(listing))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_and_one_listing_gets_the_patent():
    people = [accounts.member(f"racer{n}@example.org", verified=True) for n in range(8)]
    drafts = [actions.listing_create(actor=person) for person in people]
    gate, won, lost, other = threading.Barrier(8), [], [], []
    facts = make.facts(application_number="CN202311042871.5")

    def run(person, draft):
        try:
            gate.wait(20)
            actions.patent_attach(listing_id=draft.pk, actor=person, facts=facts)
            won.append(draft.pk)
        except Conflict:
            lost.append(draft.pk)
        except Exception as error:
            other.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(people, drafts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(won), len(lost), other) == (1, 7, [])
    assert ListingPatent.objects.get(is_open=True).listing_id == won[0]
    assert Patent.objects.get().created_by == Listing.objects.get(pk=won[0]).owner
