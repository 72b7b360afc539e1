"""Terms as they are typed: cleaned to one value of trading.terms. Read next: ../terms.py."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from patents import spans
from patents.forms.fields import Amount, long_text
from patents.forms.rights import LATEST, OTHERS, FieldsOfUse
from patents.models import Patent
from patents.states import Form
from platform_site import clock
from platform_site.regions.facts import CODES
from platform_site.ui.widgets import DateInput
from trading.states import Consideration, Dispute, Improvements, RoyaltyBase
from trading.terms import Instalment, Terms

PARTS = 4  # rows for instalments
VALID_DAYS = (3, 7, 10, 15, 30, 60)
DEFAULT_DAYS = 10
# What each kind of payment needs besides the amount; what it does not need is not kept.
NEEDED = {
    Consideration.ROYALTY: ("royalty_percent", "royalty_base"),
    Consideration.EQUITY: ("equity_percent", "equity_company"),
    Consideration.TRIAL: ("trial_months",),
}
OPTIONAL = {Consideration.ROYALTY: ("minimum_cny", "cap_cny")}
ONLY_SOMETIMES = (
    "royalty_percent", "royalty_base", "minimum_cny", "cap_cny", "trial_months", "equity_percent", "equity_company",
)  # fmt: skip
_EMPTY: dict[str, Any] = {"royalty_base": "", "equity_company": ""}


def _names(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, spans.MAINLAND[code][get_language() == "en"]) for code in codes]


def _rate(label: Any) -> forms.DecimalField:
    return Amount(label=label, required=False, max_digits=6, decimal_places=3, max_value=100)


class OfferForm(forms.Form):
    """A first offer or a counter-offer; `terms` after a clean is what the action takes."""

    form = forms.ChoiceField(label=gettext_lazy("方式"), widget=forms.RadioSelect)
    patents = forms.MultipleChoiceField(label=gettext_lazy("专利"), widget=forms.CheckboxSelectMultiple)
    nationwide = forms.BooleanField(label=gettext_lazy("全国"), required=False)
    provinces = forms.MultipleChoiceField(
        label=gettext_lazy("许可的省份"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lazy(lambda: _names(CODES), list),
    )  # fmt: skip
    others = forms.MultipleChoiceField(
        label=gettext_lazy("六省以外"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lazy(lambda: _names(OTHERS), list),
    )  # fmt: skip
    field = FieldsOfUse(
        label=gettext_lazy("许可领域"), max_length=400, required=False,
        help_text=gettext_lazy("不填表示全部领域。IPC 写到大组为止，如 H01M10/00；或国民经济行业分类，如 GB/T4754-C38。多个用分号隔开。"),
    )  # fmt: skip
    start = forms.DateField(
        label=gettext_lazy("起始日"), widget=DateInput(),
        help_text=gettext_lazy("许可从这一天起；转让的，从这一天起移交资料。"),
    )  # fmt: skip
    end = forms.DateField(
        label=gettext_lazy("失效日"), widget=DateInput(), required=False,
        help_text=gettext_lazy("从这一天起不再有效；一直到专利权终止的不填。转让不填。"),
    )  # fmt: skip
    sublicensable = forms.BooleanField(label=gettext_lazy("被许可人可以分许可"), required=False)

    consideration = forms.ChoiceField(
        label=gettext_lazy("付费方式"), choices=Consideration.choices, widget=forms.RadioSelect
    )
    amount_cny = Amount(
        label=gettext_lazy("金额（元）"), required=False,
        help_text=gettext_lazy("一次总付的总价、入门费、入股的作价或试用后的价款，例如 36万。分期支付的不填，按下面各期相加。"),
    )  # fmt: skip
    royalty_percent = _rate(gettext_lazy("提成比例（%）"))
    royalty_base = forms.ChoiceField(
        label=gettext_lazy("提成基数"), required=False, choices=lazy(lambda: [("", "—"), *RoyaltyBase.choices], list)
    )
    minimum_cny = Amount(label=gettext_lazy("每年最低提成（元）"), required=False)
    cap_cny = Amount(label=gettext_lazy("提成累计封顶（元）"), required=False)
    trial_months = forms.IntegerField(label=gettext_lazy("试用期（月）"), required=False, min_value=1, max_value=60)
    equity_percent = _rate(gettext_lazy("占股比例（%）"))
    equity_company = forms.CharField(label=gettext_lazy("入股的公司"), required=False, max_length=200)

    delivery = long_text(gettext_lazy("技术资料的交付"), rows=3, most=2000)
    service = long_text(gettext_lazy("技术服务与培训"), rows=3, most=2000)
    acceptance = long_text(gettext_lazy("验收"), rows=3, most=2000)
    confidentiality_years = forms.IntegerField(
        label=gettext_lazy("保密期限（年）"), min_value=0, max_value=50, initial=5
    )
    improvements = forms.ChoiceField(label=gettext_lazy("后续改进"), choices=Improvements.choices)
    dispute = forms.ChoiceField(label=gettext_lazy("争议解决"), choices=Dispute.choices)
    dispute_body = forms.CharField(label=gettext_lazy("仲裁委员会"), required=False, max_length=120)
    other = long_text(gettext_lazy("其他约定"), rows=4, most=4000)

    days = forms.TypedChoiceField(
        label=gettext_lazy("有效期"), coerce=int, initial=DEFAULT_DAYS,
        choices=lazy(lambda: [(days, _("%(n)d 天") % {"n": days}) for days in VALID_DAYS], list),
        help_text=gettext_lazy("过了有效期，对方不能再接受。"),
    )  # fmt: skip
    note = long_text(
        gettext_lazy("给对方的话"), rows=3, most=2000, help_text=gettext_lazy("不属于条款，只有双方能看到。")
    )
    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Sequence[str], patents: Sequence[Patent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(form, Form(form).label) for form in offered if form != Form.OPEN]  # type: ignore[attr-defined]
        named = [(one.application_number, f"{one.shown_number} {one.title}") for one in patents]
        self.fields["patents"].choices = named  # type: ignore[attr-defined]
        self.fields["patents"].initial = [number for number, _words in named]
        for number in range(1, PARTS + 1):
            self.fields[f"part{number}_amount"] = Amount(
                label=_("第 %(n)d 期金额（元）") % {"n": number}, required=False
            )
            self.fields[f"part{number}_months"] = forms.IntegerField(
                label=_("生效后几个月付"), required=False, min_value=0, max_value=240
            )

    @property
    def parts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows for instalments: amount and month."""
        return [(self[f"part{number}_amount"], self[f"part{number}_months"]) for number in range(1, PARTS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("form") == Form.ASSIGNMENT:
            data |= {
                "nationwide": True,
                "provinces": [],
                "others": [],
                "field": [],
                "end": None,
                "sublicensable": False,
            }
        self._clean_places(data)
        self._clean_period(data)
        self._clean_payment(data)
        if data.get("dispute") != Dispute.ARBITRATION:
            data["dispute_body"] = ""
        return data

    def _clean_places(self, data: dict[str, Any]) -> None:
        places = [*data.get("provinces", []), *data.get("others", [])]
        if data.get("nationwide") and places:
            self.add_error("nationwide", _("选了全国，就不要再勾选省份；只许可部分省份的，请去掉“全国”。"))
        if not data.get("nationwide") and not places and not {"provinces", "others"} & set(self.errors):
            self.add_error("provinces", _("请勾选许可的省份，或选“全国”。"))
        data["places"] = () if len(places) == len(spans.MAINLAND) else tuple(sorted(places))

    def _clean_period(self, data: dict[str, Any]) -> None:
        start, end, today = data.get("start"), data.get("end"), clock.today()
        if start and not today <= start <= today + timedelta(days=3 * 366):
            self.add_error("start", _("起始日应在今天之后的三年以内。"))
        if start and end and not start < end <= LATEST:
            self.add_error("end", _("应晚于起始日。"))

    def _clean_payment(self, data: dict[str, Any]) -> None:
        kind = data.get("consideration")
        needed, optional = NEEDED.get(kind, ()), OPTIONAL.get(kind, ())  # type: ignore[call-overload]
        for name in ONLY_SOMETIMES:
            if name not in (*needed, *optional):
                data[name] = _EMPTY.get(name)
                self._errors.pop(name, None)  # type: ignore[union-attr] # typed for another kind of payment
            elif name in needed and not data.get(name) and name not in self.errors:
                self.add_error(name, _("这种付费方式需要填写这一项。"))
        parts = self._clean_parts(data) if kind == Consideration.INSTALMENTS else ()
        data["instalments"] = parts
        if kind == Consideration.INSTALMENTS:
            data["amount_cny"] = sum((part.amount_cny for part in parts), Decimal(0))
        elif kind and data.get("amount_cny") is None and "amount_cny" not in self.errors:
            self.add_error("amount_cny", _("请填写金额；不收的写 0。"))
        if data.get("minimum_cny") and data.get("cap_cny") and data["cap_cny"] < data["minimum_cny"]:
            self.add_error("cap_cny", _("封顶不能低于每年最低提成。"))

    def _clean_parts(self, data: dict[str, Any]) -> tuple[Instalment, ...]:
        parts = []
        for number in range(1, PARTS + 1):
            amount, months = data.get(f"part{number}_amount"), data.get(f"part{number}_months")
            if (amount is None) != (months is None):
                missing = f"part{number}_{'amount' if amount is None else 'months'}"
                self.add_error(missing, _("金额和付款的月份请一并填写。"))
            elif amount:
                parts.append(Instalment(amount, months))
        if not parts and not any(name.startswith("part") for name in self.errors):
            self.add_error("part1_amount", _("请至少填写一期。"))
        return tuple(sorted(parts, key=lambda part: part.due_months))

    def terms(self) -> Terms:
        """What was typed, as one value; only after a clean."""
        data = self.cleaned_data
        own = {"patents", "provinces", "field", "amount_cny", "instalments"}
        simple = {name: data[name] for name in Terms.__dataclass_fields__ if name not in own}
        return Terms(
            **simple, patents=tuple(data["patents"]), provinces=data["places"], field=tuple(data["field"]),
            amount_cny=data["amount_cny"], instalments=data["instalments"],
        )  # fmt: skip


def initial_of(terms: Terms) -> dict[str, Any]:
    """What the form shows first when somebody answers these terms with others."""
    names = set(OfferForm.base_fields) & set(Terms.__dataclass_fields__)
    values: dict[str, Any] = {name: getattr(terms, name) for name in names}
    values |= {
        "patents": list(terms.patents),
        "field": list(terms.field),
        "nationwide": not terms.provinces,
        "provinces": [code for code in terms.provinces if code in CODES],
        "others": [code for code in terms.provinces if code not in CODES],
        "start": max(terms.start, clock.today()),
    }
    for number, part in enumerate(terms.instalments, 1):
        values |= {f"part{number}_amount": part.amount_cny, f"part{number}_months": part.due_months}
    return values


class ReasonForm(forms.Form):
    reason = long_text(
        gettext_lazy("理由"), required=True, rows=4, most=1000, help_text=gettext_lazy("对方会看到这段话。")
    )


class DigestForm(forms.Form):
    """What is accepted or signed is what was shown: the page sends the digest of its terms back."""

    digest = forms.RegexField(regex=r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=gettext_lazy("我已核对以上全部条款，同意受其约束。"))
