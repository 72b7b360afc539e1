"""What a public body posts about its price, and what is said against it. Read next: ../views/postings.py."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from patents.actions.postings import Price
from patents.models import OfferedForm
from patents.states import Form, PriceBasis, PriceMethod

from .fields import Amount


class PriceForm(forms.Form):
    """The price of one of the forms of transfer that the listing offers; what was offered at a price stands there already."""

    form = forms.ChoiceField(label=gettext_lazy("方式"))
    price_cny = Amount(label=gettext_lazy("拟交易价格（元）"))
    price_basis = forms.ChoiceField(
        label=gettext_lazy("计价方式"),
        choices=lazy(lambda: [one for one in PriceBasis.choices if one[0] != PriceBasis.NEGOTIABLE], list),
    )
    method = forms.ChoiceField(
        label=gettext_lazy("定价方式"), choices=PriceMethod.choices,
        help_text=gettext_lazy("协议定价的必须公示；挂牌交易和拍卖的也可以公示。"),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("定价依据与交易对方"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("例如：评估报告编号、集体决策的日期、受让方名称。任何人都能看到。"),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[OfferedForm], **kwargs: Any) -> None:
        priced = next((row for row in offered if row.price_cny is not None), None)
        if priced is not None:
            kwargs["initial"] = {"form": priced.form, "price_cny": priced.price_cny, "price_basis": priced.price_basis}
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(row.form, Form(row.form).label) for row in offered]  # type: ignore[attr-defined]

    @property
    def price(self) -> Price:
        return Price(**self.cleaned_data)


class ObjectionForm(forms.Form):
    """Why somebody thinks that the price is not right."""

    text = forms.CharField(
        label=gettext_lazy("异议"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("写明事实和理由。权利人能看到您的姓名；答复后，异议和答复在本页公开，不显示姓名。"),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The owner's answer."""

    answer = forms.CharField(
        label=gettext_lazy("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("答复后与异议一并公开，不能再改。"),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a posting is taken back."""

    reason = forms.CharField(label=gettext_lazy("撤回的原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
