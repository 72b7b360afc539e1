"""Two versions of a listing side by side, as rows that the diff component draws. Read next: platform_site/ui/diff.py."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents.models import ListingVersion, OfferedForm
from patents.states import Form, PriceBasis, RequirementKind
from platform_site.regions.facts import BY_CODE
from platform_site.ui.diff import DiffRow
from platform_site.ui.formats import cny, grouped, listed, reads_chinese

TEXTS: tuple[tuple[str, str | Promise], ...] = (
    ("title_zh", gettext_lazy("名称（中文）")),
    ("title_en", gettext_lazy("名称（英文）")),
    ("problem_zh", gettext_lazy("解决的问题（中文）")),
    ("problem_en", gettext_lazy("解决的问题（英文）")),
    ("solution_zh", gettext_lazy("技术方案（中文）")),
    ("solution_en", gettext_lazy("技术方案（英文）")),
    ("effect_zh", gettext_lazy("效果（中文）")),
    ("effect_en", gettext_lazy("效果（英文）")),
    ("uses_zh", gettext_lazy("用途（中文）")),
    ("uses_en", gettext_lazy("用途（英文）")),
    ("support_zh", gettext_lazy("配套支持（中文）")),
    ("support_en", gettext_lazy("配套支持（英文）")),
)
UNITS = {RequirementKind.AREA: "m²", RequirementKind.POWER: "kW"}


def version_terms(version: ListingVersion) -> dict[str, str]:
    """Every term of a version in words of the active language, in reading order; children are read as prefetched."""
    terms = {str(label): getattr(version, name) for name, label in TEXTS}
    terms[_("成熟度")] = str(version.trl or "")
    terms[_("共有人同意")] = listed(str(Form(form).label) for form in version.consents)
    offered = {row.form: offer_in_words(row) for row in version.offered_forms.all()}
    terms |= {str(Form(form).label): offered.get(form, "") for form in Form.values}
    terms[_("落地条件")] = _lines(_requirement(row) for row in version.requirements.all())
    terms[_("公开的材料")] = _lines(row.title for row in version.attachments.all() if not row.for_office_only)
    terms[_("供审核的材料")] = _lines(row.title for row in version.attachments.all() if row.for_office_only)
    return terms


def version_differences(old: ListingVersion | None, new: ListingVersion) -> list[DiffRow]:
    """One row a term that either version states. Without an old one every row stands as unchanged: there is nothing to mark."""
    after = version_terms(new)
    before = version_terms(old) if old is not None else after
    return [
        DiffRow(term, before.get(term, ""), after.get(term, ""))
        for term in after
        if after.get(term) or before.get(term)
    ]


def offer_in_words(row: OfferedForm) -> str:
    """One form of transfer on offer: where, for how much, and the patentee's remark. Prices are CNY yuan."""
    tongue = "name_zh" if reads_chinese() else "name_en"
    places = [getattr(BY_CODE[code], tongue) for code in sorted(row.provinces) if code in BY_CODE]
    where = ("、" if reads_chinese() else ", ").join(places) if places else _("全国")
    price = str(PriceBasis(row.price_basis).label)
    if row.price_cny is not None:
        price = _("%(price)s（%(basis)s）") % {"price": cny(row.price_cny), "basis": price}
    return ("；" if reads_chinese() else "; ").join(part for part in (where, price, row.note) if part)


def _requirement(row: object) -> str:
    kind = RequirementKind(row.kind)  # type: ignore[attr-defined]
    amount = f"{grouped(row.amount)} {UNITS.get(kind, '')}".strip() if row.amount is not None else ""  # type: ignore[attr-defined]
    text = row.text_zh if reads_chinese() else row.text_en or row.text_zh  # type: ignore[attr-defined]
    return _("%(kind)s：%(text)s") % {"kind": kind.label, "text": " ".join(part for part in (text, amount) if part)}


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)
