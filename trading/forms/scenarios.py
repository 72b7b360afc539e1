"""Figures for the scenario calculator, as they are typed into an address that can be linked; nothing of them is stored. Read next: ../scenarios.py."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patents.forms.fields import Amount
from trading.models import Offer
from trading.scenarios import MOST_YEARS, Figures
from trading.states import Consideration, RoyaltyBase

LONGEST = 600  # characters of a list of figures
# A blank, a semicolon or a new line parts figures; a comma only behind a unit or before a blank, for it also marks thousands.
_BETWEEN = re.compile(r"[;、\s]+|(?<=[万亿元]),|,(?=\s)")


class YearlyAmounts(forms.CharField):
    """One amount a year from the first on, each as Amount reads it; cleans to a tuple of Decimal."""

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "class": "n", "autocomplete": "off", "inputmode": "text"})
        super().__init__(required=False, widget=widget, max_length=LONGEST, **kwargs)
        self.one = Amount(required=False, min_value=least)

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        text = unicodedata.normalize("NFKC", super().clean(value))
        found = [piece for piece in _BETWEEN.split(text) if piece]
        if len(found) > MOST_YEARS:
            most = ngettext("最多填写 %(n)d 年。", "最多填写 %(n)d 年。", MOST_YEARS) % {"n": MOST_YEARS}
            raise forms.ValidationError(most)
        return tuple(self._amount(year, piece) for year, piece in enumerate(found, start=1))

    def _amount(self, year: int, piece: str) -> Decimal:
        try:
            amount = self.one.clean(piece)
        except forms.ValidationError as error:
            words = {"n": year, "typed": piece[:40], "why": " ".join(error.messages)}
            raise forms.ValidationError(_("第 %(n)d 年的“%(typed)s”：%(why)s") % words) from error
        return amount if amount is not None else Decimal(0)


class ScenarioForm(forms.Form):
    """`figures` after a clean. Sales must be stated where a version in the room has a royalty on them."""

    sales = YearlyAmounts(
        label=gettext_lazy("各年销售额或产值（元）"),
        help_text=gettext_lazy("从第一年起每年一个数，用空格、分号或换行分开，最多 20 年。例如：500万 600万 720万"),
    )
    profits = YearlyAmounts(
        label=gettext_lazy("各年利润（元）"), least=-(10**12),
        help_text=gettext_lazy("提成按利润计算时填写；亏损写负数。不填的，按利润率计算。"),
    )  # fmt: skip
    margin = Amount(label=gettext_lazy("利润率（%）"), required=False, max_digits=6, decimal_places=3, max_value=100)
    discount = Amount(
        label=gettext_lazy("折现率（% 每年）"), required=False, max_digits=6, decimal_places=3, max_value=100,
        help_text=gettext_lazy("填写后另列现值；不填不折现。"),
    )  # fmt: skip
    against = forms.TypedChoiceField(label=gettext_lazy("逐年对比的版本"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, offer: Offer, versions: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.royalties = [one for one in versions if one.consideration == Consideration.ROYALTY]
        others = [one for one in versions if one.pk != offer.pk]
        named = [(one.number, _("第 %(number)s 版") % {"number": one.number}) for one in others]
        self.fields["against"].choices = [("", _("不对比")), *named]  # type: ignore[attr-defined]
        if not others:
            del self.fields["against"]
        if not any(one.royalty_base == RoyaltyBase.PROFIT for one in self.royalties):
            del self.fields["profits"], self.fields["margin"]
        if not self.royalties:
            del self.fields["sales"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        stated = data.get("sales") or data.get("profits")
        if self.royalties and not stated and not {"sales", "profits"} & set(self.errors):
            self.add_error("sales", _("有版本按提成付费，请填写各年的数。"))
        return data

    def figures(self) -> Figures:
        """What was stated; where no version has a royalty, one year without sales. Only after a clean."""
        data = self.cleaned_data
        sales, profits = data.get("sales") or (), data.get("profits") or ()
        stated = sales if sales or profits else (Decimal(0),)
        return Figures(stated, profits, data.get("margin"), data.get("discount"))
