"""Templates and styles: nothing inline, nothing from elsewhere, colours in one file. Read next: house-style B8."""

import re

import pytest

from tests.house.source import ROOT, files, named

TEMPLATES = files("templates", ".html")
INLINE = {
    "a style attribute": re.compile(r"""<[a-z][^>]*\sstyle\s*=""", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event handler": re.compile(r"""<[a-z][^>]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "an htmx script": re.compile(r"hx-on|hx-vals\s*=\s*['\"]js:|javascript:", re.IGNORECASE),
    "a script in the page": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE
    ),
    "another origin": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape off", re.IGNORECASE),
}
MAILS = "templates/mail/"
# Help texts of forms come from the source alone, and a few carry a link.
UNESCAPED = {"templates/django/forms/field.html"}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has(what):
    found = [named(path) for path in TEMPLATES if INLINE[what].search(path.read_text(encoding="utf-8"))]
    if what == "a style attribute":
        found = [name for name in found if not name.startswith(MAILS)]  # mail programs know nothing else
    if what == "unescaped text":
        found = [name for name in found if name not in UNESCAPED]
    assert found == []


def test_partials_do_not_extend_and_pages_do():
    wrong = [
        named(path)
        for path in TEMPLATES
        if path.name.startswith("_") and "{% extends" in path.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_blocktranslate_is_trimmed():
    untrimmed = re.compile(r"{%-?\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)")
    assert [named(path) for path in TEMPLATES if untrimmed.search(path.read_text(encoding="utf-8"))] == []


def test_raw_colours_stand_in_the_tokens_alone():
    raw = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|oklch)\(")
    styles = [path for path in files("static", ".css") if path.name != "tokens.css"]
    assert [
        named(path) for path in styles if raw.search(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    ] == []


def test_scripts_keep_to_the_content_policy():
    unsafe = re.compile(r"\beval\(|new Function|innerHTML\s*=|document\.write|https?://(?!www\.w3\.org)")
    assert [named(path) for path in files("static/js", ".js") if unsafe.search(path.read_text())] == []


def test_every_page_style_is_used():
    everything = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    assert [
        named(path) for path in files("static/css", ".css") if str(path.relative_to(ROOT / "static")) not in everything
    ] == []


def test_python_marks_nothing_safe_without_need():
    """Text becomes HTML through templates and format_html; what is marked safe by hand is listed here with its reason."""
    allowed = {
        "platform_site/ui/templatetags/ui.py",  # components, rendered from templates
        "platform_site/ui/diff.py",
        "platform_site/ui/figures.py",
        "patents/search_page.py",  # the marks in excerpts, every piece escaped beforehand
        "platform_site/outbox/queue.py",  # claims a message in one statement that never changes; values are parameters
        "platform_site/accounts/queries.py",  # asks who reads a page in one statement that never changes, as above
        "platform_site/regions/queries.py",  # asks for permissions in one statement that never changes, as above
    }
    mark = re.compile(r"\bmark_safe\(|\bSafeString\(|\.raw\(|\.extra\(|\bpickle\b|\bcsrf_exempt\b")
    found = {
        named(path)
        for path in files("platform_site", ".py") + files("patents", ".py") + files("trading", ".py")
        if mark.search(path.read_text())
    }
    assert found <= allowed
