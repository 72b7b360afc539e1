"""An invention and a utility model that one applicant filed on one day: which they are, and what a buyer is told. Pure.

Patent Law art. 9: the same invention-creation gets one patent; the utility model is given up when the invention is
granted, so whoever trades one discloses the other. Read next: twin_queries.py.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.regions.workdays import add_months

from . import numbers
from .models import Patent
from .states import LegalStatus, PatentKind

OTHER_KIND = {PatentKind.INVENTION: PatentKind.UTILITY_MODEL, PatentKind.UTILITY_MODEL: PatentKind.INVENTION}
PUBLISHED_AFTER_MONTHS = 18  # from filing, at the latest (Patent Law art. 34)


@dataclass(frozen=True)
class Twin:
    """The other patent of a pair: its number, and its row where the portal has one."""

    number: str
    patent: Patent | None = None


def names(patent: Patent) -> frozenset[str]:
    """The applicants as registered, whatever their order."""
    return frozenset(name.strip() for name in re.split(r"[、,，;；]", patent.applicants) if name.strip())


def are_twins(one: Patent, other: Patent) -> bool:
    """One of each kind, the same filing day, the same applicants."""
    return (
        OTHER_KIND.get(PatentKind(one.kind)) == other.kind
        and one.filing_date == other.filing_date
        and names(one) == names(other)
    )


def doubt(patent: Patent, same_day: Iterable[Patent]) -> str:
    """What a reviewer looks at: a pair that is not stated, or a stated one that is none; empty when all is well."""
    for other in same_day:
        stated = patent.twin_number == other.application_number
        if stated and not are_twins(patent, other):
            return _("填写的同日申请在本平台登记的申请人或申请日与这件不同。")
        told = patent.twin_number or other.twin_number == patent.application_number
        if not told and are_twins(patent, other) and patent.title_zh == other.title_zh:
            return _("本平台登记有同一申请人同日申请的%(other)s，没有说明（《专利法》第九条）。") % {
                "other": _named(other.kind, _number(patent, Twin(other.application_number, other)))
            }
    return ""


def disclosure(patent: Patent, twin: Twin) -> str:
    """What a buyer is told about the pair, in a sentence. The number of an application not yet published is kept back."""
    other = _named(OTHER_KIND[PatentKind(patent.kind)], _number(patent, twin))
    if patent.kind == PatentKind.INVENTION:
        return _(
            "本发明与%(other)s 同日申请（《专利法》第九条）。同样的发明创造只能授予一项专利权，"
            "发明授权时须放弃实用新型；洽谈和签约时请把两件一并处理。"
        ) % {"other": other}
    return _(
        "本实用新型与%(other)s 同日申请（《专利法》第九条）。同样的发明创造只能授予一项专利权，"
        "发明授权时须放弃这件实用新型；洽谈和签约时请把两件一并处理。"
    ) % {"other": other}


def _number(patent: Patent, twin: Twin) -> str:
    """The twin's number as it may be shown: ZL only after a grant that the portal knows of, nothing before publication."""
    if twin.patent is not None:
        return "" if twin.patent.legal_status == LegalStatus.UNPUBLISHED else twin.patent.shown_number
    public = add_months(patent.filing_date, PUBLISHED_AFTER_MONTHS) < clock.today()
    return numbers.display(twin.number, False) if public else ""


def _named(kind: str, number: str) -> str:
    label = PatentKind(kind).label
    if not number:
        return _("一件%(kind)s申请（未公开，不显示号码）") % {"kind": label}
    return _("%(kind)s %(number)s") % {"kind": label, "number": number}
