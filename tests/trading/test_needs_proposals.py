"""A patentee holds a listing against a need: once, by its owner, and with the room opened in the same act."""

from datetime import timedelta

import pytest

from patents.actions import listings
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import needs, patents, trading
from trading.actions import need_proposals as actions
from trading.actions import needs as need_actions
from trading.models import Enquiry, Message, NeedProposal, Negotiation, Party

WORDS = "这项技术在四百二十摄氏度即可达到所求的转化率。"
FIRST = "您好，想请您来中试基地看看，能否先寄样品？"


@pytest.fixture
def listing(shen):
    return trading.market(shen)


@pytest.fixture
def need(bai):
    return needs.published(bai)


@pytest.fixture
def proposal(need, listing):
    return needs.proposal(need, listing)


def propose(need, listing, actor, text=WORDS):
    return actions.need_propose(need_id=need.pk, listing_id=listing.pk, actor=actor, text=text)


def accept(proposal, actor, **more):
    return actions.proposal_accept(
        proposal_id=proposal.pk, actor=actor, **{"body": FIRST, "forms": ["ordinary"], "provinces": ["430000"], **more}
    )


# ---- proposing


def test_a_proposal_is_kept_recorded_and_told(need, listing, shen):
    made = propose(need, listing, shen, f"  {WORDS} ")
    assert (made.text, made.state, made.negotiation) == (WORDS, "open", None)
    entry = AuditEntry.objects.get(verb="trading.need_propose")
    assert entry.data == {"need": need.number, "listing": listing.number}
    assert OutboxMessage.objects.filter(name="trading.need_propose_notify", payload={"proposal_id": made.pk}).exists()


def test_a_listing_is_proposed_once(proposal, need, listing, shen):
    with pytest.raises(Conflict) as refused:
        propose(need, listing, shen)
    assert "提出过方案" in refused.value.reason
    actions.proposal_withdraw(proposal_id=proposal.pk, actor=shen)
    with pytest.raises(Conflict):
        propose(need, listing, shen)


def test_nobody_proposes_to_themselves(bai):
    need, own = needs.published(bai), patents.published(bai)
    with pytest.raises(NotAllowed) as refused:
        propose(need, own, bai)
    assert "自己的需求" in str(refused.value)


def test_nobody_proposes_what_is_anothers(need, listing, mo):
    with pytest.raises(NotAllowed) as refused:
        propose(need, listing, mo)
    assert "自己的技术" in str(refused.value)


def test_what_is_off_the_market_is_not_proposed(need, listing, shen):
    listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="整理材料。")
    with pytest.raises(Conflict) as refused:
        propose(need, listing, shen)
    assert "不在架" in refused.value.reason


@pytest.mark.parametrize("end", ["need_withdraw", "need_meet"])
def test_what_is_closed_takes_no_proposal(need, listing, shen, bai, end):
    getattr(need_actions, end)(need_id=need.pk, actor=bai, reason="已有方案。")
    with pytest.raises(Conflict) as refused:
        propose(need, listing, shen)
    assert "不再征集" in refused.value.reason


def test_the_day_after_the_last_takes_no_proposal(need, listing, shen):
    with clock.at(clock.now() + timedelta(days=61)), pytest.raises(Conflict):
        propose(need, listing, shen)
    assert NeedProposal.objects.count() == 0


# ---- accepting


def test_accepting_opens_the_room_with_the_first_message(proposal, listing, bai, shen):
    decided = accept(proposal, bai)
    room = Negotiation.objects.get()
    assert (decided.state, decided.negotiation) == ("accepted", room)
    assert (room.listing, room.buyer) == (listing, bai)
    assert Message.objects.get().body == FIRST
    assert {party.user for party in Party.objects.all()} == {bai, shen}
    assert Enquiry.objects.get().intended_use == proposal.need.number
    assert AuditEntry.objects.filter(verb__in=["trading.enquiry_create", "trading.proposal_accept"]).count() == 2
    assert OutboxMessage.objects.filter(name="trading.proposal_decide_notify").count() == 1


def test_a_room_that_the_two_have_is_used(proposal, listing, shen, bai):
    room = trading.room(shen, bai, listing=listing)
    assert accept(proposal, bai).negotiation == room
    assert Negotiation.objects.count() == 1
    assert Message.objects.count() == 1


def test_no_word_of_it_is_in_the_record(proposal, bai):
    accept(proposal, bai)
    text = " ".join(str(entry.data) for entry in AuditEntry.objects.all())
    assert WORDS not in text
    assert FIRST not in text


def test_only_the_one_who_looks_for_it_answers(proposal, shen, mo, he):
    for actor in (shen, mo, he):
        with pytest.raises(NotAllowed):
            accept(proposal, actor)
        with pytest.raises(NotAllowed):
            actions.proposal_decline(proposal_id=proposal.pk, actor=actor, reason="不合用。")
    assert Negotiation.objects.count() == 0


def test_what_enquiry_refuses_is_refused_whole(proposal, listing, bai, shen):
    with pytest.raises(Conflict) as refused:
        accept(proposal, bai, forms=["sole"])
    assert "不提供" in refused.value.reason
    listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="整理材料。")
    with pytest.raises(Conflict):
        accept(proposal, bai)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.negotiation) == ("open", None)


def test_a_closed_need_accepts_nothing_but_can_decline(proposal, need, bai):
    need_actions.need_meet(need_id=need.pk, actor=bai)
    with pytest.raises(Conflict):
        accept(proposal, bai)
    actions.proposal_decline(proposal_id=proposal.pk, actor=bai, reason="已与他人合作。")
    proposal.refresh_from_db()
    assert proposal.state == "declined"


# ---- declining and taking back


def test_declining_says_why(proposal, bai):
    with pytest.raises(Conflict) as refused:
        actions.proposal_decline(proposal_id=proposal.pk, actor=bai, reason=" ")
    assert "原因" in refused.value.reason
    actions.proposal_decline(proposal_id=proposal.pk, actor=bai, reason="温度仍偏高。")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("declined", "温度仍偏高。")
    assert proposal.decided_at is not None
    entry = AuditEntry.objects.get(verb="trading.proposal_decline")
    assert "温度" not in str(entry.data)


def test_only_the_proposer_takes_it_back(proposal, shen, bai):
    with pytest.raises(NotAllowed) as refused:
        actions.proposal_withdraw(proposal_id=proposal.pk, actor=bai)
    assert "撤回" in str(refused.value)
    assert actions.proposal_withdraw(proposal_id=proposal.pk, actor=shen).state == "withdrawn"
    assert AuditEntry.objects.filter(verb="trading.proposal_withdraw").count() == 1


@pytest.mark.parametrize("first", ["accept", "decline", "withdraw"])
def test_a_proposal_is_answered_once(proposal, bai, shen, first):
    def act(name):
        if name == "accept":
            return accept(proposal, bai)
        if name == "decline":
            return actions.proposal_decline(proposal_id=proposal.pk, actor=bai, reason="不合用。")
        return actions.proposal_withdraw(proposal_id=proposal.pk, actor=shen)

    act(first)
    for name in ("accept", "decline", "withdraw"):
        with pytest.raises(MoveRefused):
            act(name)
