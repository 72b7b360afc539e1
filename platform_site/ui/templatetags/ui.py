"""Every component of the portal, one tag each, with named props; all of them stand on the specimen page /<language>/ui/.

Read next: templates/ui/, platform_site/ui/figures.py (geometry), formats.py (numbers and days).
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import Context, engines
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from .. import figures, formats
from ..diff import DiffRow
from ..pagination import PageWindow
from ..renderer import problems_of

register = template.Library()

register.filter("cny", formats.cny)
register.filter("date_iso", formats.date_iso)
register.filter("date_official", formats.date_official)
register.filter("minute_iso", formats.minute_iso)
register.filter("grouped", formats.grouped)
register.filter("han_num", formats.han_num)
register.filter("percent", formats.percent)


def _piece(context: Context, name: str, **props: Any) -> SafeString:
    """Render templates/ui/<name>.html with these props alone: nothing of the page leaks into a block component."""
    return context.template.engine.get_template(f"ui/{name}.html").render(context.new(props))


@lru_cache(maxsize=4_000, typed=True)
def _kept(name: str, language: str | None, **props: Any) -> SafeString:
    """A small component that a page draws again and again, rendered once per language and props.

    Typed: text that is safe already and the same text that is not are different props.
    """
    return engines["django"].engine.get_template(f"ui/{name}.html").render(Context(props))


# ---- text and icons


@register.simple_tag
@lru_cache(maxsize=1_000)
def icon(name: str, size: int = 20) -> SafeString:
    """A drawing of the lucide set beside words; never the only label, so always hidden from screen readers."""
    return SafeString(lucide(name, size=size, aria_hidden="true", focusable="false", **{"class": "i"}))


@register.simple_tag
def when(value: datetime.date | datetime.datetime | None, style: str = "day") -> str:
    """A moment as a <time>: style `day` 2026-11-24, `minute` 2026-11-24 14:32, `official` 2026年11月24日."""
    if value is None:
        return "—"
    written = {"day": formats.date_iso, "minute": formats.minute_iso, "official": formats.date_official}[style](value)
    return format_html('<time class="n" datetime="{}">{}</time>', value.isoformat(), written)


# ---- frame


@register.inclusion_tag("ui/crumb.html")
def crumb(*steps: str) -> dict[str, Any]:
    """The way here: label, address, label, address, …, and the label of this page last. Home is put in front."""
    pairs = [(steps[i], steps[i + 1] if i + 1 < len(steps) else "") for i in range(0, len(steps), 2)]
    return {"steps": pairs}


@register.inclusion_tag("ui/rule.html")
def rule(title: str, href: str = "", more: str = "", id: str = "", level: int = 2) -> dict[str, Any]:
    """The head of a section under its thick and thin line, with an optional link at the right end."""
    return {"title": title, "href": href, "more": more, "id": id, "level": level}


@register.inclusion_tag("ui/btn.html")
def btn(text: str, href: str = "", kind: str = "", icon: str = "", name: str = "", value: str = "") -> dict[str, Any]:
    """A link that looks like a button (`href`), or a submit button. `kind`: alt, danger, sm, wide, or several of them."""
    return {"text": text, "href": href, "kind": kind, "icon": icon, "name": name, "value": value}


@register.inclusion_tag("ui/search_box.html")
def search_box(
    action: str,
    q: str = "",
    scopes: Sequence[tuple[str, str]] = (),
    scope: str = "",
    edge: bool = False,
    placeholder: str = "",
    keep: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """One box for words or a number. `scopes` are (value, label); `edge` draws it on paper; `keep` are hidden parameters."""
    return {
        "action": action, "q": q, "scopes": scopes, "scope": scope, "edge": edge, "placeholder": placeholder, "keep": keep
    }  # fmt: skip


# ---- forms


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm | Sequence[BaseForm]) -> dict[str, Any]:
    """Every error once, in the words that stand beside the field, linked to it; nothing when there are none."""
    return {"problems": problems_of(form)}


def _form_props(
    form: BaseForm | None, action: str, submit: str, kind: str, idempotency_key: str, autosave: str = ""
) -> dict[str, Any]:
    """What both form tags share. A form sent back with errors keeps its key: the failed try wrote nothing."""
    sent = form.data.get("idempotency_key", "") if form is not None and form.is_bound else ""
    own = getattr(form, "idempotency_key", "")
    return {
        "form": form,
        "action": action,
        "submit": submit or _("提交"),
        "kind": kind,
        "key": idempotency_key or sent or own or str(uuid.uuid4()),
        "multipart": form is not None and form.is_multipart(),
        "problems": problems_of(form) if form is not None else [],
        "autosave": autosave,
    }


@register.inclusion_tag("ui/write_form.html", takes_context=True)
def write_form(
    context: Context,
    form: BaseForm,
    action: str = "",
    submit: str = "",
    kind: str = "",
    cancel: str = "",
    idempotency_key: str = "",
    autosave: str = "",
) -> dict[str, Any]:
    """A whole form that changes something: token, idempotency key, error summary, fields, button.

    `action` empty posts to this page; `kind` is the button's; `cancel` an address to leave without writing;
    `autosave` an address to which portal.js posts drafts.
    """
    props = _form_props(form, action, submit, kind, idempotency_key, autosave)
    return {**props, "cancel": cancel, "csrf_token": context.get("csrf_token")}


@register.simple_block_tag(takes_context=True)
def write_open(
    context: Context,
    content: str,
    form: BaseForm | None = None,
    action: str = "",
    submit: str = "",
    kind: str = "",
    idempotency_key: str = "",
    autosave: str = "",
    css: str = "form",
) -> SafeString:
    """The same with a body of one's own: {% write_open action=url submit=word %}…{% endwrite_open %}; `submit="-"` draws no button."""
    props = _form_props(form, action, submit, kind, idempotency_key, autosave)
    return _piece(context, "write_open", **props, content=content, css=css, csrf_token=context.get("csrf_token"))


