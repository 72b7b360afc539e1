"""Addresses of records whose page belongs to another part of the group's pages."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def address_of(record: Any) -> str:
    """Where a record is shown; empty while there is no such page, and the record is named without a link."""
    try:
        address: str = record.get_absolute_url()
    except NoReverseMatch:
        return ""
    return address


def address_named(name: str) -> str:
    """The page of this name; empty while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
