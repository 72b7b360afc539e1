"""Open licences for tests, through the portal's own actions: declared, announced, taken. Read next: patents.py."""

from datetime import timedelta
from decimal import Decimal

from platform_site import clock
from platform_site.files import store
from tests.factories import patents
from trading.actions import opens
from trading.models import OpenDeclaration
from trading.open_terms import Declared, period_from
from trading.terms import digest


def market(owner, **what):
    """A listing on the market that offers an open licence."""
    return patents.published(owner, **{"forms": ["open"], "title": "开放许可的技术", **what})


def fee(**changes):
    """80,000 yuan once, for three years."""
    plain = {"method": "fixed", "amount_cny": Decimal("80000.00"), "years": 3, "conditions": "取得人自备试验条件。"}
    return Declared(**{**plain, **changes})


def declared(owner, *, listing=None, report=False, days_ago=5, brought=None, **changes):
    """A declaration that was filed some days ago and waits for its announcement."""
    listing = listing or market(owner)
    paper = store.store(upload=patents.document("评价报告.pdf"), owner=owner) if report else None
    return opens.open_declare(
        listing_id=listing.pk,
        patent_id=patents.patent_of(listing).pk,
        actor=owner,
        declared=fee(**changes),
        brought=opens.Brought(clock.today() - timedelta(days=days_ago), report=paper, **(brought or {})),
    )


def announcement(officer, *, number="2026开放0001", days_ago=1):
    proof = store.store(upload=patents.document("公告.pdf"), owner=officer)
    return opens.Announcement(number, clock.today() - timedelta(days=days_ago), proof)


def announced(declaration, officer, **what):
    opens.open_declaration_announce(
        declaration_id=declaration.pk, actor=officer, announcement=announcement(officer, **what)
    )
    return OpenDeclaration.objects.get(pk=declaration.pk)


def in_force(owner, *, officer=None, **what):
    """A declaration that everybody can take."""
    return announced(declared(owner, **what), officer or patents.clerk("420000"))


def digest_today(declaration):
    """The digest of what a taker is shown today."""
    start, end = period_from(declaration.declared, clock.today(), declaration.patent.expires_on)
    return digest(declaration.terms(start, end))


def taken(declaration, taker):
    return opens.open_take(declaration_id=declaration.pk, actor=taker, digest=digest_today(declaration))
