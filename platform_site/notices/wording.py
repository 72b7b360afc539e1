"""A notice in words, in the language of the moment. Read next: kinds.py."""

from django.utils.translation import get_language

from platform_site.regions.facts import BY_CODE

from .kinds import KINDS
from .models import Notice


def worded(notice: Notice) -> tuple[str, str]:
    """Subject and text; an `office` kept as a GB/T 2260 code becomes the office's name in the reader's language."""
    data = dict(notice.data)
    fact = BY_CODE.get(str(data.get("office", "")))
    if fact is not None:
        data["office"] = fact.office_en if get_language() == "en" else fact.office_zh
    kind = KINDS[notice.kind]
    return str(kind.subject) % data, str(kind.text) % data
