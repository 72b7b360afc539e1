"""Agreements for tests in the states that the papers need, straight into the database: PostgreSQL judges them. Read next: trading.py."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from patents.actions.titles import title_of
from patents.models import Encumbrance, Grant
from platform_site import clock
from platform_site.accounts.models import Organisation, Verification
from platform_site.regions.workdays import add_months
from tests.factories import trading
from trading import codes, terms
from trading.models import Agreement, AgreementRight, Offer, OfferPatent, Signature

_number = count(1)
PRICE = Decimal("1234567.00")


def offered(room, maker, **changes):
    """An open offer of the buyer or owner about every patent of the listing."""
    start = clock.today()
    plain = {"form": "exclusive", "provinces": ["430000"], "field": [], "start": start, "end": add_months(start, 36)}
    if changes.get("form") == "assignment":
        plain |= {"provinces": [], "end": None}
    fields = {**plain, "consideration": "lump_sum", "amount_cny": PRICE, **changes}
    side = "owner" if maker.pk == room.listing.owner_id else "buyer"
    moment = clock.now()
    offer = Offer(
        negotiation=room, number=room.offers.count() + 1, side=side, made_by=maker, made_at=moment,
        valid_until=moment + timedelta(days=7), digest="0" * 64, **fields,
    )  # fmt: skip
    patents = [row.patent for row in room.listing.listing_patents.select_related("patent")]
    offer.digest = terms.digest(_terms(offer, patents))
    offer.save()
    OfferPatent.objects.bulk_create(
        [OfferPatent(offer=offer, patent=patent, place=place) for place, patent in enumerate(patents)]
    )
    return Offer.objects.prefetch_related("offer_patents__patent").get(pk=offer.pk)


def _terms(offer, patents):
    names = [name for name in terms.Terms.__dataclass_fields__ if name not in ("patents", "instalments")]
    plain = {name: getattr(offer, name) for name in names}
    plain |= {"provinces": tuple(offer.provinces), "field": tuple(offer.field)}
    parts = tuple(terms.Instalment(Decimal(amount), months) for amount, months in offer.instalments)
    return terms.Terms(**plain, patents=tuple(patent.application_number for patent in patents), instalments=parts)


def drafted(owner, buyer, *, listing=None, co_owners_agree=False, **changes):
    """An accepted offer with its agreement and the rights that it reserves."""
    room = trading.room(owner, buyer, listing=listing or trading.market(owner))
    offer = offered(room, buyer, **changes)
    moment, until = clock.now(), clock.now() + timedelta(days=30)
    offer.state, offer.decided_by, offer.decided_at = "accepted", owner, moment
    offer.save()
    agreement = Agreement.objects.create(
        number=f"HT6-{moment.year}-{next(_number):06d}", code=codes.new_code(), offer=offer, negotiation=room,
        listing=room.listing, owner=owner, buyer=buyer, province_id=room.listing.province_id, digest=offer.digest,
        made_at=moment, sign_by=until,
    )  # fmt: skip
    for row in offer.offer_patents.select_related("patent"):
        reserve(agreement, offer, row.patent, until, co_owners_agree)
    return agreement


def reserve(agreement, offer, patent, until, co_owners_agree):
    title = title_of(patent, agreement.owner)
    entry = {
        "patent": patent, "source": agreement.number, "as_of": clock.today(), "traded": True, "recorded_by": agreement.owner,
        "recorded_at": clock.now(), "co_owners_agree": co_owners_agree,
    }  # fmt: skip
    if offer.form == "assignment":
        holder = agreement.buyer.display_name
        row = Encumbrance.objects.create(kind="assignment_signed", holder=holder, start=clock.today(), **entry)
        AgreementRight.objects.create(agreement=agreement, encumbrance=row)
        return
    grant = Grant.objects.create(
        title=title, form=offer.form, provinces=offer.provinces, field=offer.field, licensee=agreement.buyer.display_name,
        signed_on=clock.today(), start=offer.start, end=offer.end, state="reserved", reserved_until=until, **entry,
    )  # fmt: skip
    AgreementRight.objects.create(agreement=agreement, grant=grant)


def sign(agreement, *people):
    """The signatures of these people; with both, the rights are active and the agreement is signed."""
    for person in people:
        side = "owner" if person.pk == agreement.owner_id else "buyer"
        Signature.objects.create(
            agreement=agreement, side=side, user=person, name=person.display_name, signed_at=clock.now(), digest=agreement.digest
        )  # fmt: skip
    if agreement.signatures.count() == 2:
        for right in agreement.rights.exclude(grant=None).select_related("grant"):
            right.grant.state, right.grant.reserved_until = "active", None
            right.grant.save()
        agreement.state, agreement.signed_at = "signed", clock.now()
        agreement.save()
    return agreement


def signed(owner, buyer, **what):
    return sign(drafted(owner, buyer, **what), owner, buyer)


def as_organisation(person, *, name="江城先进材料研究院", credit_code="91350100M000100Y43", kind="institute"):
    """Let the verified mark of a person stand for an organisation."""
    body = Organisation.objects.create(credit_code=credit_code, name_zh=name, kind=kind, created_at=clock.now())
    Verification.objects.filter(user=person, state="verified").update(organisation=body)
    return body
