"""What the page of results says: hits with marked words, chips, facets, and what to do when nothing is found. Read next: views/search.py."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site.regions.facts import PROVINCES
from platform_site.regions.names import province_name
from platform_site.ui import formats
from platform_site.ui.pagination import page_links, page_url

from . import exports, ledger, search, text
from .classification import section_choices
from .filters import SORTS, ListingFilter
from .ledger_queries import availability_of
from .models import Listing
from .search import Found, NumberAnswer, Query
from .states import Form, PatentKind

MOST_COUNTS = 8  # of what each filter costs, on a page without results
EXCERPT = 110  # characters of the evidence sentence
EXCERPT_FIELDS = ("effect", "solution", "problem", "uses")
# What English words of one stem differ in; enough to mark them, PostgreSQL decides what is found.
_ENDINGS = frozenset(
    ["", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied", "er", "ers", "ly", "al", "ion", "ions", "ment", "ments"]
)
_WORD = re.compile(r"[a-z0-9]+")


# ---- marked words


@lru_cache(maxsize=30_000)
def _fold_sign(sign: str) -> str:
    return text.fold(sign)


def spans(words: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words asked for stand in a text, as places in it as it is written; they never overlap."""
    folded, places = [], []
    for place, sign in enumerate(words):
        for one in _fold_sign(sign):
            folded.append(one)
            places.append(place)
    plain = "".join(folded)
    found: list[tuple[int, int]] = []
    for part in sorted(set(parts), key=len, reverse=True):
        found += _spans_of_word(plain, part) if part.isascii() else _spans_of_part(plain, part)
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return [(places[begin], places[end - 1] + 1) for begin, end in merged]


def _spans_of_part(plain: str, part: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.finditer(re.escape(part), plain)]


def _spans_of_word(plain: str, part: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in _WORD.finditer(plain) if _is_same_word(match[0], part)]


def _is_same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    stem = len(os.path.commonprefix([one, other]))
    return stem >= 3 and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS


def marked(words: str, parts: Iterable[str]) -> SafeString:
    """The text, escaped, with <mark> around the words asked for."""
    pieces, at = [], 0
    for begin, end in spans(words, parts):
        pieces += [conditional_escape(words[at:begin]), format_html("<mark>{}</mark>", words[begin:end])]
        at = end
    return mark_safe("".join([*pieces, conditional_escape(words[at:])]))  # noqa: S308 - every piece is escaped above


def excerpt(texts: Iterable[str], parts: Iterable[str]) -> SafeString:
    """The stretch around the first word asked for, from the first text that has one; else the beginning of the first text."""
    wanted = list(parts)
    filled = [words for words in texts if words]
    for words in filled:
        found = spans(words, wanted)
        if found:
            return _cut(words, found[0][0], wanted)
    return _cut(filled[0], 0, wanted) if filled else SafeString("")


def _cut(words: str, around: int, parts: list[str]) -> SafeString:
    # A sentence that fits is shown from its beginning.
    sentence = max(words.rfind(stop, 0, around) for stop in "。；;！？\n") + 1
    begin = sentence if around - sentence < EXCERPT // 2 else around - EXCERPT // 4
    window = words[begin : begin + EXCERPT].strip()
    return format_html(
        "{}{}{}",
        "…" if begin and begin != sentence else "",
        marked(window, parts),
        "…" if begin + EXCERPT < len(words) else "",
    )


# ---- results


def hits(listings: Sequence[Listing], parts: list[str]) -> list[dict[str, Any]]:
    """Every listing of one page with what the ledger leaves free of it today: one query for all."""
    free = availability_of(row.patent for listing in listings for row in listing.listing_patents.all())
    return [hit(listing, parts, free) for listing in listings]


