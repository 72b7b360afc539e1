"""What a reader tells of what no record says, and the number of a listing. Read next: ../entitlement_facts.py."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.rule_facts import FACTS, OUTSIDE, Fact, FactKind
from patents.forms.fields import Amount
from platform_site.regions.cities import city_choices
from platform_site.regions.facts import CODES
from platform_site.regions.names import province_name


class TellForm(forms.Form):
    """A box for each fact that may be told; an empty one tells nothing."""

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = set(names)
        for name, fact in FACTS.items():
            if name in asked:
                self.fields[name] = _box(fact)

    def told(self) -> dict[str, Any]:
        """What is valid of it, as facts."""
        _invalid = self.errors
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            if value in (None, ""):
                continue
            kind = FACTS[name].kind
            found[name] = (
                value == "yes" if kind == FactKind.YES_NO else Decimal(value) if kind == FactKind.NUMBER else value
            )
        return found


def _box(fact: Fact) -> forms.Field:
    label = f"{fact.label}（{fact.unit}）" if fact.unit else str(fact.label)
    if fact.kind == FactKind.NUMBER:
        return Amount(label=label, required=False)
    choices: Any
    if fact.kind == FactKind.YES_NO:
        choices = [("yes", _("是")), ("no", _("否"))]
    elif fact.kind == FactKind.PLACE:
        provinces = [(code, province_name(code)) for code in CODES]
        choices = [(_("省份"), [*provinces, (OUTSIDE, _("六省以外"))]), *city_choices()]
    else:
        choices = [(value, str(words)) for value, words in fact.choices.items()]
    return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *choices])


class ListingNumberForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("技术编号"), max_length=20, help_text=gettext_lazy("例如 CN6-2026-000123。"),
        widget=forms.TextInput(attrs={"class": "n", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()
