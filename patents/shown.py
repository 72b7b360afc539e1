"""How the parts of a listing are written for a reader, in the language of the page; no query. Read next: views/detail.py."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from patents import checks, ledger
from patents.models import ListingVersion, OfferedForm, Patent, Requirement
from patents.states import Form, PriceBasis, RequirementKind
from platform_site import clock
from platform_site.regions.facts import BY_CODE, CODES
from platform_site.regions.names import province_name
from platform_site.regions.workdays import add_months
from platform_site.ui.formats import cny


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
    if patent.source_words:
        words.append(_("来源：%(source)s") % {"source": patent.source_words})
    if bundled > 1:
        words.append(ngettext("共 %(count)s 件，其余见下", "共 %(count)s 件，其余见下", bundled) % {"count": bundled})
    return " · ".join(words)


def remaining(today: date, ends: date) -> str:
    """Whole years and months from today to the day on which protection ends."""
    if ends <= today:
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


def consents(version: ListingVersion) -> str:
    """The forms of transfer to which the co-owners agree; empty for none."""
    return checks.listed(str(Form(form).label) for form in version.consents)


def offer_row(row: OfferedForm, free: Sequence[ledger.Availability] = ()) -> dict[str, Any]:
    """One form on offer; what is `free` of the patents today says where it cannot be had any more."""
    if row.form == Form.ASSIGNMENT:
        where = _("整件专利，不分省份")
    elif row.provinces:
        where = checks.listed(province_name(code) for code in row.provinces)
    else:
        where = _("全国")
    negotiable = row.price_basis == PriceBasis.NEGOTIABLE
    return {
        "form": row.get_form_display(),
        "is_open": row.form == Form.OPEN,
        "where": where,
        "price": _("面议") if negotiable else cny(row.price_cny),
        "basis": "" if negotiable else row.get_price_basis_display(),
        "note": row.note,
        "gone": gone_words(row, free),
    }


def resting_words(offered: Sequence[OfferedForm], today: Sequence[OfferedForm]) -> str:
    """Why a form of the public text is not on offer today, empty when all of them are (checks.offered_now)."""
    if len(today) == len(offered):
        return ""
    return _("开放许可在年费滞纳期内暂停提供，年费缴清后自动恢复（《专利法实施细则》第八十六条）。")


def gone_words(row: OfferedForm, free: Sequence[ledger.Availability]) -> str:
    """Where a form on offer cannot be had today, and why; empty when it is free wherever it is offered."""
    gone = ledger.taken(free)
    wanted = row.provinces or CODES
    taken = [code for code in CODES if code in wanted and (row.form, code) in gone]
    if not taken:
        return ""
    if row.form == Form.ASSIGNMENT:
        return _("台账上有质押、保全、中止、优先受让权或已签约的转让，暂不能转让")
    if len(taken) == len(wanted):
        return _("台账上已没有可以给予的省份")
    return _("%(places)s已被占用") % {"places": checks.listed(province_name(code) for code in taken)}


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
