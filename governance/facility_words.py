"""What a facility is found by: name, kind, place, equipment, services, in both languages. Read next: facility_queries.py."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from patents import text

from .models import Equipment, Facility

_WRITE = """
    UPDATE governance_facility SET doc =
        setweight(to_tsvector('english', %(english_a)s), 'A') || setweight(to_tsvector('english', %(english_c)s), 'C')
        || %(exact)s::tsvector
    WHERE id = %(id)s
"""


def doc_write(facility: Facility, equipment: Iterable[Equipment]) -> None:
    """Part of every act that writes what is said of a facility."""
    document = text.Document()
    for words in (facility.name_zh, facility.name_en, facility.city):
        document.add(words, "A", by_pairs=True)
    for one in equipment:
        document.add(one.name_zh, "A", by_pairs=True)
        document.add(one.name_en, "A")
    for words in (
        facility.about_zh, facility.about_en, facility.services_zh, facility.services_en, facility.address_zh,
        facility.address_en, " ".join(facility.permits), " ".join(str(value) for value in facility.facts.values()),
    ):  # fmt: skip
        document.add(words, "C")
    values: dict[str, Any] = {
        "id": facility.pk, "exact": document.literal, "english_a": " ".join(document.english["A"]),
        "english_c": " ".join(document.english["C"]),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
