"""Needs for tests, made through the portal's own actions: draft, submitted, published, proposed to. Read next: patents.py."""

from datetime import timedelta
from decimal import Decimal

from platform_site import clock
from tests.factories.patents import clerk
from trading.actions import need_proposals, need_reviews, needs
from trading.models import TechnologyNeed
from trading.need_checklist import POINTS


def values(**changes):
    """What the form cleans: a need that the listing of tests/factories/patents.py answers in full."""
    plain = {
        "title_zh": "寻求低温氨分解制氢催化剂",
        "title_en": "",
        "problem_zh": "加氢站现场制氢需要六百摄氏度以上，启动慢。",
        "problem_en": "",
        "effect_zh": "四百五十摄氏度以下转化率不低于 98%。",
        "effect_en": "",
        "present_zh": "已有中试反应器一套。",
        "present_en": "",
        "keywords": ["氨分解", "催化剂"],
        "ipc": ["B01J23/46"],
        "kinds": [],
        "forms": ["ordinary"],
        "places": ["430000"],
        "budget_cny": Decimal("400000"),
        "budget_basis": "yearly",
        "trl_min": 6,
        "deadline": clock.today() + timedelta(days=60),
    }
    return {**plain, **changes}


def draft(owner, *, conditions=(), **changes):
    """A need that its owner is still writing."""
    return needs.need_create(actor=owner, values=values(**changes), conditions=conditions)


def submitted(owner, *, province="430000", **changes):
    """A need that waits in the queue of an office."""
    need = draft(owner, **changes)
    needs.need_submit(need_id=need.pk, actor=owner, province_code=province)
    return TechnologyNeed.objects.get(pk=need.pk)


def taken(need, officer=None):
    """The open review of a need in the hands of an officer, and that officer."""
    review = need.reviews.get(decision="")
    officer = officer or clerk(review.province_id)
    return need_reviews.need_review_take(review_id=review.pk, actor=officer), officer


def approve(need, officer=None):
    review, officer = taken(need, officer)
    need_reviews.need_review_approve(review_id=review.pk, actor=officer, checked=list(POINTS))
    return TechnologyNeed.objects.get(pk=need.pk)


def published(owner, *, province="430000", officer=None, **changes):
    """A need that anybody can see and propose to."""
    return approve(submitted(owner, province=province, **changes), officer)


def proposal(need, listing, text="这项技术在四百二十摄氏度即可达到所求的转化率。"):
    return need_proposals.need_propose(need_id=need.pk, listing_id=listing.pk, actor=listing.owner, text=text)


def form_data(**changes):
    """The same need as a browser sends it."""
    filled = values()
    sent = {name: value for name, value in filled.items() if value not in (None, "", [])}
    sent |= {"keywords": "氨分解 催化剂", "ipc": "B01J 23/46", "deadline": filled["deadline"].isoformat()}
    sent |= {"need-TOTAL_FORMS": "0", "need-INITIAL_FORMS": "0"}
    return {**sent, **changes}


def refused(need, state="changes_requested", reason="请写明工况和指标。", officer=None):
    """Send back, or refuse for good, what lies with the office."""
    review, officer = taken(need, officer)
    act = need_reviews.need_review_reject if state == "rejected" else need_reviews.need_review_request_changes
    act(review_id=review.pk, actor=officer, reason=reason)
    return TechnologyNeed.objects.get(pk=need.pk)
