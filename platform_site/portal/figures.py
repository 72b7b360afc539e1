"""Figures of the home and statistics pages, each counted from records at the moment of asking. Read next: views/home.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Sum
from django.utils.timezone import localdate

from governance.queries import province_of
from patents import classification, search, search_page
from patents.models import Listing, Review, SearchSummary
from patents.states import Form, PatentKind
from platform_site import clock
from platform_site.accounts.models import User, Verification
from platform_site.accounts.states import VerificationState
from platform_site.regions import facts, workdays
from platform_site.regions.queries import overrides
from trading.models import Negotiation

REVIEWS_AVERAGED = 500  # the newest decisions: what an applicant can expect today, not in 2007
SECTIONS = "ABCDEFGH"
Combination = tuple[str, int, int, int, int]  # province, kinds, sections, forms, n


@dataclass(frozen=True)
class Overview:
    """The home page's four numbers, its mosaic and its fields."""

    on_market: int
    published_this_year: int
    enquiries_this_year: int
    review_days: float | None  # mean working days of a review; None before the first decision
    by_province: dict[str, int]
    by_section: list[tuple[str, str, int]]  # letter, title, count
    host_code: str


def host_of(year: int) -> str:
    """Whose turn the year is, by the rule and what resolutions have changed of it."""
    return province_of(year)


def overview() -> Overview:
    combinations = _combinations()
    year = clock.today().year
    return Overview(
        on_market=sum(total for *_, total in combinations),
        published_this_year=Listing.objects.filter(published_at__year=year).count(),
        enquiries_this_year=Negotiation.objects.filter(opened_at__year=year).count(),
        review_days=_mean_days(_decisions(), overrides()),
        by_province=_by_province(combinations),
        by_section=_by_section(combinations),
        host_code=host_of(year),
    )


def newest(count: int = 4) -> list[dict[str, Any]]:
    """The newest listings on the market as properties of the `item` component, in four queries."""
    ids = search.newest_ids(search.Query(), count)
    return search_page.hits(search.listings_by_id(ids), [])


@dataclass(frozen=True)
class ProvinceFigures:
    code: str
    on_market: int
    published_12_months: int
    verified_members: int
    enquiries: int
    reviews_decided: int
    review_days: float | None


@dataclass(frozen=True)
class Breakdown:
    """Listings on the market by one facet; a listing with several values counts in each."""

    forms: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    sections: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Statistics:
    provinces: list[ProvinceFigures]  # in code order
    breakdown: Breakdown


def statistics() -> Statistics:
    """Everything of the statistics page but the number of members, in seven queries."""
    combinations = _combinations()
    return Statistics(provinces=_provinces(_by_province(combinations)), breakdown=_breakdown(combinations))


def _provinces(on_market: dict[str, int]) -> list[ProvinceFigures]:
    since = clock.now() - timedelta(days=365)
    published = dict(
        Listing.objects.filter(published_at__gte=since).values_list("province").annotate(n=Count("id")).order_by()
    )
    verified = dict(
        Verification.objects.filter(state=VerificationState.VERIFIED)
        .values_list("province")
        .annotate(n=Count("id"))
        .order_by()
    )
    enquiries = dict(Negotiation.objects.values_list("listing__province").annotate(n=Count("id")).order_by())
    decided = dict(Review.objects.exclude(decision="").values_list("province").annotate(n=Count("id")).order_by())
    decisions, known = _decisions(), overrides()
    return [
        ProvinceFigures(
            code=code,
            on_market=on_market.get(code, 0),
            published_12_months=published.get(code, 0),
            verified_members=verified.get(code, 0),
            enquiries=enquiries.get(code, 0),
            reviews_decided=decided.get(code, 0),
            review_days=_mean_days((row for row in decisions if row[0] == code), known),
        )
        for code in facts.CODES
    ]


def _breakdown(combinations: list[Combination]) -> Breakdown:
    return Breakdown(
        forms=[(str(form.label), _bits(combinations, 3, index)) for index, form in enumerate(Form)],
        kinds=[(str(kind.label), _bits(combinations, 1, index)) for index, kind in enumerate(PatentKind)],
        sections=_by_section(combinations),
    )


def members() -> int:
    return User.objects.filter(is_active=True, is_system=False).count()


def _combinations() -> list[Combination]:
    """(province, kinds, sections, forms, n): at most a few hundred rows, whatever the number of listings."""
    return list(
        SearchSummary.objects.filter(total__gt=0)
        .values_list("province_code", "kinds", "sections", "forms")
        .annotate(n=Sum("total"))
        .order_by()
    )


def _by_province(combinations: Iterable[Combination]) -> dict[str, int]:
    counts = dict.fromkeys(facts.CODES, 0)
    for code, *_, total in combinations:
        counts[code] += total
    return counts


def _bits(combinations: Iterable[Combination], column: int, index: int) -> int:
    return sum(row[4] for row in combinations if row[column] >> index & 1)


def _by_section(combinations: list[Combination]) -> list[tuple[str, str, int]]:
    titles = dict(classification.section_choices())
    return [(letter, titles[letter], _bits(combinations, 2, index)) for index, letter in enumerate(SECTIONS)]


def _decisions() -> list[tuple[str, object, object]]:
    return list(
        Review.objects.exclude(decision="")
        .order_by("-decided_at")
        .values_list("province_id", "opened_at", "decided_at")[:REVIEWS_AVERAGED]
    )


def _mean_days(decisions: Iterable[tuple], known: Mapping[date, bool]) -> float | None:
    days = [
        workdays.working_days_between(localdate(opened), localdate(decided), known) for _, opened, decided in decisions
    ]
    return round(sum(days) / len(days), 1) if days else None
