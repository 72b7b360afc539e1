"""Cleaning of what is asked when a plan is begun, circulated, tabled, published, amended, and of opinions. Read next: plan_texts.py."""

from collections.abc import Sequence
from typing import Any

from django.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    Form,
    HiddenInput,
    IntegerField,
    RadioSelect,
    Textarea,
    TypedChoiceField,
)
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions.comments import LONGEST
from governance.models import Meeting
from governance.states import CommentState
from platform_site.ui.formats import minute_iso
from platform_site.ui.widgets import DateInput

from .plan_texts import Lines


class PlanForm(Form):
    year = IntegerField(label=gettext_lazy("年度"), min_value=2007, max_value=9999)
    copy_sections = BooleanField(
        label=gettext_lazy("沿用上一年度计划的章节"), required=False, help_text=gettext_lazy("只带入章名，不带入任务。")
    )


class CirculateForm(Form):
    last_day = DateField(label=gettext_lazy("征求意见截止日"), widget=DateInput())


class MeetingForm(Form):
    """At which meeting it is dealt with."""

    meeting = TypedChoiceField(
        label=gettext_lazy("提请哪次会议审议"), coerce=int, widget=RadioSelect,
        error_messages={"required": gettext_lazy("请选择一次会议。")},
    )  # fmt: skip

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one}（{minute_iso(one.starts_at)}，{one.get_state_display()}）") for one in meetings
        ]


class SignForm(Form):
    digest = CharField(max_length=64, widget=HiddenInput)
    agreed = BooleanField(
        label=gettext_lazy("我已阅读领导小组通过的文本，予以签署"),
        error_messages={"required": gettext_lazy("请先勾选，表示您已阅读。")},
    )


class PublishForm(Form):
    serial = IntegerField(label=gettext_lazy("文号的序号"), min_value=1, max_value=999)


class AmendForm(Form):
    because_zh = CharField(
        label=gettext_lazy("修订理由"), max_length=300, widget=Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("会随修订公开。"),
    )  # fmt: skip
    because_en = CharField(
        label=gettext_lazy("修订理由（英文）"), max_length=300, required=False, widget=Textarea(attrs={"rows": 3})
    )


class CommentForm(Form):
    """An opinion on one task or, left open, on the whole."""

    task = ChoiceField(label=gettext_lazy("针对"), required=False)
    body = Lines(
        label=gettext_lazy("意见"), max_length=LONGEST, rows=5,
        help_text=gettext_lazy("写明建议怎样改、为什么。各省和领导小组办公室都会看到。"),
        error_messages={"required": gettext_lazy("请写意见。")},
    )  # fmt: skip

    def __init__(self, *args: Any, tasks: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].choices = [("", _("整个草案")), *tasks]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        task = self.cleaned_data["task"]
        return {"body": self.cleaned_data["body"], "task_id": int(task) if task else None}


def _answers() -> list[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in CommentState if state != CommentState.OPEN]


class AnswerForm(Form):
    state = ChoiceField(
        label=gettext_lazy("处理"), choices=lazy(_answers, list), widget=RadioSelect,
        error_messages={"required": gettext_lazy("请选择怎样处理。")},
    )  # fmt: skip
    answer = Lines(
        label=gettext_lazy("答复"), max_length=LONGEST, rows=4,
        help_text=gettext_lazy("写明改了哪里，或者为什么不改。答复以后不能更改。"),
        error_messages={"required": gettext_lazy("请写明怎样处理、为什么。")},
    )  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        return {"state": CommentState(self.cleaned_data["state"]), "answer": self.cleaned_data["answer"]}


class CarryForm(Form):
    """One task of last year's plan, into which chapter, and why it was not finished."""

    task = IntegerField(min_value=1, widget=HiddenInput)
    section = TypedChoiceField(
        label=gettext_lazy("放入"), coerce=int, error_messages={"required": gettext_lazy("请选择一章。")}
    )
    because = CharField(
        label=gettext_lazy("结转原因"), max_length=300, widget=Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("请写明结转的原因。")},
    )  # fmt: skip

    def __init__(self, *args: Any, sections: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = sections  # type: ignore[attr-defined]
