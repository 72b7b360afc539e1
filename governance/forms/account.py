"""A person named by the e-mail address of their account. Read next: seats.py."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from platform_site.accounts.models import User
from platform_site.accounts.queries import person_by_email


class Account(forms.EmailField):
    """Cleans to the person; the error `account` says that there is none."""

    default_error_messages = {"account": gettext_lazy("没有使用这个邮箱的账号，请本人先注册。")}

    def clean(self, value: Any) -> User | None:
        email = super().clean(value)
        if not email:
            return None
        found = person_by_email(email)
        if found is None:
            raise forms.ValidationError(self.error_messages["account"], code="account")
        return found
