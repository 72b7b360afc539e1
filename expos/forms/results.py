"""What is typed of results: recorded, disputed, climbing, answered, ordered. Read next: ../views/results.py."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expos.models import Expo
from expos.states import CeremonyState, FollowWord, Rung
from patents.forms.fields import Amount, long_text
from patents.models import Listing
from platform_site import clock
from platform_site.regions.names import province_name
from platform_site.ui.widgets import DateInput
from trading.models import Agreement, TechnologyNeed

from .doors import Person


class ResultForm(forms.Form):
    """Two sides by account or by name, what it is about, which rung, when; numbers of listing, need and contract are optional."""

    province_id = forms.ChoiceField(label=gettext_lazy("代表团"))
    rung = forms.ChoiceField(label=gettext_lazy("成果级别"), choices=Rung.choices)
    signed_on = forms.DateField(label=gettext_lazy("签署日期"), widget=DateInput())
    owner_name = forms.CharField(label=gettext_lazy("技术方名称"), max_length=120)
    owner = Person(
        label=gettext_lazy("技术方的账户邮箱"),
        required=False,
        help_text=gettext_lazy("填写的，请对方在线确认；不填的，以登记单位核对的签约文本为准。"),
    )
    taker_name = forms.CharField(label=gettext_lazy("需求方名称"), max_length=120)
    taker = Person(label=gettext_lazy("需求方的账户邮箱"), required=False)
    listing = forms.CharField(label=gettext_lazy("技术编号"), max_length=30, required=False)
    need = forms.CharField(label=gettext_lazy("需求编号"), max_length=30, required=False)
    agreement = forms.CharField(
        label=gettext_lazy("合同编号"), max_length=30, required=False, help_text=gettext_lazy("已在本平台签订的合同。")
    )
    amount_cny = Amount(label=gettext_lazy("金额（元）"), required=False)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=500, required=False)

    def __init__(self, *args: Any, expo: Expo, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"signed_on": min(clock.today(), expo.last_on or clock.today())}, **kwargs)
        self.fields["province_id"].choices = [(code, province_name(code)) for code in codes]  # type: ignore[attr-defined]

    def _named(self, name: str, rows: Any) -> Any:
        number = self.cleaned_data[name].strip()
        if not number:
            return None
        found = rows.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("没有这个编号。"), code="unknown")
        return found

    def clean_listing(self) -> Any:
        return self._named("listing", Listing.objects.filter(public_version__isnull=False))

    def clean_need(self) -> Any:
        return self._named("need", TechnologyNeed.objects.filter(published_at__isnull=False))

    def clean_agreement(self) -> Any:
        """A contract of the two accounts that were named; anybody else's is unknown here."""
        sides = [self.cleaned_data.get("owner"), self.cleaned_data.get("taker")]
        return self._named(
            "agreement", Agreement.objects.filter(signed_at__isnull=False, owner=sides[0], buyer=sides[1])
        )


class DisputeForm(forms.Form):
    reason = long_text(gettext_lazy("不属实之处"), required=True, rows=3, most=1000)


class ClimbForm(forms.Form):
    """A higher rung, the day, and what shows it."""

    rung = forms.ChoiceField(label=gettext_lazy("到达的级别"))
    reached_on = forms.DateField(label=gettext_lazy("到达日期"), widget=DateInput())
    note = forms.CharField(label=gettext_lazy("依据"), max_length=500)

    def __init__(self, *args: Any, rungs: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"reached_on": clock.today()}, **kwargs)
        self.fields["rung"].choices = rungs  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """How an intention stands; a rung where it has climbed, a reason where it has ended."""

    word = forms.ChoiceField(label=gettext_lazy("进展"), choices=FollowWord.choices, widget=forms.RadioSelect())
    rung = forms.ChoiceField(label=gettext_lazy("到达的级别（已有进展的填写）"), required=False)
    reached_on = forms.DateField(label=gettext_lazy("到达日期（已有进展的填写）"), widget=DateInput(), required=False)
    reason = long_text(gettext_lazy("说明（已经终止的须写原因）"), rows=3, most=1000)

    def __init__(self, *args: Any, rungs: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = [("", "—"), *rungs]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("word") == FollowWord.CLIMBED and not data.get("rung"):
            self.add_error("rung", _("请选择到达的级别。"))
        if data.get("word") == FollowWord.ENDED and not data.get("reason"):
            self.add_error("reason", _("请写明终止的原因。"))
        return data


class OrderForm(forms.Form):
    place = forms.IntegerField(label=gettext_lazy("次序"), min_value=1, max_value=999)


class StageForm(forms.Form):
    to = forms.ChoiceField(choices=CeremonyState.choices)
