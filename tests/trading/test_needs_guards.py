"""What the database keeps of needs, whatever code says: asked in SQL alone, as a rival program would write."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from platform_site.accounts.models import Verification
from tests.factories import needs, trading
from trading.actions import need_proposals
from trading.actions import needs as actions
from trading.models import NeedProposal

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def change(need, setting):
    sql(f"UPDATE trading_technologyneed SET {setting} WHERE id = %s", need.pk)


TEXTS = (
    "title_zh = '别的'", "problem_zh = '别的'", "keywords = '{别的}'", "ipc = '{A01B}'", "forms = '{open}'",
    "places = '{420000}'", "budget_cny = 1", "trl_min = 1", "deadline = deadline + 1", "number = 'XQ6-2026-999999'",
)  # fmt: skip


@pytest.mark.parametrize("setting", TEXTS)
def test_a_published_text_is_frozen(bai, setting):
    need = needs.published(bai)
    with pytest.raises(InternalError, match="a submitted need is not changed"):
        change(need, setting)


def test_a_submitted_text_is_frozen_and_a_returned_one_is_not(bai):
    need = needs.submitted(bai)
    with pytest.raises(InternalError):
        change(need, "title_zh = '别的'")
    change(needs.refused(need), "title_zh = '别的'")


def test_the_owner_of_a_published_need_stays(bai, shen):
    need = needs.published(bai)
    with pytest.raises(InternalError):
        change(need, f"owner_id = {shen.pk}")


@pytest.mark.parametrize("act", ["insert", "update", "delete"])
def test_the_conditions_of_a_submitted_need_are_frozen(bai, act):
    need = needs.submitted(bai, conditions=[{"kind": "area", "text_zh": "", "text_en": "", "amount": 600}])
    statement = {
        "insert": "INSERT INTO trading_needcondition (need_id, kind, text_zh, text_en) VALUES (%s, 'permit', '证', '')",
        "update": "UPDATE trading_needcondition SET amount = 1 WHERE need_id = %s",
        "delete": "DELETE FROM trading_needcondition WHERE need_id = %s",
    }[act]
    with pytest.raises(InternalError, match="a submitted need is not changed"):
        sql(statement, need.pk)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("draft", "published"),
        ("draft", "met"),
        ("submitted", "expired"),
        ("published", "draft"),
        ("published", "rejected"),
    ],
)
def test_no_move_is_made_that_is_not_in_the_table(bai, state, wanted):
    need = getattr(needs, state)(bai)
    with pytest.raises(InternalError, match="transition"):
        change(need, f"state = '{wanted}', province_id = '430000', doc = '', published_at = now(), closed_at = now()")


def test_no_unknown_state(bai):
    with pytest.raises(REFUSED):
        change(needs.draft(bai), "state = 'open'")


def test_no_need_of_the_unverified_is_published(bai):
    need = needs.submitted(bai)
    Verification.objects.filter(user=bai).update(state="revoked")
    with pytest.raises(InternalError, match="the owner of a published need is verified"):
        change(need, "state = 'published', published_at = now()")


WRONG = {
    "need_says_what": "keywords = '{}'",
    "need_criteria_known": "places = '{110000}'",
    "need_budget_or_open": "budget_cny = NULL",
    "need_trl_1_to_9": "trl_min = 10",
    "need_number_form": "number = 'CN6-2026-000001'",
    "need_closed_has_time": "closed_at = now()",
}


@pytest.mark.parametrize(("name", "setting"), WRONG.items())
def test_what_a_need_says_makes_sense(bai, name, setting):
    with pytest.raises(IntegrityError, match=name):
        change(needs.draft(bai), setting)


@pytest.mark.parametrize(
    "setting", ["ipc = '{}'", "forms = '{}'", "forms = '{rent}'", "kinds = '{idea}'", "budget_cny = 0"]
)
def test_nor_is_it_empty_or_unknown(bai, setting):
    with pytest.raises(IntegrityError):
        change(needs.draft(bai), setting)


def test_a_need_is_with_an_office_or_with_none(bai):
    with pytest.raises(IntegrityError, match="need_submitted_has_office"):
        change(needs.draft(bai), "state = 'submitted'")


def test_nothing_is_erased(bai, shen):
    need = needs.published(bai)
    needs.proposal(need, trading.market(shen))
    for table in ("trading_needproposal", "trading_needreview", "trading_technologyneed"):
        with pytest.raises(InternalError):
            sql(f"DELETE FROM {table}")


# ---- reviews


def test_one_open_review_of_a_need(bai):
    need = needs.submitted(bai)
    with pytest.raises(IntegrityError, match="need_review_one_open"):
        sql(
            "INSERT INTO trading_needreview (need_id, province_id, opened_at, due_on, checked, decision, reason)"
            " VALUES (%s, '430000', now(), now(), '[]', '', '')",
            need.pk,
        )


def test_a_refusal_has_a_reason_and_a_decision_its_time(bai):
    review = needs.submitted(bai).reviews.get()
    with pytest.raises(IntegrityError, match="need_review_refusal_has_reason"):
        sql("UPDATE trading_needreview SET decision = 'rejected', decided_at = now() WHERE id = %s", review.pk)
    with pytest.raises(IntegrityError, match="need_review_decided_has_time"):
        sql("UPDATE trading_needreview SET decision = 'approved' WHERE id = %s", review.pk)


def test_a_decision_stands(bai):
    review = needs.published(bai).reviews.get()
    with pytest.raises(InternalError):
        sql("UPDATE trading_needreview SET reason = '别的' WHERE id = %s", review.pk)


# ---- proposals


@pytest.fixture
def proposal(bai, shen):
    return needs.proposal(needs.published(bai), trading.market(shen))


def test_one_proposal_of_a_listing_to_a_need(proposal):
    with pytest.raises(IntegrityError, match="proposal_once"):
        sql(
            "INSERT INTO trading_needproposal (need_id, listing_id, text, state, reason, created_at)"
            " SELECT need_id, listing_id, '再来', 'open', '', now() FROM trading_needproposal"
        )


def test_what_was_proposed_stays_as_it_was_said(proposal):
    with pytest.raises(InternalError, match="a proposal is not changed"):
        sql("UPDATE trading_needproposal SET text = '别的'")


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("proposal_accepted_has_room", "state = 'accepted', decided_at = now()"),
        ("proposal_declined_has_reason", "state = 'declined', decided_at = now()"),
        ("proposal_decided_has_time", "state = 'withdrawn'"),
    ],
)
def test_an_answer_is_whole(proposal, name, setting):
    with pytest.raises(IntegrityError, match=name):
        sql(f"UPDATE trading_needproposal SET {setting}")


def test_an_answer_stands(proposal, bai, shen):
    need_proposals.proposal_withdraw(proposal_id=proposal.pk, actor=shen)
    with pytest.raises(InternalError, match="transition"):
        sql("UPDATE trading_needproposal SET state = 'open', decided_at = NULL")
    assert NeedProposal.objects.get().state == "withdrawn"


def test_closing_by_the_action_passes_every_guard(bai):
    actions.need_meet(need_id=needs.published(bai).pk, actor=bai)
