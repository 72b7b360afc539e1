"""A public research body posts the price that it means to ask, hears objections, and only then concludes. Read next: rights.py.

S&T Transformation Law art. 18: who sets the price by agreement posts the name of the technology and the price in the unit
first. Lock order: Listing, Posting, Objection.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from patents import posting_queries, queries, rules
from patents.models import Patent, PriceObjection, PricePosting
from patents.states import POSTING_MOVES, Form, GrantForm, ListingState, PostingState, PriceMethod
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move


@dataclass(frozen=True)
class Price:
    """What is to be asked: CNY yuan on a basis, how it was found, and a remark."""

    form: str
    price_cny: Decimal
    price_basis: str
    method: str
    note: str = ""


@transaction.atomic
def posting_create(*, listing_id: int, actor: User, price: Price) -> PricePosting:
    """Post the price of one form of transfer of a listing on the market, for settings.POSTING_DAYS calendar days from today.

    Raises: NotAllowed (not the owner, or no public body); Conflict (not on the market, the form is not offered, posted
    already). Source: S&T Transformation Law art. 18.
    """
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    rules.require(rules.posting_create, actor, listing)
    version = listing.public_version
    if listing.state != ListingState.PUBLISHED or version is None:
        raise Conflict(_("在架的技术才能公示拟交易价格。"))
    if not version.offered_forms.filter(form=price.form).exists():
        raise Conflict(_("这项技术没有提供“%(form)s”。") % {"form": Form(price.form).label})
    if posting_queries.posting_of(listing, price.form) is not None:
        raise Conflict(_("这种方式已有公示。"), _("价格有变的，请先撤回原公示，再重新公示。"))
    today = clock.today()
    posting = PricePosting.objects.create(
        listing=listing, version=version, body=listing.organisation.name_zh, name_zh=version.title_zh,  # type: ignore[union-attr]
        name_en=version.title_en, posted_by=actor, posted_on=today, until=today + timedelta(days=settings.POSTING_DAYS),
        **vars(price),
    )  # fmt: skip
    record(
        actor=actor, verb="patents.posting_create", target=posting, province_code=listing.province_id or "",
        listing=listing.number, form=price.form, price=str(price.price_cny), until=posting.until.isoformat(),
    )  # fmt: skip
    return posting


@transaction.atomic
def posting_withdraw(*, posting_id: int, actor: User, reason: str) -> PricePosting:
    """Take a posting back, with a reason that everybody reads; what was posted stays readable."""
    posting = posting_queries.lock_posting(posting_id)
    rules.require(rules.listing_edit, actor, posting.listing)
    if not reason.strip():
        raise Conflict(_("请写明撤回公示的原因。"))
    move(posting, PostingState.WITHDRAWN, POSTING_MOVES)
    posting.closed_by, posting.closed_at, posting.closing_reason = actor, clock.now(), reason.strip()[:500]
    posting.save(update_fields=["state", "closed_by", "closed_at", "closing_reason"])
    _recorded(posting, actor, "patents.posting_withdraw")
    return posting


@transaction.atomic
def objection_file(*, posting_id: int, actor: User, text: str) -> PriceObjection:
    """Object to a posted price, by anybody signed in but its owner, through the last day; the owner is told and answers.

    Raises: NotAllowed (one's own posting); Conflict (withdrawn, too late, no words).
    """
    posting = posting_queries.lock_posting(posting_id)
    rules.require(rules.objection_file, actor, posting)
    if posting.state != PostingState.POSTED or posting.until < clock.today():
        raise Conflict(_("公示已经结束，不再受理异议。"))
    if not text.strip():
        raise Conflict(_("请写明异议的内容。"))
    if posting.objections.filter(author=actor, answer="").exists():
        raise Conflict(_("您已提出异议，请等权利人答复。"))
    objection = PriceObjection.objects.create(
        posting=posting, author=actor, text=text.strip()[:2000], filed_at=clock.now()
    )
    _recorded(posting, actor, "patents.objection_file", objection=objection.pk)
    after_commit("patents.objection_file_notify", objection_id=objection.pk)
    return objection


@transaction.atomic
def objection_answer(*, objection_id: int, actor: User, answer: str) -> PriceObjection:
    """Answer an objection, once, by the owner of the listing; whoever objected is told.

    Raises: NotAllowed; Conflict (answered already, no words).
    """
    objection = posting_queries.lock_objection(objection_id)
    posting = objection.posting
    rules.require(rules.listing_edit, actor, posting.listing)
    if objection.answer:
        raise Conflict(_("这项异议已经答复。"))
    if not answer.strip():
        raise Conflict(_("请写明答复。"))
    objection.answer, objection.answered_by, objection.answered_at = answer.strip()[:2000], actor, clock.now()
    objection.save(update_fields=["answer", "answered_by", "answered_at"])
    _recorded(posting, actor, "patents.objection_answer", objection=objection.pk)
    after_commit("patents.objection_answer_notify", objection_id=objection.pk)
    return objection


# ---- the guard of whoever concludes


def require_posted(*, patent: Patent, form: str, on: date, entry: Any) -> None:
    """Refuse what a public body concluded at an agreed price that nobody could read before. Inner function: patent locked.

    `entry`: the grant or title that is written, with price_method, price_posting, price_posted_on, price_posted_where;
    a finished posting in the portal is filled in where none is named. `on`: the day of signing. A compulsory licence
    and what a licensee passes on are not asked. Raises: Conflict. Source: S&T Transformation Law art. 18.
    """
    if entry.price_method != PriceMethod.AGREEMENT or form == GrantForm.COMPULSORY or getattr(entry, "parent_id", None):
        return
    if posting_queries.public_body_of(patent) is None:
        return
    if entry.price_posting is not None:
        named: PricePosting = entry.price_posting
        bundled = named.listing.listing_patents.filter(patent=patent).exists()
        if not bundled or named.form != form:
            raise Conflict(_("所填的公示不是这件专利、这种方式的公示。"))
        if posting_queries.is_finished(named, on):
            return
    elif entry.price_posted_on is not None and entry.price_posted_where.strip():
        if entry.price_posted_on <= on:
            return
    else:
        entry.price_posting = posting_queries.posting_before(patent, form, on)
        if entry.price_posting is not None:
            return
    raise Conflict(
        _(
            "专利权人是国家设立的研究开发机构或高等院校：协议定价的，须先公示科技成果名称和拟交易价格，期满并答复异议后才能签约"
            "（《促进科技成果转化法》第十八条）。"
        ),
        _("请先在平台公示，或写明在本单位公示的日期和地点。"),
    )


def _recorded(posting: PricePosting, actor: User, verb: str, **data: Any) -> None:
    listing = posting.listing
    record(
        actor=actor, verb=verb, target=posting, province_code=listing.province_id or "", listing=listing.number,
        form=posting.form, **data,
    )  # fmt: skip
