"""Which page numbers are offered: first, last, the current one and its neighbours, never a list of all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE = 20


@dataclass(frozen=True)
class PageLink:
    """One cell of the pager: a page to go to, the current page (no link), or a gap (`number` is None)."""

    number: int | None
    url: str = ""
    current: bool = False
    far: bool = False


@dataclass(frozen=True)
class PageWindow:
    """What the pager draws. `last` is None when the end is not known (an estimate only), `following` then says if more is there."""

    page: int
    last: int | None
    links: tuple[PageLink, ...]
    previous_url: str
    next_url: str

    @property
    def is_needed(self) -> bool:
        """One page alone needs no pager."""
        return bool(self.previous_url or self.next_url)


def page_url(request: HttpRequest, name: str = "page") -> Callable[[int], str]:
    """A maker of addresses of this same view with another page; the first page carries no parameter, so it has one address."""

    def url(number: int) -> str:
        query = request.GET.copy()
        query.pop(name, None)
        if number > 1:
            query[name] = str(number)
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return url


def page_links(page: int, last: int | None, url: Callable[[int], str], *, following: bool = False) -> PageWindow:
    """First, last, current and one to each side, with a gap where numbers are left out. Pages count from 1.

    With `last` None (too many to count) only the neighbours that certainly exist are offered; `following` says
    whether a next page exists. Never enumerates: at most seven cells, whatever the size of the table.
    """
    more = page < last if last is not None else following
    wanted = {1, page - 1, page, page + 1 if more else page}
    if last is not None:
        wanted.add(last)
    numbers = sorted(n for n in wanted if n >= 1 and (last is None or n <= max(last, 1)))
    links: list[PageLink] = []
    for number in numbers:
        missing = number - links[-1].number if links and links[-1].number else 1
        if missing == 2:
            links.append(PageLink(number - 1, url(number - 1), far=True))
        elif missing > 2:
            links.append(PageLink(None, far=True))
        links.append(PageLink(number, url(number), current=number == page, far=abs(number - page) > 1))
    return PageWindow(page, last, tuple(links), url(page - 1) if page > 1 else "", url(page + 1) if more else "")


def paged(request: HttpRequest, rows: QuerySet[Any], size: int = PAGE_SIZE) -> tuple[list[Any], PageWindow]:
    """The rows of `?page=` and what the pager draws: one query to count, one to read. 404 beyond the last page."""
    count = rows.count()
    last = max(1, -(-count // size))
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 0
    if not 1 <= page <= last:
        raise Http404
    return list(rows[(page - 1) * size : page * size]), page_links(page, last, page_url(request))
