"""The papers of an agreement as PDF: the contract, and the form that the national office asks for; no query. Read next: actions/papers.py.

A paper is a function of what is stored, so making it twice gives the same bytes (and the same SHA-256).
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import segno
from django.conf import settings
from django.utils import timezone

from patents.states import Form
from platform_site.files import typeset
from platform_site.ui.formats import minute_iso

from . import codes
from .contract import Row, Two, han, row_of
from .states import Side

SHORT = 12  # digits of the digest in the foot of each page
UNSIGNED = Two("草签本 未签署", "Draft, not signed")
BANNER = Two("演示数据，不具法律效力", "Demonstration data, no legal effect")
MAKER = "中部专利平台 Central China Patent Platform"
SIDES = {Side.OWNER: ("甲方", "First party"), Side.BUYER: ("乙方", "Second party")}


def verify_url(code: str) -> str:
    """Where a reader asks whether the paper is genuine, in the language of their browser: never taken from a request."""
    return f"{settings.SITE_ORIGIN}/trading/verify/{code}/"


def contract_pdf(
    text: Mapping[str, Any], *, code: str, made: datetime, signatures: Sequence[Any], demonstration: bool
) -> bytes:
    """The contract: `text` as contract.contract wrote it, the signatures so far (rows of Signature), marked while one lacks."""
    signed = {signature.side: signature for signature in signatures}
    complete = len(signed) == len(Side)
    url = verify_url(code)
    return typeset.pdf(
        "contract.typ",
        {
            **text,
            **_frame(made, demonstration, None if complete else UNSIGNED),
            "heading": f"{text['title']['zh']} {text['title']['en']}",
            "short": text["digest"][:SHORT],
            "code": codes.printed(code),
            "url": url,
            "qr": _qr(url),
            "signatures": [
                _signature(side, party["name"], signed.get(side))
                for side, party in zip(SIDES, text["parties"], strict=True)
            ],
        },
    )


def recordal_form_pdf(
    *,
    number: str,
    digest: str,
    form: str,
    blocks: Sequence[tuple[Two, Sequence[Row]]],
    made: datetime,
    demonstration: bool,
) -> bytes:
    """The data that the national office's form asks for, block by block, laid out by ourselves."""
    if form == Form.ASSIGNMENT:
        title = Two("专利权转移登记信息表", "Particulars for the registration of an assignment")
    else:
        title = Two("专利实施许可合同备案信息表", "Particulars for the recordal of a patent licence")
    return typeset.pdf(
        "recordal_form.typ",
        {
            **_frame(made, demonstration, None),
            "title": title._asdict(),
            "heading": f"{title.zh} {title.en}",
            "number": number,
            "short": digest[:SHORT],
            "blocks": [
                {"han": han(place), "title": name._asdict(), "rows": [row_of(*row) for row in rows]}
                for place, (name, rows) in enumerate(blocks, 1)
            ],
        },
    )


def file_name(number: str, title: str) -> str:
    """HT6-2026-000001 专利实施许可合同.pdf"""
    return f"{number} {title}.pdf"


def _frame(made: datetime, demonstration: bool, mark: Two | None) -> dict[str, Any]:
    day: date = timezone.localdate(made)
    return {
        "maker": MAKER,
        "made": [day.year, day.month, day.day],
        "banner": BANNER._asdict() if demonstration else None,
        "mark": mark._asdict() if mark else None,
    }


def _signature(side: Side, name: str, signature: Any) -> dict[str, Any]:
    """One field of the signature block; an empty time is one that still lacks."""
    return {
        "side": Two(*SIDES[side])._asdict(),
        "name": signature.name if signature else name,
        "time": f"{minute_iso(signature.signed_at)} (UTC+8)" if signature else "",
        "digest": signature.digest if signature else "",
    }


def _qr(url: str) -> str:
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
