"""The colours of static/css/tokens.css, by theme."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[3] / "static" / "css"


def _values(block: str) -> dict[str, str]:
    return {name: value.upper() for name, value in re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{3,8})\b", block)}


def _block(css: str, opening: str) -> str:
    start = css.index(opening) + len(opening)
    return css[start : css.index("}", start)]


@pytest.fixture(scope="session")
def themes() -> dict[str, dict[str, str]]:
    """Colours by name for `light`, `dark` (chosen) and `system` (dark by the system)."""
    css = (CSS / "tokens.css").read_text()
    light = _values(_block(css, ":root {"))
    return {
        "light": light,
        "dark": light | _values(_block(css, ":root[data-theme=dark] {")),
        "system": light | _values(_block(css, ":root:not([data-theme]) {")),
    }
