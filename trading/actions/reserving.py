"""The rights that terms ask for, in the ledger: whether they can be had, reserved, made active, freed. Read next: agreements.py.

Parts of the acts on offers and agreements; the patents are locked by whoever calls.
"""

from dataclasses import dataclass
from datetime import date

from patents import ledger
from patents.actions import encumbrances, postings, rights
from patents.models import Encumbrance, Patent, Title
from patents.states import EncumbranceKind, Form, GrantState, PriceMethod
from patents.status_queries import died_on
from platform_site import clock
from platform_site.accounts.models import User
from trading.contract_queries import legal_name
from trading.models import Agreement, AgreementRight, Negotiation
from trading.offer_queries import rights_of
from trading.terms import Terms


@dataclass(frozen=True)
class Held:
    """A locked patent with its title and ledger: read once, asked about as many offers as there are."""

    patent: Patent
    title: Title
    book: ledger.Book

    def refusal(self, terms: Terms, co_owners_agree: bool) -> ledger.Refused | None:
        """Why the ledger could not give this right now; None where it could."""
        if terms.form == Form.ASSIGNMENT:
            wanted = Encumbrance(
                patent=self.patent, kind=EncumbranceKind.ASSIGNMENT_SIGNED, start=clock.today(),
                co_owners_agree=co_owners_agree,
            )  # fmt: skip
            return next(ledger.encumbrance_refusals(wanted, self.book), None)
        licence = _licence(terms, "", co_owners_agree)
        return rights.grant_refusal(terms=licence, patent=self.patent, title=self.title, book=self.book)


def held(patent: Patent, actor: User) -> Held:
    return Held(patent, *rights.ledger_open(patent, actor))


def reserve(agreement: Agreement, patents: list[Patent], terms: Terms, actor: User) -> None:
    """Write the rights of an agreement into the ledger until its signatures are due, and link them.

    Raises: Conflict (somebody was first, with the existing right and the article; a public body's price was not posted).
    """
    assert agreement.negotiation is not None  # it comes out of an accepted offer
    buyer = legal_name(agreement.negotiation.buyer)[:200]
    agree = co_owners_agree(agreement.negotiation, terms.form)
    for patent in patents:
        postings.require_posted(
            patent=patent, form=terms.form, on=clock.today(), entry=Title(price_method=PriceMethod.AGREEMENT)
        )
        if terms.form == Form.ASSIGNMENT:
            lying = encumbrances.encumbrance_write(
                patent=patent, actor=actor, kind=EncumbranceKind.ASSIGNMENT_SIGNED, source=agreement.number,
                as_of=clock.today(), traded=True, start=clock.today(), holder=buyer, co_owners_agree=agree,
            )  # fmt: skip
            AgreementRight.objects.create(agreement=agreement, encumbrance=lying)
        else:
            grant = rights.grant_write(
                patent=patent, actor=actor, terms=_licence(terms, buyer, agree), evidence=_evidence(agreement),
                state=GrantState.RESERVED, reserved_until=agreement.sign_by,
            )  # fmt: skip
            AgreementRight.objects.create(agreement=agreement, grant=grant)


def activate(agreement: Agreement, actor: User) -> None:
    """Both have signed: what was reserved holds. An assignment still waits for its registration."""
    for right in rights_of(agreement):
        if right.grant is not None:
            rights.grant_activate(grant_id=right.grant.pk, patent=right.grant.patent, actor=actor)


def release(agreement: Agreement, actor: User) -> None:
    """Not signed in time: everything is free again, as if it had never been reserved."""
    for right in rights_of(agreement):
        if right.grant is not None:
            rights.grant_release(grant_id=right.grant.pk, patent=right.grant.patent, actor=actor)
        elif right.encumbrance is not None:
            lying = right.encumbrance
            encumbrances.encumbrance_release(encumbrance_id=lying.pk, patent=lying.patent, actor=actor)


def cease(agreement: Agreement, actor: User, on: date) -> None:
    """The contract has ended on a day: its licences end, and what a signed assignment had laid on the patents goes."""
    for right in rights_of(agreement):
        if right.grant is not None:
            rights.grant_cease(grant_id=right.grant.pk, patent=right.grant.patent, actor=actor, on=on)
        elif right.encumbrance is not None:
            lying = right.encumbrance
            encumbrances.encumbrance_close(encumbrance_id=lying.pk, patent=lying.patent, actor=actor, on=on)


def die(agreement: Agreement, actor: User) -> date | None:
    """End each licence whose patent has died, on the day of its death; the last of these days, None where nothing was left."""
    held = [right.grant for right in rights_of(agreement) if right.grant is not None]
    died = died_on({grant.patent_id: grant.patent for grant in held}.values())
    days = []
    for grant in held:
        day = died.get(grant.patent_id)
        if day is None or grant.state != GrantState.ACTIVE or (grant.end is not None and grant.end <= day):
            continue
        rights.grant_cease(grant_id=grant.pk, patent=grant.patent, actor=actor, on=day)
        days.append(day)
    return max(days, default=None)


def co_owners_agree(room: Negotiation, form: str) -> bool:
    """Whether the public text of the listing bears the consent of all co-owners for this form."""
    version = room.listing.public_version
    return version is not None and form in version.consents


def _licence(terms: Terms, licensee: str, agree: bool) -> rights.Terms:
    """Licences are signed on the day on which they are reserved: acceptance binds both (Civil Code art. 483)."""
    return rights.Terms(
        form=terms.form, licensee=licensee, signed_on=clock.today(), start=terms.start, end=terms.end,
        provinces=list(terms.provinces), field=list(terms.field), sublicensable=terms.sublicensable,
        co_owners_agree=agree,
    )  # fmt: skip


def _evidence(agreement: Agreement) -> rights.Evidence:
    return rights.Evidence(
        source=agreement.number, as_of=clock.today(), traded=True, price_method=PriceMethod.AGREEMENT
    )
