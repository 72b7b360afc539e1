"""Words of another language inside a page, marked as such for voices and fonts. Read next: formats.py."""

import re

from django.utils.html import format_html, format_html_join

from .formats import reads_chinese

# A run of Han characters, with the signs that stand among them.
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"([{HAN}](?:[{HAN}\u3000-\u303f\uff00-\uffef\u201c\u201d\u2018\u2019\u00b7]*[{HAN}])?)")


def han_marked(text: str) -> str:
    """Text with `lang="zh-CN"` around its Chinese parts, escaped, on a page that is not Chinese; else the text itself."""
    if reads_chinese() or not RUN.search(text):
        return text
    pieces = RUN.split(text)  # what stands between, then a run, in turns
    marked = (
        format_html('<span lang="zh-CN">{}</span>', piece) if place % 2 else piece for place, piece in enumerate(pieces)
    )
    return format_html_join("", "{}", ((piece,) for piece in marked))
