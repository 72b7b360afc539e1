"""The minutes as PDF: a function of what is stored, so making it twice gives the same bytes; no query. Read next: actions/minutes.py."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from platform_site.files import typeset
from platform_site.ui.formats import minute_iso
from trading.contract import Two
from trading.contract_papers import BANNER, MAKER, SHORT

from .minutes_text import who

UNSIGNED = Two("签署中 未全部签署", "Being signed, not complete")


def minutes_pdf(
    text: Mapping[str, Any], *, digest: str, version: int, made: datetime, signatures: Sequence[Any],
    lacking: Sequence[Two], annexes: Sequence[Any], names: Mapping[str, Two], demonstration: bool,
) -> bytes:  # fmt: skip
    """`text` as minutes_text.minutes wrote it, with the signatures so far, marked while one lacks, and the annexes."""
    day: date = timezone.localdate(made)
    return typeset.pdf(
        "minutes.typ",
        {
            **text,
            "maker": MAKER,
            "made": [day.year, day.month, day.day],
            "banner": BANNER._asdict() if demonstration else None,
            "mark": UNSIGNED._asdict() if lacking else None,
            "heading": f"{text['title']['zh']} {text['title']['en']}",
            "short": digest[:SHORT],
            "digest": digest,
            "version": version,
            "signatures": [
                {
                    "seat": names[one.seat_id]._asdict(),
                    "who": who(one)._asdict(),
                    "time": f"{minute_iso(one.signed_at)} (UTC+8)",
                }
                for one in signatures
            ]
            + [{"seat": name._asdict(), "who": Two("", "")._asdict(), "time": ""} for name in lacking],
            "annexes": [
                {"number": one.number, "zh": one.text_zh, "en": one.text_en, "time": minute_iso(one.added_at)}
                for one in annexes
            ],
        },
    )


def file_name(number: str, title: str) -> str:
    """〔2026〕2 领导小组第二次会议纪要.pdf"""
    return f"{number} {title}.pdf"
