"""Each act on a visit, a stay and a facility: refused to another province, to strangers, and in a state that has no such act."""

from datetime import timedelta

import pytest

from governance.actions import facilities, stationings, visit_answers
from governance.models import Stationing, Visit
from platform_site import clock
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from tests import shared
from tests.factories import patents
from tests.factories import resources as make

pytestmark = pytest.mark.django_db
shen, bai, guo, he, mo, ad = shared.once("shen", "bai", "guo", "he", "mo", "ad")
REASON = {"reason": "当天检修，请改期。"}
# Of whoever keeps the facility, and of the other side.
KEEPERS_VISIT = {
    visit_answers.visit_confirm: {}, visit_answers.visit_decline: REASON, visit_answers.visit_mark: {"used": True},
    visit_answers.visit_counter: {"starts_at": make.at(6), **REASON},
}  # fmt: skip
VISITORS = {visit_answers.visit_agree: {}, visit_answers.visit_cancel: REASON}
KEEPERS_STAY = {
    stationings.stationing_accept: {}, stationings.stationing_queue: REASON, stationings.stationing_decline: REASON,
    stationings.stationing_sign: {"contract": "RZ-1", "signed_on": clock.today(), "milestones": []},
    stationings.stationing_graduate: {"outcome": "已投产。"}, stationings.stationing_exit: {"outcome": "不再继续。"},
}  # fmt: skip
RESIDENTS = {stationings.stationing_withdraw: {}, stationings.stationing_report: {"words": "完成中试。"}}
FACILITY = {
    facilities.facility_save: {"values": {"places": 9}}, facilities.facility_close: REASON,
    facilities.picture_add: {"upload": None, "title": "车间"},
}  # fmt: skip


@pytest.fixture(scope="module")
def place(guo):
    return make.facility(make.HUBEI, officer=guo)


@pytest.fixture(scope="module")
def visit(place, bai):
    return make.visit(place, bai)


@pytest.fixture(scope="module")
def stay(place, shen):
    return make.applied(place, shen)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, he, mo, ad, place, visit, stay):
    """All of it is there for every test."""


def named(acts):
    return pytest.mark.parametrize(("act", "said"), list(acts.items()), ids=[act.__name__ for act in acts])


def refused_to(people, act, row, key, said):
    before = type(row).objects.filter(pk=row.pk).values().get()
    for person in people:
        with pytest.raises(NotAllowed):
            act(**{key: row.pk}, actor=person, **said)
    assert type(row).objects.filter(pk=row.pk).values().get() == before


@named(KEEPERS_VISIT)
def test_a_visit_is_answered_by_its_keepers_alone(visit, he, mo, ad, bai, act, said):
    refused_to((he, mo, ad, bai), act, visit, "visit_id", said)


@named(VISITORS)
def test_a_visit_is_changed_by_its_own_side_alone(visit, he, mo, ad, act, said):
    refused_to((he, mo, ad), act, visit, "visit_id", said)


@named(KEEPERS_STAY)
def test_a_stay_is_decided_by_its_keepers_alone(stay, he, mo, ad, bai, act, said):
    refused_to((he, mo, ad, bai), act, stay, "stationing_id", said)


@named(RESIDENTS)
def test_a_stay_is_the_applicants_own(stay, he, mo, ad, guo, act, said):
    refused_to((he, mo, ad, guo), act, stay, "stationing_id", said)


@named(FACILITY)
def test_a_facility_is_kept_in_its_own_province_alone(place, he, mo, ad, bai, act, said):
    refused_to((he, mo, ad, bai), act, place, "facility_id", said)


def test_a_milestone_is_confirmed_by_the_keepers_alone(place, shen, guo, he, mo):
    row = make.stationed(place, shen, guo, milestones=[("完成中试", clock.today() + timedelta(days=9))])
    stone = row.milestones.get()
    refused_to((shen, he, mo), stationings.milestone_reach, stone, "milestone_id", {})
    stationings.milestone_reach(milestone_id=stone.pk, actor=guo)
    with pytest.raises(Conflict):
        stationings.milestone_reach(milestone_id=stone.pk, actor=guo)


@named(KEEPERS_VISIT | VISITORS)
def test_nothing_is_done_to_a_visit_that_was_declined(place, bai, guo, act, said):
    row = make.visit(place, bai, days=3)
    visit_answers.visit_decline(visit_id=row.pk, actor=guo, **REASON)
    with pytest.raises((MoveRefused, Conflict)):
        act(visit_id=row.pk, actor=bai if act in VISITORS else guo, **said)
    assert Visit.objects.get(pk=row.pk).state == "declined"


@named(KEEPERS_STAY | RESIDENTS)
def test_nothing_is_done_to_a_stay_that_was_declined(place, shen, guo, act, said):
    row = make.applied(place, shen)
    stationings.stationing_decline(stationing_id=row.pk, actor=guo, **REASON)
    with pytest.raises((MoveRefused, Conflict)):
        act(stationing_id=row.pk, actor=shen if act in RESIDENTS else guo, **said)
    assert Stationing.objects.get(pk=row.pk).state == "declined"


def test_only_ones_own_technology_on_the_market_is_stationed(place, shen, bai):
    for listing in (patents.published(shen), patents.draft(bai)):
        with pytest.raises(NotAllowed):
            make.applied(place, bai, listing=listing)
    assert not Stationing.objects.filter(applicant=bai).exists()
