"""A need from its draft to its end: what each action writes, and every refusal with its sentence."""

from datetime import timedelta

import pytest

from platform_site import clock
from platform_site.accounts.actions import organisation_save, verification_revoke
from platform_site.accounts.queries import system_user
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from platform_site.regions.queries import due_date
from tests.factories import accounts, needs
from trading.actions import needs as actions
from trading.models import NeedCondition, NeedReview, TechnologyNeed
from trading.models.need import CONTENT
from trading.states import NEED_MOVES, NeedState

AREA = {"kind": "area", "text_zh": "", "text_en": "", "amount": 600}
LATHE = {"kind": "equipment", "text_zh": "数控车床", "text_en": "CNC lathe", "amount": 2}


def recorded(verb, need):
    return AuditEntry.objects.filter(verb=f"trading.{verb}", target_id=str(need.pk))


def told(name, **payload):
    return OutboxMessage.objects.filter(name=f"trading.{name}", payload=payload).count()


# ---- writing


def test_a_draft_has_a_number_an_owner_and_its_conditions(bai):
    need = needs.draft(bai, conditions=[AREA, LATHE])
    assert need.number == f"XQ6-{clock.today().year}-000001"
    assert (need.state, need.owner, need.province_id) == ("draft", bai, None)
    assert [(row.kind, row.amount) for row in need.conditions.all()] == [("area", 600), ("equipment", 2)]
    assert recorded("need_create", need).get().actor == bai
    assert needs.draft(bai).number.endswith("-000002")


def test_a_draft_is_of_the_organisation_that_its_owner_acts_for(shen):
    organisation = organisation_save(
        actor=shen, credit_code="91350100M000100Y43", name_zh="江城先进材料研究院", name_en="", kind="institute",
        province_code="420000", city_code="420100",
    )  # fmt: skip
    assert needs.draft(shen).organisation == organisation


def test_anybody_signed_in_may_write_a_draft(mo):
    assert needs.draft(mo).owner == mo


def test_numbers_begin_anew_each_year(bai):
    needs.draft(bai)
    with clock.at(clock.now() + timedelta(days=366)):
        later = needs.draft(bai)
    assert later.number.endswith("-000001")


def test_saving_writes_the_whole_text_and_its_conditions(bai):
    need = needs.draft(bai, conditions=[AREA])
    changed = needs.values(title_zh="另一个标题", ipc=["C01B3/04"], budget_cny=None, budget_basis="negotiable")
    actions.need_save(need_id=need.pk, actor=bai, values=changed, conditions=[LATHE])
    need.refresh_from_db()
    assert (need.title_zh, need.ipc, need.budget_cny) == ("另一个标题", ["C01B3/04"], None)
    assert [row.kind for row in need.conditions.all()] == ["equipment"]
    assert recorded("need_save", need).count() == 1


@pytest.mark.parametrize("state", ["submitted", "published", "withdrawn", "rejected"])
def test_what_is_not_in_work_is_not_changed(bai, state):
    need = in_state(bai, state)
    with pytest.raises(Conflict) as refused:
        actions.need_save(need_id=need.pk, actor=bai, values=needs.values(title_zh="改"))
    assert "不能修改" in refused.value.reason
    assert "复制" in refused.value.advice
    need.refresh_from_db()
    assert need.title_zh != "改"


@pytest.mark.parametrize("act", ["need_save", "need_submit", "need_copy", "need_withdraw", "need_meet"])
def test_only_the_owner_acts(bai, shen, act):
    need = needs.published(bai)
    more = {"need_save": {"values": needs.values()}, "need_submit": {"province_code": "430000"}}.get(act, {})
    with pytest.raises(NotAllowed) as refused:
        getattr(actions, act)(need_id=need.pk, actor=shen, **more)
    assert "只有提出这项需求的账号" in str(refused.value)
    need.refresh_from_db()
    assert need.state == "published"


# ---- submission


def test_a_submission_starts_the_clock_of_the_chosen_office(bai):
    need = needs.draft(bai)
    actions.need_submit(need_id=need.pk, actor=bai, province_code="360000")
    need.refresh_from_db()
    review = NeedReview.objects.get(need=need)
    assert (need.state, need.province_id) == ("submitted", "360000")
    assert (review.province_id, review.due_on, review.decision) == ("360000", due_date(clock.today(), 5), "")
    assert recorded("need_submit", need).get().province_code == "360000"
    assert told("need_submit_notify", review_id=review.pk) == 1


def test_a_submission_writes_what_is_searched(bai):
    need = needs.submitted(bai, keywords=["氨分解", "ammonia cracking"], ipc=["B01J23/46", "C01B"])
    assert need.grounds == ["B01J", "C01B"]
    assert {"分解", "ammonia", "crack"} <= set(need.tokens)
    assert "'制氢'" in need.doc


def test_the_unverified_do_not_submit(mo):
    need = needs.draft(mo)
    with pytest.raises(NotAllowed) as refused:
        actions.need_submit(need_id=need.pk, actor=mo, province_code="430000")
    assert "实名核验" in str(refused.value)
    assert NeedReview.objects.count() == 0


@pytest.mark.parametrize("code", ["", "110000"])
def test_a_submission_goes_to_one_of_the_six(bai, code):
    need = needs.draft(bai)
    with pytest.raises(Conflict) as refused:
        actions.need_submit(need_id=need.pk, actor=bai, province_code=code)
    assert "六省" in refused.value.reason


