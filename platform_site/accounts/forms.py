"""Forms of accounts: they clean what was typed, and write nothing. Read next: views/, validators.py."""

import unicodedata
from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from platform_site.files import store
from platform_site.regions.cities import city_choices
from platform_site.regions.queries import provinces

from .models import User
from .models.organisation import OrganisationKind
from .models.verification import IdentityKind
from .validators import clean_credit_code, clean_passport_number, clean_phone, clean_resident_number

OUTSIDE = "outside"  # lives in none of the six; chooses which office acts for them


def _province_choices() -> list[tuple[str, str]]:
    return [(province.code, province.name) for province in provinces()]


def _office_choices() -> list[tuple[str, str]]:
    return [("", str(_("请选择"))), *((province.code, province.office) for province in provinces())]


def _tidy(text: str) -> str:
    """NFC, single spaces: rare characters of names stay what they are."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class SignupForm(AllauthSignupForm):
    """E-mail and password, and what to call the person."""

    display_name = forms.CharField(label=_("姓名或称呼"), max_length=60, help_text=_("其他会员会看到这个名字。"))
    field_order = ["display_name", "email", "password1", "password2"]

    def save(self, request: HttpRequest) -> Any:
        user = super().save(request)
        if isinstance(user, User):
            user.display_name = self.cleaned_data["display_name"]
            user.language = request.LANGUAGE_CODE
            user.save(update_fields=["display_name", "language"])
        return user


class ProfileForm(forms.Form):
    """What a person says about themselves; the office follows from the province."""

    display_name = forms.CharField(label=_("姓名或称呼"), max_length=60, help_text=_("其他会员会看到这个名字。"))
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=40,
        required=False,
        help_text=_("只有办理您申请的知识产权局能看到。"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(label=_("邮件使用的语言"), choices=settings.LANGUAGES)
    province_code = forms.ChoiceField(label=_("所在的省"))
    office_code = forms.ChoiceField(
        label=_("办理的知识产权局"),
        required=False,
        help_text=_("所在地不在六省的，请选择由哪一个局核验和审核；在六省之内的，由本省的局办理，不用选。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", _("请选择")), *_province_choices(), (OUTSIDE, _("六省以外"))]
        self.fields["province_code"].choices = places
        self.fields["office_code"].choices = _office_choices()

    def clean_display_name(self) -> str:
        return _tidy(self.cleaned_data["display_name"])

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("province_code") == OUTSIDE:
            data["province_code"] = ""
            if not data.get("office_code") and "office_code" not in self.errors:
                self.add_error("office_code", _("所在地不在六省的，请选择一个办理的知识产权局。"))
        elif data.get("province_code"):
            data["office_code"] = data["province_code"]
        return data


class OrganisationForm(forms.Form):
    """The organisation a person works for, found by its unified social credit code."""

    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        help_text=_("营业执照或法人证书上的 18 位代码。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "n"}),
    )
    name_zh = forms.CharField(label=_("单位名称"), max_length=120)
    name_en = forms.CharField(label=_("单位英文名称"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("单位类型"), choices=OrganisationKind.choices)
    province_code = forms.ChoiceField(label=_("单位所在的省"), required=False)
    city_code = forms.ChoiceField(label=_("单位所在的市"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province_code"].choices = [("", _("六省以外")), *_province_choices()]
        self.fields["city_code"].choices = [("", _("不填写")), *city_choices()]

    def clean_credit_code(self) -> str:
        return clean_credit_code(self.cleaned_data["credit_code"])

    def clean_name_zh(self) -> str:
        return _tidy(self.cleaned_data["name_zh"])

    def clean_name_en(self) -> str:
        return _tidy(self.cleaned_data["name_en"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        city, province = data.get("city_code"), data.get("province_code")
        if city and province is not None and city[:2] != province[:2]:
            self.add_error("city_code", _("所选的市不属于所选的省。"))
        return data


class UnseenInput(forms.TextInput):
    """A box whose content is never sent back to the browser, whatever went wrong with the form."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, None, attrs)


class VerificationForm(forms.Form):
    """A request for the real-name mark. The number is checked, encrypted by the model and never shown again."""

    real_name = forms.CharField(label=_("真实姓名"), max_length=60, help_text=_("与证件上的姓名一致。"))
    identity_kind = forms.ChoiceField(
        label=_("证件类型"), choices=IdentityKind.choices, widget=forms.RadioSelect, initial=IdentityKind.RESIDENT
    )
    identity_number = forms.CharField(
        label=_("证件号码"),
        max_length=60,
        help_text=_("加密保存，页面上只显示后四位；表单出错退回时需要重新填写。"),
        widget=UnseenInput(attrs={"autocomplete": "off", "class": "n"}),
    )
    proof = forms.FileField(
        label=_("证明材料"),
        required=False,
        help_text=_("证件的照片或扫描件，PDF、JPG 或 PNG，不超过 20 MB。不便上传的，可以带原件到该局窗口核对。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    consent = forms.BooleanField(label=_("我同意平台为实名核验处理上述证件信息，并由所选知识产权局的核验人员查看。"))

    def clean_real_name(self) -> str:
        return _tidy(self.cleaned_data["real_name"])

    def clean_proof(self) -> UploadedFile | None:
        proof = self.cleaned_data.get("proof")
        if proof:
            kind = store.check(proof)
            if kind == "image/webp":
                raise forms.ValidationError(_("证明材料请用 PDF、JPG 或 PNG 格式。"), code="type")
        return proof or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number, kind = data.get("identity_number"), data.get("identity_kind")
        if number and kind:
            check = clean_resident_number if kind == IdentityKind.RESIDENT else clean_passport_number
            try:
                data["identity_number"] = check(number)
            except forms.ValidationError as error:
                self.add_error("identity_number", error)
        return data


class ReasonForm(forms.Form):
    """Why a request is refused or a mark taken back; a usual reason may be filled in and edited."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=1000,
        help_text=_("申请人会原样看到这段话。请写清楚哪一项不符、怎样改正；不要写入证件号码。"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_reason(self) -> str:
        return unicodedata.normalize("NFC", self.cleaned_data["reason"]).strip()
