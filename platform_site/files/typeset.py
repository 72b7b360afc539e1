"""Documents that the portal makes: data into a PDF through a template of templates/papers/. Read next: store.py.

PDF/A-2b with the fonts inside, so that it reads the same in thirty years; tagged, so that a screen reader follows it.
Data travels as JSON and becomes text, never markup: nothing that a person has typed is read as a command.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings

TEMPLATES = "papers"
PDF = "application/pdf"
_FONTS = str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The document `template` (contract.typ) of `data`, which names its own day: `made` as [year, month, day].

    The same data give the same bytes. About 0.1 s, so in a worker and not while a page waits.
    Raises: typst.TypstError for a template that does not compile.
    """
    root = settings.BASE_DIR / "templates" / TEMPLATES
    made = typst.compile(
        str(root / template),
        root=str(root),
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        format="pdf",
        pdf_standards="a-2b",
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("one document is expected")
    return made
