"""What a party answers, an officer asks for, and the national office has recorded; the code and digest of a paper. Read next: ../views/recordals.py."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site import clock
from platform_site.files import store
from trading import codes

from .fields import TextField

LONGEST_NOTE = 2000
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileForm(forms.Form):
    """Handing in; an answer is wanted where the office has sent the papers back."""

    answer = TextField(
        label=gettext_lazy("补正说明"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("逐条说明补正了什么，审核员会看到。"),
        error_messages={"required": gettext_lazy("请说明补正了什么。")},
    )

    def __init__(self, *args: Any, returned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not returned:
            del self.fields["answer"]


class CorrectionForm(forms.Form):
    """What both parties will read."""

    note = TextField(
        label=gettext_lazy("需要补正的内容"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("双方都会看到。写明哪里不符、怎样补正。"),
        error_messages={"required": gettext_lazy("请写明需要补正什么。")},
    )


class RecordForm(forms.Form):
    """The act of the national office with its paper."""

    number = forms.CharField(
        label=gettext_lazy("备案号或登记号"),
        max_length=60,
        help_text=gettext_lazy("与国家知识产权局的证明或公告一致，例如 X2026420000123。"),
        error_messages={"required": gettext_lazy("请填写备案号或登记号。")},
    )
    recorded_on = forms.DateField(
        label=gettext_lazy("备案或登记日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("请填写日期。"),
            "invalid": gettext_lazy("请按 2026-01-31 的写法填写。"),
        },
    )
    proof = forms.FileField(
        label=gettext_lazy("证明文件"),
        help_text=gettext_lazy("备案证明或手续合格通知书的 PDF 或图片，不超过 20 MB。如有错误需更正，请重新选择文件。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        error_messages={"required": gettext_lazy("请附证明文件。")},
    )

    def __init__(self, *args: Any, signed_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signed_on = signed_on

    def clean_number(self) -> str:
        return " ".join(str(self.cleaned_data["number"]).split())

    def clean_recorded_on(self) -> date:
        day: date = self.cleaned_data["recorded_on"]
        if not self.signed_on <= day <= clock.today():
            raise ValidationError(
                _("日期应在合同签署之日（%(signed)s）与今天之间。") % {"signed": self.signed_on}, code="range"
            )
        return day

    def clean_proof(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["proof"]
        store.check(upload)
        return upload


class CodeForm(forms.Form):
    """The code on a paper, however it is typed; a slip of the hand is told without asking the register."""

    code = forms.CharField(
        label=gettext_lazy("核验码"),
        max_length=60,
        help_text=gettext_lazy("印在合同最后一页，共 13 位，例如 ABCD-EFGH-JKMNP；大小写和连字符不影响。"),
        error_messages={"required": gettext_lazy("请输入合同上的核验码。")},
    )

    def clean_code(self) -> str:
        code = codes.normalised(self.cleaned_data["code"])
        if not codes.is_code(code):
            raise ValidationError(_("核验码输入有误：请对照合同逐位核对，核验码共 13 位。"), code="slip")
        return code


class DigestCheckForm(forms.Form):
    """The digest on a paper; spaces and capitals do not matter."""

    digest = forms.CharField(
        label=gettext_lazy("合同上印的条款摘要（SHA-256）"),
        max_length=200,
        help_text=gettext_lazy("64 位数字和字母 a 至 f，印在最后一页。"),
        error_messages={"required": gettext_lazy("请输入合同上印的条款摘要。")},
    )

    def clean_digest(self) -> str:
        digest = "".join(str(self.cleaned_data["digest"]).split()).lower()
        if not _DIGEST.fullmatch(digest):
            raise ValidationError(
                _("摘要应为 64 位数字和字母 a 至 f，现在是 %(n)d 位。") % {"n": len(digest)}, code="form"
            )
        return digest
