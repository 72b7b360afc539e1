"""How a price was found, beside an act that an officer enters into the ledger. Read next: rights.py."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents.states import PriceMethod
from platform_site import clock
from platform_site.ui.widgets import DateInput

EARLIEST = date(1985, 4, 1)  # the Patent Law


class PricedForm(forms.Form):
    """A public research body names where it posted an agreed price; a posting in the portal is found without being named."""

    price_method = forms.ChoiceField(
        label=gettext_lazy("定价方式"), required=False,
        choices=lazy(lambda: [("", _("不清楚")), *PriceMethod.choices], list),
        help_text=gettext_lazy("国家设立的研究开发机构和高等院校协议定价的，签约前须公示（《促进科技成果转化法》第十八条）；在本平台公示过的不必再填下两项。"),
    )  # fmt: skip
    price_posted_on = forms.DateField(label=gettext_lazy("在平台以外公示的日期"), widget=DateInput(), required=False)
    price_posted_where = forms.CharField(label=gettext_lazy("公示的地点"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, where = data.get("price_posted_on"), data.get("price_posted_where")
        if day and not EARLIEST <= day <= clock.today():
            self.add_error("price_posted_on", _("日期应在 1985-04-01（专利法施行）与今天之间。"))
        if bool(day) != bool(where) and "price_posted_on" not in self.errors:
            self.add_error("price_posted_on", _("公示的日期和地点请一并填写。"))
        return data

    def priced(self) -> dict[str, Any]:
        """Fields of Grant and Title."""
        names = ("price_method", "price_posted_on", "price_posted_where")
        return {name: self.cleaned_data[name] for name in names}
