"""A paper in the form of Chinese official documents (GB/T 9704-2012): head, number, title, text, tables, date. Read next: papers.py.

A4 with the standard's margins; title in Xiaobiaosong size 2, text in Fangsong size 3 at 22 lines a page, headings in Heiti,
page numbers between dashes. The families are named and substitutes given, for they are in no free font package.
"""

import io
from datetime import datetime
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from platform_site.clock import SHANGHAI
from platform_site.ui.formats import date_official, reads_chinese

from .papers import Block, Paper

TITLE, BODY, HEAD, LATIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"
INSTEAD = {TITLE: "华文中宋;SimSun;Noto Serif CJK SC", BODY: "仿宋;FangSong;STFangsong;Noto Serif CJK SC"}
SIZE_2, SIZE_3, SIZE_4, SMALL = Pt(22), Pt(16), Pt(14), Pt(10.5)
LINE = Pt(29)  # 22 lines on 225 mm
RED = RGBColor(0xC0, 0x00, 0x00)


def docx_bytes(paper: Paper, *, head: bool = True) -> bytes:
    """The bytes of the document; `head`: with the red head of the issuing office."""
    made = docx.Document()
    _frame(made, paper)
    if paper.banner:
        _line(made, paper.banner, SMALL, colour=RED)
    if head:
        _red_head(made, paper)
    elif paper.number:
        _line(made, paper.number, SIZE_3)
    _line(made, "", SIZE_3)
    _line(made, paper.title, SIZE_2, family=TITLE)
    _line(made, "", SIZE_3)
    for block in paper.blocks:
        _block(made, block)
    _line(made, "", SIZE_3)
    for words in (paper.issuer, date_official(paper.day)):
        _line(made, words, SIZE_3, align=WD_ALIGN_PARAGRAPH.RIGHT)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _frame(made: Any, paper: Paper) -> None:
    """Page, margins, page numbers, properties."""
    section = made.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, "— ", SIZE_4, "宋体")
    _page_number(_run(foot, "", SIZE_4, "宋体"))
    _run(foot, " —", SIZE_4, "宋体")
    moment = datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=SHANGHAI)
    about = made.core_properties
    about.title, about.author, about.comments = paper.title, paper.issuer, paper.banner
    about.created = about.modified = moment
    about.language = "zh-CN" if reads_chinese() else "en-GB"
    _substitutes(made)


def _page_number(run: Any) -> None:
    for kind, words in (("begin", ""), ("", " PAGE "), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _substitutes(made: Any) -> None:
    """Which family is shown where the named one is not installed."""
    part = next((one for one in made.part.package.iter_parts() if str(one.partname) == "/word/fontTable.xml"), None)
    if part is None:
        return
    root = etree.fromstring(part.blob)
    for name, others in INSTEAD.items():
        root.append(parse_xml(f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/></w:font>'))
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _red_head(made: Any, paper: Paper) -> None:
    """The name of the office in red, the number, and the red line under them."""
    words = _("%(issuer)s文件") % {"issuer": paper.issuer}
    _line(made, words, Pt(26 if len(words) < 26 else 20), family=TITLE, colour=RED)
    _line(made, "", SIZE_3)
    line = _line(made, paper.number or paper.day.isoformat(), SIZE_3)
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="6" w:color="C00000"/></w:pBdr>'
    )
    line._p.get_or_add_pPr().insert_element_before(border, "w:shd", "w:spacing", "w:ind", "w:jc")


def _block(made: Any, block: Block) -> None:
    if block.kind == "table":
        _table(made, block)
    elif block.kind == "heading":
        line = _line(made, block.text, SIZE_3, family=HEAD, align=WD_ALIGN_PARAGRAPH.LEFT, indent=True)
        line.paragraph_format.keep_with_next = True
    else:
        _line(made, block.text, SIZE_3, align=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True)


def _line(
    made: Any, words: str, size: Any, *, family: str = BODY, align: Any = WD_ALIGN_PARAGRAPH.CENTER, indent: bool = False,
    colour: RGBColor | None = None,
) -> Any:  # fmt: skip
    paragraph = made.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, LINE
    if indent and reads_chinese():
        shape.first_line_indent = size * 2  # two signs
    _run(paragraph, words, size, family, colour)
    return paragraph


def _run(paragraph: Any, words: str, size: Any, family: str, colour: RGBColor | None = None) -> Any:
    run = paragraph.add_run(words)
    run.font.name, run.font.size = LATIN, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _table(made: Any, block: Block) -> None:
    """Small print, a head that is repeated on each page, rows that are not broken."""
    drawn = made.add_table(rows=1, cols=len(block.head))
    drawn.style, drawn.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell, words in zip(drawn.rows[0].cells, block.head, strict=True):
        _cell(cell, words, HEAD)
    _mark(drawn.rows[0], "w:tblHeader")
    for row in block.rows:
        line = drawn.add_row()
        for cell, one in zip(line.cells, row, strict=True):
            _cell(cell, one.text, BODY)
        _mark(line, "w:cantSplit")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _cell(cell: Any, words: str, family: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, words, SMALL, family)