def hit(listing: Listing, parts: list[str], free: Mapping[int, ledger.Availability]) -> dict[str, Any]:
    """The properties of the `hit` component for one listing; `free`: patent pk -> what the ledger leaves free today."""
    version = listing.public_version
    forms = exports.on_offer(listing)
    patents = [row.patent for row in listing.listing_patents.all()]
    cheapest = exports.lowest(forms)
    is_chinese_only = not formats.reads_chinese() and not version.title_en
    kinds = list(dict.fromkeys(patent.get_kind_display() for patent in patents))
    tags = [(form.get_form_display(), "jade") for form in forms] + [(kind, "") for kind in kinds]
    return {
        "title": marked(version.title, parts),
        "href": listing.get_absolute_url(),
        "text": excerpt((version.in_language(field) for field in EXCERPT_FIELDS), parts),
        "tags": [*tags, *([(_("仅有中文"), "")] if is_chinese_only else [])],
        "meta": [
            *(patent.shown_number for patent in patents[:2]),
            _("%(owner)s（%(place)s）")
            % {"owner": exports.owner_name(listing), "place": province_name(listing.province_id)},
            _("发布于 %(day)s") % {"day": formats.date_iso(listing.published_at)},
        ],
        "price": _price(cheapest.price_cny if cheapest else None, is_floor=len(forms) > 1),
        "price_note": cheapest.get_price_basis_display() if cheapest else "",
        "level": version.trl,
        "cells": ledger.strip([(row.form, row.provinces) for row in forms], [free[patent.pk] for patent in patents]),
        "lang": "zh-Hans" if is_chinese_only else "",
    }


def _price(price: Any, *, is_floor: bool) -> str:
    amount = formats.cny(price)
    return _("%(price)s 起") % {"price": amount} if is_floor and price is not None else amount


# ---- addresses of the same search, changed


def address(request: HttpRequest, filters: ListingFilter, **changes: str | None) -> str:
    """The page with some parameters changed (None removes one), from its beginning."""
    query = _copied(filters)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return _joined(request.path, query)


def _copied(filters: ListingFilter) -> QueryDict:
    """The parameters that the page knows; whatever else was in the address is not carried along."""
    query = QueryDict(mutable=True)
    for name, values in filters.data.lists():
        if name in filters.filters:
            query.setlist(name, values)
    return query


def _joined(path: str, query: QueryDict) -> str:
    return f"{path}?{query.urlencode()}" if query else path


@dataclass(frozen=True)
class Chip:
    """One filter in use: its words, the address without it, and the query without it."""

    words: str
    href: str
    query: Query


def chips(request: HttpRequest, filters: ListingFilter) -> list[Chip]:
    """Every valid filter value in use, one chip each."""
    query, found = filters.query, []
    lists = (("free_in", "free_in"), ("province", "provinces"), ("kind", "kinds"), ("form", "forms"), ("ipc", "ipc"))
    for name, attribute in lists:
        values = getattr(query, attribute)
        for value in values:
            left = tuple(other for other in values if other != value)
            href = _without_value(request, filters, name, left)
            found.append(Chip(_chip_words(name, value), href, replace(query, **{attribute: left})))
    singles = (("free_form", ""), ("trl_min", None), ("price_max", None))
    for name, nothing in singles:
        value = getattr(query, name)
        if value != nothing:
            href = address(request, filters, **{name: None})
            found.append(Chip(_chip_words(name, value), href, replace(query, **{name: nothing})))
    return found


def _without_value(request: HttpRequest, filters: ListingFilter, name: str, left: Iterable[str]) -> str:
    query = _copied(filters)
    query.setlist(name, list(left))
    return _joined(request.path, query)


def _chip_words(name: str, value: Any) -> str:
    if name in {"province", "free_in"}:
        place = province_name(value)
        return (
            _("可实施：%(place)s") % {"place": place} if name == "free_in" else _("发布：%(place)s") % {"place": place}
        )
    if name == "kind":
        return str(PatentKind(value).label)
    if name == "form":
        return str(Form(value).label)
    if name == "ipc":
        return _("分类 %(symbol)s") % {"symbol": value}
    if name == "free_form":
        return _("可实施的方式：%(form)s") % {"form": Form(value).label}
    if name == "trl_min":
        return _("成熟度 %(level)s 以上") % {"level": value}
    return _("报价不高于 %(price)s") % {"price": formats.cny(value)}


# ---- facets


def facet_groups(request: HttpRequest, filters: ListingFilter, found: Found) -> dict[str, Any]:
    """Options of each group with counts over the whole result."""
    query, counts = filters.query, found.facets
    codes = [(fact.code, province_name(fact.code)) for fact in PROVINCES]
    current = query.ipc[0] if len(query.ipc) == 1 else ""
    return {
        "free_in": _options(codes, query.free_in, None),
        "province": _options(codes, query.provinces, counts.province),
        "kind": _options(PatentKind.choices, query.kinds, counts.kind),
        "form": _options(Form.choices, query.forms, counts.form),
        "free_form": _options(Form.choices, (query.free_form,), None),
        "ipc": current or _typed(filters, "ipc"),
        "trl": [{"value": level, "checked": query.trl_min == level} for level in range(1, 10)],
        "sections": [
            {
                "letter": letter,
                "title": title,
                "count": counts.ipc[letter],
                "href": address(request, filters, ipc=letter),
            }
            for letter, title in section_choices()
            if counts.ipc.get(letter) and letter != current
        ],
    }


