"""Every address of the portal, read from the resolver: what the matrix, the fuzzing and the house tests walk over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver
from django.utils.translation import override

OURS = ("portal", "ui", "accounts", "patents", "trading", "expos", "governance", "policies", "resources")
SAMPLES = {
    "pk": "1",
    "picks": "1-2",
    "file_pk": "1",
    "party_pk": "1",
    "deed_pk": "1",
    "number": "CN6-2026-999999",
    "slug": "about",
    "step": "description",
    "uidb36": "1",
    "key": "set-password",
    "year": "2026",
    "code": "x",
    "place": "entrance",
    "section": "pages",
    "entry": "grant",
    "indicator": "listings_approved",
    "guid": "00000000-0000-4000-8000-000000000000",
}
HOLE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One pattern: its full name, the address with holes, and the marks on its view."""

    name: str
    pattern: str
    is_public: bool
    writes_once: bool
    view: Any

    @property
    def is_ours(self) -> bool:
        return self.name.partition(":")[0] in OURS

    def at(self, **values: object) -> str:
        """The address with its holes filled, by samples where nothing is given."""
        return "/" + HOLE.sub(lambda hole: str(values.get(hole[1], SAMPLES[hole[1]])), self.pattern)


@cache
def routes() -> dict[str, Route]:
    """By name; the admin site, which has a test of its own, left out."""
    with override("zh-hans"):
        return {route.name: route for route in _walk(get_resolver("platform_site.urls"), (), "")}


def _walk(resolver: Any, names: tuple[str, ...], before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + _readable(str(entry.pattern))
        if isinstance(entry, URLPattern):
            view = entry.callback
            yield Route(
                name=":".join((*names, entry.name or pattern)),
                pattern=pattern,
                is_public=not getattr(view, "login_required", True),
                writes_once=getattr(view, "writes_once", False),
                view=view,
            )
        elif entry.namespace != "admin":
            yield from _walk(entry, (*names, entry.namespace) if entry.namespace else names, pattern)


def _readable(pattern: str) -> str:
    """A regular expression of allauth's as an address with holes."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).replace("^", "").replace("$", "")


def public_addresses() -> list[str]:
    """What anybody may ask for, each pattern once, and a little more where one sample says too little."""
    plain = [route.at() for route in routes().values() if route.is_public]
    return sorted({*plain, "/", "/en/", "/robots.txt", "/sitemap.xml", "/zh-hans/patents/CN201910000000.X/"})
