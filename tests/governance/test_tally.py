"""The count itself: a pure rule, so every number of seats and votes is tried. Read next: governance/tally.py."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.tally import quorum_in_seats, seats_that_vote, tally

SEATS = ("000000", "140000", "340000", "360000", "410000", "420000", "430000")


@pytest.mark.parametrize(
    ("share", "seats", "quorum"), [((2, 3), 7, 5), ((2, 3), 6, 4), ((1, 2), 7, 4), ((1, 2), 6, 3), ((1, 1), 7, 7)]
)
def test_a_quorum_is_rounded_up(share, seats, quorum):
    assert quorum_in_seats(*share, seats) == quorum


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(SEATS[1:]), st.sampled_from(("for", "against", "abstain"))),
    st.sets(st.sampled_from(SEATS[1:])),
    st.sampled_from([(1, 2), (2, 3), (3, 4)]),
    st.sampled_from(["seats", "cast"]),
    st.booleans(),
)
def test_it_is_carried_exactly_by_more_than_the_share(votes, there, share, of, national):
    quorum = quorum_in_seats(2, 3, seats_that_vote(national))
    count = tally(quorum=quorum, majority=share, majority_of=of, national_votes=national, votes=votes, there=there)
    said = list(votes.values())
    base = seats_that_vote(national) if of == "seats" else said.count("for") + said.count("against")
    assert count.has_quorum == (len(there | set(votes)) >= quorum)
    assert count.has_majority == (said.count("for") > Fraction(*share) * base)
    assert count.is_carried == (count.has_quorum and count.has_majority)
    assert count.voted == len(votes) and count.needed > Fraction(*share) * base >= count.needed - 1
