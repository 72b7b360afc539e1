"""Cleaning of an acceptance of the undertaking. Read next: ../undertaking.py."""

from django.forms import BooleanField, CharField, Form, HiddenInput, IntegerField
from django.utils.translation import gettext_lazy as _


class UndertakingForm(Form):
    """Which wording was read, that it is accepted, and which file waits for it."""

    version = CharField(max_length=20, widget=HiddenInput)
    file = IntegerField(required=False, min_value=1, widget=HiddenInput)
    accepted = BooleanField(
        label=_("我已阅读并接受以上保密承诺"), error_messages={"required": _("请先勾选，表示您接受保密承诺。")}
    )
