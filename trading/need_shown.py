"""How needs, matches and proposals are written for a reader, in the language of the page. Read next: views/needs.py."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.http import Http404, HttpRequest, QueryDict
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from patents import checks
from patents.classification import ipc_title
from patents.models import Listing
from patents.shown import need_row
from patents.states import Form, PatentKind
from platform_site import clock
from platform_site.regions import workdays
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui import formats
from platform_site.ui.pagination import PageWindow, page_links, page_url

from . import need_matching
from .models import NeedProposal, NeedReview, TechnologyNeed
from .need_checklist import POINTS
from .need_filters import NeedFilter
from .need_matches import AT_MOST, conditions_of
from .need_matching import NO, UNSURE, YES, Criterion, Match
from .states import NEED_MOVES, NEED_PUBLIC, NeedState, ProposalState

TONES = {
    NeedState.PUBLISHED: "jade",
    NeedState.SUBMITTED: "indigo",
    NeedState.CHANGES_REQUESTED: "ochre",
    NeedState.REJECTED: "cinn",
}
PROPOSAL_TONES = {ProposalState.OPEN: "indigo", ProposalState.ACCEPTED: "jade"}
LIGHTS = {YES: "done", NO: "red", UNSURE: "yellow"}
MATCHES_SHOWN = 10


def owner_name(need: TechnologyNeed) -> str:
    """Who looks for it: the organisation, else the name that the member has given; never an address."""
    if need.organisation is not None:
        in_english = get_language() == "en" and need.organisation.name_en
        return need.organisation.name_en if in_english else need.organisation.name_zh
    return need.owner.display_name or _("未署名会员")


def lang_of(need: TechnologyNeed, field: str = "title") -> str:
    """What a screen reader is told of a Chinese text on an English page."""
    return "zh-CN" if get_language() == "en" and not getattr(need, f"{field}_en") else ""


def budget(need: TechnologyNeed) -> str:
    return formats.cny(need.budget_cny)


def item(need: TechnologyNeed) -> dict[str, Any]:
    """The properties of the `item` component for one open need."""
    return {
        "title": need.title,
        "href": need.get_absolute_url(),
        "text": Truncator(need.in_language("problem")).chars(110),
        "tags": [(str(Form(form).label), "jade") for form in need.forms] + [(symbol, "") for symbol in need.ipc[:3]],
        "meta": [
            need.number,
            owner_name(need),
            _("用于%(places)s") % {"places": formats.listed(province_name(code) for code in need.places)},
            _("截止 %(day)s") % {"day": need.deadline.isoformat()},
        ],
        "price": _("预算 %(budget)s") % {"budget": budget(need)},
        "lang": lang_of(need),
    }


def facts(need: TechnologyNeed) -> list[tuple[str, str, str]]:
    level = str(checks.LEVELS[need.trl_min - 1])[2:] if need.trl_min else ""
    left = (need.deadline - clock.today()).days
    days = ngettext("还有 %(days)s 天", "还有 %(days)s 天", left) % {"days": left} if left >= 0 else _("已过")
    basis = "" if need.budget_cny is None else str(need.get_budget_basis_display())
    return [
        (_("预算上限"), budget(need), basis),
        (_("成熟度不低于"), f"{need.trl_min} / 9" if need.trl_min else _("不限"), level),
        (_("拟实施省份"), formats.listed(province_name(code) for code in need.places), ""),
        (_("征集截止"), need.deadline.isoformat(), days if need.state == NeedState.PUBLISHED else ""),
    ]


def points(need: TechnologyNeed) -> list[dict[str, str]]:
    """The texts in order; empty ones are left out."""
    names = {"problem": _("要解决的问题"), "effect": _("希望达到的效果"), "present": _("已有的基础")}
    filled = [(name, term) for name, term in names.items() if need.in_language(name)]
    return [{"term": term, "text": need.in_language(name), "lang": lang_of(need, name)} for name, term in filled]


def criteria(need: TechnologyNeed) -> list[tuple[str, str]]:
    """What it is matched by, in words."""
    tongue = get_language() or "zh-hans"
    symbols = [f"{symbol} {ipc_title(symbol, tongue)}".strip() for symbol in need.ipc]
    kinds = formats.listed(str(PatentKind(kind).label) for kind in need.kinds) or _("不限")
    return [
        (_("国际专利分类"), "\n".join(symbols)),
        (_("关键词"), formats.listed(need.keywords)),
        (_("可以接受的方式"), formats.listed(str(Form(form).label) for form in need.forms)),
        (_("专利类型"), kinds),
    ]


def detail(need: TechnologyNeed) -> dict[str, Any]:
    """What every page that shows a whole need writes."""
    return {
        "need": need,
        "tone": TONES.get(NeedState(need.state), ""),
        "owner": owner_name(need),
        "lang": lang_of(need),
        "facts": facts(need),
        "points": points(need),
        "criteria": criteria(need),
        "conditions": [need_row(row) for row in need.conditions.all()],  # type: ignore[arg-type] # has the same fields
    }


# ---- matches


def paged_list(request: HttpRequest, rows: Sequence[Any], size: int = MATCHES_SHOWN) -> tuple[list[Any], PageWindow]:
    """The rows of `?page=` of what is in memory, and what the pager draws. 404 beyond the last page."""
    last = max(1, -(-len(rows) // size))
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 0
    if not 1 <= page <= last:
        raise Http404
    return list(rows[(page - 1) * size : page * size]), page_links(page, last, page_url(request))


def match_rows(matches: Sequence[Match], listings: Mapping[int, Listing]) -> list[dict[str, Any]]:
    """What a page shows of matches: both sides, the points, and every criterion with its reason. One query."""
    beside = conditions_of(matches)
    rows = []
    for match in matches:
        listing = listings.get(match.offer.listing_id)
        if listing is None or listing.public_version is None:
            continue
        rows.append(
            {
                "listing": listing,
                "title": listing.public_version.title,
                "need": match.need,
                "need_owner": owner_name(match.need),
                "score": match.score,
                "is_good": match.is_good,
                "criteria": criterion_rows([*match.criteria, beside[match.need.pk, match.offer.listing_id]]),
            }
        )
    return rows


def criterion_rows(criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    return [
        {
            "label": one.label, "light": LIGHTS[one.verdict], "words": one.words, "why": one.why(),
            "points": one.points, "most": one.most,
        }
        for one in criteria
    ]  # fmt: skip


def printed_rule() -> dict[str, Any]:
    """The rule as the pages print it, from the same constants that it is counted with."""
    return {"weights": need_matching.WEIGHTS, "good": need_matching.GOOD, "most": AT_MOST}


# ---- the list, the owner's list, the officer's queue


def is_open(need: TechnologyNeed) -> bool:
    return need.state == NeedState.PUBLISHED and need.deadline >= clock.today()


def list_controls(request: HttpRequest, filters: NeedFilter, sorts: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Filters, orders and the chips of what is in use, each with the address without it."""
    search, sent = filters.search, cast(QueryDict, filters.data)

    def address(name: str, values: Sequence[str]) -> str:
        query = sent.copy()
        query.setlist(name, list(values))
        return f"{request.path}?{query.urlencode()}" if query.urlencode() else request.path

    used = (
        ("place", search.places, province_name),
        ("form", search.forms, lambda one: Form(one).label),
        ("ipc", search.ipc, str),
    )
    chips = [
        (str(words(one)), address(name, [other for other in values if other != one]))
        for name, values, words in used
        for one in values
    ]
    codes = [{"value": code, "label": province_name(code), "checked": code in search.places} for code in CODES]
    kinds = [{"value": form, "label": label, "checked": form in search.forms} for form, label in Form.choices]
    return {
        "chips": chips,
        "places": codes,
        "forms_wanted": kinds,
        "sorts": [(label, address("sort", [value]), value == search.sort) for value, label in sorts],
        "keep": [(name, value) for name, values in sent.lists() if name != "q" for value in values],
    }


