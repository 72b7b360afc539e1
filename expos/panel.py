"""A piece of the first page of an edition. Read next: edition_page.py, which lists them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Panel:
    """Drawn by a template of its part, which gets the context as `panel`."""

    template: str
    context: dict[str, Any]
