"""What an officer fills in: checklist and opinion, the handing over, several at once. Read next: ../views/reviews.py."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from patents import checklist

PASS, PROBLEM = "pass", "problem"
REFUSALS = ("request_changes", "reject")
VERDICTS = ((PASS, pgettext_lazy("checklist", "无误")), (PROBLEM, pgettext_lazy("checklist", "有问题")))


class ReviewForm(forms.Form):
    """The checklist, and the words of a refusal. What must be filled in depends on the verb that was pressed.

    `verb`: check (nothing), approve (all five passed), request_changes or reject (a reason and a problem).
    """

    canned = forms.ChoiceField(
        label=_("常用意见"), required=False, help_text=_("选一条，再按实际情况修改；两处都填时接在一起。")
    )
    reason = forms.CharField(
        label=_("给提交人的意见"),
        required=False,
        max_length=checklist.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("退回修改或不予通过时必填，提交人会看到。写明哪里不符、怎样改。"),
    )

    def __init__(self, *args: Any, verb: str = "check", kept: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self._initial(kept or {}), **kwargs)
        self.verb = verb
        for name, item in checklist.ITEMS.items():
            self.fields[f"{name}_verdict"] = forms.ChoiceField(
                label=item.label, help_text=item.hint, required=False, choices=VERDICTS, widget=forms.RadioSelect
            )
            self.fields[f"{name}_note"] = forms.CharField(
                label=format_lazy(_("{item}：备注"), item=item.label), required=False, max_length=checklist.NOTE_LENGTH
            )
        self.fields["canned"].choices = [("", _("不选")), *((one.token, one.text) for one in checklist.CANNED)]

    @staticmethod
    def _initial(kept: Mapping[str, Any]) -> dict[str, str]:
        lines = checklist.cleaned(kept)
        verdicts = {f"{name}_verdict": PASS if line["ok"] else PROBLEM for name, line in lines.items()}
        return verdicts | {f"{name}_note": line["note"] for name, line in lines.items()}

    def lines(self) -> list[tuple[BoundField, BoundField]]:
        """The five items in order: verdict and note."""
        return [(self[f"{name}_verdict"], self[f"{name}_note"]) for name in checklist.ITEMS]

    def words(self) -> tuple[BoundField, BoundField]:
        return self["canned"], self["reason"]

    @property
    def judged(self) -> checklist.Checklist:
        """What was judged; items left open are missing."""
        return {
            name: {
                "ok": self.cleaned_data[f"{name}_verdict"] == PASS,
                "note": self.cleaned_data.get(f"{name}_note", ""),
            }
            for name in checklist.ITEMS
            if self.cleaned_data.get(f"{name}_verdict")
        }

    @property
    def words_of_decision(self) -> dict[str, Any]:
        """What the action of the verb takes besides review and actor."""
        given: dict[str, Any] = {"checklist": self.judged}
        return given | {"reason": self.cleaned_data["reason"]} if self.verb in REFUSALS else given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        usual = {one.token: str(one.text) for one in checklist.CANNED}.get(cleaned.get("canned", ""), "")
        written = cleaned.get("reason", "").strip()
        cleaned["reason"] = written if usual in written else "\n".join(part for part in (usual, written) if part)
        for name in checklist.ITEMS:
            if cleaned.get(f"{name}_note") and not cleaned.get(f"{name}_verdict") and self.verb != "approve":
                self.add_error(f"{name}_verdict", _("写了备注，请选“无误”或“有问题”。"))
        if self.verb == "approve":
            for name in checklist.ITEMS:
                if cleaned.get(f"{name}_verdict") != PASS:
                    self.add_error(f"{name}_verdict", _("核对无误后才能通过审核。"))
        elif self.verb in REFUSALS:
            if not cleaned["reason"] and "reason" not in self.errors:
                self.add_error("reason", _("请写明原因。"))
            if not checklist.problems(self.judged):
                self.add_error(None, _("请至少把一项标为“有问题”，让提交人知道改哪里。"))
        return cleaned


class HandOverForm(forms.Form):
    """To which of the other five offices (code and name), and why."""

    province = forms.ChoiceField(label=_("转给"))
    reason = forms.CharField(
        label=_("转办原因"),
        max_length=checklist.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("提交人和接办的省会看到。办理期限从今天重新计算。"),
    )

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, prefix="to", **kwargs)
        self.fields["province"].choices = [("", _("请选择")), *offices]


class BulkForm(forms.Form):
    """The word of an officer who approves several at once: each of the five items of each one was looked at."""

    declared = forms.BooleanField(
        label=_("以上各件的权属、法律状态、著录、材料、文字，我都已核对，没有问题。"),
        error_messages={"required": _("请先确认各件都已核对。")},
    )
