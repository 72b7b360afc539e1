"""What the office enters of a seat, and what its holder does: by whom, from which day, by which act. Read next: ../views/seats.py."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site import clock
from platform_site.ui.widgets import DateInput

from .account import Account

ACT_HELP = gettext_lazy("文件名称和文号，例如“晋知发〔2026〕12号任职通知”。会公开。")


class AppointForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=80)
    post_zh = forms.CharField(label=gettext_lazy("职务"), max_length=80)
    post_en = forms.CharField(label=gettext_lazy("职务（英文）"), max_length=120, required=False)
    user = Account(
        label=gettext_lazy("账号邮箱"), required=False,
        help_text=gettext_lazy("有账号才能以席位名义办理；只登记历史任职的，可以不填。"),
    )  # fmt: skip
    starts_on = forms.DateField(
        label=gettext_lazy("任职日"), widget=DateInput(), help_text=gettext_lazy("前任同日离任。")
    )
    act = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=ACT_HELP)


class VacateForm(forms.Form):
    ends_on = forms.DateField(
        label=gettext_lazy("离任日"), widget=DateInput(), help_text=gettext_lazy("从这一天起席位空缺。今天或以后。")
    )
    act = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=ACT_HELP)


class DeputyForm(forms.Form):
    """Days as people name them: the last one is included, and cleans to the first on which it is over."""

    user = Account(label=gettext_lazy("代理人的账号邮箱"))
    starts_on = forms.DateField(label=gettext_lazy("第一天"), widget=DateInput())
    last_on = forms.DateField(
        label=gettext_lazy("最后一天"), widget=DateInput(), help_text=gettext_lazy("最长一年，可以随时撤回。")
    )
    act = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=ACT_HELP)

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        first, last = data.get("starts_on"), data.pop("last_on", None)
        if first and first < clock.today():
            self.add_error("starts_on", _("代理的第一天不能早于今天。"))
        if first and last and last < first:
            self.add_error("last_on", _("最后一天不能早于第一天。"))
        if last:
            data["ends_on"] = last + timedelta(days=1)
        return data


class LiaisonForm(forms.Form):
    user = Account(label=gettext_lazy("联络员的账号邮箱"))
    starts_on = forms.DateField(label=gettext_lazy("起始日"), widget=DateInput())
    act = forms.CharField(label=gettext_lazy("依据"), max_length=200, help_text=ACT_HELP)
