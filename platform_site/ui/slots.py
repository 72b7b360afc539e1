"""A beginning as it stands in an address and in a choice: minutes of Shanghai. Read next: widgets.py."""

from datetime import datetime
from typing import Any

from django import forms

from platform_site import clock

STAMP = "%Y-%m-%dT%H:%M"


def stamp(moment: datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime(STAMP)


def read_stamp(text: str) -> datetime | None:
    """None for what is no such beginning."""
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        return None


class SlotField(forms.ChoiceField):
    """One of the slots offered; cleans to its beginning. A slot that has gone meanwhile is let through: the action explains."""

    def valid_value(self, value: Any) -> bool:
        return read_stamp(value) is not None

    def clean(self, value: Any) -> datetime | None:
        return read_stamp(super().clean(value) or "")
