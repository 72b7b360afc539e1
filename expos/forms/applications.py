"""What an exhibitor types to have booths, and what office and host answer. Read next: ../views/applications.py."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expos.actions.applications import MOST_EXHIBITS, Asked
from expos.models import Booth, BoothApplication, Delegation, Expo, Hall
from expos.models.application import MOST_BOOTHS, MOST_WISHES
from expos.models.booth import RAW_FROM_M2
from expos.states import BoothKind
from patents.forms.fields import long_text
from patents.models import Listing
from platform_site.ui.widgets import DateInput


class ApplicationForm(forms.Form):
    """Delegation, fascia, how much space, wishes in order, and the exhibits out of one's own listings."""

    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), label=gettext_lazy("参加哪个代表团"), empty_label=None
    )
    fascia_zh = forms.CharField(
        label=gettext_lazy("楣板文字"), max_length=40, help_text=gettext_lazy("展位上方的单位名称。")
    )
    fascia_en = forms.CharField(label=gettext_lazy("英文楣板文字"), max_length=80, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("申请"), widget=forms.RadioSelect,
        choices=[(BoothKind.STANDARD, gettext_lazy("标准展位（3×3 米）")), (BoothKind.RAW, gettext_lazy("光地（36 平方米起）"))],
    )  # fmt: skip
    booths = forms.IntegerField(
        label=gettext_lazy("标准展位数"), min_value=1, max_value=MOST_BOOTHS, initial=1, required=False
    )
    area_m2 = forms.IntegerField(
        label=gettext_lazy("光地面积（平方米）"), min_value=RAW_FROM_M2, max_value=9999, required=False
    )
    corner = forms.BooleanField(label=gettext_lazy("希望要转角展位（价格另计）"), required=False)
    hall = forms.ModelChoiceField(
        Hall.objects.none(), label=gettext_lazy("希望在哪个展厅"), required=False, empty_label=gettext_lazy("都可以")
    )
    near = forms.IntegerField(
        label=gettext_lazy("希望与几号申请相邻"), required=False, min_value=1,
        help_text=gettext_lazy("向对方问得申请号；没有就不填。"),
    )  # fmt: skip
    power_kw = forms.IntegerField(label=gettext_lazy("用电（千瓦）"), min_value=0, max_value=999, initial=0)
    wishes = forms.CharField(
        label=gettext_lazy("展位志愿"), required=False, max_length=60,
        help_text=gettext_lazy("按先后填展位号，以空格分开，最多五个。您暂留的展位自动作第一志愿。"),
    )  # fmt: skip
    exhibits = forms.MultipleChoiceField(
        label=gettext_lazy("展品（本人在架的技术）"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("专利权有效的，按专利展品参展；还在审查的，勾选下一项后按“专利申请中”展出。"),
    )  # fmt: skip
    pending = forms.MultipleChoiceField(
        label=gettext_lazy("其中不标专利标记展出的"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = long_text(gettext_lazy("说明"), rows=3, most=1000)

    def __init__(self, *args: Any, expo: Expo, listings: list[Listing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expo = expo
        delegation = self.fields["delegation"]
        delegation.queryset = expo.delegations.select_related("province")  # type: ignore[attr-defined]
        delegation.label_from_instance = lambda one: one.province.name  # type: ignore[attr-defined]
        self.fields["hall"].queryset = expo.halls.all()  # type: ignore[attr-defined]
        rows = [(str(one.pk), f"{one.number} {one.public_version.title}") for one in listings]
        for name in ("exhibits", "pending"):
            self.fields[name].choices = rows  # type: ignore[attr-defined]

    def clean_exhibits(self) -> list[str]:
        chosen = self.cleaned_data["exhibits"]
        if len(chosen) > MOST_EXHIBITS:
            raise forms.ValidationError(_("请选择一至 %(most)d 项展品。") % {"most": MOST_EXHIBITS})
        return chosen

    def clean_near(self) -> int | None:
        number = self.cleaned_data.get("near")
        if number and not BoothApplication.objects.filter(expo=self.expo, pk=number).exists():
            raise forms.ValidationError(_("这届展会没有第 %(number)s 号申请。") % {"number": number})
        return number

    def clean_wishes(self) -> list[int]:
        typed = list(dict.fromkeys(self.cleaned_data["wishes"].upper().replace("，", " ").replace(",", " ").split()))
        if len(typed) > MOST_WISHES:
            raise forms.ValidationError(_("最多填写 %(most)d 个展位号。") % {"most": MOST_WISHES})
        known = {one.number: one.pk for one in Booth.objects.filter(expo=self.expo, number__in=typed)}
        for number in typed:
            if number not in known:
                raise forms.ValidationError(_("没有展位 %(number)s，展位号见展位图。") % {"number": number})
        return [known[number] for number in typed]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == BoothKind.RAW and not data.get("area_m2") and "area_m2" not in self.errors:
            self.add_error("area_m2", _("请填写光地面积，不小于 36 平方米。"))
        return data

    def asked(self) -> Asked:
        """After a clean."""
        data = self.cleaned_data
        is_raw = data["kind"] == BoothKind.RAW
        return Asked(
            delegation_id=data["delegation"].pk, fascia_zh=data["fascia_zh"], fascia_en=data["fascia_en"], kind=data["kind"],
            exhibits=[(int(pk), pk not in data["pending"]) for pk in data["exhibits"]],
            booths=1 if is_raw else data["booths"] or 1, area_m2=data["area_m2"] if is_raw else 0, corner=data["corner"],
            hall_id=data["hall"].pk if data["hall"] else None, near_id=data["near"], power_kw=data["power_kw"],
            note=data["note"], wishes=data["wishes"],
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why."""

    reason = long_text(gettext_lazy("理由"), required=True, rows=3, most=500)

    def __init__(self, *args: Any, required: bool = True, label: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        if label:
            self.fields["reason"].label = label


class AllotForm(forms.Form):
    """By the host's hand."""

    booths = forms.ModelMultipleChoiceField(
        Booth.objects.none(), label=gettext_lazy("展位"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选，就转入候补。"),
    )  # fmt: skip
    until = forms.DateField(label=gettext_lazy("确认截止"), required=False, widget=DateInput())

    def __init__(self, *args: Any, booths: list[Booth], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["booths"]
        field.queryset = Booth.objects.filter(pk__in=[one.pk for one in booths]).order_by("number")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.number} {one.get_kind_display()} {one.width}×{one.depth}"  # type: ignore[attr-defined]


class UntilForm(forms.Form):
    """Until when the exhibitors confirm."""

    until = forms.DateField(label=gettext_lazy("确认截止（当天仍可确认）"), widget=DateInput())


class ComplaintForm(forms.Form):
    """Which right, and what is wrong with what is shown."""

    basis = forms.CharField(
        label=gettext_lazy("所依据的专利或者权利"), max_length=120,
        help_text=gettext_lazy("专利号，或者“假冒专利”等事由。"),
    )  # fmt: skip
    words = long_text(gettext_lazy("投诉内容"), required=True, rows=6, most=3000)