def own_row(need: Any, corrections: Mapping[Any, bool]) -> dict[str, Any]:
    """One need of the owner's list: `need` as queries.needs_of annotates it."""
    left = workdays.working_days_between(clock.today(), need.review_due, corrections) if need.review_due else None
    return {
        "need": need,
        "tone": TONES.get(NeedState(need.state), ""),
        "lang": lang_of(need),
        "left": left,
        "is_open": is_open(need),
        "is_over": not NEED_MOVES[NeedState(need.state)],
    }


def segments(current: str) -> list[tuple[str, str, bool]]:
    words = {"open": _("待办"), "mine": _("由我办理"), "done": _("已办结")}
    return [(label, f"?show={name}" if name != "open" else "?", name == current) for name, label in words.items()]


def review_row(review: NeedReview, days: Any) -> dict[str, Any]:
    need = review.need
    return {
        "review": review,
        "title": need.title,
        "number": need.number,
        "owner": owner_name(need),
        "left": days.left(review.due_on),
    }


def checked_points(review: NeedReview) -> list[tuple[str, bool]]:
    """The three points as they were judged."""
    return [(str(point.label), name in review.checked) for name, point in POINTS.items()]


def proposal_row(proposal: NeedProposal) -> dict[str, Any]:
    listing = proposal.listing
    return {
        "proposal": proposal,
        "tone": PROPOSAL_TONES.get(ProposalState(proposal.state), ""),
        "title": listing.public_version.title if listing.public_version else listing.number,
        "is_open": proposal.state == ProposalState.OPEN,
        "need_hidden": proposal.need.state not in NEED_PUBLIC,
    }
