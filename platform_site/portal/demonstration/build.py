"""Builds the demonstration region through the portal's own actions, with a past. Read next: people.py, facts.py, prose.py.

Deterministic: one fixed seed, dates counted back from the day it is made. No figure is seeded: whatever a page counts,
it counts from these records.
"""

import gc
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from patents.actions import listings, reviews
from patents.checklist import ITEMS
from patents.models import Listing, Review
from platform_site import clock
from platform_site.accounts import actions as account_actions
from platform_site.accounts.models import User
from platform_site.accounts.queries import system_user
from platform_site.audit.record import record
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from platform_site.regions.facts import CODES
from trading.actions import rooms
from trading.models import Negotiation
from trading.states import NegotiationState

from . import prose
from .deals import Deals
from .expos import Expos
from .facts import PatentFact, bundles
from .group import Group
from .needs import Needs
from .people import Cast
from .plan_year import PlanYear
from .plans import Plans
from .policies import Policies
from .resources import Resources
from .rights import Ledger
from .talks import talk

DONE = "portal.demo_build"  # the audit verb that says the load was finished
SEED = 2007
DAYS_OF_PAST = 540
PASSED = {item: {"ok": True, "note": ""} for item in ITEMS}
# What becomes of every listing, by its place among its province's; the rest is published and stays so.
FATES = {
    3: "draft", 9: "draft", 17: "draft", 21: "rejected", 33: "rejected", 27: "suspended", 41: "suspended",
    38: "withdrawn", 45: "withdrawn", 12: "changes", 24: "changes", 15: "corrected", 30: "handed_over",
    6: "waiting", 19: "waiting", 36: "waiting", 22: "taken", 43: "waiting", 11: "revising", 28: "revised",
}  # fmt: skip
MIXES = (
    ("ordinary",),
    ("ordinary", "assignment"),
    ("exclusive", "ordinary"),
    ("assignment",),
    ("sole",),
    ("ordinary",),
)
NOW_FATES = frozenset({"waiting", "taken", "changes", "draft", "handed_over", "revising"})


@contextmanager
def _hurry() -> Iterator[None]:
    """Nothing of an unfinished load is kept (it starts over), so it need not be safe halfway.

    Its commits do not wait for the disk; an action inside a transaction sets no savepoint, since a failure ends the
    whole load; nobody is woken, since no worker runs yet; and memory is not searched for garbage that there is none of.
    """
    savepoints = connection.features.uses_savepoints
    connection.features.uses_savepoints = False
    gc.disable()
    try:
        with override_settings(OUTBOX_WAKE=False), connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")
            yield
            cursor.execute("SET synchronous_commit TO on")
    finally:
        gc.enable()
        connection.features.uses_savepoints = savepoints


