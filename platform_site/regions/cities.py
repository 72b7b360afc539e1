"""Cities of the six provinces by GB/T 2260 code, as choices of a form. Read next: data/divisions.tsv."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import get_language

from .facts import BY_CODE, PROVINCES


class City(NamedTuple):
    code: str  # GB/T 2260
    name_zh: str
    name_en: str  # may be empty
    province: str  # GB/T 2260


@cache
def cities() -> dict[str, City]:
    """Every city of the six, by code, in code order."""
    with (Path(__file__).parent / "data" / "divisions.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {
            row["code"]: City(row["code"], row["name_zh"], row["name_en"], row["code"][:2] + "0000")
            for row in rows
            if row["level"] == "city" and row["code"][:2] + "0000" in BY_CODE
        }


def city_name(code: str) -> str:
    """The name in the language of the page; empty for a code that is no city of the six."""
    city = cities().get(code)
    if city is None:
        return ""
    return city.name_en or city.name_zh if get_language() == "en" else city.name_zh


def city_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices grouped by province, in code order, in the language of the page."""
    english = get_language() == "en"
    return [
        (
            fact.name_en if english else fact.name_zh,
            [(city.code, city_name(city.code)) for city in cities().values() if city.province == fact.code],
        )
        for fact in PROVINCES
    ]
