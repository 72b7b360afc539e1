"""How a posted price is written for a reader; no query. Read next: views/postings.py."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site import clock

from .models import PriceObjection, PricePosting
from .states import PostingState


def row(posting: PricePosting) -> dict[str, Any]:
    """A posting with its state in a word; `filed` and `waiting` are counted by posting_queries.postings."""
    words, tone = _state(posting)
    return {
        "posting": posting,
        "state": words,
        "tone": tone,
        "is_open": posting.state == PostingState.POSTED and posting.until >= clock.today(),
        "is_standing": posting.state == PostingState.POSTED,
        "filed": ngettext("%(count)s 项异议", "%(count)s 项异议", posting.filed) % {"count": posting.filed},  # type: ignore[attr-defined]
        "waiting": posting.waiting,  # type: ignore[attr-defined]
    }


def _state(posting: PricePosting) -> tuple[str, str]:
    if posting.state == PostingState.WITHDRAWN:
        return _("已撤回"), ""
    if posting.until >= clock.today():
        return _("公示中"), "ochre"
    if posting.waiting:  # type: ignore[attr-defined]
        return _("期满，有异议待答复"), "cinn"
    return _("公示期满"), "jade"


def objections(found: Iterable[PriceObjection], reader: Any, is_owner: bool) -> list[dict[str, Any]]:
    """Answered ones for everybody, the others for their author and the owner; the owner alone reads who it was."""
    return [
        {
            "objection": one,
            "author": (one.author.display_name or one.author.email) if is_owner else "",
            "answerable": is_owner and not one.answer,
        }
        for one in found
        if one.answer or is_owner or one.author_id == reader.pk
    ]
