"""The indicators of the annual plans: named, versioned queries over records that exist. Read next: indicator_queries.py.

All of a year are counted by ONE statement, each by the province of the office that published, examined or recorded. Changing
what a query counts means a new version: a closed plan keeps the figures of the version it was closed with.
A part yields (slug, province or NULL for all six, month or NULL, value, weight); parameters are begin, end (instants),
first, last (days, half-open), year, days and works (which of them are working days, before the portal's own corrections).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LEAST = 5  # agreements: what contracts were worth is told in batches of five, as on the statistics page


class Total(StrEnum):
    """How the six make one figure."""

    SUM = "sum"
    SHARE = "share"  # weighted: all that count of all
    MEDIAN = "median"  # over the records of all six


@dataclass(frozen=True)
class Indicator:
    slug: str
    version: int
    name: str | Promise
    unit: str | Promise
    definition: str | Promise
    part: str  # of the statement
    total: Total = Total.SUM
    is_flow: bool = True  # grows over the year, so that the share of the year that has passed is a measure
    less_is_better: bool = False
    is_money: bool = False  # a sum over contracts: none is told of fewer than LEAST


def _counted(slug: str, table: str, when: str, where: str = "TRUE", province: str = "counted.province_id") -> str:
    """A part that counts rows by province and month of an instant."""
    return f"""
    SELECT '{slug}', {province}, extract(month FROM {when} AT TIME ZONE 'Asia/Shanghai')::int, count(*)::numeric, NULL::numeric
    FROM {table} WHERE {where} AND {when} >= %(begin)s AND {when} < %(end)s GROUP BY 2, 3"""


def _dated(slug: str, table: str, when: str, where: str = "TRUE", province: str = "counted.province_id") -> str:
    """The same by the month of a day."""
    return f"""
    SELECT '{slug}', {province}, extract(month FROM {when})::int, count(*)::numeric, NULL::numeric
    FROM {table} WHERE {where} AND {when} >= %(first)s AND {when} < %(last)s GROUP BY 2, 3"""


_RECORDED = "trading_recordal filed JOIN trading_agreement counted ON counted.id = filed.agreement_id"
_ON_MARKET = """
    SELECT 'listings_on_market', province_id, NULL::int, count(*)::numeric, NULL::numeric
    FROM patents_listing WHERE state = 'published' GROUP BY 2"""
_PATENTS = """
    SELECT 'patents_on_market', listing.province_id, NULL::int, count(*)::numeric, NULL::numeric
    FROM patents_listingpatent bundled JOIN patents_listing listing ON listing.id = bundled.listing_id
    WHERE bundled.is_open AND listing.state = 'published' GROUP BY 2"""
# Batches of LEAST in the order of recordal: the difference of two days' sums is never the price of one contract.
_AMOUNT = f"""
    SELECT 'contract_amount', province_id, NULL::int, sum(amount_cny) FILTER (WHERE place <= whole / {LEAST} * {LEAST}), count(*)::numeric
    FROM (
        SELECT counted.province_id, terms.amount_cny,
            row_number() OVER (PARTITION BY counted.province_id ORDER BY filed.recorded_on, filed.id) AS place,
            count(*) OVER (PARTITION BY counted.province_id) AS whole
        FROM {_RECORDED} JOIN trading_offer terms ON terms.id = counted.offer_id
        WHERE filed.recorded_on >= %(first)s AND filed.recorded_on < %(last)s AND terms.amount_cny IS NOT NULL
    ) batches GROUP BY 2"""
_CROSSING = """
    SELECT 'cross_province_share', counted.province_id, NULL::int,
        count(*) FILTER (WHERE seller.province_id IS DISTINCT FROM taker.province_id)::numeric, count(*)::numeric
    FROM trading_agreement counted JOIN accounts_user seller ON seller.id = counted.owner_id
        JOIN accounts_user taker ON taker.id = counted.buyer_id
    WHERE counted.signed_at >= %(begin)s AND counted.signed_at < %(end)s GROUP BY 2"""
_REVIEW_DAYS = """
    SELECT 'review_days', province_id, NULL::int,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ended.nth - begun.nth)::numeric, count(*)::numeric
    FROM patents_review counted
        JOIN calendar begun ON begun.day = (counted.opened_at AT TIME ZONE 'Asia/Shanghai')::date
        JOIN calendar ended ON ended.day = (counted.decided_at AT TIME ZONE 'Asia/Shanghai')::date
    WHERE counted.decision IN ('approved', 'changes_requested', 'rejected')
        AND counted.decided_at >= %(begin)s AND counted.decided_at < %(end)s
    GROUP BY GROUPING SETS ((province_id), ())"""
_OUTPUT = f"""
    SELECT 'conversion_output', province_id, NULL::int, sum(output_cny) FILTER (WHERE place <= whole / {LEAST} * {LEAST}), count(*)::numeric
    FROM (
        SELECT counted.province_id, latest.output_cny,
            row_number() OVER (PARTITION BY counted.province_id ORDER BY latest.first_at, latest.agreement_id) AS place,
            count(*) OVER (PARTITION BY counted.province_id) AS whole
        FROM (
            SELECT DISTINCT ON (agreement_id) agreement_id, output_cny, in_production,
                min(written_at) OVER (PARTITION BY agreement_id) AS first_at
            FROM trading_conversionreport WHERE year = %(year)s ORDER BY agreement_id, version DESC
        ) latest JOIN trading_agreement counted ON counted.id = latest.agreement_id WHERE latest.in_production
    ) batches GROUP BY 2"""

_GRANTED = (
    "governance_policyapplication granted JOIN governance_policyversion edition ON edition.id = granted.version_id "
    "JOIN governance_policy counted ON counted.id = edition.policy_id"
)
_IS_GRANTED = "granted.state IN ('approved', 'paid')"
_POLICIES = """
    SELECT 'policies_in_force', counted.province_id, NULL::int, count(*)::numeric, NULL::numeric
    FROM governance_policyversion edition JOIN governance_policy counted ON counted.id = edition.policy_id
    WHERE edition.state <> 'draft' AND edition.starts_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
        AND (edition.ends_on IS NULL OR edition.ends_on > (now() AT TIME ZONE 'Asia/Shanghai')::date) GROUP BY 2"""
_SUPPORT_PAID = """
    SELECT 'support_paid', counted.province_id, extract(month FROM payment.paid_on)::int, sum(payment.amount_cny), NULL::numeric
    FROM governance_disbursement payment
        JOIN governance_policyapplication granted ON granted.id = payment.application_id
        JOIN governance_policyversion edition ON edition.id = granted.version_id
        JOIN governance_policy counted ON counted.id = edition.policy_id
    WHERE granted.state <> 'recovered' AND payment.paid_on >= %(first)s AND payment.paid_on < %(last)s GROUP BY 2, 3"""
_SUPPORT_CROSSING = f"""
    SELECT 'support_crossing_share', counted.province_id, NULL::int,
        count(*) FILTER (WHERE coalesce(body.province_id, person.province_id) IS DISTINCT FROM counted.province_id)::numeric,
        count(*)::numeric
    FROM {_GRANTED} JOIN accounts_user person ON person.id = granted.applicant_id
        LEFT JOIN accounts_organisation body ON body.id = granted.organisation_id
    WHERE {_IS_GRANTED} AND granted.decided_at >= %(begin)s AND granted.decided_at < %(end)s GROUP BY 2"""
_FACILITIES = """
    SELECT 'facilities_open', province_id, NULL::int, count(*)::numeric, NULL::numeric
    FROM governance_facility WHERE state = 'open' GROUP BY 2"""
_VISITED = "governance_visit came JOIN governance_facility counted ON counted.id = came.facility_id"
_STAYING = "governance_stationing stay JOIN governance_facility counted ON counted.id = stay.facility_id"
_SHARED = """
    SELECT 'visits_from_elsewhere', place.province_id, NULL::int,
        count(*) FILTER (WHERE asked.from_province_id IS DISTINCT FROM place.province_id)::numeric, count(*)::numeric
    FROM governance_visit asked JOIN governance_facility place ON place.id = asked.facility_id
    WHERE asked.made_at >= %(begin)s AND asked.made_at < %(end)s GROUP BY 2"""

_RESULT_COUNTS = (
    "result.disputed_at IS NULL AND (result.owner_id IS NULL OR result.owner_at IS NOT NULL)"
    " AND (result.taker_id IS NULL OR result.taker_at IS NOT NULL)"
)
_INTENTION = (
    f"{_RESULT_COUNTS} AND EXISTS (SELECT 1 FROM expos_resultstep step"
    " WHERE step.result_id = result.id AND step.rung = 'intention')"
)
_CONVERTED = (
    f"{_INTENTION} AND EXISTS (SELECT 1 FROM expos_resultstep step WHERE step.result_id = result.id"
    " AND step.rung IN ('contract', 'paid', 'industrialised')"
    " AND step.reached_on <= (result.signed_on + interval '12 months')::date)"
)
_MEETINGS = "expos_expomeeting meeting JOIN expos_expo counted ON counted.id = meeting.expo_id"
_EXHIBITORS = """
    SELECT 'expo_exhibitors', delegation.province_id, NULL::int, count(DISTINCT exhibit.exhibitor_id)::numeric, NULL::numeric
    FROM expos_exhibit exhibit JOIN expos_delegation delegation ON delegation.id = exhibit.delegation_id
        JOIN expos_expo expo ON expo.id = exhibit.expo_id
    WHERE exhibit.state = 'accepted' AND expo.year = %(year)s GROUP BY 2"""
_EXPO_VISITORS = """
    SELECT 'expo_visitors', badge.from_province_id, NULL::int, count(DISTINCT badge.id)::numeric, NULL::numeric
    FROM expos_registration badge JOIN expos_expo expo ON expo.id = badge.expo_id
        JOIN expos_passage entry ON entry.registration_id = badge.id AND entry.place = 0 AND entry.direction = 'in'
            AND entry.undoes_id IS NULL
    WHERE badge.from_province_id IS NOT NULL AND expo.year = %(year)s
        AND NOT EXISTS (SELECT 1 FROM expos_passage back WHERE back.undoes_id = entry.id) GROUP BY 2"""

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "listings_approved", 1, _("审核通过的上架技术"), pgettext_lazy("unit", "项"),
        _("当年由各省知识产权局审核通过的上架申请数，含修订后重新审核；按作出审核决定的省份计。"),
        _counted("listings_approved", "patents_review counted", "counted.decided_at", "counted.decision = 'approved'"),
    ),
    Indicator(
        "listings_on_market", 1, _("在架技术"), pgettext_lazy("unit", "项"),
        _("统计时正在公开展示的技术数；按发布的省份计，不含暂停展示、下架和成交的。"), _ON_MARKET, is_flow=False,
    ),
    Indicator(
        "patents_on_market", 1, _("在架专利"), pgettext_lazy("unit", "件"),
        _("统计时正在公开展示的技术所含的专利数；按发布的省份计，一件专利同时只属于一项在架技术。"), _PATENTS, is_flow=False,
    ),
    Indicator(
        "needs_published", 1, _("发布的技术需求"), pgettext_lazy("unit", "项"),
        _("当年首次公开的技术需求数；按审核的省份计。"),
        _counted("needs_published", "trading_technologyneed counted", "counted.published_at"),
    ),
    Indicator(
        "negotiations_opened", 1, _("开始的洽谈"), pgettext_lazy("unit", "次"),
        _("当年新开的洽谈室数；按所谈技术的发布省份计。只计数，内容仅洽谈双方可见。"),
        _counted(
            "negotiations_opened", "trading_negotiation talks JOIN patents_listing counted ON counted.id = talks.listing_id",
            "talks.opened_at",
        ),
    ),
    Indicator(
        "agreements_signed", 1, _("签订的合同"), pgettext_lazy("unit", "份"),
        _("当年双方签署完毕的许可和转让合同数，含取得开放许可；按办理备案的省份计。"),
        _counted("agreements_signed", "trading_agreement counted", "counted.signed_at"),
    ),
    Indicator(
        "grants_recorded", 1, _("备案登记的合同"), pgettext_lazy("unit", "份"),
        _("当年由国家知识产权局备案或登记、并由省知识产权局登入平台的合同数；按登入的省份计。"),
        _dated("grants_recorded", _RECORDED, "filed.recorded_on"),
    ),
    Indicator(
        "contract_amount", 1, _("备案合同金额"), pgettext_lazy("unit", "元"),
        _("当年备案登记的合同约定的价款与入门费之和（人民币元，不含提成和股权）；按登入的省份计。为保护商业秘密，每满五份合同公布一次，不足五份的不公布；六省合计是已公布各省之和。"),
        _AMOUNT, is_money=True,
    ),
    Indicator(
        "cross_province_share", 1, _("跨省成交占比"), "%",
        _("当年签订的合同中，双方不在同一省份的所占百分比；按办理备案的省份计，合计按全部合同计算。"),
        _CROSSING, Total.SHARE, is_flow=False,
    ),
    Indicator(
        "review_days", 1, _("上架审核用时中位数"), pgettext_lazy("unit", "个工作日"),
        _("当年作出决定的上架审核，从提交到决定所用工作日（按内地工作日历，提交当天不计）的中位数；转办和撤回的不计。"),
        _REVIEW_DAYS, Total.MEDIAN, is_flow=False, less_is_better=True,
    ),
    Indicator(
        "open_declarations", 1, _("公告的开放许可声明"), pgettext_lazy("unit", "件"),
        _("当年由国家知识产权局公告的开放许可声明数；按登记公告的省份计，此后撤回或失效的仍计入。"),
        _dated("open_declarations", "trading_opendeclaration counted", "counted.announced_on"),
    ),
    Indicator(
        "conversion_output", 1, _("转化产值"), pgettext_lazy("unit", "元"),
        _("合同双方对当年报告的已投产技术的产值之和（人民币元），每份合同以最后一次报告为准；按办理备案的省份计。每满五份合同公布一次，不足五份的不公布。"),
        _OUTPUT, is_money=True,
    ),
    Indicator(
        "policies_in_force", 1, _("施行中的优惠政策"), pgettext_lazy("unit", "项"),
        _("统计时施行中的优惠政策数；按公布的省份计。"), _POLICIES, is_flow=False,
    ),
    Indicator(
        "support_granted", 1, _("批准的支持事项"), pgettext_lazy("unit", "项"),
        _("当年公示期满后批准的支持事项申报数；按批准的省份计。"),
        _counted("support_granted", _GRANTED, "granted.decided_at", _IS_GRANTED),
    ),
    Indicator(
        "support_paid", 2, _("兑现的支持资金"), pgettext_lazy("unit", "元"),
        _("当年登记的兑现金额（人民币元），已收回的除外，按付款日期；按批准的省份计。受支持的事项和金额均已公示。"), _SUPPORT_PAID,
    ),
    Indicator(
        "support_crossing_share", 1, _("支持外省申请人占比"), "%",
        _("当年批准的支持事项中，申请人（单位的按单位）不在该省的所占百分比；按批准的省份计，合计按全部事项计算。"),
        _SUPPORT_CROSSING, Total.SHARE, is_flow=False,
    ),
    Indicator(
        "facilities_open", 1, _("开放的共享资源"), pgettext_lazy("unit", "个"),
        _("统计时开放的产业化基地、孵化器、展示交易中心、实验室、中试基地和专家数；按所在的省份计。"), _FACILITIES, is_flow=False,
    ),
    Indicator(
        "visits_used", 1, _("共享资源到访"), pgettext_lazy("unit", "次"),
        _("当年登记为已到访的参观预约数；按资源所在的省份计，到访的日期为准。"),
        _counted("visits_used", _VISITED, "came.starts_at", "came.state = 'used'"),
    ),
    Indicator(
        "stationings_signed", 1, _("签约入驻"), pgettext_lazy("unit", "项"),
        _("当年签订入驻合同的专利技术数；按资源所在的省份计，此后毕业或退出的仍计入。"),
        _dated("stationings_signed", _STAYING, "stay.signed_on"),
    ),
    Indicator(
        "visits_from_elsewhere", 1, _("共享资源外省预约占比"), "%",
        _("当年提出的参观预约中，到访人不在资源所在省份的所占百分比；按资源所在的省份计，合计按全部预约计算。"),
        _SHARED, Total.SHARE, is_flow=False,
    ),
    Indicator(
        "expo_exhibitors", 1, _("展会参展商"), pgettext_lazy("unit", "家"),
        _("当年展会中有展品准予参展的参展商数，一个账户计一家；按代表团的省份计。"), _EXHIBITORS, is_flow=False,
    ),
    Indicator(
        "expo_visitors", 1, _("展会参观人数"), pgettext_lazy("unit", "人"),
        _("当年展会中从场馆入口进入过的登记数，一份登记只计一人；按登记人的省份计，六省以外的不计。"), _EXPO_VISITORS,
        is_flow=False,
    ),
    Indicator(
        "expo_intentions", 1, _("展会意向"), pgettext_lazy("unit", "项"),
        _("当年签署、以意向登记并经当事人确认的展会成果数，此后升级的仍计入；按代表团的省份计。"),
        _dated("expo_intentions", "expos_exporesult result", "result.signed_on", _INTENTION, "result.province_id"),
    ),
    Indicator(
        "expo_converted", 1, _("展会意向转化"), pgettext_lazy("unit", "项"),
        _("当年签署的展会意向中，签署后十二个月内到达合同或以上级别的项数；按代表团的省份计，次年到达的计回签署的年度。"),
        _dated("expo_converted", "expos_exporesult result", "result.signed_on", _CONVERTED, "result.province_id"),
    ),
    Indicator(
        "expo_meetings", 1, _("展会对接会面"), pgettext_lazy("unit", "次"),
        _("当年开始、由当事人登记为已会面的展会对接次数；按承办展会的省份计。"),
        _counted("expo_meetings", _MEETINGS, "meeting.starts_at", "meeting.state = 'held'", "counted.host_id"),
    ),
)  # fmt: skip
BY_SLUG = {one.slug: one for one in INDICATORS}
STATEMENT = (
    "WITH calendar AS ("
    "SELECT known.day, sum(coalesce(said.is_working, known.works)::int) OVER (ORDER BY known.day) AS nth"
    " FROM unnest(%(days)s::date[], %(works)s::bool[]) AS known (day, works)"
    " LEFT JOIN regions_dayoverride AS said ON said.day = known.day)"
    + " UNION ALL ".join(one.part for one in INDICATORS)
)