# ---- states


@register.simple_tag
def tag(text: str, tone: str = "") -> SafeString:
    """A state in one word. `tone`: jade (open, good), ochre (partly, soon), cinn (official act, error), indigo (information)."""
    return _kept("tag", get_language(), text=text if isinstance(text, SafeString) else str(text), tone=tone)


@register.inclusion_tag("ui/chip.html")
def chip(text: str, href: str) -> dict[str, Any]:
    """One filter in use; following the link removes it."""
    return {"text": text, "href": href}


@register.inclusion_tag("ui/light.html")
def light(state: str, text: str = "") -> dict[str, Any]:
    """A lamp: done, green, yellow, red or grey, each with its own shape and word (or `text` instead of the word)."""
    css, words, shape = figures.LIGHTS[state]
    return {"css": css, "words": text or words, "shape": shape}


@register.inclusion_tag("ui/clock.html")
def clock(left: int | None, total: int = 5) -> dict[str, Any]:
    """Working days left of `total`; None means that the clock stands still."""
    return {"face": figures.clock_face(left, total)}


@register.simple_tag
def rights(cells: Mapping[str, str], label: str = "") -> SafeString:
    """Six cells in code order; `cells` maps a province code to free, part, gone or none."""
    return _kept("rights", get_language(), tiles=tuple(figures.rights_tiles(cells)), label=label)


@register.inclusion_tag("ui/rights_key.html")
def rights_key() -> dict[str, Any]:
    """What the marks of the strip mean."""
    return {"states": [(state, figures.RIGHTS[state]) for state in ("free", "part", "gone")]}


@register.simple_tag
def trl(level: int | None) -> SafeString:
    """Technology readiness 1 to 9 as a bar and a number; nothing when it is not stated."""
    return _kept("trl", get_language(), level=level, steps=tuple(figures.level_steps(level or 0)))


@register.inclusion_tag("ui/mosaic.html")
def mosaic(
    counts: Mapping[str, int], host: str = "", href: str = "", caption: str = "", label: str = ""
) -> dict[str, Any]:
    """The six-province figure with a count each. `href` gets the code appended; `host` (a code) is drawn in gold."""
    return {
        "tiles": figures.count_tiles(counts, host=host, href=href), "host": bool(host), "caption": caption,
        "label": label,
    }  # fmt: skip


@register.inclusion_tag("ui/rights_map.html")
def rights_map(cells: Mapping[str, str], href: str = "", label: str = "") -> dict[str, Any]:
    """The same figure shaded by which rights are free; put the table of the same facts beside it."""
    return {"tiles": figures.rights_tiles(cells, href=href), "label": label}


@register.inclusion_tag("ui/share_bar.html")
def share_bar(parts: Sequence[tuple[str, int]], label: str) -> dict[str, Any]:
    """One stacked bar: (light state, count) in order; the label says the same in words."""
    return {"segments": figures.bar_segments([(f"f{figures.LIGHTS[s][0]}", n) for s, n in parts]), "label": label}


@register.inclusion_tag("ui/qr.html")
def qr(text: str, label: str = "") -> dict[str, Any]:
    """A QR code as one SVG path; `label` says where it leads."""
    return {"square": figures.qr_square(text), "label": label}


@register.inclusion_tag("ui/stamp.html")
def stamp(short: str, day: datetime.date | None = None, text: str = "", note: str = "") -> dict[str, Any]:
    """The mark of review: province, month, what was checked, and that it is no recommendation."""
    return {"short": short, "month": f"{day:%Y.%m}" if day else "", "text": text, "note": note}


# ---- results


