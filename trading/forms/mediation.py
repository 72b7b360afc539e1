"""Cleaning of what is asked of an office, what is released to it, and what it answers. Read next: ../actions/mediation.py."""

from collections.abc import Sequence
from typing import Any

from django.forms import CheckboxSelectMultiple, Form, Textarea, TypedMultipleChoiceField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .fields import LONGEST, TextField

SHORTEST = 10


def _words(label: str | Promise, missing: str | Promise, help_text: str | Promise = "") -> TextField:
    return TextField(
        label=label,
        help_text=help_text,
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 6}),
        error_messages={
            "required": missing,
            "min_length": _("请至少写 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
            "max_length": _("请不超过 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
        },
    )


class ReleaseForm(Form):
    """Messages of one's own side, offered by their numbers."""

    message_ids = TypedMultipleChoiceField(
        label=_("向调解人员公开的留言"),
        coerce=int,
        widget=CheckboxSelectMultiple,
        help_text=_("只能公开本方写的留言，连同其中不保密的附件；对方会看到您公开了哪些。"),
        error_messages={
            "required": _("请至少选择一条留言。"),
            "invalid_choice": _("所选的留言不能公开，请重新选择。"),
        },
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message_ids"].choices = choices


class MediationForm(ReleaseForm):
    """Why help is asked for; nothing need be released at once."""

    reason = _words(
        _("请求调解的理由"),
        _("请写明理由。"),
        _("10 至 5000 字。调解人员和对方都会看到这段话，请不要在这里写保密内容。"),
    )
    field_order = ("reason", "message_ids")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message_ids"].required = False


class AnswerForm(Form):
    body = _words(_("给双方的答复"), _("请写答复。"), _("双方都会看到。"))


class OutcomeForm(Form):
    outcome = _words(_("调解结果"), _("请写明调解结果。"), _("双方都会看到；提交后不能更改。"))


class DeclineForm(Form):
    outcome = _words(_("不予受理的理由"), _("请写明理由。"), _("双方都会看到；提交后不能更改。"))
