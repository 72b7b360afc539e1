"""Whom a participant might meet, with the reasons: the rule of needs and listings both ways, and words. Read next: meeting_shown.py."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from patents import text
from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.ui.formats import listed
from trading import need_matches
from trading.need_matching import GOOD, YES, Match

from . import meeting_queries as queries
from .models import Expo, MeetingProfile

PEOPLE = 400  # participants that are looked at
NEEDS = 2  # own needs, the newest
SHOWN = 20
WORDS = 2  # so many in common say something
WORD_POINTS, WORD_MOST = 8, 40


@dataclass
class Suggestion:
    """Somebody, and why; `score` only orders the list."""

    profile: MeetingProfile
    score: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, points: int, reason: str) -> None:
        self.score += points
        self.reasons.append(reason)


def suggested(user: User, expo: Expo, profile: MeetingProfile) -> list[Suggestion]:
    """Those with a reason, the best first; whom the participant wishes to meet already is left out."""
    rows = queries.participants(expo).exclude(pk=profile.pk).exclude(wished__by=profile)[:PEOPLE]
    found = {row.registration.user_id: Suggestion(row) for row in rows if row.registration.user_id}
    owned = queries.listings_of_people([*found, user.pk])
    mine = owned.pop(user.pk, [])
    _needs_of_mine(user, found, owned)
    _listings_of_mine(user, mine, found)
    for one in found.values():
        _words(profile, one)
    able = [one for one in found.values() if one.reasons]
    return sorted(able, key=lambda one: (-one.score, one.profile.pk))[:SHOWN]


def _needs_of_mine(user: User, found: dict[int, Suggestion], owned: dict[int, list[Listing]]) -> None:
    """Listings of others that answer an own need."""
    listings = {one.pk: one for rows in owned.values() for one in rows}
    for need in queries.needs_of_people([user.pk]).get(user.pk, [])[-NEEDS:]:
        for pk, match in need_matches.matches_of_listings(need, list(listings)).items():
            if match.is_good and pk in listings:
                said = {"listing": listings[pk].public_version, "need": need, "why": _why(match)}
                words = _("对方的“%(listing)s”符合您的需求“%(need)s”：%(why)s") % said
                found[listings[pk].owner_id].add(match.score, words)


def _listings_of_mine(user: User, mine: list[Listing], found: dict[int, Suggestion]) -> None:
    """Needs of others that an own listing answers."""
    by_pk = {one.pk: one for one in mine[: need_matches.LISTINGS_AT_MOST]}
    for match in need_matches.matches_for_listings(user.pk, list(by_pk)) if by_pk else []:
        if match.score >= GOOD and match.need.owner_id in found:
            listing = by_pk[match.offer.listing_id].public_version
            said = {"listing": listing, "need": match.need, "why": _why(match)}
            words = _("您的“%(listing)s”符合对方的需求“%(need)s”：%(why)s") % said
            found[match.need.owner_id].add(match.score, words)


def _why(match: Match) -> str:
    """The two criteria that say most."""
    met = sorted((one for one in match.criteria if one.verdict == YES), key=lambda one: -one.points)
    return listed(one.label for one in met[:2])


def _words(profile: MeetingProfile, one: Suggestion) -> None:
    for seeks, offers, said in (
        (profile.seeks, one.profile.offers, _("您想找的和对方能提供的都提到：%(words)s")),
        (one.profile.seeks, profile.offers, _("对方想找的和您能提供的都提到：%(words)s")),
    ):
        common = sorted(keywords(seeks) & keywords(offers))
        if len(common) >= WORDS:
            one.add(min(WORD_MOST, WORD_POINTS * len(common)), said % {"words": listed(common[:5])})


def keywords(said: str) -> set[str]:
    """The words of a text that mean something, as the search cuts them."""
    found: set[str] = set()
    for is_han, run in text.runs(text.fold(said)):
        found |= set(text.words(run)) if is_han else {run}
    return {word for word in found if len(word) > 1 and word not in text.STOP_HAN and word not in text.STOP_ENGLISH}
