"""Public research bodies and the prices that they post. Read next: patents.py."""

from datetime import timedelta
from decimal import Decimal

from patents.actions import postings
from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import Organisation
from tests.factories import patents


def public_body(name="江城大学", *, credit_code="1242000042000123XW", kind="university"):
    return Organisation.objects.create(credit_code=credit_code, name_zh=name, kind=kind, created_at=clock.now())


def listing_of_body(owner, *, body=None, **what):
    """A listing on the market that a member offers for a public body."""
    body = body or public_body()
    listing = patents.published(owner, applicants=body.name_zh, **what)
    Listing.objects.filter(pk=listing.pk).update(organisation=body)
    return Listing.objects.get(pk=listing.pk)


def price(form="exclusive", *, cny="360000", basis="lump", method="agreement", note=""):
    return postings.Price(form=form, price_cny=Decimal(cny), price_basis=basis, method=method, note=note)


def posted(listing, *, days_ago=0, **what):
    """A posting by the listing's owner, so many days ago."""
    with clock.at(clock.now() - timedelta(days=days_ago)):
        return postings.posting_create(listing_id=listing.pk, actor=listing.owner, price=price(**what))


def objection(posting, author, text="价格明显偏低。"):
    return postings.objection_file(posting_id=posting.pk, actor=author, text=text)
