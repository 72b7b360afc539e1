"""What waits for a person and what they wait for, over all apps, in a bounded number of queries. Read next: views/desk.py."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.rules import is_group_staff
from patents.deadlines import deadlines_of
from patents.models import Listing, ListingPatent, ListingVersion, Review
from patents.states import OVER, ListingState, VersionState
from patents.status_queries import events_of
from platform_site import clock
from platform_site.accounts import queries as accounts
from platform_site.accounts import rules
from platform_site.accounts.models import User, Verification
from platform_site.accounts.states import VerificationState
from platform_site.regions import workdays
from platform_site.regions.queries import codes_where, overrides
from platform_site.ui.formats import reads_chinese
from platform_site.ui.languages import han_marked
from trading import offer_queries
from trading import queries as trading
from trading.mediation_queries import waiting_for
from trading.models import Negotiation
from trading.states import MediationState, NegotiationState

from .booth_desk import booth_items
from .deal_desk import filed_agreements, own_payments
from .expo_door_desk import expo_door_items
from .expo_meeting_desk import expo_meeting_items
from .group_desk import group_items
from .meeting_desk import of_meetings
from .need_desk import need_reviews, own_needs
from .plan_desk import plan_items
from .policy_desk import support_items
from .progress_desk import progress_items
from .resource_desk import resource_items

_TOKENS = (
    "member_verify", "listing_review", "mediation_handle", "agreement_examine", "task_report", "plan_comment",
    "support_decide", "facility_keep", "exhibit_review", "expo_run",
)  # fmt: skip
DEADLINES_AHEAD = timedelta(days=92)
DEADLINE_WORKING_DAYS = 64  # about as many as lie in those days: what the face of their clock counts from
SHOWN = 50  # of each kind; whoever has more finds the rest in the list that the desk links to


@dataclass(frozen=True)
class DeskItem:
    """One thing to do, or one thing waited for. `due` is a day in China, None where no clock runs."""

    verb: str | Promise
    title: str
    url: str
    due: date | None = None
    overdue: bool = False
    left: int | None = None  # mainland working days, negative once overdue
    total: int = 5  # working days that the clock had in all
    note: str = ""  # who is waited for, or what was said


@dataclass(frozen=True)
class Desk:
    """Both lists, the periods of law about one's own patents, and the years over which a shown clock runs although their holidays are not published."""

    mine: list[DeskItem] = field(default_factory=list)
    waiting: list[DeskItem] = field(default_factory=list)
    deadlines: list[DeskItem] = field(default_factory=list)
    unpublished_years: list[int] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)  # codes of the provinces whose listings the reader reviews


@dataclass(frozen=True)
class _Calendar:
    """Today and the overrides, read once for every clock of the page."""

    today: date
    days: Mapping[date, bool]

    def left(self, due: date | None) -> int | None:
        return None if due is None else workdays.working_days_between(self.today, due, self.days)

    def item(
        self, verb: str | Promise, title: str, url: str, due: date | None = None, note: str = "", total: int = 5
    ) -> DeskItem:
        late = due is not None and due < self.today
        return DeskItem(verb, title, url, due, late, self.left(due), total, han_marked(note))


def desk_of(user: User) -> Desk:
    """One or two queries for each kind of work, whatever the number of rows."""
    calendar = _Calendar(clock.today(), overrides())
    acts = rules.acts_for_others(user)
    held = codes_where(user, _TOKENS) if acts else {token: [] for token in _TOKENS}
    own, asked = accounts.own_and_waiting(user, held["member_verify"], SHOWN)
    mine: list[DeskItem] = [] if acts else list(_set_up(user, own, calendar))
    waiting = list(_own_verification(own, calendar))
    for listing in _listings(user):
        _sort_in(listing, mine, waiting, calendar)
    for room in _rooms(user):
        _sort_in_room(room, mine, waiting, calendar)
    _sort_in_deals(user, mine, waiting, calendar)
    own_payments(user, calendar, mine, waiting)
    own_needs(user, calendar, mine, waiting)
    mine += of_meetings(user, calendar)
    booth_items(user, held["exhibit_review"], held["expo_run"], calendar, mine, waiting)
    resource_items(user, held["facility_keep"], calendar, mine, waiting)
    expo_meeting_items(user, calendar, mine, waiting)
    expo_door_items(user, calendar, mine, waiting)
    if acts:
        mine += _verifications(asked, calendar)
        mine += _reviews(user, held["listing_review"], calendar)
        mine += need_reviews(user, held["listing_review"], calendar)
        mine += _mediations(user, held["mediation_handle"], calendar)
        mine += filed_agreements(held["agreement_examine"], calendar)
        is_staff = not held["listing_review"] and is_group_staff(user)
        mine += progress_items(user, held["task_report"], is_staff, calendar)
        group_items(user, calendar, mine, waiting)
    mine += plan_items(user, held["plan_comment"], calendar)
    support_items(user, held["support_decide"], calendar, mine, waiting)
    unpublished = _unpublished(mine + waiting, calendar) if acts else []
    return Desk(
        _by_due(mine), _by_due(waiting), _by_due(_deadlines(user, calendar)), unpublished, held["listing_review"]
    )


