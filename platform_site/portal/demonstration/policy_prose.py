"""What the demonstration's policies say: invented, in the manner of provincial measures; no text of any office. Read next: policies.py."""

from typing import Any, NamedTuple

Leaf = dict[str, Any]


def leaf(name: str, op: str, value: Any, clause: str) -> Leaf:
    return {"fact": name, "op": op, "value": value, "clause": clause}


class Text(NamedTuple):
    """Of one kind: titles and summaries with {p} for the province, conditions, amount, what the papers are."""

    title: tuple[str, str]
    summary: tuple[str, str]
    rule: tuple[Any, ...]
    formula: dict[str, Any]
    cap: int | None
    stacking: str
    documents: tuple[str, ...]
    budget: int | None = None
    quota: int | None = None


DEAL = leaf("occasion", "in", ["agreement"], "第二条")
IN_FORCE = leaf("patent_in_force", "is", True, "第三条第一项")
CONTRACT, INVOICE = "已备案或登记的合同复印件", "付款凭证"
TEXTS: dict[str, Text] = {
    "deal": Text(
        ("{p}专利许可转让奖补办法", "{e} measures on awards for patent licences and assignments"),
        ("对在本省转化的专利许可、转让合同，按合同金额给予奖补。", "Awards a share of the contract price of licences and assignments converted in the province."),
        (DEAL, IN_FORCE, leaf("form", "in", ["assignment", "exclusive", "sole", "ordinary"], "第三条第二项"),
         leaf("contract_cny", "at_least", "50000", "第三条第三项"),
         {"any": [leaf("recorded", "is", True, "第四条第一项"), leaf("contract_registered", "is", True, "第四条第二项")]}),
        {"kind": "rate", "percent": "5", "of": "contract_cny"}, 200_000, "once", (CONTRACT, INVOICE), 3_000_000,
    ),
    "conversion": Text(
        ("{p}专利转化实施补助办法", "{e} measures on support for putting patents into production"),
        ("对首次产业化并已投产的专利技术给予补助。", "Supports patented technology that is industrialised for the first time and in production."),
        (DEAL, IN_FORCE, leaf("in_production", "is", True, "第四条"), leaf("output_cny", "at_least", "1000000", "第五条"),
         {"not": leaf("form", "in", ["open"], "第六条")}),
        {"kind": "marginal", "of": "output_cny", "steps": [["0", "2"], ["5000000", "1"]]}, 500_000, "higher",
        ("投产证明", "上年度财务报表"), 5_000_000,
    ),
    "rent": Text(
        ("{p}产业化基地场地租金减免办法", "{e} measures on rent reduction in industrialization bases"),
        ("入驻省内产业化基地、孵化器转化专利技术的，减免部分租金。", "Reduces the rent of those who convert patents in the bases and incubators of the province."),
        (leaf("occasion", "in", ["agreement", "stationing"], "第二条"), IN_FORCE, leaf("is_sme", "is", True, "第三条第二项")),
        {"kind": "rate", "percent": "50", "of": "rent_cny"}, 120_000, "cumulative", ("租赁合同",), None, 40,
    ),
    "interest": Text(
        ("{p}专利权质押贷款贴息办法", "{e} measures on interest subsidies for loans pledged with patents"),
        ("中小企业以专利权质押取得贷款并按期还本付息的，给予贴息。", "Pays part of the interest of small and medium firms on loans pledged with patents."),
        (IN_FORCE, leaf("is_sme", "is", True, "第三条"), leaf("loan_cny", "at_most", "10000000", "第四条")),
        {"kind": "rate", "percent": "40", "of": "interest_cny"}, 300_000, "higher", ("贷款合同", "付息凭证"), 2_000_000,
    ),
    "valuation": Text(
        ("{p}专利评估费补贴办法", "{e} measures on allowances for patent valuation"),
        ("为许可、转让、质押委托专利评估的，补贴部分费用。", "Pays part of the fee for valuing a patent that is to be licensed, assigned or pledged."),
        (IN_FORCE, leaf("valuation_fee_cny", "at_least", "1000", "第三条")),
        {"kind": "rate", "percent": "50", "of": "valuation_fee_cny"}, 30_000, "once", ("评估报告", "发票"),
    ),
    "risk": Text(
        ("{p}专利质押融资风险补偿办法", "{e} measures on the risk pool for patent pledges"),
        ("对专利质押贷款损失，由风险补偿资金分担。", "Shares the losses of lenders on loans pledged with patents."),
        (IN_FORCE, leaf("loan_cny", "at_least", "500000", "第三条"), leaf("loan_cny", "at_most", "20000000", "第三条")),
        {"kind": "rate", "percent": "30", "of": "loan_cny"}, 2_000_000, "once", ("贷款合同",), 8_000_000,
    ),
    "insurance": Text(
        ("{p}专利保险补贴办法", "{e} measures on allowances for patent insurance"),
        ("投保专利执行保险、侵权责任保险的，补贴保费。", "Pays part of the premium of insurance for enforcing or infringing patents."),
        (IN_FORCE, leaf("premium_cny", "at_least", "500", "第三条")),
        {"kind": "rate", "percent": "60", "of": "premium_cny"}, 20_000, "cumulative", ("保险单",),
    ),
    "display": Text(
        ("{p}专利技术展示推介补助办法", "{e} measures on support for displaying and visiting"),
        ("在平台展示技术、参展或到省内基地考察对接的，补助部分费用。", "Pays part of what it costs to display technology, to exhibit or to visit the bases of the province."),
        (leaf("occasion", "in", ["listing", "visit", "exhibit"], "第二条"), leaf("patent_in_force", "is", True, "第三条")),
        {"kind": "rate", "percent": "50", "of": "display_cny"}, 10_000, "cumulative", ("费用凭证",), None, 60,
    ),
    "award": Text(
        ("{p}专利奖励办法", "{e} measures on patent awards"),
        ("对转化成效突出的发明专利给予奖励。", "Awards inventions whose conversion has done outstandingly well."),
        (DEAL, IN_FORCE, leaf("patent_kind", "in", ["invention"], "第三条"), leaf("output_cny", "at_least", "5000000", "第四条")),
        {"kind": "brackets", "of": "output_cny", "steps": [["5000000", "50000"], ["20000000", "150000"], ["50000000", "300000"]]},
        None, "cumulative", ("推荐表",), None, 20,
    ),
    "tax": Text(
        ("{p}技术转让所得税收优惠办理指引", "{e} guidance on tax relief for technology transfer"),
        ("符合条件的技术转让所得，居民企业 500 万元以内的部分免征企业所得税。", "Income from technology transfer up to CNY 5 million is free of enterprise income tax."),
        (DEAL, leaf("role", "in", ["owner"], "第二条"), leaf("contract_registered", "is", True, "第三条"),
         leaf("form", "in", ["assignment", "exclusive"], "第四条")),
        {"kind": "marginal", "of": "contract_cny", "steps": [["0", "25"], ["5000000", "12.5"]]}, None, "cumulative", ("认定登记证明",),
    ),
    "talent": Text(
        ("{p}技术经理人和发明人激励办法", "{e} measures on incentives for inventors and technology managers"),
        ("促成专利转化的发明人、技术经理人给予一次性激励。", "A single incentive for inventors and technology managers who bring a conversion about."),
        (leaf("applicant_kind", "in", ["university", "institute", "person"], "第二条"), leaf("contract_cny", "at_least", "200000", "第三条")),
        {"kind": "fixed", "amount": "20000"}, None, "once", ("业绩证明",), None, 30,
    ),
    "priority": Text(
        ("{p}专利转化项目优先立项办法", "{e} measures on priority for projects that convert patents"),
        ("已投产的专利转化项目优先立项，给予前期经费。", "Projects that convert patents go first, with means for their beginning."),
        (DEAL, leaf("in_production", "is", True, "第三条"), leaf("trl", "at_least", "7", "第四条")),
        {"kind": "fixed", "amount": "100000"}, None, "once", ("项目建议书",), 2_000_000, 20,
    ),
    "fee": Text(
        ("{p}发明专利年费资助办法", "{e} measures on support for annuities"),
        ("资助有效发明专利的年费（随国家规定取消）。", "Supports the annuities of inventions in force; abolished with the national rules."),
        (IN_FORCE, leaf("patent_kind", "in", ["invention"], "第三条")),
        {"kind": "rate", "percent": "50", "of": "annuity_cny"}, 2_000, "once", ("缴费凭证",),
    ),
}  # fmt: skip
BY_PROVINCE: dict[str, tuple[str, ...]] = {
    "140000": ("deal", "conversion", "rent", "interest", "valuation", "insurance", "award"),
    "340000": ("deal", "conversion", "rent", "interest", "risk", "display", "talent"),
    "360000": ("deal", "conversion", "rent", "valuation", "insurance", "display", "priority"),
    "410000": ("deal", "conversion", "rent", "interest", "valuation", "tax", "award"),
    "420000": ("deal", "conversion", "rent", "risk", "insurance", "display", "talent", "fee"),
    "430000": ("deal", "conversion", "rent", "interest", "priority", "tax", "award"),
}
# Clauses that reserve: (province, kind) -> the condition. Those of EASED stand in the first version and not in the second.
LOCAL: dict[tuple[str, str], Leaf] = {
    ("140000", "rent"): leaf("applicant_seat", "in", ["140100"], "第五条"),
    ("420000", "conversion"): leaf("applicant_seat", "in", ["420000"], "第七条"),
    ("410000", "award"): leaf("owner_seat", "in", ["410000"], "第五条"),
    ("420000", "talent"): leaf("first_named_owner", "is", True, "第四条"),
}
EASED: dict[tuple[str, str], Leaf] = {
    ("340000", "deal"): leaf("applicant_seat", "in", ["340000"], "第五条"),
    ("430000", "conversion"): leaf("owner_seat", "in", ["430000"], "第七条"),
}
HERE = "第八条"  # the clause that asks for a conversion in the province: open to whoever converts there
CONVERTED = frozenset({"deal", "conversion", "rent", "priority", "award"})
BASIS = ("{p}省专利转化工作方案（演示）第三部分", "Plan of {e} for converting patents (demonstration), part 3")
REASONS = {
    "correction": "付款凭证缺少银行回单，请补充。", "declined": "经核实，合同尚未备案，也未认定登记。", "appeal": "合同已于上月备案，请复核。",
    "upheld": "经复核，备案日期晚于政策规定的期限，维持原决定。", "review": "合同、付款和专利状态已核对，材料属实。", "confirm": "同意初审意见。",
    "objection": "公示的付款金额与合同约定的首期不一致，请核实。", "answer": "已核对银行回单，金额与合同补充条款一致。",
    "recovered": "同一付款凭证已在另一项支持中使用，收回本项支持。", "ended": "资金安排调整，由新的转化补助承接。", "note": "技术已在本省试生产，资金用于购置检测设备。",
}  # fmt: skip
