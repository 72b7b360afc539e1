"""Fields that read what people here type: amounts, folded text, several symbols in one box. Read next: patent.py."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from patents import classification

_GROUPED = re.compile(r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+", re.ASCII)
_UNITS = {"": 1, "元": 1, "万": 10_000, "万元": 10_000, "亿": 100_000_000, "亿元": 100_000_000}
_AMOUNT = re.compile(r"^(?:¥|CNY|RMB|人民币)?\s*(?P<number>[\d.,\s]+?)\s*(?P<unit>亿元|万元|亿|万|元)?$", re.IGNORECASE)
LONGEST_AMOUNT = 40


class Amount(forms.DecimalField):
    """A number as people write it: full-width digits, thousands separators, ¥ and 元 or 万元 about it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "n", "autocomplete": "off"})

    def __init__(
        self, *, max_digits: int = 14, decimal_places: int = 2, min_value: Decimal | int = 0, **kwargs: Any
    ) -> None:
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, min_value=min_value, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        folded = unicodedata.normalize("NFKC", str(value)).strip()
        sign, folded = (-1, folded[1:]) if folded[:1] in ("-", "−") else (1, folded)
        match = _AMOUNT.match(folded) if len(folded) <= LONGEST_AMOUNT else None
        number = match["number"].strip() if match else ""
        if match is None or not _GROUPED.fullmatch(number):
            raise forms.ValidationError(_("请填写数字，例如 360,000 或 36万。"), code="invalid")
        return sign * Decimal(re.sub(r"[,\s]", "", number)) * _UNITS[match["unit"] or ""]


class IpcSymbols(forms.CharField):
    """Several IPC symbols, separated by semicolons, commas or blanks; each must exist. Cleans to a list, main symbol first."""

    most = 20

    def to_python(self, value: Any) -> list[str]:
        text = unicodedata.normalize("NFKC", super().to_python(value))
        # A blank inside one symbol (`H01M 10/0525`) joins what it parted; all other blanks part symbols.
        text = re.sub(r"([A-Ha-h]\d{2}[A-Za-z])\s+(\d{1,4}/)", r"\1\2", text)
        symbols: list[str] = []
        for typed in filter(None, re.split(r"[;,、\s]+", text)):
            symbol = classification.ipc_normalise(typed)
            if not symbol or len(symbol) < 4 or not classification.ipc_is_valid(symbol):
                raise forms.ValidationError(
                    _("“%(typed)s”不是国际专利分类（IPC）中的分类号，应如 H01M 10/0525 或 H01M。")
                    % {"typed": typed[:40]},
                    code="ipc",
                )
            if symbol not in symbols:
                symbols.append(symbol)
        if len(symbols) > self.most:
            raise forms.ValidationError(_("最多填写 %(most)s 个分类号。") % {"most": self.most}, code="many")
        return symbols

    def prepare_value(self, value: Any) -> Any:
        return "; ".join(value) if isinstance(value, list) else value


class LocarnoClass(forms.CharField):
    """One Locarno class, stored as `02-01`."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        symbol = classification.locarno_normalise(text)
        if text and not classification.locarno_is_valid(symbol):
            raise forms.ValidationError(
                _("“%(typed)s”不是洛迦诺分类号，应如 02-01。") % {"typed": text[:40]}, code="locarno"
            )
        return symbol


def long_text(
    label: Any, *, required: bool = False, help_text: Any = "", rows: int = 4, most: int = 4000
) -> forms.CharField:
    """A paragraph; blank lines at its ends are dropped."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