def _title(number: str, chinese: str | None, english: str | None) -> str:
    """A listing as it is called in the language of the page; Chinese where there is no English."""
    name = (english if not reads_chinese() else "") or chinese or _("（尚未命名）")
    return han_marked(f"{number} {name}")


def _by_due(items: Iterable[DeskItem]) -> list[DeskItem]:
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max))


def _unpublished(items: list[DeskItem], calendar: _Calendar) -> list[int]:
    """Years whose holidays nobody has entered: of every clock shown, and of one that would begin today."""
    new = workdays.add_working_days(calendar.today, settings.REVIEW_WORKING_DAYS, calendar.days)
    years = {item.due.year for item in items if item.due} | {new.year}
    filled_in = {day.year for day in calendar.days}
    return sorted(year for year in years if not workdays.calendar_is_published(year) and year not in filled_in)


# ---- one's own account


def _set_up(user: User, verification: Verification | None, calendar: _Calendar) -> Iterator[DeskItem]:
    state = verification.state if verification else ""
    if user.office_id is None or not user.display_name:
        title = _("个人资料：所在的省和联系方式")
        yield calendar.item(gettext_lazy("填写"), title, reverse("accounts:profile_edit"))
    if state in (VerificationState.SUBMITTED, VerificationState.VERIFIED):
        return
    if accounts.organisation_of(user) is None:
        note = _("以个人名义参加的可以不填")
        yield calendar.item(gettext_lazy("登记"), _("所在单位"), reverse("accounts:organisation_edit"), note=note)
    again = state in (VerificationState.REFUSED, VerificationState.REVOKED)
    verb = gettext_lazy("重新申请") if again else gettext_lazy("申请")
    note = _("通过后才能提交技术审核、发出报价")
    yield calendar.item(verb, _("实名核验"), reverse("accounts:verification_submit"), note=note)


def _own_verification(verification: Verification | None, calendar: _Calendar) -> Iterator[DeskItem]:
    if verification is not None and verification.state == VerificationState.SUBMITTED:
        url = reverse("accounts:verification_submit")
        title, office = _("我的实名核验申请"), verification.province.office
        total = settings.VERIFICATION_WORKING_DAYS
        yield calendar.item(gettext_lazy("核验"), title, url, verification.due_on, office, total)


# ---- one's own listings


def _listings(user: User) -> list[Listing]:
    newest = ListingVersion.objects.filter(listing=OuterRef("pk")).order_by("-number")
    review = Review.objects.filter(version__listing=OuterRef("pk"), decision="").order_by("-id")
    rows = Listing.objects.owned_by(user).exclude(state__in=OVER)
    rows = rows.annotate(
        version_state=Subquery(newest.values("state")[:1]),
        version_title_zh=Subquery(newest.values("title_zh")[:1]),
        version_title_en=Subquery(newest.values("title_en")[:1]),
        review_due=Subquery(review.values("due_on")[:1]),
    )
    unfinished = Q(state__in=[ListingState.DRAFT, ListingState.CHANGES_REQUESTED, ListingState.SUBMITTED])
    revised = Q(version_state__in=[VersionState.EDITING, VersionState.SUBMITTED, VersionState.CHANGES_REQUESTED])
    return list(rows.filter(unfinished | revised).select_related("province").order_by("-updated_at", "-id")[:SHOWN])


def _sort_in(listing: Listing, mine: list[DeskItem], waiting: list[DeskItem], calendar: _Calendar) -> None:
    title = _title(listing.number, listing.version_title_zh, listing.version_title_en)
    if listing.version_state == VersionState.SUBMITTED or listing.state == ListingState.SUBMITTED:
        office = listing.province.office if listing.province else ""
        url = reverse("patents:listing_detail", args=[listing.number])
        total = settings.REVIEW_WORKING_DAYS
        waiting.append(calendar.item(gettext_lazy("审核"), title, url, listing.review_due, office, total))
        return
    changes = ListingState.CHANGES_REQUESTED in (listing.state, listing.version_state)
    revising = listing.state in (ListingState.PUBLISHED, ListingState.SUSPENDED)
    verb = gettext_lazy("修改") if changes else gettext_lazy("完成修订") if revising else gettext_lazy("继续填写")
    url = reverse("patents:listing_edit", args=[listing.number])
    mine.append(calendar.item(verb, title, url, note=_("审核意见已退回") if changes else ""))


# ---- periods of law about one's own patents


