"""What the host types of booths. Read next: ../views/booth_edit.py."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from expos.floor_plan import Row
from expos.models import Booth, Delegation, Expo, Hall
from expos.states import BoothKind
from patents.forms.fields import Amount


class _Shared(forms.Form):
    """What rows of booths and one booth have in common."""

    hall = forms.ModelChoiceField(Hall.objects.none(), label=gettext_lazy("展厅"), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=BoothKind.choices)
    x = forms.IntegerField(label=gettext_lazy("距西墙（米）"), min_value=0, max_value=400)
    y = forms.IntegerField(label=gettext_lazy("距北墙（米）"), min_value=0, max_value=400)
    width = forms.IntegerField(label=gettext_lazy("东西宽（米）"), min_value=1, max_value=400, initial=3)
    depth = forms.IntegerField(label=gettext_lazy("南北长（米）"), min_value=1, max_value=400, initial=3)
    open_sides = forms.IntegerField(label=gettext_lazy("开口面"), min_value=1, max_value=4, initial=1)
    power_kw = forms.IntegerField(label=gettext_lazy("供电（千瓦，没有填 0）"), min_value=0, max_value=999, initial=3)
    price_cny = Amount(label=gettext_lazy("价格（元，免费填 0）"), initial=Decimal(0))
    pavilion = forms.ModelChoiceField(
        Delegation.objects.none(), label=gettext_lazy("展团"), required=False, empty_label=gettext_lazy("不限")
    )

    def __init__(self, *args: Any, expo: Expo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hall"].queryset = expo.halls.all()  # type: ignore[attr-defined]
        pavilion = self.fields["pavilion"]
        pavilion.queryset = expo.delegations.select_related("province")  # type: ignore[attr-defined]
        pavilion.label_from_instance = lambda one: one.province.name  # type: ignore[attr-defined]


class BoothForm(_Shared):
    """One booth."""

    number = forms.CharField(
        label=gettext_lazy("展位号"), max_length=8, help_text=gettext_lazy("以展厅编号开头，例如 A12。")
    )
    field_order = (
        "number",
        "hall",
        "kind",
        "x",
        "y",
        "width",
        "depth",
        "open_sides",
        "power_kw",
        "price_cny",
        "pavilion",
    )

    def __init__(self, *args: Any, expo: Expo, booth: Booth | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(booth, name) for name in self.field_order} if booth else {}
        super().__init__(*args, expo=expo, initial=initial, **kwargs)


class RowsForm(_Shared):
    """Rows of booths, numbered on."""

    first = forms.IntegerField(label=gettext_lazy("从几号起"), min_value=1, max_value=999, initial=1)
    count = forms.IntegerField(label=gettext_lazy("展位数"), min_value=1, max_value=200, initial=10)
    per_row = forms.IntegerField(label=gettext_lazy("每排几个"), min_value=1, max_value=100, initial=10)
    aisle = forms.IntegerField(label=gettext_lazy("排间通道（米）"), min_value=0, max_value=50, initial=3)
    back_to_back = forms.BooleanField(label=gettext_lazy("第一排靠墙，其后两排背靠背"), required=False)
    corners = forms.BooleanField(label=gettext_lazy("每排两端作转角展位"), required=False, initial=True)
    field_order = (
        "hall", "first", "count", "per_row", "x", "y", "width", "depth", "aisle", "back_to_back", "kind", "corners",
        "open_sides", "power_kw", "price_cny", "pavilion",
    )  # fmt: skip

    def row(self) -> Row:
        """After a clean."""
        data = self.cleaned_data
        return Row(
            data["x"], data["y"], data["count"], data["per_row"], data["width"], data["depth"], data["aisle"],
            data["back_to_back"],
        )  # fmt: skip
