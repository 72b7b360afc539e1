"""The cast once a module, for modules whose tests begin from one dear record and take back what they do. Read next: factories/cast.py.

    shen, bai = shared.once("shen", "bai")

Make the record with `scope="module"` and ask for all of it before the first test: what is made within a test is gone with it.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import cast


def once(*names: str) -> list[Any]:
    """Fixtures of these names that are made once a module; the tests need the mark `django_db`."""
    return [_fixture(name, getattr(cast, name)) for name in names]


def _fixture(name: str, make: Callable[[], Any]) -> Any:
    def made(module_db: None) -> Any:
        return make()

    made.__doc__ = make.__doc__
    return pytest.fixture(scope="module", name=name)(made)
