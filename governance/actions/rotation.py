"""Rotation by resolution: exceptions of single years, a new order. Read next: effects.py."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from governance.models import Resolution, RotationException, RotationRule
from platform_site.errors import Conflict


def exceptions_write(*, resolution: Resolution, changes: Mapping[int, str], reason_zh: str, reason_en: str) -> None:
    """One row a year: `changes` are year -> GB/T 2260 code of the province that directs it. Part of closing a ballot."""
    RotationException.objects.bulk_create(
        RotationException(
            year=year, province_id=code, resolution=resolution, reason_zh=reason_zh, reason_en=reason_en
        )
        for year, code in sorted(changes.items())
    )  # fmt: skip


def order_write(*, resolution: Resolution, first_year: int, order: Sequence[str]) -> RotationRule:
    """A new order of the six from a year on. Raises: Conflict (an order begins with that year already)."""
    if RotationRule.objects.filter(first_year=first_year).exists():
        raise Conflict(_("从 %(year)s 年起的轮值顺序已有决议。") % {"year": first_year})
    return RotationRule.objects.create(first_year=first_year, order=list(order), resolution=resolution)