def test_a_day_that_is_over_is_not_submitted(bai):
    need = needs.draft(bai, deadline=clock.today())
    with pytest.raises(Conflict) as refused:
        actions.need_submit(need_id=need.pk, actor=bai, province_code="430000")
    assert "截止日期" in refused.value.reason
    need.refresh_from_db()
    assert need.state == "draft"


def test_a_need_is_submitted_once(bai):
    need = needs.submitted(bai)
    with pytest.raises(MoveRefused):
        actions.need_submit(need_id=need.pk, actor=bai, province_code="430000")
    assert need.reviews.count() == 1


# ---- the end


def test_what_was_public_is_withdrawn_with_a_reason(bai):
    need = needs.published(bai)
    with pytest.raises(Conflict) as refused:
        actions.need_withdraw(need_id=need.pk, actor=bai, reason="  ")
    assert "原因" in refused.value.reason
    actions.need_withdraw(need_id=need.pk, actor=bai, reason="改由自研。")
    need.refresh_from_db()
    assert (need.state, need.closing_reason) == ("withdrawn", "改由自研。")
    assert need.closed_at is not None
    assert recorded("need_withdraw", need).get().data["before"] == "published"
    assert told("need_close_notify", need_id=need.pk) == 1


def test_a_draft_is_given_up_without_a_word(bai):
    need = needs.draft(bai)
    assert actions.need_withdraw(need_id=need.pk, actor=bai).state == "withdrawn"


def test_taking_it_back_from_an_office_ends_the_review(bai):
    need = needs.submitted(bai)
    actions.need_withdraw(need_id=need.pk, actor=bai)
    review = need.reviews.get()
    assert (review.decision, review.decided_by) == ("withdrawn", bai)


def test_a_published_need_is_met(bai):
    need = needs.published(bai)
    actions.need_meet(need_id=need.pk, actor=bai, reason="与本省一家研究院合作。")
    need.refresh_from_db()
    assert (need.state, need.closing_reason) == ("met", "与本省一家研究院合作。")
    assert recorded("need_meet", need).count() == 1
    assert told("need_close_notify", need_id=need.pk) == 1


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested", "rejected", "withdrawn", "expired"])
def test_only_what_is_public_is_met(bai, state):
    need = in_state(bai, state)
    with pytest.raises(MoveRefused):
        actions.need_meet(need_id=need.pk, actor=bai)


def test_the_clock_ends_what_has_run_out_and_nothing_earlier(bai):
    need = needs.published(bai, deadline=clock.today() + timedelta(days=3))
    with pytest.raises(Conflict):
        actions.need_expire(need_id=need.pk, actor=system_user())
    with clock.at(clock.now() + timedelta(days=4)):
        actions.need_expire(need_id=need.pk, actor=system_user())
    need.refresh_from_db()
    assert need.state == "expired"
    assert recorded("need_expire", need).get().actor == system_user()


def test_nobody_but_the_clock_lets_a_need_run_out(bai):
    need = needs.published(bai)
    with clock.at(clock.now() + timedelta(days=90)), pytest.raises(NotAllowed):
        actions.need_expire(need_id=need.pk, actor=bai)


# ---- the copy


@pytest.mark.parametrize("state", ["rejected", "withdrawn", "met", "expired"])
def test_what_is_over_is_copied_into_a_new_draft(bai, state):
    source = in_state(bai, state, conditions=[LATHE])
    copy = actions.need_copy(need_id=source.pk, actor=bai)
    assert copy.number != source.number
    assert (copy.state, copy.province_id, copy.doc) == ("draft", None, None)
    assert {name: getattr(copy, name) for name in CONTENT} == {name: getattr(source, name) for name in CONTENT}
    assert copy.conditions.get().text_zh == "数控车床"
    assert recorded("need_copy", copy).get().data["source"] == source.number
    source.refresh_from_db()
    assert source.state == state


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested", "published"])
def test_what_is_under_way_is_not_copied(bai, state):
    need = in_state(bai, state)
    with pytest.raises(Conflict) as refused:
        actions.need_copy(need_id=need.pk, actor=bai)
    assert "撤回" in refused.value.advice
    assert TechnologyNeed.objects.count() == 1


# ---- an owner whose mark is gone


def test_a_revoked_mark_stops_a_submission(bai, he):
    need = needs.draft(bai)
    officer = accounts.officer("verifier@example.org", province=bai.verifications.get().province_id)
    verification_revoke(verification_id=bai.verifications.get().pk, actor=officer, reason="材料不实")
    with pytest.raises(NotAllowed):
        actions.need_submit(need_id=need.pk, actor=bai, province_code="430000")


# ---- a need in each state, made by the actions


def in_state(owner, state, **more):
    """A need of the owner that has come to a state by the portal's own ways."""
    if state in ("draft", "submitted", "published"):
        return getattr(needs, {"draft": "draft", "submitted": "submitted", "published": "published"}[state])(
            owner, **more
        )
    if state in ("changes_requested", "rejected"):
        need = needs.submitted(owner, **more)
        return needs.refused(need, state)
    need = needs.published(owner, **more)
    if state == "expired":
        with clock.at(clock.now() + timedelta(days=90)):
            actions.need_expire(need_id=need.pk, actor=system_user())
    elif state == "met":
        actions.need_meet(need_id=need.pk, actor=owner)
    else:
        actions.need_withdraw(need_id=need.pk, actor=owner, reason="不再需要。")
    return TechnologyNeed.objects.get(pk=need.pk)


def test_every_state_is_reached_by_the_actions(bai):
    assert {in_state(bai, state.value).state for state in NeedState} == {state.value for state in NEED_MOVES}
    assert NeedCondition.objects.count() == 0