def _typed(filters: ListingFilter, name: str) -> str:
    """What was typed and refused, to be put right; nothing when it was valid or typed several times."""
    values = filters.data.getlist(name)
    return values[0][:30] if len(values) == 1 else ""


def _options(
    choices: Iterable[tuple[Any, Any]], chosen: Iterable[str], counts: Mapping[str, int] | None
) -> list[dict[str, Any]]:
    picked = set(chosen)
    return [
        {
            "value": value,
            "label": label,
            "count": None if counts is None else counts.get(value, 0),
            "checked": value in picked,
        }
        for value, label in choices
    ]


# ---- nothing found


@dataclass(frozen=True)
class WayOut:
    """What leaving something out would give."""

    words: str
    href: str
    count: int


def ways_out(request: HttpRequest, filters: ListingFilter, in_use: list[Chip]) -> dict[str, list[WayOut]]:
    """For each filter and each word, how many would be found without it: one statement with at most MOST_COUNTS counts."""
    query = filters.query
    words = query.asked.parts if len(query.asked.parts) > 1 else []
    by_chip = in_use[:MOST_COUNTS]
    by_word = words[: MOST_COUNTS - len(by_chip)]
    counts = search.totals([chip.query for chip in by_chip] + [(query, query.asked.without(word)) for word in by_word])
    without_chip = [WayOut(chip.words, chip.href, n) for chip, n in zip(by_chip, counts, strict=False)]
    without_word = [
        WayOut(word, address(request, filters, q=" ".join(other for other in words if other != word)), n)
        for word, n in zip(by_word, counts[len(by_chip) :], strict=True)
    ]
    return {
        "filters": without_chip,
        "words": sorted((way for way in without_word if way.count), key=lambda way: -way.count),
    }


# ---- the page


def context(request: HttpRequest, filters: ListingFilter, found: Found, number: NumberAnswer | None) -> dict[str, Any]:
    """Everything that the templates of the page show."""
    query, in_use = filters.query, chips(request, filters)
    window = page_links(found.page, found.pages, page_url(request))
    return {
        "filters": filters,
        "form": filters.form,  # the frame says “错误：” in the title when it has errors
        "wrong": filters.sentences,
        "query": query,
        "found": found,
        "title": _title(query, found),
        "heading": heading(found),
        "hits": hits(search.listings_by_id(found.listing_ids), query.asked.parts),
        "chips": in_use,
        "groups": facet_groups(request, filters, found),
        "sorts": [
            (label, address(request, filters, sort=value), value == query.order)
            for value, label in SORTS
            if query.asked or value != search.RELEVANCE
        ],
        "is_ranked": query.order == search.RELEVANCE,
        "window": window,
        "number": number,
        "number_href": address(request, filters, q=number.expected) if number and number.expected else "",
        "has_no_words": bool(query.words) and not query.asked,
        "ways": None if found.count else ways_out(request, filters, in_use),
        "clear": address(request, filters, **{name: None for name in filters.filters if name not in {"q", "sort"}}),
        "keep": [(name, value) for name, values in _copied(filters).lists() if name != "q" for value in values],
        "downloads": [
            (label, address(request, filters, format=name))
            for label, name in (("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("Atom", "atom"))
        ],
        "atom": address(request, filters, format="atom"),
    }


def heading(found: Found) -> str:
    count = formats.grouped(found.count)
    if not found.count_is_exact:
        return _("%(count)s 项以上技术") % {"count": count}
    return ngettext("共 %(count)s 项技术", "共 %(count)s 项技术", found.count) % {"count": count}


def _title(query: Query, found: Found) -> str:
    """What the browser's tab says: the words and, where there are several, the page."""
    about = _("“%(words)s”的检索结果") % {"words": query.words[:60]} if query.words else _("检索技术")
    if found.pages < 2:
        return about
    where = _("第 %(page)s 页，共 %(pages)s 页") % {"page": found.page, "pages": found.pages}
    return _("%(about)s（%(where)s）") % {"about": about, "where": where}
