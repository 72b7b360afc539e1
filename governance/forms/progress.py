"""What is typed about the progress of a plan: reports with evidence, why one is returned, targets. Read next: ../views/reports.py."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.indicator_queries import ALL
from governance.indicators import INDICATORS, Indicator, Total
from governance.states import ReportKind
from patents.forms.fields import Amount, long_text
from platform_site.files import store
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name

MOST_FILES = 5


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class Papers(forms.FileField):
    """Up to MOST_FILES files, each checked by its content; cleans to a list."""

    widget = _Several(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(_("最多上传 %(most)d 个文件。") % {"most": MOST_FILES}, code="many")
        cleaned: list[UploadedFile] = [super(Papers, self).clean(one, initial) for one in sent]
        for one in cleaned:
            store.check(one)
        if self.required and not cleaned:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return cleaned


class ReportForm(forms.Form):
    """What was done, and the papers that prove it."""

    kind = forms.ChoiceField(label=gettext_lazy("报告种类"), choices=ReportKind, widget=forms.RadioSelect)
    words = long_text(
        gettext_lazy("进展情况"), required=True, rows=6, most=2000,
        help_text=gettext_lazy("写明做了什么、结果如何。核验通过后公开。"),
    )  # fmt: skip
    uploads = Papers(
        label=gettext_lazy("佐证材料"), required=False,
        help_text=gettext_lazy("PDF 或图片，每个不超过 20 MB，最多五个；仅六省审核员、领导小组席位和办公室可以查看。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == ReportKind.COMPLETION and not data.get("uploads") and "uploads" not in self.errors:
            self.add_error("uploads", _("完成报告需要佐证材料。"))
        return data


class ReturnForm(forms.Form):
    reason = long_text(
        gettext_lazy("退回的理由"), required=True, rows=4, most=1000,
        help_text=gettext_lazy("写明还缺什么，报告单位据此补充。"),
    )  # fmt: skip


class TargetsForm(forms.Form):
    """A box for each indicator and province; one for all six where a total is no sum. Empty: no target."""

    def __init__(self, *args: Any, targets: Mapping[str, Mapping[str, Decimal]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in INDICATORS:
            for code in codes_of(one):
                place = province_name(code) if code else _("六省")
                box = Amount(label=f"{one.name} {place}", required=False, max_digits=18, min_value=Decimal("0.01"))
                box.initial = plain(targets.get(one.slug, {}).get(code))
                self.fields[name_of(one.slug, code)] = box

    def targets(self) -> dict[tuple[str, str], Decimal]:
        """After a clean: what targets_save takes."""
        return {
            (one.slug, code): value
            for one in INDICATORS
            for code in codes_of(one)
            if (value := self.cleaned_data.get(name_of(one.slug, code))) is not None
        }

    def rows(self) -> list[dict[str, Any]]:
        """One for each indicator, its boxes in the order of the columns; None where there is no box."""
        return [
            {
                "indicator": one,
                "boxes": [self[name_of(one.slug, code)] if code in codes_of(one) else None for code in (*CODES, ALL)],
            }
            for one in INDICATORS
        ]


def codes_of(one: Indicator) -> tuple[str, ...]:
    return CODES if one.total == Total.SUM else (*CODES, ALL)


def plain(target: Decimal | None) -> str:
    """As people write it: 100, not 100.00."""
    return "" if target is None else f"{target.normalize():f}"


def name_of(slug: str, code: str) -> str:
    return f"{slug}-{code or 'all'}"
