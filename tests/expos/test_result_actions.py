"""Leads, results, their follow-up and the ceremony: who may, when, and what the database keeps. Read next: test_door_views.py."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from expos import door_tasks, edition_figures, readiness
from expos import result_queries as queries
from expos.actions import ceremony, editions, leads, results
from expos.models import CeremonyPlace, ExpoResult, FollowAnswer, Lead, ResultStep
from expos.states import ExpoState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests import shared
from tests.factories import expo_door as make
from tests.factories import expos, patents
from tests.factories.patents import clerk
from trading.models import Negotiation

pytestmark = pytest.mark.django_db
mo, shen, bai = shared.once("mo", "shen", "bai")


@pytest.fixture(scope="module")
def expo(mo, shen, bai):
    return make.running()


@pytest.fixture(scope="module")
def host(expo):
    return make.host(expo)


@pytest.fixture(scope="module")
def listing(expo, shen):
    found = patents.published(shen, forms=["ordinary"], title="展出的技术")
    make.exhibit(expo, found)
    return found


@pytest.fixture
def badge(expo, bai):
    return expos.registered(expo, bai)


# ---- leads


def test_a_scan_becomes_an_enquiry_when_the_visitor_agrees(expo, listing, badge, shen, bai, mo):
    lead = make.lead(expo, listing, badge)
    queue.drain()
    assert Notice.objects.filter(recipient=bai, kind="expo_lead_asked").count() == 1
    for actor in (shen, mo):
        with pytest.raises(NotAllowed):
            leads.lead_agree(lead_id=lead.pk, actor=actor)
    agreed = leads.lead_agree(lead_id=lead.pk, actor=bai)
    assert (agreed.negotiation.buyer, agreed.negotiation.listing) == (bai, listing)
    queue.drain()
    assert Notice.objects.filter(recipient=shen, kind="expo_lead_agreed").count() == 1
    with pytest.raises(MoveRefused):
        leads.lead_decline(lead_id=lead.pk, actor=bai)
    assert AuditEntry.objects.filter(verb__in=["expos.lead_take", "expos.lead_agree"]).count() == 2


def test_who_has_a_room_already_is_led_to_it(expo, listing, badge, bai):
    first = leads.lead_agree(lead_id=make.lead(expo, listing, badge).pk, actor=bai)
    other = patents.published(listing.owner, forms=["ordinary"], title="另一项展品")
    make.exhibit(expo, other)
    leads.rooms.enquiry_create(listing_id=other.pk, actor=bai, body="先前的询盘", forms=["ordinary"])
    second = leads.lead_agree(lead_id=make.lead(expo, other, badge).pk, actor=bai)
    assert Negotiation.objects.count() == 2 and second.negotiation_id and second.negotiation_id != first.negotiation_id


def test_a_visitor_may_say_no_and_nothing_is_opened(expo, listing, badge, bai, mo):
    lead = make.lead(expo, listing, badge)
    with pytest.raises(NotAllowed):
        leads.lead_decline(lead_id=lead.pk, actor=mo)
    assert leads.lead_decline(lead_id=lead.pk, actor=bai).state == "declined"
    assert not Negotiation.objects.exists()


def test_only_exhibitors_scan_and_only_badges_in_force(expo, listing, badge, shen, mo):
    def take(actor, code):
        return leads.lead_take(expo_id=expo.pk, actor=actor, listing_id=listing.pk, code=code, note="")

    with pytest.raises(NotAllowed):
        take(mo, badge.code)
    with pytest.raises(Conflict, match="没有这个编号"):
        take(shen, "ZZZZZZZZZZ")
    own = expos.registered(expo, shen)
    with pytest.raises(Conflict, match="您自己"):
        take(shen, own.code)
    take(shen, badge.code)
    with pytest.raises(Conflict, match="已经就这项展品扫过"):
        take(shen, badge.code)


# ---- results


def test_a_result_counts_once_both_sides_have_confirmed(expo, host, shen, bai, mo):
    row = make.result(expo, host, owner=shen, taker=bai, amount_cny=Decimal("360000"))
    assert not row.counts and not queries.public_results(expo).exists() and queries.waiting_results(expo) == 1
    queue.drain()
    assert set(Notice.objects.filter(kind="expo_result_recorded").values_list("recipient", flat=True)) == {
        shen.pk,
        bai.pk,
    }
    with pytest.raises(NotAllowed):
        results.result_confirm(result_id=row.pk, actor=mo)
    results.result_confirm(result_id=row.pk, actor=shen)
    with pytest.raises(Conflict, match="不需要您再确认"):
        results.result_confirm(result_id=row.pk, actor=shen)
    assert results.result_confirm(result_id=row.pk, actor=bai).counts
    assert queries.public_results(expo).count() == 1 and queries.waiting_results(expo) == 0


def test_what_a_side_disputes_counts_nowhere(expo, host, shen, bai, mo):
    row = make.result(expo, host, owner=shen, taker=bai)
    with pytest.raises(NotAllowed):
        results.result_dispute(result_id=row.pk, actor=mo, reason="不是")
    results.result_confirm(result_id=row.pk, actor=shen)
    results.result_dispute(result_id=row.pk, actor=bai, reason="没有签过。")
    for act in (
        lambda: results.result_confirm(result_id=row.pk, actor=bai),
        lambda: results.result_dispute(result_id=row.pk, actor=bai, reason="再说一次"),
        lambda: results.result_climb(result_id=row.pk, actor=host, rung="contract", reached_on=clock.today()),
        lambda: ceremony.ceremony_join(result_id=row.pk, actor=host),
    ):
        with pytest.raises(Conflict):
            act()
    assert not queries.public_results(expo).exists() and queries.waiting_results(expo) == 0
    queue.drain()
    assert Notice.objects.filter(kind="expo_result_disputed", recipient=host).count() == 1


def test_an_office_records_for_its_own_delegation_the_host_for_all(expo, host, mo):
    code = next(one for one in ("420000", "430000") if one != expo.host_id)
    other = clerk(code)
    make.result(expo, other, province_id=code)
    make.result(expo, host, province_id=code)
    for actor in (other, mo):
        with pytest.raises(NotAllowed):
            make.result(expo, actor)


@pytest.mark.parametrize("wrong", ["both", "future", "other year"])
def test_a_result_that_cannot_be_is_refused(expo, host, shen, wrong):
    days = {"future": clock.today() + timedelta(days=1), "other year": expo.starts_on.replace(year=expo.year - 1)}
    changes = {"owner": shen, "taker": shen} if wrong == "both" else {"signed_on": days[wrong]}
    with pytest.raises(Conflict):
        make.result(expo, host, **changes)


def test_a_result_climbs_and_rungs_are_not_added(expo, host, shen, mo):
    rows = [make.result(expo, host), make.result(expo, host, owner=shen)]
    results.result_confirm(result_id=rows[1].pk, actor=shen)
    with pytest.raises(NotAllowed):
        results.result_climb(result_id=rows[0].pk, actor=mo, rung="paid", reached_on=clock.today())
    results.result_climb(result_id=rows[1].pk, actor=shen, rung="contract", reached_on=clock.today(), note="合同")
    for rung in ("framework", "contract"):
        with pytest.raises(Conflict, match="向上一级"):
            results.result_climb(result_id=rows[1].pk, actor=shen, rung=rung, reached_on=clock.today())
    with pytest.raises(Conflict, match="日期"):
        results.result_climb(
            result_id=rows[0].pk, actor=host, rung="paid", reached_on=expo.starts_on - timedelta(days=1)
        )
    here = [(one, least) for _rung, one, least in queries.ladder(queries.ranks_of(expo))]
    assert here == [(1, 2), (0, 1), (1, 1), (0, 0), (0, 0)]
    figures = edition_figures.counted()[expo.pk]
    assert {name: figures.get(name) for name in ("intentions", "converted", "frameworks", "contracts", "paid")} == {
        "intentions": 2, "converted": 1, "frameworks": 1, "contracts": 1, "paid": None,
    }  # fmt: skip
    assert queries.conversion(queries.public_results(expo)) == (2, 1)


# ---- follow-up


def followed(expo, host, shen, bai):
    row = make.result(expo, host, owner=shen, taker=bai)
    for side in (shen, bai):
        results.result_confirm(result_id=row.pk, actor=side)
    return row


def test_both_sides_are_asked_each_month_once_until_they_answer(expo, host, shen, bai, mo):
    row = followed(expo, host, shen, bai)
    assert door_tasks.results_remind() == 0
    with pytest.raises(Conflict, match="不需要答复"):
        results.result_answer(result_id=row.pk, actor=shen, word="talking")
    with clock.at(expos.noon(queries.months_after(row.signed_on, 1))):
        assert (door_tasks.results_remind(), door_tasks.results_remind()) == (2, 2)
        assert Notice.objects.filter(kind="expo_result_followed").count() == 2
        with pytest.raises(NotAllowed):
            results.result_answer(result_id=row.pk, actor=mo, word="talking")
        results.result_answer(result_id=row.pk, actor=shen, word="talking")
        with pytest.raises(Conflict, match="已经答复过"):
            results.result_answer(result_id=row.pk, actor=shen, word="talking")
        assert door_tasks.results_remind() == 1
    with clock.at(expos.noon(queries.months_after(row.signed_on, 3))):
        assert door_tasks.results_remind() == 2


def test_an_answer_climbs_or_ends_with_its_reason(expo, host, shen, bai):
    first, second = (followed(expo, host, shen, bai) for _time in range(2))
    with clock.at(expos.noon(queries.months_after(first.signed_on, 3))):
        results.result_answer(result_id=first.pk, actor=bai, word="climbed", rung="contract", reason="已签合同")
        with pytest.raises(Conflict, match="原因"):
            results.result_answer(result_id=second.pk, actor=bai, word="ended")
        results.result_answer(result_id=second.pk, actor=bai, word="ended", reason="价格谈不拢")
        assert door_tasks.results_remind() == 0
    assert queries.conversion(queries.public_results(expo)) == (2, 1)


def test_silence_is_overdue_after_two_weeks_and_closed_after_a_year(expo, host, shen, bai):
    row = followed(expo, host, shen, bai)
    day = queries.months_after(row.signed_on, 1)
    assert queries.overdue_of(expo, day + timedelta(days=14)) == []
    assert queries.overdue_of(expo, day + timedelta(days=15)) == [row]
    over = queries.months_after(row.signed_on, 12) + timedelta(days=15)
    assert queries.overdue_of(expo, over) == [] and queries.followed_now(over) == []
    with clock.at(expos.noon(over)), pytest.raises(Conflict, match="不需要答复"):
        results.result_answer(result_id=row.pk, actor=shen, word="talking")


# ---- ceremony


def test_the_queue_is_ordered_and_one_is_on_the_stage(expo, host, mo):
    rows = [make.result(expo, host, owner_name=f"单位{n}") for n in range(3)]
    with pytest.raises(NotAllowed):
        ceremony.ceremony_join(result_id=rows[0].pk, actor=mo)
    places = [ceremony.ceremony_join(result_id=row.pk, actor=host) for row in rows]
    assert [one.place for one in places] == [1, 2, 3]
    with pytest.raises(Conflict, match="已经在签约仪式"):
        ceremony.ceremony_join(result_id=rows[0].pk, actor=host)
    for pk, to, order in ((places[2].pk, 1, [2, 0, 1]), (places[2].pk, 3, [0, 1, 2]), (places[0].pk, 2, [1, 0, 2])):
        ceremony.ceremony_order(ceremony_id=pk, actor=host, place=to)
        assert [one.result_id for one in queries.ceremony_of(expo)] == [rows[n].pk for n in order]
    with pytest.raises(Conflict, match="次序须在"):
        ceremony.ceremony_order(ceremony_id=places[0].pk, actor=host, place=4)
    for act in (ceremony.ceremony_order, ceremony.ceremony_move):
        with pytest.raises(NotAllowed):
            act(
                ceremony_id=places[0].pk,
                actor=mo,
                **({"place": 1} if act is ceremony.ceremony_order else {"to": "called"}),
            )
    ceremony.ceremony_move(ceremony_id=places[0].pk, actor=host, to="called")
    with pytest.raises(Conflict, match="台上还有"):
        ceremony.ceremony_move(ceremony_id=places[1].pk, actor=host, to="called")
    ceremony.ceremony_move(ceremony_id=places[0].pk, actor=host, to="signed")
    with pytest.raises(MoveRefused):
        ceremony.ceremony_move(ceremony_id=places[0].pk, actor=host, to="queued")
    assert CeremonyPlace.objects.filter(state="signed").count() == 1


# ---- the report, and what the database keeps


def test_no_report_while_a_result_waits_for_a_side(expo, host, shen):
    row = make.result(expo, host, owner=shen)
    over = expos.moved(expo, ExpoState.CLOSED, officer=host)
    assert readiness.missing(over, ExpoState.REPORTED) == ["还有 1 项成果等待当事人确认。"]
    with pytest.raises(Conflict, match="等待当事人确认"):
        editions.expo_advance(expo_id=expo.pk, actor=host, to=ExpoState.REPORTED)
    results.result_confirm(result_id=row.pk, actor=shen)
    assert editions.expo_advance(expo_id=expo.pk, actor=host, to=ExpoState.REPORTED).state == "reported"
    with pytest.raises(Conflict, match="总结公布之前"):
        make.result(expo, host)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE expos_exporesult SET amount_cny = 5",
        "UPDATE expos_exporesult SET owner_at = NULL",
        "UPDATE expos_exporesult SET taker_id = owner_id",
        "UPDATE expos_exporesult SET dispute = 'x'",
        "DELETE FROM expos_exporesult",
        "UPDATE expos_resultstep SET rung = 'paid'",
        "DELETE FROM expos_resultstep",
        "INSERT INTO expos_resultstep (result_id, rung, reached_on, note, by_id, at)"
        " SELECT result_id, 'framework', reached_on, '', by_id, at FROM expos_resultstep WHERE rung = 'contract'",
        "INSERT INTO expos_followanswer (result_id, months, side, word, reason, by_id, at)"
        " SELECT result_id, 2, 'owner', 'talking', '', by_id, at FROM expos_resultstep WHERE rung = 'contract'",
        "INSERT INTO expos_followanswer (result_id, months, side, word, reason, by_id, at)"
        " SELECT result_id, 3, 'owner', 'ended', '', by_id, at FROM expos_resultstep WHERE rung = 'contract'",
        "UPDATE expos_ceremonyplace SET state = 'signed'",
        "UPDATE expos_lead SET listing_id = listing_id + 1",
        "UPDATE expos_lead SET state = 'agreed'",
        "DELETE FROM expos_lead",
    ],
)
def test_the_database_keeps_it_without_our_code(expo, host, shen, listing, badge, statement):
    row = make.result(expo, host, owner=shen)
    results.result_confirm(result_id=row.pk, actor=shen)
    results.result_climb(result_id=row.pk, actor=host, rung="contract", reached_on=clock.today())
    ceremony.ceremony_join(result_id=row.pk, actor=host)
    make.lead(expo, listing, badge)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (ExpoResult.objects.count(), ResultStep.objects.count(), Lead.objects.count()) == (1, 2, 1)
    assert not FollowAnswer.objects.exists()
