"""What was granted, pledged and sold before, and what the gazette reported: the ledger's past. Read next: build.py.

Everything goes through the actions of the offices, so whatever the ledger would refuse is not there. Licensees and
pledgees bear plainly invented names.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from patents.actions import encumbrances, rights, status, titles
from patents.gazette import Entry
from patents.models import Listing, Patent
from patents.states import EncumbranceKind, EventKind, GrantForm, LegalStatus
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.facts import CODES
from platform_site.regions.workdays import add_months

SOURCE = "演示数据"
LICENSEES = (
    "云岭演示机械有限公司", "江汉演示新材料有限公司", "潇湘演示电子有限公司", "徽州演示化工有限公司",
    "赣江演示装备有限公司", "中原演示食品有限公司", "汾河演示能源有限公司",
)  # fmt: skip
BANK, COURT, PARTNER = "演示农商银行", "演示市中级人民法院", "演示联合开发单位"
# What happens to the n-th patent of the market, repeated; "" leaves it free. Forms that a listing offers stay to be had.
ROUND = (
    "ordinary", "", "exclusive", "ordinary", "", "sole", "next", "ordinary", "ended", "exclusive", "", "field", "ordinary",
    "sublicence", "", "beside", "ordinary", "corrected", "exclusive", "",
)  # fmt: skip
# Rarer things, once each, on patents of their own; the offset is the place among those that the round leaves free.
RARE = (
    "pledge", "pledge", "consent", "preservation", "suspension", "option", "sale", "declared", "declared", "taken", "taken",
    "withdrawn", "compulsory", "sold", "sold", "restored", "terminated", "void", "part_void", "abandoned", "examined",
)  # fmt: skip


class Ledger:
    """One run over the listings on the market; `moment` turns days ago into an instant of office hours."""

    def __init__(self, officers: dict[str, User], dice: random.Random, moment: Callable[[float], datetime]) -> None:
        self.officers = officers
        self.dice = dice
        self.moment = moment
        self.today = clock.today()

    def fill(self, listings: Sequence[Listing]) -> None:
        """Write the past of every patent of these listings."""
        in_force = [
            (listing, row.patent)
            for listing in listings
            for row in listing.listing_patents.select_related("patent")
            if row.patent.legal_status == LegalStatus.IN_FORCE
        ]
        free = []
        for place, (listing, patent) in enumerate(in_force):
            what = ROUND[place % len(ROUND)]
            if what:
                getattr(self, f"_{what}")(listing, patent)
            else:
                free.append((listing, patent))
        # One patent of a listing each, so that no two rare things meet in one listing.
        alone = list({listing.pk: (listing, patent) for listing, patent in free}.values())
        for what, (listing, patent) in zip(RARE, alone, strict=False):
            getattr(self, f"_{what}")(listing, patent)

    # ---- licences

    def _terms(self, form: str, listing: Listing, patent: Patent, **changes: Any) -> rights.Terms:
        """Signed and begun between a month and two years ago, for three to five years, but no longer than the patent lives."""
        start = changes.pop("start", None) or self.today - timedelta(days=self.dice.randint(30, 700))
        end = min(add_months(start, 12 * self.dice.randint(3, 5)), patent.expires_on)
        return rights.Terms(
            form=form, licensee=self.dice.choice(LICENSEES), signed_on=min(start, self.today), start=start,
            **{"end": max(end, start + timedelta(days=1)), "provinces": [self._place(listing)], "co_owners_agree": True, **changes},
        )  # fmt: skip

    def _place(self, listing: Listing) -> str:
        """A province to take, another than the office's own, so that most of what is offered is left."""
        return self.dice.choice([code for code in CODES if code != listing.province_id])

    def _record(self, listing: Listing, patent: Patent, terms: rights.Terms, *, recorded: bool = False) -> Any:
        number = f"X2026{patent.pk:06d}" if recorded else ""
        day = terms.signed_on + timedelta(days=20)
        evidence = rights.Evidence(
            source=SOURCE, as_of=self.today, recordal_number=number,
            recordal_on=min(day, self.today) if recorded else None,
        )  # fmt: skip
        return rights.grant_record(patent_id=patent.pk, actor=self._officer(listing), terms=terms, evidence=evidence)

    def _officer(self, listing: Listing) -> User:
        return self.officers[listing.province_id or CODES[0]]

    def _ordinary(self, listing: Listing, patent: Patent) -> None:
        self._record(
            listing, patent, self._terms(GrantForm.ORDINARY, listing, patent), recorded=self.dice.random() < 0.6
        )

    def _exclusive(self, listing: Listing, patent: Patent) -> None:
        self._record(listing, patent, self._terms(GrantForm.EXCLUSIVE, listing, patent), recorded=True)

    def _sole(self, listing: Listing, patent: Patent) -> None:
        self._record(listing, patent, self._terms(GrantForm.SOLE, listing, patent))

    def _next(self, listing: Listing, patent: Patent) -> None:
        """Free today, taken from next month on."""
        start = add_months(self.today.replace(day=1), 1)
        if start < patent.expires_on:
            self._record(listing, patent, self._terms(GrantForm.EXCLUSIVE, listing, patent, start=start))

    def _ended(self, listing: Listing, patent: Patent) -> None:
        grant = self._record(listing, patent, self._terms(GrantForm.EXCLUSIVE, listing, patent))
        rights.grant_end(
            grant_id=grant.pk, actor=self._officer(listing), on=self.today - timedelta(days=10), note="双方提前解除合同"
        )

    def _field(self, listing: Listing, patent: Patent) -> None:
        """Limited to an industry: elsewhere an ordinary licence is still to be had, an exclusive one in every field is not."""
        self._record(listing, patent, self._terms(GrantForm.EXCLUSIVE, listing, patent, field=["GB/T4754-C38"]))

    def _sublicence(self, listing: Listing, patent: Patent) -> None:
        above = self._record(
            listing, patent, self._terms(GrantForm.EXCLUSIVE, listing, patent, sublicensable=True), recorded=True
        )
        below = self._terms(
            GrantForm.ORDINARY,
            listing,
            patent,
            start=above.start,
            end=above.end,
            provinces=above.provinces,
            parent_id=above.pk,
        )
        self._record(listing, patent, below)

    def _beside(self, listing: Listing, patent: Patent) -> None:
        """The owner cannot work it alone: beside the sole licensee one other (Interpretation art. 27)."""
        sole = self._record(listing, patent, self._terms(GrantForm.SOLE, listing, patent))
        other = self._terms(
            GrantForm.ORDINARY,
            listing,
            patent,
            start=sole.start,
            end=sole.end,
            provinces=sole.provinces,
            beside_id=sole.pk,
        )
        self._record(listing, patent, other)

    def _corrected(self, listing: Listing, patent: Patent) -> None:
        terms = self._terms(GrantForm.ORDINARY, listing, patent)
        wrong = self._record(listing, patent, terms)
        right = self._terms(GrantForm.ORDINARY, listing, patent, start=terms.start, provinces=[self._place(listing)])
        evidence = rights.Evidence(source=SOURCE, as_of=self.today, note="许可地域录入有误")
        rights.grant_correct(grant_id=wrong.pk, actor=self._officer(listing), terms=right, evidence=evidence)

    def _compulsory(self, listing: Listing, patent: Patent) -> None:
        self._record(listing, patent, self._terms(GrantForm.COMPULSORY, listing, patent, provinces=[]))

    # ---- what lies on the whole patent

    def _encumber(self, listing: Listing, patent: Patent, kind: str, days_ago: int, **facts: Any) -> Any:
        return encumbrances.encumbrance_record(
            patent_id=patent.pk, actor=self._officer(listing), kind=kind, start=self.today - timedelta(days=days_ago),
            source=SOURCE, as_of=self.today, co_owners_agree=True, **facts,
        )  # fmt: skip

    def _pledge(self, listing: Listing, patent: Patent) -> None:
        self._encumber(listing, patent, EncumbranceKind.PLEDGE, 200, holder=BANK, number=f"Y2026{patent.pk:06d}")

    def _consent(self, listing: Listing, patent: Patent) -> None:
        self._encumber(listing, patent, EncumbranceKind.PLEDGE, 150, holder=BANK, consents=[GrantForm.ORDINARY])
        self._ordinary_today(listing, patent)

    def _ordinary_today(self, listing: Listing, patent: Patent) -> None:
        start = self.today - timedelta(days=20)
        self._record(listing, patent, self._terms(GrantForm.ORDINARY, listing, patent, start=start))

    def _preservation(self, listing: Listing, patent: Patent) -> None:
        self._encumber(listing, patent, EncumbranceKind.PRESERVATION, 40, holder=COURT)

    def _suspension(self, listing: Listing, patent: Patent) -> None:
        self._encumber(listing, patent, EncumbranceKind.SUSPENSION, 60, holder=COURT)

    def _option(self, listing: Listing, patent: Patent) -> None:
        self._encumber(listing, patent, EncumbranceKind.OPTION, 90, holder=PARTNER)

    def _sale(self, listing: Listing, patent: Patent) -> None:
        self._encumber(listing, patent, EncumbranceKind.ASSIGNMENT_SIGNED, 25, holder=self.dice.choice(LICENSEES))

    def _declared(self, listing: Listing, patent: Patent) -> Any:
        fee = "一次总付 3 万元，期限 3 年"
        return self._encumber(listing, patent, EncumbranceKind.OPEN_DECLARATION, 300, fee_terms=fee)

    def _taken(self, listing: Listing, patent: Patent) -> None:
        self._declared(listing, patent)
        start = self.today - timedelta(days=120)
        self._record(
            listing, patent, self._terms(GrantForm.OPEN, listing, patent, start=start, provinces=[]), recorded=True
        )

    def _withdrawn(self, listing: Listing, patent: Patent) -> None:
        """The declaration was withdrawn; whoever took the licence before keeps it."""
        declared = self._declared(listing, patent)
        start = self.today - timedelta(days=200)
        self._record(listing, patent, self._terms(GrantForm.OPEN, listing, patent, start=start, provinces=[]))
        encumbrances.encumbrance_end(
            encumbrance_id=declared.pk,
            actor=self._officer(listing),
            on=self.today - timedelta(days=30),
            note="权利人撤回声明",
        )

    def _sold(self, listing: Listing, patent: Patent) -> None:
        """The assignment was registered: the listing is concluded."""
        titles.title_register(
            patent_id=patent.pk, actor=self._officer(listing), owners=self.dice.choice(LICENSEES),
            start=self.today - timedelta(days=15), registration_number=f"ZR2026{patent.pk:06d}", source=SOURCE,
            as_of=self.today, co_owners_agree=True,
        )  # fmt: skip

    # ---- what the gazette reported

    def _event(self, listing: Listing, patent: Patent, kind: str, days_ago: int, **facts: Any) -> None:
        day: date = self.today - timedelta(days=days_ago)
        entry = Entry(kind=kind, happened_on=day, as_of=day, source=SOURCE, **facts)
        with clock.at(self.moment(days_ago)):
            status.status_record(patent_id=patent.pk, actor=self._officer(listing), entry=entry)

    def _terminated(self, listing: Listing, patent: Patent) -> None:
        self._event(listing, patent, EventKind.TERMINATED, 12, noticed_on=self.today - timedelta(days=12))

    def _restored(self, listing: Listing, patent: Patent) -> None:
        self._event(listing, patent, EventKind.TERMINATED, 18, noticed_on=self.today - timedelta(days=18))
        self._event(listing, patent, EventKind.RESTORED, 3, annuity_paid_to=patent.annuity_paid_to)

    def _void(self, listing: Listing, patent: Patent) -> None:
        self._event(listing, patent, EventKind.VOID, 9)

    def _part_void(self, listing: Listing, patent: Patent) -> None:
        self._event(listing, patent, EventKind.PART_VOID, 11)

    def _abandoned(self, listing: Listing, patent: Patent) -> None:
        self._event(listing, patent, EventKind.ABANDONED, 7)

    def _examined(self, listing: Listing, patent: Patent) -> None:
        self._event(listing, patent, EventKind.UPHELD, 5)
