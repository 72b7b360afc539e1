"""How the parts of a listing are written for a reader, in the language of the page; no query. Read next: views/detail.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from patents import checks, numbers
from patents.models import ListingVersion, OfferedForm, Patent, Requirement
from patents.states import Form, LegalStatus, PriceBasis, RequirementKind
from platform_site import clock
from platform_site.regions.facts import BY_CODE, CODES
from platform_site.regions.workdays import add_months
from platform_site.ui.formats import cny


def province_name(code: str) -> str:
    """One of the six in the language of the page, without a query."""
    return BY_CODE[code].name_en if get_language() == "en" else BY_CODE[code].name_zh


def key_facts(version: ListingVersion, draft: checks.Draft) -> list[tuple[str, str, str]]:
    level = str(checks.LEVELS[version.trl - 1])[2:] if version.trl else ""
    rows = [(_("成熟度"), f"{version.trl} / 9" if version.trl else "—", level)]
    nationwide = any(not row.provinces for row in draft.forms)
    codes = {code for row in draft.forms for code in row.provinces}
    if nationwide:
        rows.append((_("可实施省份"), _("全国"), _("含六省")))
    else:
        names = " ".join(BY_CODE[code].short for code in CODES if code in codes)
        count = ngettext("%(count)s 省", "%(count)s 省", len(codes)) % {"count": len(codes)}
        rows.append((_("可实施省份"), count if codes else "—", names))
    if draft.patents:
        first = draft.patents[0]
        rows.append((_("法律状态"), first.get_legal_status_display(), _status_note(first, len(draft.patents))))
        ends = min(patent.expires_on for patent in draft.patents)
        rows.append((_("剩余保护期"), remaining(clock.today(), ends), _("至 %(day)s") % {"day": ends.isoformat()}))
    return rows


def _status_note(patent: Patent, bundled: int) -> str:
    words = [_("%(day)s 查询") % {"day": patent.status_as_of.isoformat()}]
    if patent.status_source:
        words.append(_("来源：%(source)s") % {"source": patent.status_source})
    if bundled > 1:
        words.append(ngettext("共 %(count)s 件，其余见下", "共 %(count)s 件，其余见下", bundled) % {"count": bundled})
    return " · ".join(words)


def remaining(today: date, ends: date) -> str:
    """Whole years and months from today to the last day of protection."""
    if ends < today:
        return _("已届满")
    months = (ends.year - today.year) * 12 + ends.month - today.month
    if add_months(today, months) > ends:
        months -= 1
    years, rest = divmod(months, 12)
    words = [ngettext("%(years)s 年", "%(years)s 年", years) % {"years": years}] if years else []
    if rest:
        words.append(ngettext("%(months)s 个月", "%(months)s 个月", rest) % {"months": rest})
    return " ".join(words) or _("不足一个月")


def point(version: ListingVersion, name: str) -> dict[str, str]:
    """One technical point; Chinese text on an English page says so to screen readers."""
    lacks_english = get_language() == "en" and not getattr(version, f"{name}_en")
    return {
        "term": str(checks.POINT_NAMES[name]),
        "text": version.in_language(name),
        "lang": "zh-CN" if lacks_english else "",
    }


def offer_row(row: OfferedForm) -> dict[str, Any]:
    if row.form == Form.ASSIGNMENT:
        where = _("整件专利，不分省份")
    elif row.provinces:
        where = checks.listed(province_name(code) for code in row.provinces)
    else:
        where = _("全国")
    negotiable = row.price_basis == PriceBasis.NEGOTIABLE
    return {
        "form": row.get_form_display(),
        "where": where,
        "price": _("面议") if negotiable else cny(row.price_cny),
        "basis": "" if negotiable else row.get_price_basis_display(),
        "note": row.note,
    }


def cells(rows: Sequence[OfferedForm]) -> dict[str, str]:
    """Which of the six a licence is offered in."""
    licences = [row for row in rows if row.form != Form.ASSIGNMENT]
    return {
        code: "free" if any(not row.provinces or code in row.provinces for row in licences) else "none"
        for code in CODES
    }


def history(patent: Patent) -> list[dict[str, Any]]:
    """Filing to expiry, with today's state between; only days that are known."""
    events: list[dict[str, Any]] = [
        {
            "when": patent.filing_date,
            "title": _("申请日"),
            "text": _("申请号 %(number)s") % {"number": numbers.display(patent.application_number, False)},
        },
        {"when": patent.publication_date, "title": _("公开或公告"), "text": patent.publication_number},
        {"when": patent.grant_date, "title": _("授权公告"), "text": str(patent.get_kind_display())},
        {
            "when": patent.status_as_of,
            "title": patent.get_legal_status_display(),
            "text": patent.status_source,
            "state": "now",
        },
    ]
    ahead: list[dict[str, Any]] = [
        {"when": patent.annuity_paid_to, "title": _("年费缴至"), "text": "", "state": "next"}
    ]
    if patent.legal_status not in (LegalStatus.INVALID, LegalStatus.REFUSED, LegalStatus.TERMINATED):
        ahead.append({"when": patent.expires_on, "title": _("保护期届满"), "text": "", "state": "next"})
    known = [event for event in (*events, *ahead) if event["when"]]
    return sorted(known, key=lambda event: event["when"])


def need_row(row: Requirement) -> dict[str, Any]:
    """One thing that whoever makes it needs, with its unit."""
    english = get_language() == "en"
    units = {RequirementKind.EQUIPMENT: _("台（套）"), RequirementKind.AREA: "m²", RequirementKind.POWER: "kW"}
    return {
        "kind": row.get_kind_display(),
        "text": row.text_en if english and row.text_en else row.text_zh,
        "lang": "zh-CN" if english and not row.text_en else "",
        "amount": row.amount,
        "unit": units.get(RequirementKind(row.kind), ""),
    }
