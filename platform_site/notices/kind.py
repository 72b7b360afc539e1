"""What a kind of notice is. Read next: kinds.py."""

from typing import NamedTuple

from django.utils.functional import Promise


class Kind(NamedTuple):
    label: str | Promise  # what the preference page calls it
    subject: str | Promise
    text: str | Promise
