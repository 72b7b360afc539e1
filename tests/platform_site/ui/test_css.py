"""What decision 0007 and house style B8 ask of the style sheets, read from the files themselves."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CSS = ROOT / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
FORBIDDEN = [r"@layer", r":has\(", r"@container", r"color-mix\(", r"light-dark\(", r"@import", r"^\s*&"]
MOST_BYTES = 40 * 1024
MOST_MINIFIED = 30 * 1024
COMMON = ["tokens.css", "base.css", "layout.css", "components/controls.css", "components/records.css", "print.css"]


def bare(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def minified(css: str) -> str:
    return re.sub(r"\s*([{};:,>])\s*", r"\1", re.sub(r"\s+", " ", bare(css)))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheet_keeps_to_what_old_engines_know(sheet: Path) -> None:
    css = bare(sheet.read_text())
    for pattern in FORBIDDEN:
        assert not re.search(pattern, css, flags=re.MULTILINE), pattern
    assert css.count("{") == css.count("}")
    assert len(sheet.read_text().splitlines()) <= 250


@pytest.mark.parametrize("sheet", [s for s in SHEETS if s.name != "tokens.css"], ids=lambda path: path.name)
def test_raw_colours_stand_in_tokens_only(sheet: Path) -> None:
    css = bare(sheet.read_text())
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?![^{]*\{)", css)
    assert not re.search(r"\b(rgba?|hsla?)\(", css)


def test_every_variable_is_defined() -> None:
    text = "".join(bare(sheet.read_text()) for sheet in SHEETS)
    assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= set(re.findall(r"--([\w-]+):", text))


def test_the_common_sheets_are_light() -> None:
    whole = "".join((CSS / name).read_text() for name in COMMON)
    assert len(whole) <= MOST_BYTES
    assert len(minified(whole)) <= MOST_MINIFIED


def test_order_of_links_replaces_layers() -> None:
    base = (ROOT / "templates" / "base.html").read_text()
    assert re.findall(r"static 'css/([^']+)'", base) == COMMON


def test_every_class_of_a_template_is_styled_somewhere() -> None:
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", "".join(bare(sheet.read_text()) for sheet in SHEETS)))
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"\{%.*?%\}|[\w-]*\{\{.*?\}\}", " ", path.read_text())
        used = {name for classes in re.findall(r'class="([^"]*)"', text) for name in classes.split()}
        assert used <= known, path


def test_templates_hold_no_inline_style_or_handler() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=", text), path
        assert "<style" not in text, path
        assert not re.search(r"\son[a-z]+=", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script, path