def _deadlines(user: User, calendar: _Calendar) -> list[DeskItem]:
    """What is due within a quarter for patents of the member's open listings: two queries, however many patents."""
    bundled = ListingPatent.objects.filter(is_open=True, listing__owner=user).select_related("patent", "listing")
    rows = list(bundled.order_by("-listing__updated_at", "id")[:SHOWN])
    events = events_of([row.patent_id for row in rows])
    last = calendar.today + DEADLINES_AHEAD
    return [
        calendar.item(
            one.words,
            f"{row.patent.shown_number} {row.patent.title}",
            reverse("patents:listing_detail", args=[row.listing.number]),
            one.due,
            total=DEADLINE_WORKING_DAYS,
        )
        for row in rows
        for one in deadlines_of(row.patent, events[row.patent_id], calendar.today, calendar.days)
        if one.due <= last
    ]


# ---- one's own rooms


def _rooms(user: User) -> list[Negotiation]:
    rooms = trading.negotiations_visible_to(user).filter(state=NegotiationState.OPEN)
    return list(rooms.order_by("-last_message_at", "-id")[:SHOWN])


def _sort_in_room(room: Negotiation, mine: list[DeskItem], waiting: list[DeskItem], calendar: _Calendar) -> None:
    turn = trading.turn_of(room, calendar.days)
    if turn is None:
        return
    title = _listing_title(room.listing)
    other = "、".join(trading.shown_name(party.user) for party in trading.counterparts(room))
    due = workdays.add_working_days(timezone.localdate(turn.since), trading.ANSWER_WORKING_DAYS, calendar.days)
    if turn.is_mine:
        verb = gettext_lazy("答复询盘") if room.last_message_at == room.opened_at else gettext_lazy("答复留言")
        mine.append(calendar.item(verb, title, room.get_absolute_url(), due, other, trading.ANSWER_WORKING_DAYS))
    else:
        waiting.append(calendar.item(gettext_lazy("答复"), title, room.get_absolute_url(), None, other))


def _sort_in_deals(user: User, mine: list[DeskItem], waiting: list[DeskItem], calendar: _Calendar) -> None:
    """Offers to answer and agreements to sign, by their last day: one query."""
    for room in offer_queries.deals_of(user)[:SHOWN]:
        title = _listing_title(room.listing)
        if room.offer_until:
            due, is_mine = timezone.localdate(room.offer_until), room.offer_side != room.my_side
            item = calendar.item(
                gettext_lazy("答复报价"), title, room.get_absolute_url(), due, "" if is_mine else _("对方")
            )
            (mine if is_mine else waiting).append(item)
        if room.sign_by:
            url, due = reverse("trading:agreement_detail", args=[room.agreement_pk]), timezone.localdate(room.sign_by)
            note, name = _("对方") if room.has_signed else "", f"{room.agreement_number} {title}"
            (waiting if room.has_signed else mine).append(calendar.item(gettext_lazy("签署合同"), name, url, due, note))


def _listing_title(listing: Listing) -> str:
    version = listing.public_version
    return _title(listing.number, version.title_zh, version.title_en) if version else listing.number


# ---- an office's queues


def _verifications(rows: Iterable[Verification], calendar: _Calendar) -> list[DeskItem]:
    return [
        calendar.item(
            gettext_lazy("核验"),
            _("%(name)s 的实名核验申请") % {"name": row.real_name},
            reverse("accounts:verification_detail", args=[row.pk]),
            row.due_on,
            row.organisation.name_zh if row.organisation else "",
            settings.VERIFICATION_WORKING_DAYS,
        )
        for row in rows
    ]


def _reviews(user: User, codes: list[str], calendar: _Calendar) -> list[DeskItem]:
    """Open reviews of the reader's provinces, but those that a colleague has taken and those of their own listings."""
    rows = Review.objects.filter(province__in=codes, decision="").filter(Q(taken_by=None) | Q(taken_by=user))
    rows = (
        rows.exclude(version__listing__owner=user).select_related("version__listing").order_by("due_on", "id")[:SHOWN]
    )
    return [
        calendar.item(
            gettext_lazy("审核"),
            _title(row.version.listing.number, row.version.title_zh, row.version.title_en),
            reverse("patents:review_detail", args=[row.pk]),
            row.due_on,
            _("您已接手") if row.taken_by_id else "",
            settings.REVIEW_WORKING_DAYS,
        )
        for row in rows
    ]


def _mediations(user: User, codes: list[str], calendar: _Calendar) -> list[DeskItem]:
    """What parties asked of the reader's provinces, but those that a colleague has accepted; nothing of what they said."""
    items = []
    for row in waiting_for(user, codes, SHOWN):
        listing, version = row.negotiation.listing, row.negotiation.listing.public_version
        title = _title(listing.number, version.title_zh, version.title_en) if version else listing.number
        verb = gettext_lazy("受理调解") if row.state == MediationState.ASKED else gettext_lazy("调解")
        items.append(calendar.item(verb, title, row.get_absolute_url(), note=trading.shown_name(row.asked_by)))
    return items
