"""Cleaning of the address of a colleague. Read next: ../actions/parties.py."""

from django.forms import EmailField, Form
from django.utils.translation import gettext_lazy as _


class PartyForm(Form):
    email = EmailField(
        label=_("同事的注册邮箱"),
        help_text=_("须与您登记在同一单位。加入后能看到此前的全部留言；打开保密资料须由其本人接受保密承诺。"),
        error_messages={"required": _("请填写同事注册时用的邮箱。"), "invalid": _("请填写完整的邮箱地址。")},
    )
