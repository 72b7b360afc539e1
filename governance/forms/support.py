"""What is typed about an application for support: papers, a sum, the clause, a payment, an appeal. Read next: ../views/support.py."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.progress import Papers
from patents.forms.fields import Amount, long_text
from platform_site.ui.widgets import DateInput


def _clause() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("依据的条款"), max_length=200, help_text=gettext_lazy("例如“第三条第一项”。")
    )


class MakeForm(forms.Form):
    """An application; papers are needed where the policy names some."""

    note = long_text(
        gettext_lazy("申报说明"), rows=4, most=2000, help_text=gettext_lazy("转化情况、用途等，可以不填。")
    )
    uploads = Papers(
        label=gettext_lazy("申报材料"), required=False,
        help_text=gettext_lazy("PDF 或图片，每个不超过 20 MB，最多五个；仅您和该省办理人员可以查看。"),
    )  # fmt: skip
    declared = forms.BooleanField(label=gettext_lazy("所填情况和材料真实，未就同一事项在其他省申请过支持"))

    def __init__(self, *args: Any, documents: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = documents

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.documents and not data.get("uploads") and "uploads" not in self.errors:
            self.add_error("uploads", _("请上传申报材料：%(papers)s。") % {"papers": "、".join(self.documents)})
        return data


class CorrectForm(forms.Form):
    note = long_text(gettext_lazy("补正说明"), required=True, rows=4, most=2000)
    uploads = Papers(label=gettext_lazy("补充材料"), required=False, help_text=gettext_lazy("PDF 或图片，最多五个。"))


class ReasonForm(forms.Form):
    reason = long_text(gettext_lazy("理由"), required=True, rows=4, most=2000, help_text=gettext_lazy("申请人会收到。"))


class ReviewForm(forms.Form):
    amount_cny = Amount(label=gettext_lazy("核定金额（元）"), help_text=gettext_lazy("默认是按公式算出的金额。"))
    words = long_text(gettext_lazy("初审意见"), required=True, rows=4, most=2000)


class WordsForm(forms.Form):
    words = long_text(gettext_lazy("意见"), required=True, rows=4, most=2000)


class ApproveForm(forms.Form):
    clause = _clause()


class DeclineForm(forms.Form):
    clause = _clause()
    reason = long_text(gettext_lazy("理由"), required=True, rows=4, most=2000, help_text=gettext_lazy("申请人会收到。"))


class PayForm(forms.Form):
    paid_on = forms.DateField(label=gettext_lazy("付款日期"), widget=DateInput())
    amount_cny = Amount(label=gettext_lazy("付款金额（元）"), min_value=1)
    reference = forms.CharField(label=gettext_lazy("付款凭证号"), max_length=60)


class ObjectionForm(forms.Form):
    words = long_text(
        gettext_lazy("异议和依据"), required=True, rows=5, most=3000,
        help_text=gettext_lazy("由办理机关核实答复；申请人看不到提出人。"),
    )  # fmt: skip


class AnswerForm(forms.Form):
    words = long_text(
        gettext_lazy("核实情况和答复"), required=True, rows=5, most=3000, help_text=gettext_lazy("提出人会收到。")
    )
