"""What a search shows, for other programs: JSON, CSV and Atom. Read next: search.py, spreadsheets.py (XLSX).

JSON is the contract of the help page on interfaces, to the letter. JSON and Atom carry an ETag over their content.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from platform_site.accounts.queries import is_demonstration
from platform_site.regions.names import province_name
from platform_site.ui.pagination import page_url

from . import search
from .checks import offered_now
from .models import Listing, OfferedForm
from .search import Found, Query
from .states import PriceBasis

FORMATS = ("json", "csv", "xlsx", "atom")
NEWEST = 50
CHUNK = 200
BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for the local encoding


def refusal(sentences: dict[str, str]) -> HttpResponse:
    """400 with what is wrong, in the reader's language."""
    return JsonResponse({"error": " ".join(sentences.values())}, status=400, json_dumps_params={"ensure_ascii": False})


# ---- JSON


def as_json(request: HttpRequest, found: Found) -> HttpResponse:
    """One page of the answer; `next` is a path with the same query."""
    facets = found.facets
    body = {
        "count": found.count,
        "count_is_exact": found.count_is_exact,
        "page": found.page,
        "next": page_url(request)(found.page + 1) if found.has_next else None,
        "facets": {"province": facets.province, "kind": facets.kind, "ipc": facets.ipc, "form": facets.form},
        "results": [result(listing) for listing in search.listings_by_id(found.listing_ids)],
    }
    return json_answer(request, body)


def json_answer(request: HttpRequest, body: dict[str, Any] | list[dict[str, Any]]) -> HttpResponse:
    """JSON with an ETag of its content, or 304 for whoever has it."""
    text = DjangoJSONEncoder(ensure_ascii=False).encode(body)
    return tagged(request, HttpResponse(text, content_type="application/json"))


