"""Officers and patentees at the same moment, on real PostgreSQL: one winner, and the loser reads a sentence."""

import threading

import pytest
from django.db import OperationalError, connection, connections

from patents import checklist
from patents.actions import listings
from patents.actions import reviews as actions
from patents.models import Listing, Review
from platform_site.accounts.roles import ensure
from platform_site.errors import Conflict, MoveRefused, Refusal
from tests.factories import accounts, patents

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
GOOD = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}
BAD = {**GOOD, "wording": {"ok": False, "note": ""}}


@pytest.fixture
def ground(transactional_db):
    """The six provinces again, which the last transactional test emptied."""
    ensure()


@pytest.fixture
def owner(ground):
    return accounts.member("shen@example.org", name="沈工", verified=True)


def together(*calls):
    """Run every call in a thread of its own, started at one signal; what each returned or raised, in order."""
    gate = threading.Barrier(len(calls))
    answers = [None] * len(calls)

    def run(place, call):
        try:
            gate.wait(timeout=10)
            answers[place] = call()
        except Exception as error:  # compared below, whatever it is
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def opened(owner, taken_by=None):
    listing = patents.submitted(owner)
    review = Review.objects.get(version__listing=listing, decision="")
    return actions.review_take(review_id=review.pk, actor=taken_by) if taken_by else review


def test_of_eight_officers_one_takes_it(owner):
    officers = [accounts.officer(f"officer{n}@example.org", name=f"审核员{n}") for n in range(8)]
    review = opened(owner)
    answers = together(
        *(lambda officer=officer: actions.review_take(review_id=review.pk, actor=officer) for officer in officers)
    )
    won = [answer for answer in answers if isinstance(answer, Review)]
    lost = [answer for answer in answers if not isinstance(answer, Review)]
    assert len(won) == 1
    assert all(isinstance(answer, Conflict) and won[0].taken_by.display_name in answer.reason for answer in lost), lost
    assert Review.objects.get(pk=review.pk).taken_by == won[0].taken_by


@pytest.mark.parametrize("_round", range(4))
def test_approval_and_withdrawal_do_not_both_happen(_round, owner):
    officer = accounts.officer("guo@example.org", name="郭审核员")
    review = opened(owner, taken_by=officer)
    listing_id = review.version.listing_id
    approved, withdrawn = together(
        lambda: actions.review_approve(review_id=review.pk, actor=officer, checklist=GOOD),
        lambda: listings.listing_withdraw(listing_id=listing_id, actor=owner, reason=""),
    )
    assert not any(isinstance(answer, OperationalError) for answer in (approved, withdrawn))
    listing, review = Listing.objects.get(pk=listing_id), Review.objects.get(pk=review.pk)
    if isinstance(approved, Review):
        # A withdrawal after publication asks for a reason, so it was refused; the listing stands.
        assert isinstance(withdrawn, Refusal)
        assert (listing.state, review.decision) == ("published", "approved")
    else:
        assert isinstance(approved, MoveRefused)
        assert (listing.state, review.decision) == ("withdrawn", "withdrawn")
        assert not listing.listing_patents.filter(is_open=True).exists()


def test_one_officer_in_two_windows_decides_once(owner):
    officer = accounts.officer("guo@example.org", name="郭审核员")
    review = opened(owner, taken_by=officer)
    answers = together(
        lambda: actions.review_approve(review_id=review.pk, actor=officer, checklist=GOOD),
        lambda: actions.review_reject(review_id=review.pk, actor=officer, checklist=BAD, reason="不符。"),
        lambda: actions.review_hand_over(review_id=review.pk, actor=officer, province_code="430000", reason="转。"),
        lambda: actions.review_request_changes(review_id=review.pk, actor=officer, checklist=BAD, reason="请改。"),
    )
    assert sum(isinstance(answer, Review) for answer in answers) == 1
    assert sum(isinstance(answer, MoveRefused) for answer in answers) == 3, answers
    assert Review.objects.exclude(decision="").count() == 1


def test_the_database_knows_one_open_review_a_version(owner):
    review = opened(owner)
    with pytest.raises(Exception, match="review_one_open"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO patents_review (version_id, province_id, opened_at, due_on, calendar_known, checklist, decision, reason)"
            " VALUES (%s, '430000', now(), current_date, true, '{}', '', '')",
            [review.version_id],
        )
