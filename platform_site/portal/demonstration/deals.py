"""Offers and agreements in every state, through the portal's own actions, with a past. Read next: build.py.

Only what the ledger has free is offered: a refusal would end the load. Nobody's words but the demonstration's own.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from patents.ledger_queries import availability_of
from patents.models import Listing, Patent
from patents.queries import patents_of
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import CODES
from platform_site.regions.workdays import add_months
from trading.actions import agreements, offers, rooms
from trading.models import Agreement, Negotiation, Offer
from trading.states import AgreementState
from trading.terms import Instalment, Terms

from . import filing
from .performing import perform

# What becomes of the n-th deal, repeated: how far it went, and how it is paid.
STORIES = (
    ("open", "lump_sum"), ("countered", "royalty"), ("drafted", "instalments"), ("signed", "royalty"), ("declined", "lump_sum"),
    ("half_signed", "lump_sum"), ("signed", "lump_sum"), ("withdrawn", "trial"), ("signed", "instalments"), ("expired", "royalty"),
    ("signed", "trial"), ("unsigned", "lump_sum"), ("signed", "equity"), ("bargained", "royalty"), ("signed", "royalty"),
    ("agreed_late", "instalments"), ("signed", "lump_sum"), ("open_reply", "trial"),
)  # fmt: skip
MOST = 36
YOUNGEST = 70  # days on the market, so that a deal has room for its past
NOTES = (
    "这是我们两个生产基地的首期用量，条款可以再谈。",
    "比上一版提高了最低提成，其余不变。",
    "请按我方年度计划在本月内答复。",
    "资料交付和培训请写明天数，便于安排人员。",
)
DELIVERY = "签约后十个工作日内交付工艺规程、图纸和检验方法各一套。"
SERVICE = "派两名工程师到现场指导十五个工作日，费用含在价款内。"
ACCEPTANCE = "连续生产三批，产品合格率不低于 97%。"
AUDIT = "权利人每年可查阅一次与提成有关的账目。"


class Deals:
    """One run over the listings on the market; `moment` turns days ago into an instant of office hours."""

    def __init__(
        self,
        buyers: dict[str, User],
        officers: dict[str, User],
        dice: random.Random,
        moment: Callable[[float], datetime],
        deliver: Callable[[], None],
    ) -> None:
        self.buyers, self.officers, self.dice, self.moment, self.deliver = buyers, officers, dice, moment, deliver
        self.today = clock.today()
        self.made = self.signed = 0

    def fill(self, listings: Sequence[Listing]) -> None:
        """One deal for each listing that still has a licence to give, until there are enough; named accounts come first."""
        named = {listing.pk: not listing.owner.email.startswith("patentee.") for listing in listings}
        mixed = sorted(self.dice.sample(list(listings), len(listings)), key=lambda listing: named[listing.pk])
        untouched = []
        for listing in mixed:
            if self.made >= MOST:
                untouched.append(listing)
                continue
            if self._age(listing) < YOUNGEST:
                continue
            code = CODES[(CODES.index(listing.province_id or CODES[0]) + 1 + self.made) % len(CODES)]
            buyer = self.buyers[code]
            known = listing.negotiations.filter(buyer=buyer).exists()
            form = None if known or buyer.pk == listing.owner_id else self._free_form(listing, code)
            if form is not None:
                story, payment = STORIES[self.made % len(STORIES)]
                self._deal(listing, buyer, form, code, story, payment)
                self.made += 1
        filing.open_licences(untouched, self.officers, list(self.buyers.values()), self.moment)
        self.deliver()

    def _age(self, listing: Listing) -> int:
        """For how many days it has been on the market: no deal is older."""
        return (self.today - timezone.localdate(listing.published_at)).days

    def _free_form(self, listing: Listing, code: str) -> str | None:
        """A form of licence on offer of which every patent of the listing has something left in that province."""
        free = availability_of(patents_of(listing.pk)).values()
        offered = listing.public_version.offered_forms.all() if listing.public_version else ()
        for row in offered:
            places = not row.provinces or code in row.provinces
            if (
                row.form in ("exclusive", "sole", "ordinary")
                and places
                and all(one.provinces[code][row.form] for one in free)
            ):
                return str(row.form)
        return None

    # ---- one deal from the enquiry on

    def _deal(self, listing: Listing, buyer: User, form: str, code: str, story: str, payment: str) -> None:
        # What waits for an answer is of these days; what is signed lies back up to a year.
        days = self.dice.uniform(2, 4) if story in ("open", "countered", "open_reply", "drafted", "half_signed") else 0
        days = days or self.dice.uniform(45, self._age(listing) - 5 if story in ("signed", "bargained") else 64)
        with clock.at(self.moment(days + 1.5)):
            room = rooms.enquiry_create(
                listing_id=listing.pk, actor=buyer, body="我们计划在本省投产，请说明许可条件和技术支持的范围。",
                forms=[form], provinces=[code], intended_use="本省生产基地",
            )  # fmt: skip
        terms = self._terms(listing, form, code, payment, self.moment(days).date())
        getattr(self, f"_{story}")(room, terms, days)
        for agreement in room.agreements.filter(state=AgreementState.SIGNED):
            self._go_on(agreement, days)
        self.deliver()

    def _go_on(self, agreement: Agreement, days: float) -> None:
        """Payments, then the office."""
        perform(agreement, self.moment)
        course = filing.COURSES[self.signed % len(filing.COURSES)]
        filing.file(agreement, course, self.officers[agreement.province_id], self.moment, days - 8)
        self.signed += 1

    def _open(self, room: Negotiation, terms: Terms, days: float) -> None:
        self._offer(room, room.buyer, terms, days, valid=15)

    def _countered(self, room: Negotiation, terms: Terms, days: float) -> None:
        first = self._offer(room, room.buyer, terms, days, valid=15)
        self._offer(room, room.listing.owner, self._dearer(terms), days - 1, valid=15, answers=first)

    def _open_reply(self, room: Negotiation, terms: Terms, days: float) -> None:
        first = self._offer(room, room.listing.owner, self._dearer(terms), days, valid=15)
        self._offer(room, room.buyer, terms, days - 1, valid=15, answers=first)

    def _declined(self, room: Negotiation, terms: Terms, days: float) -> None:
        offer = self._offer(room, room.buyer, terms, days)
        with clock.at(self.moment(days - 2)):
            offers.offer_decline(
                offer_id=offer.pk, actor=room.listing.owner, reason="价款与投入相差较大，请提高后再报。"
            )

    def _withdrawn(self, room: Negotiation, terms: Terms, days: float) -> None:
        offer = self._offer(room, room.buyer, terms, days)
        with clock.at(self.moment(days - 1)):
            offers.offer_withdraw(offer_id=offer.pk, actor=room.buyer)

    def _expired(self, room: Negotiation, terms: Terms, days: float) -> None:
        self._offer(room, room.buyer, terms, days, valid=10)
        with clock.at(self.moment(days - 12)):
            offers.offers_expire()

    def _drafted(self, room: Negotiation, terms: Terms, days: float) -> Agreement:
        return self._accepted(self._offer(room, room.buyer, terms, days), room.listing.owner, days - 1)

    def _half_signed(self, room: Negotiation, terms: Terms, days: float) -> None:
        self._sign(self._drafted(room, terms, days), room.buyer, days - 1.3)

    def _signed(self, room: Negotiation, terms: Terms, days: float) -> None:
        agreement = self._drafted(room, terms, days)
        self._sign(agreement, room.buyer, days - 2)
        self._sign(agreement, room.listing.owner, days - 5)

    def _bargained(self, room: Negotiation, terms: Terms, days: float) -> None:
        first = self._offer(room, room.buyer, terms, days)
        second = self._offer(room, room.listing.owner, self._dearer(self._dearer(terms)), days - 1, answers=first)
        third = self._offer(room, room.buyer, self._dearer(terms), days - 2, answers=second)
        agreement = self._accepted(third, room.listing.owner, days - 4)
        self._sign(agreement, room.listing.owner, days - 5)
        self._sign(agreement, room.buyer, days - 6)

    def _agreed_late(self, room: Negotiation, terms: Terms, days: float) -> None:
        """Declined first, offered again on better terms, signed."""
        self._declined(room, terms, days)
        agreement = self._accepted(
            self._offer(room, room.buyer, self._dearer(terms), days - 5), room.listing.owner, days - 7
        )
        self._sign(agreement, room.buyer, days - 8)
        self._sign(agreement, room.listing.owner, days - 9)

    def _unsigned(self, room: Negotiation, terms: Terms, days: float) -> None:
        self._sign(self._drafted(room, terms, days), room.buyer, days - 2)
        with clock.at(self.moment(days - 33)):
            agreements.agreements_expire()

    # ---- parts

    def _offer(
        self,
        room: Negotiation,
        actor: User,
        terms: Terms,
        days: float,
        *,
        valid: int = 30,
        answers: Offer | None = None,
    ) -> Offer:
        with clock.at(self.moment(days)):
            return offers.offer_make(
                negotiation_id=room.pk, actor=actor, terms=terms, days=valid, note=self.dice.choice(NOTES),
                answers=answers.pk if answers else None,
            )  # fmt: skip

    def _accepted(self, offer: Offer, actor: User, days: float) -> Agreement:
        with clock.at(self.moment(days)):
            return agreements.offer_accept(offer_id=offer.pk, actor=actor, digest=offer.digest)

    def _sign(self, agreement: Agreement, actor: User, days: float) -> None:
        with clock.at(self.moment(days)):
            agreements.agreement_sign(agreement_id=agreement.pk, actor=actor, digest=agreement.digest)

    def _terms(self, listing: Listing, form: str, code: str, payment: str, start: date) -> Terms:
        patents: list[Patent] = patents_of(listing.pk)
        end = min(add_months(start, 12 * self.dice.randint(3, 6)), *(patent.expires_on for patent in patents))
        money = Decimal(self.dice.choice((8, 12, 18, 26, 36, 58, 86, 120))) * 10_000
        return Terms(
            form=form, patents=tuple(patent.application_number for patent in patents), start=start,
            end=max(end, start + timedelta(days=1)), provinces=(code,), delivery=DELIVERY, service=SERVICE,
            acceptance=ACCEPTANCE, confidentiality_years=self.dice.choice((3, 5, 10)),
            dispute=self.dice.choice(("court_owner", "court_buyer")), consideration=payment,
            **{"amount_cny": money, **self._payment(payment, money)},
        )  # fmt: skip

    def _payment(self, payment: str, money: Decimal) -> dict[str, Any]:
        if payment == "instalments":
            parts = (Instalment(money / 2, 0), Instalment(money / 4, 6), Instalment(money / 4, 12))
            return {"instalments": parts}
        if payment == "royalty":
            rate = Decimal(self.dice.choice((15, 20, 30, 35, 50))) / 10
            return {
                "amount_cny": money / 4, "royalty_percent": rate, "royalty_base": "net_sales", "minimum_cny": money / 10,
                "cap_cny": money * 5, "other": AUDIT,
            }  # fmt: skip
        if payment == "trial":
            return {"trial_months": 6}
        if payment == "equity":
            return {"equity_percent": Decimal(12), "equity_company": "演示先进制造有限公司（演示）"}
        return {}

    def _dearer(self, terms: Terms) -> Terms:
        """The same for a quarter more; the instalments grow with their sum."""
        more = Decimal("1.25")
        parts = tuple(Instalment(part.amount_cny * more, part.due_months) for part in terms.instalments)
        minimum = terms.minimum_cny * more if terms.minimum_cny else None
        changed = {"amount_cny": terms.amount_cny * more, "instalments": parts, "minimum_cny": minimum}
        return Terms(**{**{name: getattr(terms, name) for name in Terms.__dataclass_fields__}, **changed})
