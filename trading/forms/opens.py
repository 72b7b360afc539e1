"""What an owner declares and an officer enters of an open licence. Read next: ../open_terms.py, ../views/opens.py."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents.forms.fields import Amount, long_text
from platform_site import clock
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.ui.widgets import DateInput
from trading.actions.opens import Brought
from trading.open_checks import CO_OWNERS, PLEDGE, REPORT
from trading.open_terms import BASES, YEARS, Declared, praise
from trading.states import FeeMethod, RoyaltyBase

_UPLOAD = {"accept": ".pdf,.jpg,.jpeg,.png,.webp"}


class DeclareForm(forms.Form):
    """The content of rule 85, and what the conditions of this patent still need (open_checks.FORM)."""

    method = forms.ChoiceField(
        label=gettext_lazy("使用费的支付方式"), choices=FeeMethod.choices, widget=forms.RadioSelect
    )
    amount_cny = Amount(
        label=gettext_lazy("金额（元）"), required=False,
        help_text=gettext_lazy("一次付清的总额、每年的金额或提成前的入门费，例如 36万。没有入门费的不填。"),
    )  # fmt: skip
    percent = Amount(label=gettext_lazy("提成比例（%）"), required=False, max_digits=6, decimal_places=3, max_value=100)
    base = forms.ChoiceField(
        label=gettext_lazy("提成基数"), required=False,
        choices=lazy(lambda: [("", "—"), *((one.value, one.label) for one in map(RoyaltyBase, BASES))], list),
        help_text=gettext_lazy("一般不高于净销售额的 20% 或利润的 40%。"),
    )  # fmt: skip
    years = forms.IntegerField(
        label=gettext_lazy("许可期限（年）"), required=False, min_value=YEARS.start, max_value=YEARS.stop - 1,
        help_text=gettext_lazy("每一项许可自取得之日起的整年数；一直到专利权终止的不填。"),
    )  # fmt: skip
    conditions = long_text(
        gettext_lazy("其他条件"), rows=4, most=2000,
        help_text=gettext_lazy("与声明一致，不写商业性宣传用语。请不要写收款账户，由您与取得人另行告知。"),
    )  # fmt: skip
    filed_on = forms.DateField(
        label=gettext_lazy("向国家知识产权局提交声明的日期"), widget=DateInput(),
        help_text=gettext_lazy("声明由国家知识产权局公告后才生效；公告后由省知识产权局登入权利台账。"),
    )  # fmt: skip
    report = forms.FileField(
        label=gettext_lazy("专利权评价报告"), required=False, widget=forms.FileInput(attrs=_UPLOAD),
        help_text=gettext_lazy("PDF 或图片，不超过 20 MB。如有错误需更正，请重新选择文件。"),
    )  # fmt: skip
    co_owners_agree = forms.BooleanField(label=gettext_lazy("声明由全体共有人共同提出"), required=False)
    pledgee_agrees = forms.BooleanField(label=gettext_lazy("已取得质权人的书面同意"), required=False)
    truthful = forms.BooleanField(
        label=gettext_lazy("以上内容与提交给国家知识产权局的声明一致，我知道提供虚假材料的法律责任。")
    )

    def __init__(self, *args: Any, asked: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        """`asked`: keys of open_checks.FORM that concern this patent; the other fields are left out."""
        super().__init__(*args, **kwargs)
        self.asked = asked
        for name, key in (("report", REPORT), ("co_owners_agree", CO_OWNERS), ("pledgee_agrees", PLEDGE)):
            self.fields[name].required = key in asked
            if key not in asked:
                del self.fields[name]

    def clean_conditions(self) -> str:
        words: str = self.cleaned_data["conditions"]
        found = praise(words)
        if found:
            raise forms.ValidationError(
                _("声明不能有商业性宣传用语：“%(words)s”（《专利法实施细则》第八十五条），请删去。")
                % {"words": "”“".join(found)}
            )
        return words

    def clean_filed_on(self) -> date:
        day: date = self.cleaned_data["filed_on"]
        if day > clock.today():
            raise forms.ValidationError(_("不能晚于今天。"))
        return day

    def clean_report(self) -> UploadedFile | None:
        return _checked(self.cleaned_data["report"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        royalty = data.get("method") == FeeMethod.ROYALTY
        for name in ("percent", "base"):
            if not royalty:
                data[name] = None if name == "percent" else ""
                self._errors.pop(name, None)  # type: ignore[union-attr] # typed for another method
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, _("提成的声明需要填写这一项。"))
        if data.get("amount_cny") is None and "amount_cny" not in self.errors:
            if royalty:
                data["amount_cny"] = Decimal(0)
            elif data.get("method"):
                self.add_error("amount_cny", _("请填写金额；免费许可的写 0。"))
        return data

    def declared(self) -> Declared:
        """What was typed, as one value; only after a clean."""
        data = self.cleaned_data
        return Declared(**{name: data[name] for name in Declared.__dataclass_fields__})

    def brought(self, report: StoredFile | None) -> Brought:
        data = self.cleaned_data
        return Brought(
            filed_on=data["filed_on"], co_owners_agree=data.get("co_owners_agree", False),
            pledgee_agrees=data.get("pledgee_agrees", False), report=report,
        )  # fmt: skip


class WithdrawForm(forms.Form):
    filed = forms.BooleanField(label=gettext_lazy("我已向国家知识产权局提出撤回声明，或将随即提出。"))
    reason = long_text(gettext_lazy("说明"), rows=3, most=1000, help_text=gettext_lazy("可不填；省知识产权局能看到。"))


class AnnounceForm(forms.Form):
    """The announcement by the national office, with its proof."""

    number = forms.CharField(label=gettext_lazy("公告号"), max_length=60)
    announced_on = forms.DateField(label=gettext_lazy("公告日"), widget=DateInput())
    proof = forms.FileField(
        label=gettext_lazy("公告的证明"), widget=forms.FileInput(attrs=_UPLOAD),
        help_text=gettext_lazy("公告页面的 PDF 或截图，不超过 20 MB。如有错误需更正，请重新选择文件。"),
    )  # fmt: skip

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip()

    def clean_announced_on(self) -> date:
        day: date = self.cleaned_data["announced_on"]
        if day > clock.today():
            raise forms.ValidationError(_("不能晚于今天。"))
        return day

    def clean_proof(self) -> UploadedFile | None:
        return _checked(self.cleaned_data["proof"])


class ReturnForm(forms.Form):
    reason = long_text(
        gettext_lazy("退回的原因"), required=True, rows=4, most=1000, help_text=gettext_lazy("权利人会看到这段话。")
    )


def _checked(upload: UploadedFile | None) -> UploadedFile | None:
    if upload:
        store.check(upload)
    return upload
