"""Whether a ballot has a quorum and is carried: a pure rule over the votes, who was there and the rule frozen in it. No query.

Read next: ballot_words.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .states import Choice

ALL_SEATS = 7
OF_SEATS, OF_CAST = "seats", "cast"


def seats_that_vote(national_votes: bool) -> int:
    """The national seat votes where the rule says so, the six always."""
    return ALL_SEATS if national_votes else ALL_SEATS - 1


def quorum_in_seats(numerator: int, denominator: int, seats: int) -> int:
    """A share of the voting seats, rounded up: two thirds of seven are five."""
    return -(-seats * numerator // denominator)


@dataclass(frozen=True)
class Tally:
    """The outcome with every number that led to it, in seats."""

    seats: int  # that vote by the rule
    quorum: int
    took_part: int  # there at the end, or voted
    votes_for: int
    against: int
    abstained: int
    base: int  # what the majority is counted of
    needed: int  # votes for

    @property
    def voted(self) -> int:
        return self.votes_for + self.against + self.abstained

    @property
    def has_quorum(self) -> bool:
        return self.took_part >= self.quorum

    @property
    def has_majority(self) -> bool:
        return self.votes_for >= self.needed

    @property
    def is_carried(self) -> bool:
        return self.has_quorum and self.has_majority


def tally(
    *,
    quorum: int,
    majority: tuple[int, int],
    majority_of: str,
    national_votes: bool,
    votes: Mapping[str, str],
    there: Collection[str],
) -> Tally:
    """Count: `votes` are seat code -> choice, `there` the codes of voting seats in the room when the ballot ended.

    A seat counts for the quorum if it was there at the end or has voted; one that left without voting does not. Carried is
    what has more than `majority` of the base: of all voting seats, or of the votes for and against.
    """
    counts = {choice: sum(1 for vote in votes.values() if vote == choice) for choice in Choice}
    seats = seats_that_vote(national_votes)
    base = seats if majority_of == OF_SEATS else counts[Choice.FOR] + counts[Choice.AGAINST]
    numerator, denominator = majority
    return Tally(
        seats=seats,
        quorum=quorum,
        took_part=len(set(votes) | set(there)),
        votes_for=counts[Choice.FOR],
        against=counts[Choice.AGAINST],
        abstained=counts[Choice.ABSTAIN],
        base=base,
        needed=base * numerator // denominator + 1,
    )
