"""A reader's mark over every page: really there, over any page; the original untouched, a bad file a sentence."""

import io
import re

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops
from pypdf import PdfReader, PdfWriter

from platform_site.files import marks
from tests.factories import trading

LINES = ("白经理 · 江城先进材料研究院", "洽谈室 12 · 2026-11-30 18:02")
PDF = "application/pdf"
SOURCE = marks.CHILD.read_text()


def pages_of(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def turned(content, *angles):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page, angle in zip(writer.pages, angles, strict=True):
        page.rotate(angle)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def refused(content, kind=PDF):
    with pytest.raises(ValidationError) as error:
        marks.marked(content, kind, LINES)
    return error.value.messages[0]


def test_each_page_carries_the_whole_mark_and_keeps_its_own_text():
    original = trading.paper(pages=3).read()
    made = marks.marked(original, PDF, LINES)
    pages = pages_of(made)
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert f"第{number}页的工艺参数" in text.replace(" ", "")
        for line in LINES:
            assert line in text
    assert not any(line in text for text in pages_of(original) for line in LINES)


def test_a_turned_page_carries_it_too_and_the_font_is_in_the_file():
    made = marks.marked(turned(trading.paper().read(), 90, 270), PDF, LINES)
    assert all(LINES[0] in text for text in pages_of(made))
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for font in PdfReader(io.BytesIO(made)).pages[0]["/Resources"]["/XObject"]["/PortalMark"]["/Resources"]["/Font"].values()
    ]  # fmt: skip
    assert fonts
    assert all("NotoSansSC" in font["/FontName"] for font in fonts)
    assert all({"/FontFile3", "/FontFile2"} & set(font) for font in fonts)


def test_a_page_without_anything_on_it_is_marked():
    writer = PdfWriter()
    writer.add_blank_page(300, 200)
    writer.add_blank_page(3000, 100)
    out = io.BytesIO()
    writer.write(out)
    assert all(LINES[1] in text for text in pages_of(marks.marked(out.getvalue(), PDF, LINES)))


def test_the_sheet_is_kept_once_however_many_pages_there_are():
    one, many = trading.paper(pages=1).read(), trading.paper(pages=40).read()
    grown = [len(marks.marked(content, PDF, LINES)) - len(content) for content in (one, many)]
    assert grown[1] - grown[0] < 40 * 600


def test_words_of_a_reader_are_not_read_as_source():
    name = '#read("/etc/passwd") "双引号" \\ $x$ *星*'
    text = pages_of(marks.marked(trading.paper(pages=1).read(), PDF, [name]))[0]
    assert "".join(name.split()) in "".join(text.split())


@pytest.mark.parametrize(("form", "kind"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
@pytest.mark.parametrize("size", [(900, 600), (40, 30)])
def test_a_picture_is_marked_in_its_own_form(form, kind, size):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    with Image.open(io.BytesIO(marks.marked(out.getvalue(), kind, LINES))) as made:
        assert (made.format, made.size) == (form, size)
        assert ImageChops.difference(made.convert("RGB"), Image.new("RGB", size, "white")).getbbox()


def test_a_locked_document_is_refused_in_words():
    assert refused(trading.locked_paper().read()) == "这个 PDF 设有密码，无法加水印。请去掉密码后再上传。"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n",
        b"%PDF-1.7\n" + b"\x00" * 4000,
        b"",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    ],
)
def test_what_is_no_document_is_refused_in_words(content):
    assert "无法加水印" in refused(content)


def child_that(tmp_path, monkeypatch, does, **constants):
    """In the child's place, with its limits, a script that does something worse than drawing."""
    source = SOURCE.replace("    try:\n        if asked", f"    {does}\n    try:\n        if asked")
    for name, value in constants.items():
        source = re.sub(rf"^{name} = .*", f"{name} = {value}", source, flags=re.M)
    script = tmp_path / "child.py"
    script.write_text(source)
    monkeypatch.setattr(marks, "CHILD", script)


@pytest.mark.parametrize(
    "does",
    [
        "x = [bytearray(1 << 20) for _ in range(10_000)]",  # all the memory there is
        "os.kill(os.getpid(), 11)",
        "return 0",  # says that it went well, and wrote nothing
    ],
)
def test_a_child_that_dies_is_a_sentence(tmp_path, monkeypatch, does):
    child_that(tmp_path, monkeypatch, does)
    assert "无法加水印" in refused(trading.paper().read())


def test_a_child_that_computes_for_ever_is_ended(tmp_path, monkeypatch):
    child_that(tmp_path, monkeypatch, "while True: pass", SECONDS=1)
    assert "无法加水印" in refused(trading.paper().read())


def test_the_child_can_write_no_file_and_knows_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    found = tmp_path / "found"
    child_that(tmp_path, monkeypatch, f"open({str(found)!r}, 'w').write('x' * 9_000)")
    refused(trading.paper().read())
    assert not found.exists() or not found.read_bytes()
    child_that(tmp_path, monkeypatch, "return BROKEN if 'SECRET_KEY' not in os.environ else ENCRYPTED")
    assert "过于复杂" in refused(trading.paper().read())


def test_a_full_house_is_a_sentence(monkeypatch):
    monkeypatch.setattr(marks, "WAIT", 0.01)
    taken = [marks.TURNS.acquire() for _ in range(2)]
    try:
        assert "请稍后再试" in refused(trading.paper().read())
    finally:
        for _ in taken:
            marks.TURNS.release()
