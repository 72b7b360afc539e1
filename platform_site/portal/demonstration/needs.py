"""Technology needs of the demonstration, in every state, with proposals; all through the portal's own actions. Read next: need_prose.py."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.regions.facts import CODES
from trading import queries as rooms
from trading.actions import need_proposals, need_reviews, needs
from trading.models import NeedProposal, Negotiation, TechnologyNeed
from trading.need_checklist import POINTS
from trading.need_digest import digest_tell
from trading.need_matches import matches_for_need

from . import need_prose as prose
from .people import Cast

ENOUGH = 40  # points from which a patentee of the demonstration proposes
PROPOSALS = 3  # to one need, at most


class Needs:
    """The needs of one run; `moment` gives office hours of so many days ago, `deliver` empties the outbox."""

    def __init__(
        self, cast: Cast, dice: random.Random, moment: Callable[[float], datetime], deliver: Callable[[], None]
    ) -> None:
        self.cast, self.dice, self.moment, self.deliver = cast, dice, moment, deliver
        self.answered = 0

    def fill(self) -> None:
        for code in CODES:
            for place, (wanted, fate) in enumerate(zip(prose.NEEDS[code], prose.FATES[code], strict=True)):
                with transaction.atomic():
                    self._need(code, wanted, fate, place)
        with clock.at(self.moment(0.2)):
            digest_tell(clock.now())

    def _need(self, code: str, wanted: prose.Wanted, fate: str, place: int) -> None:
        buyer, days = self.cast.buyers[code], self._days(fate)
        with clock.at(self.moment(days + 1)):
            need = needs.need_create(
                actor=buyer, values=self._values(code, wanted, fate, place), conditions=self._has(wanted)
            )
        if fate == "draft":
            return
        with clock.at(self.moment(days)):
            needs.need_submit(need_id=need.pk, actor=buyer, province_code=code)
            self.deliver()
        if fate != "waiting":
            self._decide(need, code, fate, days)
        if fate in ("published", "met", "expired", "withdrawn"):
            self._proposals(need, days - 2, fate)
            self._end(need, fate, days)

    def _days(self, fate: str) -> float:
        """How long ago it was submitted."""
        if fate in ("draft", "waiting", "taken", "changes"):
            return self.dice.uniform(1.5, 4)
        return self.dice.uniform(60, 90) if fate == "expired" else self.dice.uniform(6, 40)

    def _values(self, code: str, wanted: prose.Wanted, fate: str, place: int) -> dict[str, Any]:
        amount, basis = wanted.budget
        open_for = 45 if fate == "expired" else self.dice.choice((90, 120, 180, 240))
        return {
            **dict(zip(("title_zh", "title_en"), wanted.title, strict=True)),
            **dict(zip(("problem_zh", "problem_en"), wanted.problem, strict=True)),
            **dict(zip(("effect_zh", "effect_en"), wanted.effect, strict=True)),
            "present_zh": wanted.present,
            "keywords": list(wanted.keywords),
            "ipc": list(wanted.ipc),
            "kinds": ["invention", "utility_model"] if place % 2 else [],
            "forms": list(wanted.forms),
            "places": sorted({code, self.dice.choice(CODES)}),
            "budget_cny": Decimal(amount) * 10_000 if amount else None,
            "budget_basis": basis,
            "trl_min": wanted.trl,
            "deadline": clock.today() + timedelta(days=open_for),
        }

    def _has(self, wanted: prose.Wanted) -> list[dict[str, Any]]:
        area, power = self.dice.choice((300, 800, 1500)), self.dice.choice((80, 250, 500))
        return [
            {
                "kind": "equipment",
                "text_zh": wanted.equipment,
                "text_en": "",
                "amount": Decimal(self.dice.randint(1, 4)),
            },
            {"kind": "area", "text_zh": "", "text_en": "", "amount": Decimal(area)},
            {"kind": "power", "text_zh": "", "text_en": "", "amount": Decimal(power)},
        ]

    def _decide(self, need: TechnologyNeed, code: str, fate: str, days: float) -> None:
        officer, review = self.cast.officers[code], need.reviews.get(decision="")
        with clock.at(self.moment(days - 0.8)):
            need_reviews.need_review_take(review_id=review.pk, actor=officer)
        if fate == "taken":
            return
        with clock.at(self.moment(days - 1.2)):
            if fate in ("changes", "rejected"):
                refuse = (
                    need_reviews.need_review_reject if fate == "rejected" else need_reviews.need_review_request_changes
                )
                words = prose.REASONS["reject" if fate == "rejected" else "changes"]
                refuse(review_id=review.pk, actor=officer, reason=words, checked=["disclosure"])
            else:
                need_reviews.need_review_approve(review_id=review.pk, actor=officer, checked=list(POINTS))
            self.deliver()

    def _proposals(self, need: TechnologyNeed, days: float, fate: str) -> None:
        need.refresh_from_db()
        good = [match.offer.listing_id for match in matches_for_need(need) if match.score >= ENOUGH]
        with clock.at(self.moment(days)):
            for place, listing in enumerate(Listing.objects.filter(pk__in=good[:PROPOSALS]).order_by("pk")):
                proposal = need_proposals.need_propose(
                    need_id=need.pk, listing_id=listing.pk, actor=listing.owner, text=prose.WHY[place % len(prose.WHY)]
                )
                self._answer(proposal, fate)
            self.deliver()

    def _answer(self, proposal: NeedProposal, fate: str) -> None:
        """Every second one is taken up, every fourth declined, one taken back; the rest waits."""
        buyer, listing = proposal.need.owner, proposal.listing
        self.answered += 1
        turn = self.answered % 5
        if turn == 1 and not Negotiation.objects.filter(listing=listing, buyer=buyer).exists():
            offered = rooms.forms_offered(listing)
            forms = [form for form in offered if form in proposal.need.forms] or offered[:1]
            need_proposals.proposal_accept(
                proposal_id=proposal.pk, actor=buyer, body=prose.FIRST_WORDS, forms=forms,
                provinces=proposal.need.places,
            )  # fmt: skip
        elif turn == 3 or fate == "met":
            need_proposals.proposal_decline(proposal_id=proposal.pk, actor=buyer, reason=prose.REASONS["decline"])
        elif turn == 4:
            need_proposals.proposal_withdraw(proposal_id=proposal.pk, actor=listing.owner)

    def _end(self, need: TechnologyNeed, fate: str, days: float) -> None:
        if fate == "expired":
            with clock.at(self.moment(days - 47)):
                needs.need_expire(need_id=need.pk, actor=system_user())
                self.deliver()
        elif fate in ("met", "withdrawn"):
            act = needs.need_meet if fate == "met" else needs.need_withdraw
            with clock.at(self.moment(max(days - 4, 0.3))):
                act(need_id=need.pk, actor=need.owner, reason=prose.REASONS["met" if fate == "met" else "withdraw"])
                self.deliver()
