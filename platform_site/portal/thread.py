"""One technology from its listing to what came of it, over all eight systems, as far as the reader may see each part. Read next: views/thread.py.

Each system answers its own marks, already narrowed to what this reader may see, in the same five columns; the database
puts them together in one statement. A mark that counts for an indicator of the annual plan names it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from expos.models import Exhibit
from expos.states import ExhibitState
from governance.facility_queries import kept_by
from governance.models import Facility, PolicyApplication, Stationing, Visit
from governance.states import StationingState, SupportState, VisitState
from governance.support_queries import PUBLIC_STATES, decides_in
from patents.models import Grant, Listing, ListingPatent, PricePosting, Review, StatusEvent
from patents.models.review import Decision
from patents.states import EventKind, Form, GrantForm, GrantState
from platform_site.accounts.models import User
from trading.models import Agreement, ConversionReport, NeedProposal, Negotiation
from trading.offer_queries import agreements_visible_to

COLUMNS = ("of", "at", "key", "what", "about")
LISTED, PUBLISHED, REVIEWED = "listing", "published", "review"


class Sort(NamedTuple):
    """What a kind of mark is called, of which of the eight systems, where it leads, and what its `what` means."""

    words: str | Promise
    system: str
    address: str  # by name, with the mark's key; empty: it leads nowhere
    what: Callable[[str], str] | None = None
    counts: dict[str, str] | None = None  # `what` ("" for any) -> slug of the indicator that it counts for


def _label(choices: Any) -> Callable[[str], str]:
    return lambda value: str(choices(value).label)


SORTS: dict[str, Sort] = {
    LISTED: Sort(_("开始填写上架资料"), "S1", ""),
    REVIEWED: Sort(_("上架审核"), "S1", "", _label(Decision), {Decision.APPROVED: "listings_approved"}),
    PUBLISHED: Sort(_("首次上架公开"), "S1", ""),
    "status": Sort(_("法律状态"), "S1", "", _label(EventKind)),
    "posting": Sort(_("公示拟定价格"), "S1", "patents:posting_detail", _label(Form)),
    "grant": Sort(_("权利台账登记"), "S1", "", _label(GrantForm)),
    "proposal": Sort(_("推荐给技术需求"), "S2", "trading:need_detail"),
    "room": Sort(_("开始洽谈"), "S2", "trading:negotiation_detail", None, {"": "negotiations_opened"}),
    "drafted": Sort(_("成交并形成合同"), "S2", "trading:agreement_detail"),
    "signed": Sort(_("双方签署合同"), "S2", "trading:agreement_detail", None, {"": "agreements_signed"}),
    "recorded": Sort(_("合同备案登记"), "S2", "trading:agreement_detail", None, {"": "grants_recorded"}),
    "report": Sort(_("年度转化报告"), "S2", "trading:agreement_detail", None, {"": "conversion_output"}),
    "visit": Sort(_("预约参观共享资源"), "S6", "resources:visit_detail", _label(VisitState), {VisitState.USED: "visits_used"}),
    "stationing": Sort(_("入驻共享资源"), "S6", "resources:stationing_detail", _label(StationingState)),
    "support": Sort(_("申报支持"), "S7", "policies:support_detail", _label(SupportState)),
    "noticed": Sort(_("支持事项公示"), "S7", "", _label(SupportState), {SupportState.PAID: "support_paid"}),
    "exhibit": Sort(_("参加展会"), "S8", "expos:expo_detail", _label(ExhibitState)),
}  # fmt: skip
SYSTEMS: dict[str, str | Promise] = {
    "S1": _("展示"), "S2": _("交易"), "S6": _("共享资源"), "S7": _("优惠政策"), "S8": _("展会"),
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One line of the thread."""

    at: datetime
    title: str
    note: str
    system: str
    url: str
    indicator: str  # address of the indicator's page, empty where it counts for none


def _as(rows: QuerySet[Any], of: str, *, at: str, key: str = "pk", what: str = "", about: str = "") -> QuerySet[Any]:
    """The five columns of a system's rows; days become the first instant of the day."""

    def text(path: str) -> Any:
        return Coalesce(Cast(F(path), CharField()), Value("")) if path else Value("", CharField())

    columns = {
        "of": Value(of, CharField()), "at": Cast(F(at), DateTimeField()), "key": text(key), "what": text(what), "about": text(about),
    }  # fmt: skip
    # under names that no model has, so that none is hidden
    named = rows.order_by().annotate(**{f"t_{name}": value for name, value in columns.items()})
    return named.values_list(*(f"t_{name}" for name in COLUMNS))


