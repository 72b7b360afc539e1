"""What crawlers may read: public pages, published listings and open needs, in both languages. Read next: ../urls.py."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from governance.facility_queries import FacilitySearch, facilities_found
from governance.models import Facility
from patents.models import Listing
from platform_site.portal.help_pages import PAGES
from trading.models import TechnologyNeed


class PageMap(Sitemap):
    i18n = True
    alternates = True

    def items(self) -> list[tuple[str, tuple[str, ...]]]:
        names = ("portal:home", "patents:listing_search", "trading:need_list", "portal:statistics", "portal:help_index")
        names += ("governance:overview", "governance:agreement", "governance:seat_list", "governance:rotation")
        names += ("policies:policy_list", "policies:entitlement_list", "policies:parity", "policies:support_notices")
        names += ("resources:facility_list", "resources:balance", "expos:expo_list")
        return [(name, ()) for name in names] + [("portal:help_page", (page.slug,)) for page in PAGES]

    def location(self, item: tuple[str, tuple[str, ...]]) -> str:
        return reverse(item[0], args=item[1])


class ListingMap(Sitemap):
    i18n = True
    alternates = True
    limit = 5_000

    def items(self) -> QuerySet[Listing]:
        return Listing.objects.on_market().order_by("id").only("number", "updated_at")

    def lastmod(self, item: Listing) -> object:
        return item.updated_at


class NeedMap(Sitemap):
    i18n = True
    alternates = True
    limit = 5_000

    def items(self) -> QuerySet[TechnologyNeed]:
        return TechnologyNeed.objects.is_open().order_by("id").only("number", "updated_at")

    def lastmod(self, item: TechnologyNeed) -> object:
        return item.updated_at


class FacilityMap(Sitemap):
    i18n = True
    alternates = True
    limit = 5_000

    def items(self) -> QuerySet[Facility]:
        return facilities_found(FacilitySearch()).only("slug", "updated_at", "province")

    def lastmod(self, item: Facility) -> object:
        return item.updated_at


MAPS = {"pages": PageMap, "listings": ListingMap, "needs": NeedMap, "facilities": FacilityMap}