@register.inclusion_tag("ui/item.html")
def item(
    title: str,
    href: str,
    text: str = "",
    tags: Iterable[tuple[str, str]] = (),
    meta: Iterable[str] = (),
    price: str = "",
    cells: Mapping[str, str] | None = None,
    lang: str = "",
) -> dict[str, Any]:
    """A record in a short list. `tags` are (word, tone); `cells` as for rights; `lang` marks a title in the other language."""
    return {
        "title": title,
        "href": href,
        "text": text,
        "tags": tags,
        "meta": meta,
        "price": price,
        "cells": cells,
        "lang": lang,
    }


@register.inclusion_tag("ui/hit.html")
def hit(
    title: str,
    href: str,
    text: str = "",
    tags: Iterable[tuple[str, str]] = (),
    meta: Iterable[str] = (),
    price: str = "",
    price_note: str = "",
    level: int | None = None,
    cells: Mapping[str, str] | None = None,
    pick: str = "",
    picked: bool = False,
    lang: str = "",
) -> dict[str, Any]:
    """A search result. `pick` is the value of its compare box (name `compare`), empty draws none; `text` may hold <mark>, escaped by its maker."""
    return {
        "title": title, "href": href, "text": text, "tags": tags, "meta": meta, "price": price, "price_note": price_note,
        "level": level, "cells": cells, "pick": pick, "picked": picked, "lang": lang,
    }  # fmt: skip


@register.inclusion_tag("ui/facet.html")
def facet(
    name: str, legend: str, options: Iterable[Mapping[str, Any]], opened: bool = True, kind: str = "checkbox"
) -> dict[str, Any]:
    """One group of filters. Each option: value, label, count (None hides it), checked."""
    return {"name": name, "legend": legend, "options": options, "opened": opened, "kind": kind}


@register.inclusion_tag("ui/seg.html")
def seg(label: str, items: Sequence[tuple[str, str, bool]]) -> dict[str, Any]:
    """Views or orders of one list: (label, address, current)."""
    return {"label": label, "items": items}


@register.inclusion_tag("ui/pages.html")
def pages(window: PageWindow) -> dict[str, Any]:
    """The pager; nothing when one page holds all."""
    return {"window": window}


@register.inclusion_tag("ui/tray.html")
def tray(titles: Sequence[str], href: str, clear: str, most: int = 4) -> dict[str, Any]:
    """What was picked for comparison, at the foot of the list."""
    return {"titles": titles, "href": href, "clear": clear, "most": most}


# ---- records


@register.inclusion_tag("ui/kv4.html")
def kv4(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Up to four key facts side by side: (term, value) or (term, value, small print)."""
    return {"rows": [(*row, "")[:3] for row in rows]}


@register.inclusion_tag("ui/sum.html")
def sum(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Terms and values one below another: (term, value) or (term, value, small print)."""
    return {"rows": [(*row, "")[:3] for row in rows]}


@register.inclusion_tag("ui/line.html")
def line(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A history: each event has when, title, and may have text, url and state (`now`, `next`)."""
    return {"events": events}


@register.inclusion_tag("ui/files.html")
def files(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Documents: name, url (empty when closed), meta (kind and size, or why it is closed)."""
    return {"rows": rows}


@register.inclusion_tag("ui/tasks.html")
def tasks(rows: Iterable[Mapping[str, Any]], prefix: str = "task") -> dict[str, Any]:
    """What is to be done: title, url (empty = cannot begin yet), hint, status, done (plain words), tone of an open tag."""
    return {"rows": rows, "prefix": prefix}


@register.inclusion_tag("ui/queue.html")
def queue(rows: Iterable[Mapping[str, Any]], caption: str) -> dict[str, Any]:
    """An officer's queue: left (working days), total, title, url, applicant, kind, checks."""
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("ui/diff.html")
def diff(rows: Sequence[DiffRow], heading: str = "", caption: str = "") -> dict[str, Any]:
    """Terms that changed, old and new; the unchanged ones fold away below."""
    return {
        "changed": [row for row in rows if row.changed], "same": [row for row in rows if not row.changed],
        "heading": heading, "caption": caption,
    }  # fmt: skip


# ---- blocks with a body of their own


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, top: bool = False) -> SafeString:
    """A sheet on the page; `top` gives it the cinnabar edge of an official matter."""
    return _piece(context, "card", content=content, top=top)


@register.simple_block_tag(takes_context=True)
def note(context: Context, content: str, tone: str = "") -> SafeString:
    """A notice that is read out when it appears. `tone`: good, warn, bad, or none for information."""
    return _piece(context, "note", content=content, tone=tone)


@register.simple_block_tag(takes_context=True)
def blank(context: Context, content: str, title: str = "", kind: str = "first", level: int = 2) -> SafeString:
    """Nothing to show, and why: `first` (first use), `none` (no match), `done` (all done), `denied` (not allowed)."""
    return _piece(context, "blank", content=content, title=title, kind=kind, level=level)


@register.simple_block_tag(takes_context=True)
def sheet(context: Context, content: str) -> SafeString:
    """The bar at the foot of a phone that holds the one main action; not drawn on wider screens."""
    return _piece(context, "sheet", content=content)
