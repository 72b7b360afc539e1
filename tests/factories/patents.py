"""Listings for tests, made through the portal's own actions: draft, submitted, published. Read next: accounts.py."""

import io
import itertools
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from patents import checklist, numbers, queries
from patents.actions import listings, reviews
from patents.models import Listing, Patent
from patents.states import CONSENT_NEEDED
from platform_site import clock
from platform_site.accounts.models import User
from tests.factories import accounts

_serial = itertools.count(1)
TEXTS = {
    "problem_zh": "镍基催化剂需六百摄氏度以上才能分解氨，能耗高。",
    "solution_zh": "在蜂窝载体上锚定亚纳米钌簇，低载量下保持分散。",
    "effect_zh": "四百二十摄氏度下氨转化率 98.6%。",
    "uses_zh": "加氢站现场制氢。",
    "support_zh": "提供涂覆工艺培训。",
}


def number(serial=None, *, year=2020, digit="1"):
    """A canonical application number nobody else has."""
    digits = f"{year}{digit}{serial or next(_serial):07d}"
    return f"CN{digits}.{numbers.check_digit(digits)}"


def facts(**changes):
    """What the first step of the wizard writes: an invention in force."""
    plain = {
        "application_number": changes.pop("application_number", None) or number(),
        "kind": "invention",
        "title_zh": "低温氨分解制氢用钌基催化剂",
        "title_en": "",
        "abstract_zh": "",
        "ipc": ["B01J23/46"],
        "applicants": "江城先进材料研究院",
        "inventors": "",
        "province_code": "420000",
        "city_code": "420100",
        "filing_date": date(2020, 3, 2),
        "publication_number": "CN111111111A",
        "publication_date": date(2020, 8, 4),
        "grant_date": date(2022, 5, 6),
        "legal_status": "in_force",
        "status_as_of": clock.today(),
        "status_source": "国家知识产权局公布公告",
    }
    return {**plain, **changes}


def form_row(form="ordinary", *, provinces=(), price="360000", basis="yearly", note=""):
    negotiable = price is None
    return {
        "form": form,
        "provinces": list(provinces),
        "price_cny": None if negotiable else Decimal(price),
        "price_basis": "negotiable" if negotiable else basis,
        "note": note,
    }


def draft(
    owner,
    *,
    title="低温氨分解制氢用钌基催化剂",
    title_en="",
    number=None,
    ipc=None,
    forms=None,
    trl=8,
    requirements=(),
    consent=False,
    co_owned=False,
    texts=None,
    complete=True,
    **patent_facts,
):
    """A listing that its owner is still writing; `complete=False` stops after the number was taken."""
    listing = listings.listing_create(actor=owner)
    if not complete:
        return listing
    wanted = facts(application_number=number, **patent_facts)
    if ipc is not None:
        wanted["ipc"] = [ipc] if isinstance(ipc, str) else list(ipc)
    patent = listings.patent_attach(listing_id=listing.pk, actor=owner, facts=wanted)
    rows = [form_row(row) if isinstance(row, str) else row for row in (forms or ["ordinary"])]
    steps = {
        "ownership": {
            "organisation": False,
            "co_owned": {patent.pk} if co_owned else set(),
            "consents": CONSENT_NEEDED if consent is True else consent or (),
        },
        "description": {**TEXTS, "title_zh": title, "title_en": title_en, "trl": trl, **(texts or {})},
        "forms": {"rows": rows},
        "requirements": {"rows": list(requirements)},
    }
    listings.version_fill(listing_id=listing.pk, actor=owner, steps=steps)
    return Listing.objects.get(pk=listing.pk)


def submitted(owner, *, province="420000", **what):
    """A listing that waits in the queue of an office."""
    listing = draft(owner, **what)
    return listings.listing_submit(listing_id=listing.pk, actor=owner, province_code=province)


def faultless(owner, *, province="420000", **what):
    """A listing in the queue on which every machine check passes: the owner holds the patent, and the papers are there."""
    listing = draft(owner, **{"applicants": owner.display_name, **what})
    listings.attachment_add(
        listing_id=listing.pk, actor=owner, upload=document(), title="权属证明", for_office_only=True
    )
    return listings.listing_submit(listing_id=listing.pk, actor=owner, province_code=province)


def published(owner, *, province="420000", officer=None, **what):
    """A listing on the market, approved by an officer of its province."""
    return approve(submitted(owner, province=province, **what), officer=officer)


def approve(listing, *, officer=None):
    """Approve what lies with the office, as the office does."""
    review, officer = taken(listing, officer)
    judged = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}
    reviews.review_approve(review_id=review.pk, actor=officer, checklist=judged)
    return Listing.objects.get(pk=listing.pk)


def send_back(listing, *, reason="请补充检测报告。", officer=None):
    """Return what lies with the office for changes, as the office does."""
    review, officer = taken(listing, officer)
    judged = {"documents": {"ok": False, "note": reason}}
    reviews.review_request_changes(review_id=review.pk, actor=officer, checklist=judged, reason=reason)
    return Listing.objects.get(pk=listing.pk)


def taken(listing, officer=None):
    """The open review of a listing in the hands of an officer, and that officer."""
    review = queries.open_review(queries.version_in_work(listing))
    officer = officer or clerk(review.province_id)
    return reviews.review_take(review_id=review.pk, actor=officer), officer


def clerk(province):
    """The officer who approves where a test does not care which: one for each province."""
    email = f"clerk.{province}@example.org"
    return User.objects.filter(email=email).first() or accounts.officer(email, province=province)


def patent_of(listing):
    return Patent.objects.get(listing_patents__listing=listing)


def picture(name="图.png", size=(40, 30)):
    """An upload that is a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def document(name="权属证明.pdf"):
    """An upload that is a PDF by its first bytes."""
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", content_type="application/pdf"
    )
