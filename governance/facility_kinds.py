"""What is told of one kind of facility and of no other; pure. Read next: models/facility.py, forms/facilities.py."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import FacilityKind

MAKING = (
    FacilityKind.BASE,
    FacilityKind.INCUBATOR,
    FacilityKind.LABORATORY,
    FacilityKind.PILOT_LINE,
)  # where things are made


class KindFact(NamedTuple):
    """One fact: kept under `name` in Facility.facts, as a whole number where it has a unit, else as words."""

    name: str
    label: str | Promise
    unit: str | Promise = ""


KIND_FACTS: dict[str, tuple[KindFact, ...]] = {
    FacilityKind.BASE: (KindFact("industries", _("主导产业")), KindFact("plants", _("标准厂房"), pgettext_lazy("unit", "栋"))),
    FacilityKind.INCUBATOR: (
        KindFact("level", _("孵化器级别")), KindFact("mentors", _("创业导师"), pgettext_lazy("unit", "名")),
    ),
    FacilityKind.CENTRE: (
        KindFact("exhibition_area", _("展厅面积"), "m²"), KindFact("fields", _("展示领域")),
    ),
    FacilityKind.LABORATORY: (
        KindFact("accreditation", _("资质认定")), KindFact("disciplines", _("学科方向")),
    ),
    FacilityKind.PILOT_LINE: (
        KindFact("process", _("工艺类型")), KindFact("throughput", _("处理能力"), pgettext_lazy("unit", "千克/天")),
    ),
    FacilityKind.EXPERT: (KindFact("field", _("专业领域")), KindFact("title", _("职称")),),
}  # fmt: skip
ALL_FACTS = {fact.name: fact for facts in KIND_FACTS.values() for fact in facts}
