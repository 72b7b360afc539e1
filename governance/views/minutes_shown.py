"""Minutes as their page shows them: the frozen text in the reader's language, and who has signed. Read next: ../minutes_text.py."""

from typing import Any

from django.utils.translation import gettext as _

from governance import meeting_rules as rules
from governance import minutes_queries as reads
from governance import queries
from governance.minutes_text import who
from governance.models import Meeting, Minutes
from platform_site.accounts.models import User
from platform_site.errors import NotAllowed
from platform_site.ui.formats import listed, reads_chinese
from platform_site.ui.languages import han_marked


def in_language(value: Any) -> Any:
    """Data in which each {zh, en} has become the words of the page's language; Chinese where there is no English."""
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            return value["zh"] if reads_chinese() else han_marked(value["en"] or value["zh"])
        return {name: in_language(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_language(one) for one in value]
    return value


def page(user: User, meeting: Meeting, minutes: Minutes | None, inside: bool) -> dict[str, Any]:
    is_office = inside and rules.office(user)
    context: dict[str, Any] = {"meeting": meeting, "minutes": minutes, "may_assemble": is_office}
    if minutes is None:
        return context
    signed, annexes = reads.signed_of(minutes), reads.annexes_of(minutes)
    mandate = queries.mandate_of(user) if inside else None
    text = in_language(minutes.data)
    return {
        **context,
        "text": text,
        "text_items": text["items"],
        "absent": listed(text["absent"]),
        "facts": [(row["name"], row["value"]) for row in text["facts"]],
        **_signed_rows(signed),
        "annexes": [
            {"number": one.number, "when": one.added_at, "by": han_marked(one.added_by.display_name), "text": _own(one)}
            for one in annexes
        ],
        "may_sign": mandate is not None and mandate.seat.pk in signed.lacking,
        "may_assemble": is_office and not signed.signatures,
        "may_annex": is_office and bool(signed.signatures),
        "is_current": reads.paper_is_current(minutes, len(signed.signatures), len(annexes)),
    }


def _signed_rows(signed: reads.Signed) -> dict[str, Any]:
    """Who has signed, when and for whom, and who has not."""
    names = reads.seat_names()
    return {
        "signatures": [
            {"seat": _name(names[one.seat_id]), "who": _name(who(one)), "when": one.signed_at}
            for one in signed.signatures
        ],
        "lacking": [_name(names[code]) for code in sorted(signed.lacking)],
        "is_complete": signed.is_complete,
    }


def _name(two: Any) -> str:
    return two.zh if reads_chinese() else han_marked(two.en)


def _own(annex: Any) -> str:
    return annex.text_zh if reads_chinese() else han_marked(annex.text_en or annex.text_zh)


def require_signer(user: User, meeting: Meeting) -> None:
    """Raise NotAllowed unless the reader's seat was there; the action asks again under the locks."""
    mandate = queries.mandate_of(user)
    if mandate is None or mandate.seat.pk not in reads.signers_of(meeting):
        raise NotAllowed(_("纪要由出席的席位签署，您的席位没有出席这次会议。"))


def sign_facts(minutes: Minutes) -> list[tuple[str, str]]:
    return [
        (_("纪要"), han_marked(minutes.data["title"]["zh"] if reads_chinese() else minutes.data["title"]["en"])),
        (_("版本"), str(minutes.version)),
        ("SHA-256", minutes.digest),
    ]
