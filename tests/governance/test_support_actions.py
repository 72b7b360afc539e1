"""Applications for support: decided by officers of that province, two of them, after a public notice; nothing paid twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from governance import support_queries as queries
from governance.actions import policies, support
from governance.models import AidEntry, PolicyApplication
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import accounts, agreements, offers, patents
from tests.factories import policies as make
from tests.factories.policies import HUNAN, JIANGXI

pytestmark = pytest.mark.django_db
SUM = Decimal(30_000)


@pytest.fixture
def agreement(shen, bai):
    return agreements.signed(shen, bai)


@pytest.fixture
def jiangxi():
    """Two officers of Jiangxi."""
    return make.keeper(JIANGXI), make.second(JIANGXI)


def refused(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_from_papers_to_payment(agreement, shen, bai, jiangxi):
    first, second = jiangxi
    version = make.published(JIANGXI, documents=["合同复印件"], budget_cny=Decimal(100_000))
    with pytest.raises(Conflict, match="合同复印件"):
        make.applied(version, bai, agreement, uploads=[])
    asked = make.applied(version, bai, agreement)
    assert (asked.role, asked.facts["form"]) == ("taker", ["ordinary", "record"])
    assert asked.facts["conversion_place"] == [JIANGXI, "assumed"]
    support.support_return(application_id=asked.pk, actor=first, reason="缺付款凭证。")
    support.support_correct(application_id=asked.pk, actor=bai, note="已补。", uploads=[make.paper()])
    make.on_notice(asked, first, second)
    asked.refresh_from_db()
    assert (asked.state, asked.amount_cny, asked.first_by, asked.second_by) == ("notice", SUM, first, second)
    assert queries.notices().get() == asked and AidEntry.objects.get().amount_cny == SUM
    with pytest.raises(Conflict, match="公示期"):
        support.support_approve(application_id=asked.pk, actor=first, clause="第三条")
    other = make.applied(version, shen, agreement, uploads=[make.paper()])
    asked = make.approved(other, first, second)
    for amount, reference in ((Decimal(10_000), "凭1"), (Decimal(20_000), "凭2")):
        support.support_pay(
            application_id=asked.pk, actor=first, paid_on=clock.today(), amount_cny=amount, reference=reference
        )
    asked.refresh_from_db()
    assert asked.state == "paid" and asked.clause == "第三条第一项"
    assert [one.became for one in asked.steps.all()] == [
        "submitted", "accepted", "reviewed", "notice", "approved", "approved", "paid"
    ]  # fmt: skip
    assert AuditEntry.objects.filter(target_type="governance.policyapplication", target_id=str(asked.pk)).count() == 7
    drain()
    told = [Notice.objects.filter(recipient=one, kind="support_moved").count() for one in (bai, shen)]
    assert told == [3, 5], "returned, accepted, on notice; accepted, on notice, approved, paid in two parts"
    assert Notice.objects.filter(recipient=second, kind="support_waiting").exists()
    assert not Notice.objects.filter(recipient__in=[bai], kind="support_waiting").exists()


def test_officers_of_that_province_alone(agreement, bai, guo, he, ad, ju, si, mo, jiangxi):
    asked = make.applied(make.published(JIANGXI), bai, agreement)
    acts = [
        lambda who: support.support_accept(application_id=asked.pk, actor=who),
        lambda who: support.support_return(application_id=asked.pk, actor=who, reason="x"),
        lambda who: support.support_decline(application_id=asked.pk, actor=who, clause="x", reason="x"),
        lambda who: support.support_review(application_id=asked.pk, actor=who, amount_cny=SUM, words="x"),
        lambda who: support.support_confirm(application_id=asked.pk, actor=who, words="x"),
        lambda who: support.support_approve(application_id=asked.pk, actor=who, clause="x"),
        lambda who: support.support_reopen(application_id=asked.pk, actor=who, words="x"),
        lambda who: support.support_uphold(application_id=asked.pk, actor=who, clause="x", reason="x"),
        lambda who: support.support_pay(
            application_id=asked.pk, actor=who, paid_on=clock.today(), amount_cny=SUM, reference="x"
        ),
    ]
    for who in (guo, he, ad, ju, si, mo, bai):
        for act in acts:
            with pytest.raises(NotAllowed):
                act(who)
    for who in (mo, jiangxi[0]):
        for act in (support.support_withdraw, lambda **more: support.support_appeal(words="x", **more), lambda **more: support.support_correct(note="x", **more)):  # fmt: skip
            with pytest.raises(NotAllowed):
                act(application_id=asked.pk, actor=who)
    asked.refresh_from_db()
    assert asked.state == "submitted"


def test_two_reviewers_and_never_the_applicant(shen, bai, jiangxi):
    first, second = jiangxi
    asked = make.reviewed(make.applied(make.published(JIANGXI), bai, agreements.signed(shen, bai)), first)
    with pytest.raises(NotAllowed):
        support.support_confirm(application_id=asked.pk, actor=first, words="自己复审。")
    refused(
        "UPDATE governance_policyapplication SET second_by_id = first_by_id, notice_until = now(), state = 'notice' WHERE id = %s",
        asked.pk,
    )
    accounts.verify(first)
    own = make.applied(make.published(JIANGXI, kind="rent"), first, agreements.signed(shen, first))
    with pytest.raises(NotAllowed):
        support.support_accept(application_id=own.pk, actor=first)
    support.support_accept(application_id=own.pk, actor=second)


def test_only_a_verified_party_asks_once_and_in_time(shen, bai, mo, agreement):
    version = make.published(JIANGXI, ends_on=clock.today() + timedelta(days=5))
    subject = make.subject_of(agreement, bai)
    for who, role in ((mo, "taker"), (shen, "taker"), (bai, "owner")):
        with pytest.raises(NotAllowed):
            support.support_make(version_id=version.pk, actor=who, role=role, facts=subject.facts, agreement=agreement)
    listing = patents.published(shen, title="别人的技术")
    with pytest.raises(NotAllowed):
        support.support_make(version_id=version.pk, actor=bai, role="owner", facts={}, listing=listing)
    make.applied(version, bai, agreement)
    with pytest.raises(Conflict, match="已就同一事项"):
        make.applied(version, bai, agreement)
    make.applied(version, shen, agreement)
    later = make.published(JIANGXI, kind="rent", starts_on=clock.today() + timedelta(days=9))
    with pytest.raises(Conflict, match="施行期"):
        make.applied(later, bai, agreement)


def test_nothing_twice_for_the_same_thing_over_six_provinces(agreement, bai, shen, jiangxi):
    first, second = jiangxi
    hunan = make.keeper(HUNAN), make.second(HUNAN)
    make.on_notice(make.applied(make.published(JIANGXI), bai, agreement), first, second)
    again = make.reviewed(make.applied(make.published(HUNAN), bai, agreement), hunan[0])
    with pytest.raises(Conflict, match="江西"):
        support.support_confirm(application_id=again.pk, actor=hunan[1], words="同意。")
    # The other side of the deal, another kind, and what adds up are other things.
    make.on_notice(make.applied(make.published(HUNAN), shen, agreement), *hunan)
    make.on_notice(make.applied(make.published(HUNAN, kind="rent"), bai, agreement), *hunan)
    make.on_notice(make.applied(make.published(HUNAN, stacking="cumulative"), bai, agreement), *hunan)
    entry = AidEntry.objects.filter(item="deal:taker").get()
    insert = "INSERT INTO governance_aidentry (application_id, version_id, patent_id, deal_id, item, amount_cny, made_at) VALUES (%s, %s, %s, %s, %s, 1, now())"  # fmt: skip
    refused(insert, again.pk, again.version_id, entry.patent_id, entry.deal_id, entry.item)
    refused(insert, again.pk, again.version_id, entry.patent_id, None, entry.item)  # for the patent itself
    # Another deal about the same patent is another thing.
    other = agreements.signed(shen, accounts.member("qu@example.org", verified=True), listing=agreement.listing)
    make.on_notice(make.applied(again.version, other.buyer, other), *hunan)


def test_refused_appealed_and_reviewed_anew_by_others(agreement, bai, jiangxi):
    first, second = jiangxi
    third = accounts.officer("third@example.org", name="第三人", province=JIANGXI)
    asked = make.on_notice(make.applied(make.published(JIANGXI), bai, agreement), first, second)
    with pytest.raises(Conflict):
        support.support_decline(application_id=asked.pk, actor=first, clause=" ", reason="公示有异议。")
    support.support_decline(application_id=asked.pk, actor=first, clause="第五条", reason="公示有异议。")
    assert not AidEntry.objects.filter(released_at=None).exists(), "what was held is free"
    support.support_appeal(application_id=asked.pk, actor=bai, words="异议不成立。")
    for actor in (first, second):
        with pytest.raises(NotAllowed):
            support.support_reopen(application_id=asked.pk, actor=actor, words="x")
    support.support_reopen(application_id=asked.pk, actor=third, words="申诉成立。")
    asked.refresh_from_db()
    assert (asked.state, asked.first_by, asked.amount_cny, asked.clause) == ("accepted", None, None, "")
    support.support_decline(application_id=asked.pk, actor=second, clause="第五条", reason="仍不符合。")
    support.support_appeal(application_id=asked.pk, actor=bai, words="再次申诉。")
    support.support_uphold(application_id=asked.pk, actor=third, clause="第五条", reason="维持。")
    with pytest.raises(MoveRefused):
        support.support_appeal(application_id=asked.pk, actor=bai, words="再来。")


def test_withdrawn_before_the_notice_and_made_anew(agreement, bai, jiangxi):
    version = make.published(JIANGXI)
    asked = make.applied(version, bai, agreement)
    support.support_withdraw(application_id=asked.pk, actor=bai)
    again = make.on_notice(make.applied(version, bai, agreement), *jiangxi)
    with pytest.raises(MoveRefused):
        support.support_withdraw(application_id=again.pk, actor=bai)


def test_never_above_cap_budget_or_quota(shen, bai, jiangxi):
    first, second = jiangxi
    version = make.published(JIANGXI, budget_cny=Decimal(50_000), quota=2)
    deals = [agreements.signed(shen, bai) for _one in range(2)]
    one, two = (make.reviewed(make.applied(version, bai, deal), first) for deal in deals)
    accept = make.accepted(make.applied(version, shen, deals[0]), first)
    with pytest.raises(Conflict):
        support.support_review(application_id=accept.pk, actor=first, amount_cny=Decimal(50_001), words="x")
    support.support_confirm(application_id=one.pk, actor=second, words="同意。")
    with pytest.raises(Conflict, match="预算"):
        support.support_confirm(application_id=two.pk, actor=second, words="同意。")
    patent = queries.patents_of(deals[1], None)[0]
    refused("INSERT INTO governance_aidentry (application_id, version_id, patent_id, deal_id, item, amount_cny, made_at) VALUES (%s, %s, %s, %s, 'x', 20000.01, now())", two.pk, version.pk, patent.pk, deals[1].pk)  # fmt: skip
    # Given out by quota.
    few = make.published(JIANGXI, kind="rent", quota=1)
    make.on_notice(make.applied(few, bai, deals[0]), first, second)
    last = make.reviewed(make.applied(few, bai, deals[1]), first)
    with pytest.raises(Conflict, match="名额"):
        support.support_confirm(application_id=last.pk, actor=second, words="同意。")
    refused("INSERT INTO governance_aidentry (application_id, version_id, patent_id, deal_id, item, amount_cny, made_at) VALUES (%s, %s, %s, %s, 'x', 1, now())", last.pk, few.pk, patent.pk, deals[1].pk)  # fmt: skip


def test_the_database_keeps_what_was_decided(agreement, shen, bai, jiangxi):
    asked = make.on_notice(make.applied(make.published(JIANGXI), bai, agreement), *jiangxi)
    table = "governance_policyapplication"
    approve = (
        f"UPDATE {table} SET state = 'approved', clause = 'x', decided_by_id = %s, decided_at = now() WHERE id = %s"
    )
    refused(approve, jiangxi[0].pk, asked.pk)  # the notice runs
    refused(f"UPDATE {table} SET amount_cny = 1 WHERE id = %s", asked.pk)
    refused(f"UPDATE {table} SET applicant_id = %s WHERE id = %s", jiangxi[0].pk, asked.pk)
    refused(f"DELETE FROM {table} WHERE id = %s", asked.pk)
    refused("UPDATE governance_aidentry SET amount_cny = 1")
    refused("DELETE FROM governance_aidentry")
    refused(f"UPDATE {table} SET notice_until = '2020-01-01' WHERE id = %s", asked.pk)
    asked = make.approved(make.applied(asked.version, shen, agreement), *jiangxi)
    refused("UPDATE governance_aidentry SET released_at = now() WHERE application_id = %s", asked.pk)
    pay = "INSERT INTO governance_disbursement (application_id, paid_on, amount_cny, reference, by_id, at) VALUES (%s, now(), 30000.01, 'x', %s, now())"  # fmt: skip
    refused(pay, asked.pk, jiangxi[0].pk)
    with pytest.raises(Conflict, match="合计"):
        support.support_pay(application_id=asked.pk, actor=jiangxi[0], paid_on=clock.today(), amount_cny=SUM + 1, reference="x")  # fmt: skip
    refused("UPDATE governance_supportstep SET words = 'x'")


def test_a_deal_of_two_patents_is_held_in_equal_parts(shen, bai, jiangxi):
    draft = patents.draft(shen, applicants=shen.display_name)
    patents.listings.patent_attach(listing_id=draft.pk, actor=shen, facts=patents.facts(applicants=shen.display_name))
    patents.listings.listing_submit(listing_id=draft.pk, actor=shen, province_code="420000")
    agreement = offers.signed(shen, bai, listing=patents.approve(draft))
    asked = make.on_notice(make.applied(make.published(JIANGXI), bai, agreement), *jiangxi, amount=Decimal("29999.99"))
    parts = list(asked.aid.values_list("amount_cny", flat=True))
    assert sorted(parts) == [Decimal("14999.99"), Decimal("15000.00")]


def test_applications_go_on_after_the_end_of_the_policy(agreement, bai, jiangxi):
    version = make.published(JIANGXI)
    asked = make.applied(version, bai, agreement)
    policies.policy_end(
        version_id=version.pk, actor=jiangxi[0], ends_on=clock.today() + timedelta(days=1), because="期满"
    )
    drain()
    assert Notice.objects.filter(recipient=bai, kind="policy_ended").exists()
    make.accepted(asked, jiangxi[0])
    assert PolicyApplication.objects.get().state == "accepted"
