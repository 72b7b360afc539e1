"""The typed facts that a policy may ask about (domain.md 11): what a rule reads of an applicant, a patent and a deal.

A fact that nobody has stated is absent, never guessed. Joined by another occasion (a visit, a stationing, an exhibit):
name it in OCCASIONS and give `entitlement_facts.py` one more function. Imports no models. Read next: rule_engine.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from patents.states import Form, PatentKind
from platform_site.accounts.models.organisation import OrganisationKind

OUTSIDE = "outside"  # a seat that lies in none of the six
PERSON = "person"  # an applicant without an organisation


class FactKind(StrEnum):
    CHOICE = "choice"  # one of a few words
    PLACE = "place"  # a GB/T 2260 code of a province or city, or OUTSIDE
    NUMBER = "number"  # Decimal; money in CNY yuan
    DATE = "date"
    YES_NO = "yes_no"
    CODES = "codes"  # symbols that belong to a tree, as IPC


class Op(StrEnum):
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    FROM = "from"  # that day or later
    BEFORE = "before"
    IS = "is"
    STARTS = "starts"


OPS: Mapping[FactKind, tuple[Op, ...]] = {
    FactKind.CHOICE: (Op.IN,),
    FactKind.PLACE: (Op.IN,),
    FactKind.NUMBER: (Op.AT_LEAST, Op.AT_MOST),
    FactKind.DATE: (Op.FROM, Op.BEFORE),
    FactKind.YES_NO: (Op.IS,),
    FactKind.CODES: (Op.STARTS,),
}
OP_WORDS: Mapping[Op, str | Promise] = {
    Op.IN: pgettext_lazy("rule", "为下列之一"),
    Op.AT_LEAST: pgettext_lazy("rule", "不低于"),
    Op.AT_MOST: pgettext_lazy("rule", "不超过"),
    Op.FROM: pgettext_lazy("rule", "不早于"),
    Op.BEFORE: pgettext_lazy("rule", "早于"),
    Op.IS: pgettext_lazy("rule", "是或否"),
    Op.STARTS: pgettext_lazy("rule", "属于"),
}
OCCASIONS: Mapping[str, str | Promise] = {
    "listing": pgettext_lazy("occasion", "上架展示"),
    "agreement": pgettext_lazy("occasion", "许可或转让合同"),
    "profile": pgettext_lazy("occasion", "申请人自身"),
    "visit": pgettext_lazy("occasion", "考察访问"),
    "stationing": pgettext_lazy("occasion", "入驻"),
    "exhibit": pgettext_lazy("occasion", "参展"),
}
ROLES: Mapping[str, str | Promise] = {
    "owner": pgettext_lazy("applicant", "权利人（转让方、许可方）"),
    "taker": pgettext_lazy("applicant", "实施方（受让方、被许可方）"),
}
APPLICANTS: Mapping[str, str | Promise] = {
    **{kind.value: kind.label for kind in OrganisationKind},
    PERSON: pgettext_lazy("applicant", "个人"),
}


@dataclass(frozen=True)
class Fact:
    name: str
    kind: FactKind
    label: str | Promise  # for YES_NO a statement that is true or not
    unit: str | Promise = ""
    choices: Mapping[str, str | Promise] = field(default_factory=dict)
    is_told: bool = False  # whether an applicant may state it where no record of the portal does


def _facts() -> tuple[Fact, ...]:
    choice, place, number = FactKind.CHOICE, FactKind.PLACE, FactKind.NUMBER
    day, statement, yuan = FactKind.DATE, FactKind.YES_NO, pgettext_lazy("unit", "元")
    return (
        Fact("occasion", choice, _("事由"), choices=OCCASIONS),
        Fact("applicant_kind", choice, _("申请人类型"), choices=APPLICANTS, is_told=True),
        Fact("applicant_seat", place, _("申请人注册地"), is_told=True),
        Fact("is_sme", statement, _("申请人是中小企业"), is_told=True),
        Fact("role", choice, _("申请人身份"), choices=ROLES, is_told=True),
        Fact("owner_seat", place, _("权利人所在地"), is_told=True),
        Fact("first_named_owner", statement, _("申请人是第一专利权人"), is_told=True),
        Fact("conversion_place", place, _("转化实施地"), is_told=True),
        Fact("patent_kind", choice, _("专利类型"), choices=dict(PatentKind.choices)),
        Fact("patent_in_force", statement, _("专利权有效")),
        Fact("years_since_grant", number, _("授权年数"), pgettext_lazy("unit", "年")),
        Fact("ipc", FactKind.CODES, _("国际专利分类")),
        Fact("trl", number, _("技术成熟度等级"), pgettext_lazy("unit", "级")),
        Fact("form", choice, _("转化方式"), choices=dict(Form.choices), is_told=True),
        Fact("contract_cny", number, _("合同金额"), yuan, is_told=True),
        Fact("paid_cny", number, _("实际支付金额"), yuan, is_told=True),
        Fact("signed_on", day, _("合同签订日期")),
        Fact("recorded", statement, _("合同已在国家知识产权局备案或登记")),
        Fact("recorded_on", day, _("备案或登记日期")),
        Fact("contract_registered", statement, _("技术合同已认定登记"), is_told=True),
        Fact("in_production", statement, _("已投产"), is_told=True),
        Fact("first_industrialisation", statement, _("属于首次产业化"), is_told=True),
        Fact("output_cny", number, _("年产值"), yuan, is_told=True),
        Fact("jobs", number, _("新增就业人数"), pgettext_lazy("unit", "人"), is_told=True),
        Fact("loan_cny", number, _("质押贷款金额"), yuan, is_told=True),
        Fact("interest_cny", number, _("已付贷款利息"), yuan, is_told=True),
        Fact("valuation_fee_cny", number, _("评估费"), yuan, is_told=True),
        Fact("premium_cny", number, _("专利保险保费"), yuan, is_told=True),
        Fact("rent_cny", number, _("年租金"), yuan, is_told=True),
        Fact("display_cny", number, _("参展、考察费用"), yuan, is_told=True),
        Fact("annuity_cny", number, _("已缴年费"), yuan, is_told=True),
    )


FACTS: Mapping[str, Fact] = {one.name: one for one in _facts()}
# Where somebody is from: what a rule may treat unequally (parity.py). Where it is converted is everybody's free choice.
SEATS = ("applicant_seat", "owner_seat")
AMOUNTS = tuple(name for name, one in FACTS.items() if one.kind == FactKind.NUMBER)
