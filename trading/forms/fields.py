"""Fields of the forms of trading: text of several lines, attachments. Read next: rooms.py."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import CharField, FileField, FileInput, Textarea
from django.utils.translation import gettext_lazy as _

from platform_site.files import store

MOST_FILES = 5
LONGEST = 5000  # characters of one message


class TextField(CharField):
    """Several lines; a line break counts as one character, as the box in the browser counts it."""

    widget = Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class FilesInput(FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name, []))


class FilesField(FileField):
    """Up to five documents or pictures, each told from its content (files.store.check)."""

    widget = FilesInput

    def clean(self, data: Sequence[UploadedFile], initial: Any = None) -> list[UploadedFile]:
        uploads = [super(FilesField, self).clean(upload, initial) for upload in data or ()]
        if len(uploads) > MOST_FILES:
            raise ValidationError(_("一次最多附 %(most)d 个文件。"), code="too_many", params={"most": MOST_FILES})
        problems: list[ValidationError] = []
        for upload in uploads:
            try:
                store.check(upload)
            except ValidationError as error:
                problems.append(error)
        if problems:
            raise ValidationError(problems)
        return uploads


def uploads_field() -> FilesField:
    return FilesField(
        label=_("附件"),
        required=False,
        help_text=_("最多 5 个 PDF、JPG、PNG 或 WebP 文件，每个不超过 20 MB。如有错误需更正，请重新选择文件。"),
        widget=FilesInput(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
    )
