"""The parameters of the list of resolutions. Read next: views/resolutions.py."""

from django import forms
from django.utils.translation import gettext_lazy

from .states import ResolutionState


class ResolutionFilter(forms.Form):
    """Year and state; an invalid one is named and left out."""

    year = forms.IntegerField(label=gettext_lazy("年份"), required=False, min_value=2007, max_value=2200)
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[("", ""), *ResolutionState.choices])