def _of_everybody(listing: Listing) -> list[QuerySet[Any]]:
    """What anybody may read who may read the listing."""
    bundled = ListingPatent.objects.filter(listing=listing).values("patent")
    standing = Grant.objects.filter(patent__in=bundled, corrected_by=None).exclude(state=GrantState.RESERVED)
    noticed = PolicyApplication.objects.filter(
        Q(listing=listing) | Q(agreement__listing=listing), state__in=PUBLIC_STATES
    )
    return [
        _as(Listing.objects.filter(pk=listing.pk, published_at__isnull=False), PUBLISHED, at="published_at"),
        _as(
            StatusEvent.objects.filter(patent__in=bundled, corrected=False), "status", at="happened_on", what="kind",
            about="patent__application_number",
        ),
        _as(PricePosting.objects.filter(listing=listing), "posting", at="posted_on", what="form"),
        _as(standing, "grant", at="start", what="form", about="patent__application_number"),
        _as(noticed, "noticed", at="submitted_at", what="state", about="version__title_zh"),
        _as(Exhibit.objects.filter(listing=listing, state=ExhibitState.ACCEPTED), "exhibit", at="made_at", key="expo__year", about="expo__year"),
    ]  # fmt: skip


def _of_insiders(listing: Listing) -> list[QuerySet[Any]]:
    """What its owner and its office know besides: how it came on the market."""
    decided = Review.objects.filter(version__listing=listing).exclude(decision="")
    return [
        _as(Listing.objects.filter(pk=listing.pk), LISTED, at="created_at"),
        _as(decided, REVIEWED, at="decided_at", what="decision"),
    ]


def _of_parties(user: User, listing: Listing) -> list[QuerySet[Any]]:
    """What only those see who take part, or whose office it lies with."""
    deals = Agreement.objects.filter(listing=listing, pk__in=agreements_visible_to(user).order_by().values("pk"))
    own = Q(owner=user) | Q(buyer=user)
    reports = ConversionReport.objects.filter(agreement__in=deals.filter(own).values("pk"))
    proposed = NeedProposal.objects.filter(Q(listing__owner=user) | Q(need__owner=user), listing=listing)
    kept = Facility.objects.filter(kept_by(user)).values("pk")
    visits = Visit.objects.filter(Q(visitor=user) | Q(booked_by=user) | Q(facility__in=kept), listing=listing)
    stays = Stationing.objects.filter(Q(applicant=user) | Q(facility__in=kept), listing=listing)
    asked = PolicyApplication.objects.filter(
        Q(applicant=user) | Q(version__policy__province__in=decides_in(user)), Q(listing=listing) | Q(agreement__listing=listing)
    ).exclude(state__in=PUBLIC_STATES)  # fmt: skip
    rooms = Negotiation.objects.visible_to(user).filter(listing=listing)
    shown = Exhibit.objects.filter(listing=listing, exhibitor=user).exclude(state=ExhibitState.ACCEPTED)
    return [
        _as(proposed, "proposal", at="created_at", key="need__number", about="need__title_zh"),
        _as(rooms, "room", at="opened_at"),
        _as(deals, "drafted", at="made_at", about="number"),
        _as(deals.filter(signed_at__isnull=False), "signed", at="signed_at", about="number"),
        _as(deals.filter(recordal__recorded_on__isnull=False), "recorded", at="recordal__recorded_on", about="recordal__number"),
        _as(reports, "report", at="written_at", key="agreement", about="year"),
        _as(visits, "visit", at="starts_at", what="state", about="facility__name_zh"),
        _as(stays, "stationing", at="starts_on", what="state", about="facility__name_zh"),
        _as(asked, "support", at="submitted_at", what="state", about="version__title_zh"),
        _as(shown, "exhibit", at="made_at", key="expo__year", what="state", about="expo__year"),
    ]  # fmt: skip


def thread(user: Any, listing: Listing, *, insider: bool) -> list[Mark]:
    """Every mark that the reader may see, the latest first: one statement, and one for an officer's provinces."""
    parts = _of_everybody(listing)
    if insider:
        parts += _of_insiders(listing)
    if user.is_authenticated:
        parts += _of_parties(user, listing)
    found = parts[0].union(*parts[1:], all=True)
    rows = sorted(found, key=lambda row: (row[1], row[0], row[2]), reverse=True)
    return [_mark(*row) for row in rows]


def _mark(of: str, at: datetime, key: str, what: str, about: str) -> Mark:
    sort = SORTS[of]
    slug = (sort.counts or {}).get(what, (sort.counts or {}).get("", ""))
    words: Sequence[str] = [sort.what(what) if sort.what and what else "", about]
    return Mark(
        at=at, title=str(sort.words), note=" ".join(one for one in words if one), system=str(SYSTEMS[sort.system]),
        url=reverse(sort.address, args=[key]) if sort.address else "",
        indicator=reverse("governance:indicator_detail", args=[slug]) if slug else "",
    )  # fmt: skip
