"""Forms of accounts. Read next: views/."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import User


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