def result(listing: Listing) -> dict[str, Any]:
    """One listing as other programs see it: the lowest price on offer with its basis, symbols of all its patents."""
    version = listing.public_version
    patents = [row.patent for row in listing.listing_patents.all()]
    forms = on_offer(listing)
    cheapest = lowest(forms)
    return {
        "number": listing.number,
        "url": listing.get_absolute_url(),
        "title_zh": version.title_zh,
        "title_en": version.title_en,
        "province": listing.province_id,
        "kind": patents[0].kind if patents else "",
        "ipc": list(dict.fromkeys(symbol for patent in patents for symbol in patent.ipc)),
        "patents": [patent.application_number for patent in patents],
        "forms": [form.form for form in forms],
        "price_cny": f"{cheapest.price_cny:.2f}" if cheapest else None,
        "price_basis": cheapest.price_basis if cheapest else PriceBasis.NEGOTIABLE.value,
        "published_at": listing.published_at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def on_offer(listing: Listing) -> list[OfferedForm]:
    """What the public text offers today; everything was read before."""
    patents = [row.patent for row in listing.listing_patents.all()]
    return offered_now(listing.public_version.offered_forms.all(), patents)


def lowest(forms: list[OfferedForm]) -> OfferedForm | None:
    """The form with the lowest price; None when every price is to be negotiated."""
    return min((form for form in forms if form.price_cny is not None), key=lambda form: form.price_cny, default=None)


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with an ETag of its content, or 304 for whoever has it."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if answer is not None else response


# ---- CSV


class _Echo:
    """What csv writes into: gives each line back at once."""

    def write(self, line: str) -> str:
        return line


def as_csv(query: Query) -> StreamingHttpResponse:
    """All matches, sent while they are read. Cells that a spreadsheet would run as a formula begin with an apostrophe."""
    response = StreamingHttpResponse(_lines(query), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="patents.csv"'
    return response


def _lines(query: Query) -> Iterator[str]:
    writer = csv.writer(_Echo())
    columns = columns_shown()
    yield BOM + writer.writerow([heading for heading, _value in columns])  # type: ignore[operator]
    for listing in every_listing(query):
        yield writer.writerow([cell(value(listing)) for _heading, value in columns])  # type: ignore[misc]


def every_listing(query: Query) -> Iterator[Listing]:
    """All matches in their order, read a few hundred at a time."""
    ids = search.every_id(query, CHUNK)
    while chunk := list(islice(ids, CHUNK)):
        for listing in search.listings_by_id(chunk):
            yield listing
            # What was read with them points back: cut here, both go at once and not when garbage is looked for.
            for row in (listing, listing.public_version):
                row._prefetched_objects_cache.clear()  # type: ignore[attr-defined, union-attr]


def cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula (=, +, -, @, tab, carriage return in front)."""
    text = "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
    return (
        f"'{text}" if text.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} else text
    )


def columns_shown() -> list[tuple[str, Callable[[Listing], object]]]:
    """Headings in the reader's language, and the value of each column: text, number, Decimal, aware datetime or None.

    The last column says that the data are invented, where they are.
    """
    said = demonstration_sentence()
    return [
        (_("挂牌编号"), lambda listing: listing.number),
        (_("中文名称"), lambda listing: listing.public_version.title_zh),
        (_("英文名称"), lambda listing: listing.public_version.title_en),
        (_("发布省份"), lambda listing: province_name(listing.province_id)),
        (
            _("专利号或申请号"),
            lambda listing: "; ".join(row.patent.shown_number for row in listing.listing_patents.all()),
        ),
        (
            _("专利类型"),
            lambda listing: "; ".join(row.patent.get_kind_display() for row in listing.listing_patents.all()),
        ),
        (_("分类号"), lambda listing: "; ".join(result(listing)["ipc"])),
        (
            _("交易方式"),
            lambda listing: "; ".join(form.get_form_display() for form in on_offer(listing)),
        ),
        (_("报价（元）"), lambda listing: getattr(lowest(on_offer(listing)), "price_cny", None)),
        (_("计价方式"), lambda listing: PriceBasis(result(listing)["price_basis"]).label),
        (_("成熟度"), lambda listing: listing.public_version.trl),
        (_("权利人"), owner_name),
        (_("发布时间"), lambda listing: listing.published_at.astimezone(UTC).replace(microsecond=0)),
        (_("网址"), lambda listing: settings.SITE_ORIGIN + listing.get_absolute_url()),
        *([(_("数据性质"), lambda listing: said)] if said else []),
    ]


def owner_name(listing: Listing) -> str:
    """The organisation in the reader's language, or the person."""
    owner = listing.organisation
    if owner is None:
        return listing.owner.display_name
    return (owner.name_en if get_language() == "en" else "") or owner.name_zh


def demonstration_sentence() -> str:
    """What every export of the demonstration says; empty where the data are real."""
    return _("演示数据：权利人、价格、状态与报价均属虚构。") if is_demonstration() else ""


# ---- Atom


class _Feed(Atom1Feed):
    """A feed without entries is as old as the portal's rules, not as new as the request: its ETag must not change."""

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime(2007, 7, 5, tzinfo=UTC))


def as_atom(request: HttpRequest, query: Query) -> HttpResponse:
    """The newest matches, whatever order was asked for."""
    origin = settings.SITE_ORIGIN
    plain = request.GET.copy()
    for name in ("format", "page"):
        plain.pop(name, None)
    page = f"{origin}{request.path}" + (f"?{plain.urlencode()}" if plain else "")
    feed = _Feed(
        title=_("“%(words)s”的最新技术") % {"words": query.words} if query.words else _("最新发布的技术"),
        link=page,
        description="",
        subtitle=demonstration_sentence() or None,
        language=get_language(),
        feed_url=f"{origin}{request.get_full_path()}",
        feed_guid=page,
    )
    for listing in search.listings_by_id(search.newest_ids(query, NEWEST)):
        version = listing.public_version
        address = origin + listing.get_absolute_url()
        feed.add_item(
            title=version.title,
            link=address,
            unique_id=f"{origin}/patents/{listing.number}/",
            description=version.in_language("effect") or version.in_language("solution"),
            author_name=owner_name(listing),
            pubdate=listing.published_at,
            updateddate=version.submitted_at or listing.published_at,
            categories=result(listing)["ipc"],
        )
    return tagged(request, HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"))
