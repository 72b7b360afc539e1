"""Opening a ballot, voting, closing a resolution, minutes and their annexes as they are typed. Read next: ../actions/ballots.py."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.ballot_queries import task_title
from governance.models import Meeting, PlanTask
from governance.states import Choice, MeetingKind
from patents.forms.fields import long_text

MINUTES, DAYS, TO_THE_END = "minutes", "days", "end"
LONGEST = timedelta(days=60)


class BallotForm(forms.Form):
    """For how long a ballot is open; a written procedure can be voted on until its own last moment."""

    lasts = forms.IntegerField(label=gettext_lazy("表决时长"), min_value=1, max_value=600, required=False, initial=15)
    unit = forms.ChoiceField(label=gettext_lazy("单位"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._meeting = meeting
        choices = [(MINUTES, _("分钟")), (DAYS, _("天"))]
        if meeting.kind == MeetingKind.WRITTEN:
            choices.append((TO_THE_END, _("到书面审议截止时为止")))
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        self.fields["unit"].initial = choices[-1][0] if len(choices) > 2 else MINUTES

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("unit") in (MINUTES, DAYS) and "lasts" not in self.errors:
            if not data.get("lasts"):
                self.add_error("lasts", _("请填写表决时长。"))
            elif self._period() > LONGEST:
                self.add_error("lasts", _("最长 60 天。"))
        return data

    def _period(self) -> timedelta:
        return timedelta(**{self.cleaned_data["unit"]: self.cleaned_data["lasts"]})

    def closes_at(self, moment: datetime) -> datetime:
        """The last moment, counted from `moment`."""
        if self.cleaned_data["unit"] == TO_THE_END and self._meeting.ends_at is not None:
            return self._meeting.ends_at
        return moment + self._period()


class VoteForm(forms.Form):
    choice = forms.ChoiceField(label=gettext_lazy("表决"), choices=Choice.choices, widget=forms.RadioSelect)
    reservation = long_text(
        gettext_lazy("保留意见"), rows=4, most=1000, help_text=gettext_lazy("可以不填。与表决一起公开，写入会议纪要。")
    )
    agreed = forms.BooleanField(label=gettext_lazy("我知道这一票公开记名，投出后不能更改。"))


class ResolutionForm(forms.Form):
    """What became of a resolution: a task of a plan, or why none is needed."""

    task = forms.ChoiceField(label=gettext_lazy("落实这项决议的任务"), required=False)
    no_task_because = long_text(
        gettext_lazy("无须列入任务的理由"), rows=3, most=300, help_text=gettext_lazy("任务和理由二者填一。")
    )

    def __init__(self, *args: Any, tasks: Iterable[PlanTask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tasks = {str(task.pk): task for task in tasks}
        named = [(pk, task_title(task)) for pk, task in self._tasks.items()]
        self.fields["task"].choices = [("", "—"), *named]  # type: ignore[attr-defined]

    def clean_task(self) -> PlanTask | None:
        return self._tasks.get(self.cleaned_data["task"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        because = data.get("no_task_because")
        if not self.errors and bool(data.get("task")) == bool(because):
            field = "no_task_because" if because else "task"
            self.add_error(field, _("任务和理由二者填一。"))
        return data


class MinutesForm(forms.Form):
    summary_zh = long_text(
        gettext_lazy("会议概况"), rows=6, most=4000,
        help_text=gettext_lazy("可以不填。出席、议题、表决和决议由平台按记录写入，不必重复。"),
    )  # fmt: skip
    summary_en = long_text(gettext_lazy("会议概况（英文）"), rows=6, most=6000)


class AnnexForm(forms.Form):
    text_zh = long_text(
        gettext_lazy("补充或更正的内容"), required=True, rows=6, most=4000,
        help_text=gettext_lazy("附在纪要之后，注明时间和添加人；已签署的正文不变。"),
    )  # fmt: skip
    text_en = long_text(gettext_lazy("补充或更正的内容（英文）"), rows=6, most=6000)


class SignForm(forms.Form):
    """What is signed is what was shown: the page sends the digest of its text back."""

    digest = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=gettext_lazy("我已核对纪要全文，同意签署。"))
