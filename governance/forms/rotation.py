"""What is asked of the rotation, and the word given before signing. Read next: ../views/rotation.py."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.directing import LATEST_YEAR, Calendar


class YearForm(forms.Form):
    """A year of the calendar."""

    year = forms.IntegerField(
        label=gettext_lazy("年份"), required=False, widget=forms.NumberInput(attrs={"class": "in n"})
    )

    def __init__(self, *args: Any, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        self.fields["year"].widget.attrs |= {"min": calendar.first_year, "max": LATEST_YEAR}

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and not self.calendar.knows(year):
            raise forms.ValidationError(
                _("请填写 %(first)d 至 %(last)d 之间的年份。")
                % {"first": self.calendar.first_year, "last": LATEST_YEAR},
                code="unknown",
            )
        return year


class SignForm(forms.Form):
    """Said on purpose: what both have signed is not changed any more."""

    agreed = forms.BooleanField(label=gettext_lazy("我已核对交接清单，同意签署。双方签署后不能撤回。"))
