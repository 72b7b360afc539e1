"""The parameters of a list as a form: blank ones are not sent, wrong ones are named and left out. Read next: trading/need_filters.py."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _


class QueryForm(forms.Form):
    """Every parameter of a list but `page` and `format`."""

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        """The form over the parameters of an address, without the empty ones that a form sends along."""
        kept = QueryDict(mutable=True)
        for name, values in sent.lists():
            if name in cls.base_fields and (filled := [value for value in values if value.strip()]):
                kept.setlist(name, filled)
        return cls(kept)

    @property
    def valid(self) -> Mapping[str, Any]:
        """The values that can be used."""
        _invalid = self.errors
        return self.cleaned_data

    @property
    def sentences(self) -> list[str]:
        """What is wrong with a parameter, its name first."""
        said = _("%(field)s：%(words)s")
        return [
            said % {"field": self.fields[name].label, "words": " ".join(map(str, words))}
            for name, words in self.errors.items()
        ]