class Builder:
    """One run: `tell` gets a line of progress now and then."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.dice = random.Random(SEED)  # noqa: S311 - a demonstration wants the same throw each time
        self.today = clock.today()
        self.cast = Cast()
        self.published: list[Listing] = []

    def build(self) -> None:
        with _hurry():
            self._build()

    def _build(self) -> None:
        with clock.at(self._moment(DAYS_OF_PAST + 30)):
            self.cast.make()
            self._deliver()
        self.tell("people and organisations of six provinces")
        Group(self.cast, self._deliver).fill(self.today)
        self.tell("seats, terms and handovers since 2007")
        work_plans = Plans(self.cast, self._deliver, self.today)
        work_plans.past()
        self.tell("meetings and work plans of the past years")
        self._waiting_members()
        places = dict.fromkeys(CODES, 0)
        for done, bundle in enumerate(bundles(), start=1):
            places[bundle[0].province_code] += 1
            with transaction.atomic():
                self._listing(bundle, places[bundle[0].province_code])
            if done % 100 == 0:
                self.tell(f"{done} listings")
        self._rights()
        self._negotiations()
        self.tell("enquiries and answers")
        Needs(self.cast, self.dice, self._moment, self._deliver).fill()
        self.tell("technology needs and proposals")
        self._deals()
        Policies(self.cast, self._moment, self._deliver, self.today).fill()
        self.tell("preferential policies and applications for support")
        Resources(self.cast, self.dice, self._moment, self._deliver).fill()
        self.tell("shared facilities, visits and stationing")
        Expos(self.cast, self.dice, self._moment, self._deliver).fill()
        self.tell("four expos: two reported, one running, one planned")
        PlanYear(work_plans).fill()
        self.tell("this year's meetings and work plan")
        Notice.objects.filter(mail_due=True).update(mail_due=False)  # letters of an invented past are not sent
        with transaction.atomic():
            record(actor=system_user(), verb=DONE)

    def _moment(self, days_ago: float) -> datetime:
        """Office hours of a day in the past."""
        whole = int(days_ago)
        start = datetime.combine(
            self.today - timedelta(days=whole), time(9, 30), tzinfo=timezone.get_default_timezone()
        )
        moment = start + timedelta(minutes=round((days_ago - whole) * 420))
        return min(moment, timezone.now() - timedelta(minutes=1))

    def _deliver(self) -> None:
        """Deliver what the last actions have told; delivering may tell more, which the same round takes along."""
        while queue.drain() == queue.MOST:
            continue

    # ---- people who wait for an office

    def _waiting_members(self) -> None:
        for code in CODES:
            member = User.objects.create_user(
                f"newcomer.{code}@demo.example",
                display_name="新会员（演示）",
                province_id=code,
                office_id=code,
                is_demonstration=True,
            )
            with clock.at(self._moment(1)):
                account_actions.verification_submit(
                    actor=member,
                    real_name="新会员（演示）",
                    identity_kind="passport",
                    identity_number=f"NEW{member.pk:06d}",
                )
                self._deliver()

    # ---- listings

    def _listing(self, bundle: list[PatentFact], place: int) -> None:
        fact = bundle[0]
        owner = self.cast.owners[fact.province_code][place % len(self.cast.owners[fact.province_code])]
        fate = FATES.get(place, "published")
        name, _english = prose.OWNERS[fact.province_code][place % len(prose.OWNERS[fact.province_code])]
        facts = [one.model_fields(owner=name, today=self.today) for one in bundle]
        if any(one["legal_status"] == "expired" for one in facts):
            fate = "draft"  # free technology by now: it can be written down, never published
        days = self.dice.uniform(1, 4) if fate in NOW_FATES else self.dice.uniform(8, DAYS_OF_PAST)
        listing = self._draft(fact, facts, owner, days + 1)
        if fate != "draft":
            self._submit_and_decide(listing, owner, fact.province_code, fate, days)
            with clock.at(self._moment(max(days - 1, 0.05))):
                self._deliver()

    def _draft(self, fact: PatentFact, facts: list[dict[str, Any]], owner: User, days: float) -> Listing:
        with clock.at(self._moment(days)):
            listing = listings.listing_create(actor=owner)
            for one in facts:
                listings.patent_attach(listing_id=listing.pk, actor=owner, facts=one)
            listings.version_fill(listing_id=listing.pk, actor=owner, steps=self._steps(fact))
        return listing

    def _steps(self, fact: PatentFact) -> dict[str, dict[str, Any]]:
        text = self.dice.choice(prose.TEXTS[fact.section])
        figure = self.dice.randint(8, 45)
        english = fact.title_en if self.dice.random() < 0.8 else ""
        description: dict[str, Any] = {
            "title_zh": fact.title_zh[:120],
            "title_en": english[:240],
            "trl": self.dice.randint(4, 9),
        }
        for field, pair in {**text._asdict(), "support": self.dice.choice(prose.SUPPORT)}.items():
            if field in ("equipment", "permit"):
                continue
            description[f"{field}_zh"] = pair[0].format(n=figure)
            description[f"{field}_en"] = pair[1].format(n=figure) if english else ""
        return {
            "ownership": {"organisation": True, "co_owned": set(), "consents": ()},
            "description": description,
            "forms": {"rows": [self._form(form) for form in self.dice.choice(MIXES)]},
            "requirements": {"rows": self._requirements(text)},
        }

    def _form(self, form: str) -> dict[str, Any]:
        nationwide = form == "assignment" or self.dice.random() < 0.5
        provinces = [] if nationwide else sorted(self.dice.sample(CODES, self.dice.randint(1, 4)))
        if self.dice.random() < 0.25:
            return {"form": form, "provinces": provinces, "price_cny": None, "price_basis": "negotiable", "note": ""}
        basis = "lump" if form == "assignment" else self.dice.choice(("yearly", "lump", "entry"))
        price = Decimal(self.dice.choice((3, 5, 8, 12, 18, 26, 36, 58, 86, 120))) * 10_000
        return {"form": form, "provinces": provinces, "price_cny": price, "price_basis": basis, "note": ""}

    def _requirements(self, text: prose.Text) -> list[dict[str, Any]]:
        return [
            {
                "kind": "equipment",
                "text_zh": text.equipment[0],
                "text_en": text.equipment[1],
                "amount": Decimal(self.dice.randint(1, 4)),
            },
            {"kind": "area", "text_zh": "", "text_en": "", "amount": Decimal(self.dice.choice((120, 300, 600, 1200)))},
            {"kind": "power", "text_zh": "", "text_en": "", "amount": Decimal(self.dice.choice((30, 80, 160, 315)))},
            {"kind": "permit", "text_zh": text.permit[0], "text_en": text.permit[1], "amount": None},
        ]

    # ---- what the offices did with them

    def _submit_and_decide(self, listing: Listing, owner: User, code: str, fate: str, days: float) -> None:
        self._submit(listing, owner, code, days)
        if fate == "waiting":
            return
        review = self._take(listing, code, days - 0.4)
        later = max(days - self.dice.uniform(0.5, 3), 0.1)
        if fate == "taken":
            return
        with clock.at(self._moment(later)):
            self._decide(review, fate, code)
        if fate == "corrected":
            self._submit(listing, owner, code, max(later - 2, 0.2))
            self._approve(listing, code, max(later - 3, 0.1))
        with clock.at(self._moment(max(later - 5, 0.05))):
            self._afterwards(listing, owner, fate)
        if fate == "revised":
            self._submit(listing, owner, code, max(later - 6, 0.2))
            self._approve(listing, code, max(later - 7, 0.1))
        if fate in ("published", "revised", "corrected", "revising"):
            self.published.append(listing)

    def _submit(self, listing: Listing, owner: User, code: str, days: float) -> None:
        with clock.at(self._moment(days)):
            listings.listing_submit(listing_id=listing.pk, actor=owner, province_code=code)

    def _take(self, listing: Listing, code: str, days: float) -> Review:
        with clock.at(self._moment(max(days, 0.1))):
            review = Review.objects.get(version__listing=listing, decision="")
            return reviews.review_take(review_id=review.pk, actor=self.cast.officers[code])

    def _approve(self, listing: Listing, code: str, days: float) -> None:
        review = self._take(listing, code, days)
        with clock.at(self._moment(days)):
            reviews.review_approve(review_id=review.pk, actor=self.cast.officers[code], checklist=PASSED)

    def _decide(self, review: Review, fate: str, code: str) -> None:
        officer = self.cast.officers[code]
        doubtful = {**PASSED, "documents": {"ok": False, "note": ""}}
        if fate in ("changes", "corrected"):
            reviews.review_request_changes(
                review_id=review.pk, actor=officer, checklist=doubtful, reason=prose.REASONS["changes"]
            )
        elif fate == "rejected":
            reviews.review_reject(
                review_id=review.pk, actor=officer, checklist=doubtful, reason=prose.REASONS["reject"]
            )
        elif fate == "handed_over":
            target = CODES[(CODES.index(code) + 1) % len(CODES)]
            reviews.review_hand_over(
                review_id=review.pk, actor=officer, province_code=target, reason=prose.REASONS["hand_over"]
            )
        else:
            reviews.review_approve(review_id=review.pk, actor=officer, checklist=PASSED)

    def _afterwards(self, listing: Listing, owner: User, fate: str) -> None:
        if fate == "suspended":
            listings.listing_suspend(listing_id=listing.pk, actor=owner, reason=prose.REASONS["suspend"])
        elif fate == "withdrawn":
            listings.listing_withdraw(listing_id=listing.pk, actor=owner, reason=prose.REASONS["withdraw"])
        elif fate in ("revising", "revised"):
            version = listings.listing_revise(listing_id=listing.pk, actor=owner)
            listings.version_save(
                listing_id=listing.pk, actor=owner, step="description",
                values={"support_zh": version.support_zh + "另可协助调试一个月。"},
            )  # fmt: skip

    # ---- rights granted elsewhere, and what the gazette reported

    def _rights(self) -> None:
        on_market = Listing.objects.filter(pk__in=[one.pk for one in self.published]).on_market().order_by("pk")
        with transaction.atomic():
            Ledger(self.cast.officers, self.dice, self._moment).fill(list(on_market))
        self._deliver()
        self.published = list(on_market.all())
        self.tell("rights ledger and legal status")

    # ---- offers and agreements

    def _deals(self) -> None:
        with transaction.atomic():
            Deals(self.cast.buyers, self.cast.officers, self.dice, self._moment, self._deliver).fill(self.published)
        self.tell("offers and agreements")

    # ---- enquiries

    def _negotiations(self) -> None:
        for place, code in enumerate(CODES * 7):
            buyer = self.cast.buyers[code]
            # The first round goes to the named patentee of the next province, so that every named account has a room.
            named = self.cast.owners[CODES[(place + 1) % len(CODES)]][0]
            offers = (
                [one for one in self.published if one.owner_id == named.pk] if place < len(CODES) else self.published
            )
            listing = self.dice.choice(offers)
            listing.refresh_from_db()
            if not listing.negotiations.filter(buyer=buyer).exists():
                with transaction.atomic():
                    self._negotiation(listing, buyer, place // len(CODES))
        with transaction.atomic():
            open_rooms = Negotiation.objects.filter(state=NegotiationState.OPEN).select_related(
                "listing__owner", "buyer"
            )
            talk(list(open_rooms.order_by("pk")), self.cast.officers, self._moment)
            self._deliver()

    def _negotiation(self, listing: Listing, buyer: User, place: int) -> None:
        offered = list(listing.public_version.offered_forms.values_list("form", flat=True))
        days = self.dice.uniform(0.5, 6)
        with clock.at(self._moment(days)):
            room = rooms.enquiry_create(
                listing_id=listing.pk, actor=buyer, body=self.dice.choice(prose.ENQUIRIES), forms=offered[:1],
                provinces=[buyer.province_id], intended_use="本省两个生产基地",
            )  # fmt: skip
            self._deliver()
        if place % 3 == 0:
            return
        with clock.at(self._moment(days / 2)):
            rooms.message_send(negotiation_id=room.pk, actor=listing.owner, body=self.dice.choice(prose.ANSWERS))
            self._deliver()
        if place == 5:
            with clock.at(self._moment(days / 4)):
                rooms.negotiation_close(negotiation_id=room.pk, actor=buyer)
                self._deliver()
