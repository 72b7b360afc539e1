"""Cleaning of what a buyer asks and what the parties write. Read next: ../views/."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    HiddenInput,
    IntegerField,
    MultipleChoiceField,
    Textarea,
)
from django.forms import Form as PlainForm
from django.utils.translation import gettext_lazy as _

from patents.states import Form
from platform_site.files import store
from platform_site.regions.queries import provinces

from .fields import LONGEST, TextField, uploads_field


class EnquiryForm(PlainForm):
    """What the buyer wants to know, which of the offered forms they mean, and where and for what they would use it."""

    body = TextField(
        label=_("想了解的内容"),
        help_text=_("10 至 5000 字。这将是洽谈室里的第一条留言，只有您和权利人能看到。"),
        min_length=10,
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("请写明想了解的内容。"),
            "min_length": _("请至少写 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
            "max_length": _("请不超过 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
        },
    )
    forms = MultipleChoiceField(
        label=_("有意的转让或许可方式"),
        widget=CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一种方式。"), "invalid_choice": _("这项技术现在不提供您所选的方式。")},
    )
    provinces = MultipleChoiceField(
        label=_("拟实施省份"),
        required=False,
        widget=CheckboxSelectMultiple,
        help_text=_("尚未确定时可以不选。"),
    )
    intended_use = CharField(
        label=_("拟用于"), required=False, max_length=200, help_text=_("产品或生产环节，例如“汽车制动盘的表面处理”。")
    )
    uploads = uploads_field()

    def __init__(self, *args: Any, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forms"].choices = [(form, Form(form).label) for form in offered]
        self.fields["provinces"].choices = [(province.code, province.name) for province in provinces()]
        if len(offered) == 1:
            self.fields["forms"].initial = list(offered)


class ReadForm(PlainForm):
    """The last message that the reader has seen."""

    read_to = IntegerField(required=False, min_value=0, widget=HiddenInput)


class MessageForm(ReadForm):
    body = TextField(
        label=_("留言"),
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("请先写留言。"),
            "max_length": _("请不超过 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
        },
    )
    uploads = uploads_field()
    confidential = BooleanField(
        label=_("附件为保密资料"),
        required=False,
        help_text=_(
            "对方接受保密承诺后才能打开；打开的每一页带有其姓名水印，并记入查看记录。适用于这条留言的全部附件。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A confidential document is tried at once, so that the refusal stands beside the file and not before a reader."""
        cleaned = super().clean() or self.cleaned_data
        for upload in (cleaned.get("uploads") or ()) if cleaned.get("confidential") else ():
            try:
                store.require_markable(upload, store.check(upload))
            except ValidationError as error:
                name = store.clean_name(upload.name)
                said = [_("“%(name)s”：%(why)s") % {"name": name, "why": why} for why in error.messages]
                self.add_error("uploads", said)
        return cleaned
