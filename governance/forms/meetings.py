"""Meetings, their papers, attendance and reasons as they are typed. Read next: items.py."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.meeting_queries import notice_days
from governance.models import BallotRule, Meeting, Seat
from governance.states import MeetingKind
from patents.forms.fields import long_text
from platform_site.files import store
from platform_site.ui.widgets import DateTimeInput

FIELDS = ("kind", "title_zh", "title_en", "starts_at", "ends_at", "place_zh", "place_en")


class MeetingForm(forms.Form):
    """One meeting, or one written procedure, which has a last moment instead of a place."""

    kind = forms.ChoiceField(label=gettext_lazy("召开方式"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    title_zh = forms.CharField(label=gettext_lazy("会议名称"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("会议名称（英文）"), max_length=200, required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("开始时间"), widget=DateTimeInput(), help_text=gettext_lazy("北京时间。书面审议填写预计发出通知的时间。")
    )  # fmt: skip
    ends_at = forms.DateTimeField(
        label=gettext_lazy("书面审议截止时间"), widget=DateTimeInput(), required=False,
        help_text=gettext_lazy("只有书面审议需要填写，过了这一时刻不能再投票。"),
    )  # fmt: skip
    place_zh = forms.CharField(
        label=gettext_lazy("地点"), max_length=120, required=False, help_text=gettext_lazy("书面审议不填。")
    )
    place_en = forms.CharField(label=gettext_lazy("地点（英文）"), max_length=200, required=False)

    def __init__(self, *args: Any, rule: BallotRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {"regular": notice_days(MeetingKind.REGULAR, rule), "other": rule.notice_days_extraordinary}
        self.fields["kind"].help_text = _(
            "按现行议事规则，例会提前 %(regular)s 天、临时会议提前 %(other)s 天通知；书面审议的截止日同临时会议。"
        ) % days  # fmt: skip

    @classmethod
    def of(cls, meeting: Meeting, *args: Any, rule: BallotRule) -> "MeetingForm":
        return cls(*args, rule=rule, initial={name: getattr(meeting, name) for name in FIELDS})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if data.get("kind") == MeetingKind.WRITTEN:
            if not ends and "ends_at" not in self.errors:
                self.add_error("ends_at", _("书面审议须有截止时间。"))
            elif starts and ends and ends <= starts:
                self.add_error("ends_at", _("截止时间应晚于开始时间。"))
        elif data.get("kind") and not data.get("place_zh") and "place_zh" not in self.errors:
            self.add_error("place_zh", _("请填写开会的地点。"))
        return data


class WhyForm(forms.Form):
    """Why something is cancelled or not put on the agenda: whoever it concerns reads it."""

    reason = long_text(
        gettext_lazy("理由"), required=True, rows=3, most=280, help_text=gettext_lazy("有关席位会看到这段话。")
    )


class SureForm(forms.Form):
    agreed = forms.BooleanField(label=gettext_lazy("我已核对以上内容。"))


class PaperForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("材料名称"), max_length=120)
    upload = forms.FileField(
        label=gettext_lazy("文件"), help_text=gettext_lazy("PDF、JPG、PNG 或 WebP，不超过 20 MB。仅席位、联络员和办公室可见。")
    )  # fmt: skip

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        store.check(upload)
        return upload


class PresenceForm(forms.Form):
    """Which seat came or left; `by_deputy` says that its deputy came."""

    seat = forms.ChoiceField(label=gettext_lazy("席位"))
    by_deputy = forms.BooleanField(label=gettext_lazy("由代理人出席"), required=False)

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seats = {seat.pk: seat for seat in seats}
        self.fields["seat"].choices = lazy(  # type: ignore[attr-defined]
            lambda: [(code, str(seat)) for code, seat in self._seats.items()], list
        )()

    def clean_seat(self) -> Seat:
        return self._seats[self.cleaned_data["seat"]]
