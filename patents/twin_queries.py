"""Reads that find the other patent of a same-day pair. Read next: twins.py."""

from collections.abc import Sequence

from django.db.models import Q

from . import twins
from .models import Patent
from .states import PatentKind


def same_day(patents: Sequence[Patent]) -> list[Patent]:
    """What the portal knows that may make a pair with one of these, stated or not; one query, none for designs alone."""
    asked = [patent for patent in patents if PatentKind(patent.kind) in twins.OTHER_KIND]
    if not asked:
        return []
    alike = Q(
        filing_date__in={patent.filing_date for patent in asked},
        applicants__in={patent.applicants for patent in asked},
        kind__in=list(twins.OTHER_KIND),
    )
    stated = [patent.twin_number for patent in asked if patent.twin_number]
    wanted = alike | Q(application_number__in=stated) if stated else alike
    return list(Patent.objects.filter(wanted).exclude(pk__in=[patent.pk for patent in asked]).order_by("pk"))


def twins_of(patents: Sequence[Patent]) -> dict[int, twins.Twin]:
    """Patent pk -> the other of its pair, whichever of the two states it; one query, none where neither can."""
    stating = [patent for patent in patents if patent.twin_number or patent.named_as_twin]
    asked = [patent for patent in stating if PatentKind(patent.kind) in twins.OTHER_KIND]
    if not asked:
        return {}
    stated = [patent.twin_number for patent in asked if patent.twin_number]
    back = Q(twin_number__in=[patent.application_number for patent in asked]) & ~Q(twin_number="")
    known = list(Patent.objects.filter(back | Q(application_number__in=stated) if stated else back).order_by("pk"))
    found = {}
    for patent in asked:
        if patent.twin_number:
            row = next((one for one in known if one.application_number == patent.twin_number), None)
            found[patent.pk] = twins.Twin(patent.twin_number, row)
            continue
        for other in known:
            # A statement about somebody else's patent says nothing unless the two really are a pair.
            if other.twin_number == patent.application_number and twins.are_twins(patent, other):
                found[patent.pk] = twins.Twin(other.application_number, other)
    return found


def stated_elsewhere(number: str, *, besides: str) -> bool:
    """Whether another patent than `besides` names this number as its twin."""
    return (
        Patent.objects.filter(twin_number=number).exclude(application_number=besides).exclude(twin_number="").exists()
    )


def disclosures(patents: Sequence[Patent]) -> list[str]:
    """What a reader is told of the same-day pairs of these patents, in sentences of the active language."""
    pairs = twins_of(patents)
    return [twins.disclosure(patent, pairs[patent.pk]) for patent in patents if patent.pk in pairs]
