"""What officers type of a policy: texts, rows of conditions, the amount; and the filters of the list. Read next: rule_rows.py."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.models import PolicyVersion
from governance.policy_queries import PolicySearch
from governance.rule_amounts import KINDS
from governance.rule_checks import formula_faults
from governance.rule_facts import AMOUNTS, FACTS
from governance.states import PolicyKind, Stacking
from patents.forms.fields import Amount, long_text
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name
from platform_site.ui.querying import QueryForm
from platform_site.ui.widgets import DateInput

LONGEST_WORDS = 80
FORMULA_WORDS = {
    "fixed": pgettext_lazy("formula", "定额"),
    "rate": pgettext_lazy("formula", "按比例"),
    "marginal": pgettext_lazy("formula", "分段按比例（每段各自计算）"),
    "brackets": pgettext_lazy("formula", "分档定额（达到哪档给哪档）"),
}
MOST_DOCUMENTS, MOST_STEPS = 12, 8


class VersionForm(forms.Form):
    """Everything of a version but its conditions (rule_rows.py)."""

    title_zh = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    title_en = forms.CharField(label=gettext_lazy("英文名称"), required=False, max_length=240)
    summary_zh = long_text(gettext_lazy("内容摘要"), required=True, rows=3, most=2000)
    summary_en = long_text(gettext_lazy("英文摘要"), rows=3, most=3000)
    basis_zh = long_text(
        gettext_lazy("依据"), required=True, rows=2, most=1000, help_text=gettext_lazy("文件名称、文号和条款。")
    )
    basis_en = long_text(gettext_lazy("依据的英文"), rows=2, most=1000)
    starts_on = forms.DateField(label=gettext_lazy("施行日期"), widget=DateInput())
    ends_on = forms.DateField(
        label=gettext_lazy("失效日期"), required=False, widget=DateInput(),
        help_text=gettext_lazy("自这一天起不再施行；长期有效的不填。"),
    )  # fmt: skip
    kind_of_sum = forms.ChoiceField(
        label=gettext_lazy("支持标准"), choices=[(one, FORMULA_WORDS[one]) for one in KINDS]
    )
    of = forms.ChoiceField(
        label=gettext_lazy("按哪一项计算"), required=False, help_text=gettext_lazy("定额的不选。"),
        choices=lazy(lambda: [("", "—"), *((name, str(FACTS[name].label)) for name in AMOUNTS)], list),
    )  # fmt: skip
    amount = Amount(label=gettext_lazy("定额（元）"), required=False)
    percent = Amount(label=gettext_lazy("比例（%）"), required=False, max_digits=6, decimal_places=3)
    steps = forms.CharField(
        label=gettext_lazy("分段或分档"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("每行一段：起点、空格、比例或金额，例如“1000000 5”。"),
    )  # fmt: skip
    cap_cny = Amount(label=gettext_lazy("最高（元）"), required=False, min_value=1)
    stacking = forms.ChoiceField(label=gettext_lazy("与其他政策的关系"), choices=Stacking)
    quota = forms.IntegerField(label=gettext_lazy("名额"), required=False, min_value=1, max_value=1_000_000)
    budget_cny = Amount(label=gettext_lazy("预算（元）"), required=False, min_value=1)
    documents = forms.CharField(
        label=gettext_lazy("申报材料"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("每行一项。"),
    )  # fmt: skip
    notice_days = forms.IntegerField(label=gettext_lazy("公示工作日数"), min_value=1, max_value=60, initial=5)

    def clean_documents(self) -> list[str]:
        rows = [one.strip() for one in self.cleaned_data["documents"].splitlines() if one.strip()]
        if len(rows) > MOST_DOCUMENTS or any(len(one) > 120 for one in rows):
            raise forms.ValidationError(_("最多 %(most)d 项，每项不超过 120 个字。") % {"most": MOST_DOCUMENTS})
        return rows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("失效日期应晚于施行日期。"))
        if not self.errors.keys() & {"kind_of_sum", "of", "amount", "percent", "steps"}:
            data["formula"] = self._formula(data)
            for _place, fault in formula_faults(data["formula"]):
                self.add_error("kind_of_sum", fault)
        return data

    def _formula(self, data: dict[str, Any]) -> dict[str, Any]:
        kind, of = data["kind_of_sum"], data["of"]
        if kind == "fixed":
            return {"kind": kind, "amount": str(data["amount"] or "")}
        if kind == "rate":
            return {"kind": kind, "of": of, "percent": str(data["percent"] or "")}
        rows = [one.split() for one in data["steps"].replace("，", " ").replace(",", "").splitlines() if one.strip()]
        return {"kind": kind, "of": of, "steps": rows[:MOST_STEPS]}

    def values(self) -> dict[str, Any]:
        """After a clean: what the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("kind_of_sum", "of", "amount", "percent", "steps")}  # fmt: skip


def initial_of(version: PolicyVersion) -> dict[str, Any]:
    """The boxes filled from a draft."""
    names = ("title_zh", "title_en", "summary_zh", "summary_en", "basis_zh", "basis_en", "starts_on", "ends_on", "cap_cny", "stacking", "quota", "budget_cny", "notice_days")  # fmt: skip
    formula = version.formula if isinstance(version.formula, dict) else {}
    rows = [" ".join(str(one) for one in row) for row in formula.get("steps", ())]
    return {
        **{name: getattr(version, name) for name in names}, "kind_of_sum": formula.get("kind"), "of": formula.get("of"),
        "amount": formula.get("amount"), "percent": formula.get("percent"), "steps": "\n".join(rows),
        "documents": "\n".join(version.documents),
    }  # fmt: skip


class PolicyForm(forms.Form):
    """Whose the policy is and what it supports: said once."""

    province = forms.ChoiceField(label=gettext_lazy("省份"))
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=PolicyKind)

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [(code, province_name(code)) for code in codes]
        self.fields["province"].choices = choices  # type: ignore[attr-defined]


class EndForm(forms.Form):
    ends_on = forms.DateField(
        label=gettext_lazy("失效日期"), widget=DateInput(), help_text=gettext_lazy("自这一天起不再施行。")
    )
    because = long_text(gettext_lazy("终止的理由"), required=True, rows=3, most=500, help_text=gettext_lazy("公开。"))


class PolicyFilter(QueryForm):
    """Every parameter of /policies/ but `page` and `format`. An invalid one is named and left out."""

    q = forms.CharField(label=gettext_lazy("检索词"), required=False, max_length=LONGEST_WORDS)
    province = forms.MultipleChoiceField(
        label=gettext_lazy("省份"), required=False,
        choices=lazy(lambda: [(code, province_name(code)) for code in CODES], list),
    )  # fmt: skip
    kind = forms.MultipleChoiceField(label=gettext_lazy("类别"), required=False, choices=PolicyKind)
    on = forms.DateField(label=gettext_lazy("施行于"), required=False, widget=DateInput(attrs={"class": "sm n"}))

    @property
    def search(self) -> PolicySearch:
        values = self.valid
        return PolicySearch(
            values.get("q") or "",
            tuple(values.get("province") or ()),
            tuple(values.get("kind") or ()),
            values.get("on"),
        )
