"""Who may do what about meetings, ballots, resolutions and minutes: the group's office, or a seat held today. Read next: queries.py."""

from platform_site.accounts.models import User

from .models import NATIONAL, AgendaItem, Ballot, Meeting, Resolution, Seat
from .rules import Mandate, is_group_staff


def office(user: User, subject: Meeting | AgendaItem | Ballot | Resolution | None = None) -> bool:
    """The group's office prepares meetings and keeps their record; it never votes and calls nobody."""
    return is_group_staff(user)


def item_propose(user: User, mandate: Mandate | None) -> bool:
    """Any seat, by its holder or deputy, and the office."""
    return mandate is not None or is_group_staff(user)


def presence_of(user: User, subject: tuple[Mandate | None, Seat]) -> bool:
    """A seat enters itself; the office, which sits at the door, enters any."""
    mandate, seat = subject
    return is_group_staff(user) or (mandate is not None and mandate.seat.pk == seat.pk)


def vote_cast(user: User, subject: tuple[Mandate, Ballot]) -> bool:
    """The six always, the national seat where the rule frozen in the ballot says so."""
    mandate, ballot = subject
    return ballot.national_votes or mandate.seat.pk != NATIONAL
