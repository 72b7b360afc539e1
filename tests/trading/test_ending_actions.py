"""How agreements end: by both sides, by one after a notice, by the clock; what that does to the ledger, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from patents.models import Encumbrance, Grant
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.outbox.models import OutboxMessage
from tests.factories import offers, performance
from tests.factories import trading as rooms
from trading.actions import ending as acts
from trading.actions import performing, statements
from trading.models import Agreement, Ending, PerformanceDeed

pytestmark = pytest.mark.django_db
REFUSED_BY_DATABASE = (IntegrityError, InternalError)
WHY = "需求方已停产。"


def sql(query, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)


def last_audit():
    return AuditEntry.objects.order_by("-id").first()


def told():
    return OutboxMessage.objects.filter(name="trading.deed_notify").count()


def today(days=0):
    return clock.today() + timedelta(days=days)


@pytest.fixture
def licence(shen, bai):
    return offers.signed(shen, bai)


def settle(agreement, payer, payee):
    for milestone in agreement.milestones.all():
        performing.milestone_claim(
            milestone_id=milestone.pk, actor=payer, paid_on=clock.today(), paid_cny=milestone.amount_cny
        )
        performing.milestone_confirm(milestone_id=milestone.pk, actor=payee)


def terminate(agreement, actor, *, days=0, reason=WHY):
    return acts.agreement_terminate(agreement_id=agreement.pk, actor=actor, reason=reason, on_day=today(days))


def state_of(record):
    return type(record).objects.values_list("state", flat=True).get(pk=record.pk)


# ---- completion


def test_both_sides_complete_and_the_licence_goes_on(licence, shen, bai):
    settle(licence, bai, shen)
    proposal = acts.agreement_complete(agreement_id=licence.pk, actor=bai)
    assert (proposal.kind, proposal.side, proposal.state) == ("completion", "buyer", "open")
    assert state_of(licence) == "signed" and last_audit().verb == "trading.agreement_complete"
    with pytest.raises(NotAllowed):
        acts.ending_accept(ending_id=proposal.pk, actor=bai)
    acts.ending_accept(ending_id=proposal.pk, actor=shen)
    licence.refresh_from_db()
    assert (licence.state, licence.closed_by, state_of(proposal)) == ("completed", shen, "done")
    assert Grant.objects.get().state == "active"
    assert last_audit().verb == "trading.ending_accept" and told() == 4  # claimed, confirmed, proposed, ended
    assert [one.deed for one in PerformanceDeed.objects.order_by("id")][-3:] == ["proposed", "agreed", "ended"]


def test_what_is_open_is_named(shen, bai):
    agreement = performance.royalty(shen, bai)
    with pytest.raises(Conflict, match="未了结") as refused:
        acts.agreement_complete(agreement_id=agreement.pk, actor=shen)
    said = refused.value.reason
    assert "入门费（2024-07-31 到期，待履行）" in said and "2025 年度提成" in said and "50000" not in said
    assert not Ending.objects.exists()


def test_who_may_complete_and_when(licence, shen, bai, mo):
    with pytest.raises(NotAllowed):
        acts.agreement_complete(agreement_id=licence.pk, actor=mo)
    settle(licence, bai, shen)
    proposal = acts.agreement_complete(agreement_id=licence.pk, actor=bai)
    for person in (bai, shen):
        with pytest.raises(Conflict, match="已有一项"):
            acts.agreement_complete(agreement_id=licence.pk, actor=person)
    acts.ending_accept(ending_id=proposal.pk, actor=shen)
    with pytest.raises(Conflict, match="已履行完毕"):
        acts.agreement_complete(agreement_id=licence.pk, actor=shen)
    with pytest.raises(Conflict, match="已履行完毕"):
        terminate(licence, shen)
    with pytest.raises(Conflict, match="待签署"):
        acts.agreement_complete(agreement_id=offers.drafted(shen, bai).pk, actor=shen)


# ---- termination by both


def test_both_sides_terminate_and_the_right_is_free_again(shen, bai):
    listing = rooms.market(shen)
    agreement = offers.signed(shen, bai, listing=listing, form="exclusive")
    with pytest.raises(Conflict, match="台账上已有"):
        offers.made(agreement.negotiation, bai, form="exclusive")
    proposal = terminate(agreement, shen)
    acts.ending_accept(ending_id=proposal.pk, actor=bai)
    grant = Grant.objects.get()
    assert (grant.state, grant.ended_on) == ("ended", today())
    assert (state_of(agreement), state_of(proposal)) == ("terminated", "done")
    assert "停产" not in str([entry.data for entry in AuditEntry.objects.all()])
    again = offers.made(agreement.negotiation, bai, form="exclusive")
    assert offers.accepted(again, shen).state == "drafted"


def test_a_day_to_come_is_waited_for(licence, shen, bai):
    proposal = terminate(licence, bai, days=20)
    acts.ending_accept(ending_id=proposal.pk, actor=shen)
    assert (state_of(licence), state_of(proposal)) == ("signed", "agreed")
    with pytest.raises(Conflict, match="已经商定"):
        acts.ending_withdraw(ending_id=proposal.pk, actor=bai)
    assert acts.agreements_end() == 0
    with performance.on(today(20)):
        assert acts.agreements_end() == 1 and acts.agreements_end() == 0
    grant = Grant.objects.get()
    assert (grant.state, grant.ended_on, state_of(licence)) == ("ended", today(20), "terminated")
    entry = AuditEntry.objects.get(verb="trading.ending_carry_out")
    assert entry.actor.is_system and entry.data["number"] == licence.number


def test_a_termination_accepted_after_its_day_ends_on_the_day_of_acceptance(licence, shen, bai):
    with performance.on(today(-5)):
        proposal = terminate(licence, bai)
    acts.ending_accept(ending_id=proposal.pk, actor=shen)
    assert Grant.objects.get().ended_on == today()


def test_what_falls_due_after_the_end_is_owed_no_more(shen, bai):
    agreement = performance.signed_on(today(-40), shen, bai, **performance.PARTS)
    acts.ending_accept(ending_id=terminate(agreement, bai).pk, actor=shen)
    assert [one.state for one in agreement.milestones.order_by("number")] == ["planned", "waived"]


def test_the_year_of_the_end_is_stated_as_far_as_it_went(shen, bai):
    agreement = performance.royalty(shen, bai)
    with performance.on((2025, 10, 1)):
        acts.ending_accept(ending_id=terminate(agreement, bai).pk, actor=shen)
        last = agreement.statements.get(year=2025)
    assert (last.state, last.end) == ("due", date(2025, 10, 1))
    assert [one.state for one in agreement.statements.order_by("year")] == ["due", "due", "lapsed", "lapsed"]
    assert [one.state for one in agreement.milestones.order_by("number")][1:] == ["planned"] * 2 + ["waived"] * 2
    statements.statement_make(statement_id=agreement.statements.get(year=2024).pk, actor=bai, base_cny=D(0))
    statements.statement_accept(statement_id=agreement.statements.get(year=2024).pk, actor=shen)
    made = statements.statement_make(statement_id=last.pk, actor=bai, base_cny=D(0))
    assert made.minimum_cny == D("27300.00")  # 273 of 365 days


def test_a_signed_assignment_that_is_terminated_frees_the_patent(shen, bai):
    listing = rooms.market(shen, forms=["assignment", "ordinary"])
    agreement = offers.signed(shen, bai, listing=listing, form="assignment", provinces=(), end=None)
    assert Encumbrance.objects.get().end is None
    acts.ending_accept(ending_id=terminate(agreement, bai).pk, actor=shen)
    assert Encumbrance.objects.get().end == today() and state_of(agreement) == "terminated"


def test_what_cannot_be_proposed(licence, bai, mo):
    with pytest.raises(NotAllowed):
        terminate(licence, mo)
    with pytest.raises(Conflict, match="写明理由"):
        terminate(licence, bai, reason=" ")
    for days in (-1, 400):
        with pytest.raises(Conflict, match="解除日"):
            terminate(licence, bai, days=days)
    terminate(licence, bai)
    with pytest.raises(Conflict, match="已有一项"):
        terminate(licence, bai)
    assert Ending.objects.count() == 1


def test_a_proposal_is_declined_or_withdrawn_and_the_contract_goes_on(licence, shen, bai):
    first = terminate(licence, bai)
    with pytest.raises(NotAllowed):
        acts.ending_decline(ending_id=first.pk, actor=bai, reason="不行。")
    with pytest.raises(Conflict, match="写明理由"):
        acts.ending_decline(ending_id=first.pk, actor=shen, reason="")
    assert acts.ending_decline(ending_id=first.pk, actor=shen, reason="不同意。").state == "declined"
    assert last_audit().verb == "trading.ending_decline"
    with pytest.raises(Conflict, match="答复过"):
        acts.ending_decline(ending_id=first.pk, actor=shen, reason="不同意。")
    with pytest.raises(MoveRefused):
        acts.ending_accept(ending_id=first.pk, actor=shen)
    second = terminate(licence, bai)
    with pytest.raises(NotAllowed):
        acts.ending_withdraw(ending_id=second.pk, actor=shen)
    assert acts.ending_withdraw(ending_id=second.pk, actor=bai).state == "withdrawn"
    assert last_audit().verb == "trading.ending_withdraw" and state_of(licence) == "signed"


# ---- breach


def breach(agreement, actor):
    return acts.agreement_breach(agreement_id=agreement.pk, actor=actor, reason="逾期未付首期款。")


def test_after_thirty_days_the_side_that_gave_notice_may_end_it(licence, shen, bai):
    with performance.on(today(-31)):
        notice = breach(licence, shen)
    assert notice.cure_until - notice.made_at == timedelta(days=30)
    with pytest.raises(NotAllowed):
        acts.ending_enforce(ending_id=notice.pk, actor=bai)
    other = terminate(licence, bai)
    acts.ending_enforce(ending_id=notice.pk, actor=shen)
    assert (state_of(licence), state_of(notice), state_of(other)) == ("terminated", "done", "withdrawn")
    assert Grant.objects.get().ended_on == today() and last_audit().verb == "trading.ending_enforce"


def test_within_thirty_days_nothing_is_ended(licence, shen, bai, mo):
    with pytest.raises(NotAllowed):
        breach(licence, mo)
    notice = breach(licence, shen)
    assert last_audit().verb == "trading.agreement_breach" and "首期款" not in str(last_audit().data)
    with pytest.raises(Conflict, match="还没有届满"):
        acts.ending_enforce(ending_id=notice.pk, actor=shen)
    with pytest.raises(Conflict, match="已有一项"):
        breach(licence, shen)
    breach(licence, bai)  # each side its own
    for act in (acts.ending_accept, lambda **who: acts.ending_decline(**who, reason="没有违约。")):
        with pytest.raises(Conflict, match="催告"):
            act(ending_id=notice.pk, actor=bai)
    with pytest.raises(Conflict, match="须经对方同意"):
        acts.ending_enforce(ending_id=terminate(licence, shen).pk, actor=shen)
    assert acts.ending_withdraw(ending_id=notice.pk, actor=shen).state == "withdrawn"
    with pytest.raises(Conflict, match="写明理由"):
        acts.agreement_breach(agreement_id=licence.pk, actor=shen, reason="")


# ---- the clock


def test_a_licence_that_is_over_expires_and_what_is_owed_stays(shen, bai):
    agreement = performance.signed_on((2024, 5, 1), shen, bai, end=date(2025, 5, 1))
    later = offers.signed(shen, bai)
    assert acts.agreements_end() == 1 and acts.agreements_end() == 0
    agreement.refresh_from_db()
    assert (agreement.state, state_of(later)) == ("expired", "signed") and agreement.closed_by.is_system
    assert last_audit().verb == "trading.agreement_lapse"
    assert agreement.milestones.get().state == "planned"
    settle(agreement, bai, shen)
    assert agreement.milestones.get().state == "confirmed"


def test_an_open_proposal_ends_with_the_contract(shen, bai):
    agreement = performance.signed_on((2024, 5, 1), shen, bai, end=date(2025, 5, 1))
    with performance.on((2025, 4, 30)):
        proposal = terminate(agreement, bai)
    acts.agreements_end()
    assert state_of(proposal) == "withdrawn"
    with pytest.raises(Conflict, match="已到期"):
        acts.ending_accept(ending_id=proposal.pk, actor=shen)


# ---- what the database keeps


def test_the_database_ends_nothing_by_half(licence, shen, bai):
    for state in ("completed", "terminated"):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql("UPDATE trading_agreement SET state = %s, closed_at = now() WHERE id = %s", state, licence.pk)
    notice = breach(licence, shen)
    with pytest.raises(REFUSED_BY_DATABASE, match="time to cure"):
        sql("UPDATE trading_ending SET state = 'done' WHERE id = %s", notice.pk)
    for change in (
        "reason = 'x'",
        "cure_until = made_at + interval '1 second'",
        "side = 'buyer'",
        "kind = 'completion'",
    ):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"UPDATE trading_ending SET {change} WHERE id = %s", notice.pk)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("DELETE FROM trading_ending")
    assert Agreement.objects.get(pk=licence.pk).state == "signed"
