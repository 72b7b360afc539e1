"""Many at once: each draft has its own number, a proposal is answered once, a need is judged by one."""

import pytest

from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, needs, trading
from tests.racing import ROUNDS, Crew
from trading.actions import need_proposals, need_reviews
from trading.models import NeedProposal, Negotiation, TechnologyNeed

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owner(transactional_db):
    ensure()
    return accounts.member("bai@example.org", name="白经理", province="430000", verified=True)


def test_every_draft_has_its_own_number(owner):
    with Crew(8) as crew:
        for _round in range(max(1, ROUNDS // 4)):
            made = crew.together(*[lambda: needs.draft(owner)] * 8)
            assert [one for one in made if isinstance(one, Exception)] == []
    numbers = sorted(TechnologyNeed.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == list(range(1, len(numbers) + 1))


def test_one_of_two_answers_to_a_proposal_stands(owner):
    patentee = accounts.member("shen@example.org", name="沈工", verified=True)
    with Crew(2) as crew:
        for _round in range(max(1, ROUNDS // 4)):
            proposal = needs.proposal(needs.published(owner), trading.market(patentee))
            answers = crew.together(
                lambda pk=proposal.pk: need_proposals.proposal_accept(
                    proposal_id=pk, actor=owner, body="想先看样品，可以吗？", forms=["ordinary"]
                ),
                lambda pk=proposal.pk: need_proposals.proposal_withdraw(proposal_id=pk, actor=patentee),
            )
            assert sorted(isinstance(one, Refusal) for one in answers) == [False, True]
    accepted = NeedProposal.objects.filter(state="accepted").count()
    assert Negotiation.objects.count() == accepted


def test_one_officer_takes_a_review(owner):
    officers = [accounts.officer(f"o{n}@example.org", province="430000") for n in range(4)]
    review = needs.submitted(owner, province="430000").reviews.get()
    with Crew(4) as crew:
        answers = crew.together(
            *[
                lambda officer=officer: need_reviews.need_review_take(review_id=review.pk, actor=officer)
                for officer in officers
            ]
        )
    assert sorted(isinstance(one, Refusal) for one in answers) == [False, True, True, True]
