"""The figures by which editions are compared, each defined once and counted from records. Read next: result_page.py.

A part of an expo that has records to count adds one Figure here, and nowhere else: its SQL yields (slug, expo_id, value).
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class EditionFigure:
    slug: str
    name: str | Promise
    unit: str | Promise
    definition: str | Promise
    part: str  # of the statement


_COUNTS = (
    "result.disputed_at IS NULL AND (result.owner_id IS NULL OR result.owner_at IS NOT NULL)"
    " AND (result.taker_id IS NULL OR result.taker_at IS NOT NULL)"
)
_RANK = "array_position(ARRAY['intention', 'framework', 'contract', 'paid', 'industrialised'], step.rung::text)"
_ENTERED = """expos_passage entry WHERE entry.place = 0 AND entry.direction = 'in' AND entry.undoes_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM expos_passage back WHERE back.undoes_id = entry.id)"""


def _reached(slug: str, rank: int) -> str:
    """Results that count and have reached a rung or a higher one."""
    return f"""
    SELECT '{slug}', result.expo_id, count(*)::int FROM expos_exporesult result WHERE {_COUNTS} AND EXISTS (
        SELECT 1 FROM expos_resultstep step WHERE step.result_id = result.id AND {_RANK} >= {rank}) GROUP BY 2"""


_BEGAN = "EXISTS (SELECT 1 FROM expos_resultstep step WHERE step.result_id = result.id AND step.rung = 'intention')"
FIGURES: tuple[EditionFigure, ...] = (
    EditionFigure(
        "visits", _("参观人次"), pgettext_lazy("unit", "人次"), _("从场馆入口进入的次数，再次进入另计，撤销的不计。"),
        f"SELECT 'visits', entry.expo_id, count(*)::int FROM {_ENTERED} GROUP BY 2",
    ),
    EditionFigure(
        "persons", _("参观人数"), pgettext_lazy("unit", "人"), _("从场馆入口进入过的登记数，一份登记只计一人。"),
        f"SELECT 'persons', entry.expo_id, count(DISTINCT entry.registration_id)::int FROM {_ENTERED} GROUP BY 2",
    ),
    EditionFigure(
        "registrations", _("登记人数"), pgettext_lazy("unit", "人"), _("有效的参观登记数，取消的不计。"),
        "SELECT 'registrations', expo_id, count(*)::int FROM expos_registration WHERE state = 'registered' GROUP BY 2",
    ),
    EditionFigure(
        "exhibitors", _("参展商"), pgettext_lazy("unit", "家"), _("有展品准予参展的参展商数，一个账户计一家。"),
        "SELECT 'exhibitors', expo_id, count(DISTINCT exhibitor_id)::int FROM expos_exhibit WHERE state = 'accepted' GROUP BY 2",
    ),
    EditionFigure(
        "exhibits", _("展品"), pgettext_lazy("unit", "项"), _("准予参展的技术数，停止展出的不计。"),
        "SELECT 'exhibits', expo_id, count(*)::int FROM expos_exhibit WHERE state = 'accepted' GROUP BY 2",
    ),
    EditionFigure(
        "booths", _("使用的展位"), pgettext_lazy("unit", "个展位"), _("分配给参展商并在展会结束时仍归其使用的展位数。"),
        "SELECT 'booths', booth.expo_id, count(*)::int FROM expos_boothallotment given"
        " JOIN expos_booth booth ON booth.id = given.booth_id WHERE given.released_at IS NULL GROUP BY 2",
    ),
    EditionFigure(
        "sessions", _("举办的活动"), pgettext_lazy("unit", "场"), _("日程中照常举行并排定了会场的活动数，休息不计。"),
        "SELECT 'sessions', expo_id, count(*)::int FROM expos_session"
        " WHERE state = 'planned' AND room_id IS NOT NULL AND kind <> 'break' GROUP BY 2",
    ),
    EditionFigure(
        "meetings", _("已举行的会面"), pgettext_lazy("unit", "次"), _("会后由当事人登记为已会面的次数。"),
        "SELECT 'meetings', expo_id, count(*)::int FROM expos_expomeeting WHERE state = 'held' GROUP BY 2",
    ),
    EditionFigure(
        "leads", _("观众同意的联系"), pgettext_lazy("unit", "次"), _("参展商扫码后，观众同意并建立洽谈室的次数。"),
        "SELECT 'leads', expo_id, count(*)::int FROM expos_lead WHERE state = 'agreed' GROUP BY 2",
    ),
    EditionFigure(
        "intentions", _("意向"), pgettext_lazy("unit", "项"), _("以意向登记并经当事人确认的成果数，此后升级的仍计入。"),
        f"SELECT 'intentions', result.expo_id, count(*)::int FROM expos_exporesult result WHERE {_COUNTS} AND {_BEGAN} GROUP BY 2",
    ),
    EditionFigure(
        "converted", _("十二个月内转化的意向"), pgettext_lazy("unit", "项"),
        _("意向中，在签署后十二个月内到达合同或以上级别的项数。"),
        f"""SELECT 'converted', result.expo_id, count(*)::int FROM expos_exporesult result WHERE {_COUNTS} AND {_BEGAN} AND EXISTS (
        SELECT 1 FROM expos_resultstep step WHERE step.result_id = result.id AND {_RANK} >= 3
        AND step.reached_on <= (result.signed_on + interval '12 months')::date) GROUP BY 2""",
    ),
    EditionFigure(
        "frameworks", _("到框架协议及以上"), pgettext_lazy("unit", "项"), _("到达过框架协议或更高级别的成果数。"),
        _reached("frameworks", 2),
    ),
    EditionFigure(
        "contracts", _("到合同及以上"), pgettext_lazy("unit", "项"), _("到达过合同或更高级别的成果数。"), _reached("contracts", 3)
    ),
    EditionFigure(
        "paid", _("到账及以上"), pgettext_lazy("unit", "项"), _("到达过到账或更高级别的成果数。"), _reached("paid", 4)
    ),
    EditionFigure(
        "industrialised", _("落地投产"), pgettext_lazy("unit", "项"), _("到达落地投产的成果数。"), _reached("industrialised", 5)
    ),
)  # fmt: skip


def counted() -> dict[int, dict[str, int]]:
    """By edition (key) and slug, zeros left out: one statement for all editions."""
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.part for one in FIGURES))
        for slug, expo_id, value in cursor.fetchall():
            found.setdefault(expo_id, {})[slug] = value
    return found
