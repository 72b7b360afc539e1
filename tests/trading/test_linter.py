"""Wording that the linter names, and its innocent neighbours; then what it reads from the structure. Read next: ../../trading/linter.py."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.factories.terms import assigned, royalty, terms
from trading import linter
from trading.linter import PROSE, SEVERITIES, About, Severity, findings
from trading.linter_words import WORDS

GUILTY = {
    "improvement_ban": [
        "被许可人不得对专利技术进行任何改进。",
        "未经甲方书面同意，乙方不得改进本专利技术。",
        "非经许可人批准禁止二次开发",
        "對專利技術的任何改進均須事先取得甲方同意。",  # traditional script
        "经许可人批准后方可对产品进行改良。",
        "本合同限制乙方在标的技术基础上进行研究开发。",
        "乙方不得使用改进后的技术。",
        "The licensee shall not improve or modify the licensed technology.",
        "Licensee is prohibited from making any improvements to the process.",
        "Any improvement by the licensee requires the prior consent of the licensor.",
    ],
    "grant_back": [
        "乙方的改进成果无偿归甲方所有。",
        "被许可人对技术的改进应免费提供给许可人使用。",
        "甲方有权无偿使用乙方作出的改进。",
        "乙方改进技术的知识产权归甲方。",
        "被许可人应将其改良技术独占许可给许可人。",
        "乙方的改进，无条件转让甲方。",
        "All improvements made by the licensee shall be licensed to the licensor free of charge.",
        "Improvements made by the licensee shall belong to the licensor.",
        "Any improvements vest in the Owner.",
    ],
    "rival_sources": [
        "乙方不得从第三方取得与本专利类似的技术。",
        "合同期内，被许可人不得采用与许可技术相竞争的技术。",
        "乙方不得与他人合作开发同类技术。",
        "被许可人只能使用许可人的技术。",
        "本合同限制乙方获得替代性的工艺。",
        "The licensee shall not use any competing technology during the term.",
        "Licensee may not acquire from others similar patents.",
        "The licensee shall only use the technology of the licensor.",
    ],
    "limits": [
        "乙方每年产量不得超过５０００台。",
        "产品销售价格不得低于每台三万元。",
        "产品的售价须经甲方核准。",
        "乙方只能通过甲方的经销商销售产品。",
        "被许可人不得出口许可产品。",
        "产品仅限国内销售。",
        "乙方只能生产甲方选定的型号。",
        "不得生产超过一千件",
        "The licensee shall not manufacture more than 500 units a year.",
        "The licensee shall not export the products.",
        "The selling price shall be approved by the licensor.",
        "Licensee shall only sell the products through the agents of the licensor.",
    ],
    "tying": [
        "乙方须同时购买甲方的配套设备。",
        "被许可人应当向许可人采购全部耗材。",
        "乙方应接收甲方委派的技术人员。",
        "乙方须接受非必需的附带条件。",
        "The licensee shall purchase the catalyst from the licensor.",
        "The licensee must also buy spare parts from the Owner.",
    ],
    "suppliers": [
        "乙方只能从甲方指定的供应商处采购。",
        "不得向其他厂家购买零部件。",
        "原材料必须从甲方指定的企业购买。",
        "乙方只能向甲方购买催化剂。",
        "Raw materials shall be bought only from suppliers approved by the licensor.",
        "The licensee may not purchase materials from any other source.",
    ],
    "no_challenge": [
        "乙方不得对专利权的有效性提出异议。",
        "被许可人无权请求宣告该专利无效。",
        "任何情况下不得质疑本专利的效力。",
        "乙方提出无效宣告请求的，甲方有权立即解除合同。",
        "The licensee shall not challenge the validity of the patent.",
        "Licensee may not, directly or indirectly, contest the patent.",
        "If the licensee challenges the validity of the patent, the licensor may terminate.",
    ],
    "sublicence_contradiction": [
        "乙方可以许可给第三方实施。",
        "被许可人有权在省内分许可。",
        "允许乙方转许可",
        "The licensee may sublicense freely.",
    ],
    "form_contradiction": [
        "乙方在湖南省内独家实施。",
        "本合同为独占许可。",
        "甲方授予乙方排他性的许可",
        "The licensor grants an exclusive licence.",
    ],
    "arbitration_or_court": [
        "争议可以申请仲裁，也可以向人民法院起诉。",
        "发生争议时向法院起诉或者仲裁",
        "提交仲裁或诉讼解决",
        "Disputes may be submitted to arbitration or to a court.",
    ],
    "abroad": [
        "乙方为境外公司。",
        "产品由香港公司销售",
        "The licensee is a foreign company.",
    ],
}
INNOCENT = {
    "improvement_ban": [
        "双方均可改进。",
        "甲方不得限制乙方改进专利技术。",
        "许可人无权要求被许可人停止研究开发。",
        "改进成果归完成改进的一方。",
        "乙方不得泄露甲方的改进方案。",
        "甲方不得使用乙方的改进技术。",
        "使用对方的改进须经对方同意。",
        "不得将技术资料用于改进以外的目的。",
        "The licensor shall not restrict the licensee from improving the technology.",
        "Each party may improve the technology.",
        "The licensee shall not disclose improvements to third parties.",
        "The licensee shall not modify the patent marking on the products.",
    ],
    "grant_back": [
        "甲方自行完成的改进归甲方所有。",
        "乙方的改进归乙方所有，甲方可有偿优先使用。",
        "双方的改进相互免费许可。",
        "甲方不得无偿使用乙方的改进。",
        "乙方改进后转让给甲方的，甲方支付合理对价。",
        "技术服务在第一年免费提供。",
        "重大改进申请专利的权利归改进方，对方可以免费使用。",
        "Improvements made by the licensor belong to the licensor.",
        "Each party grants the other a licence to its improvements free of charge.",
        "Improvements shall belong to the party that made them.",
    ],
    "rival_sources": [
        "乙方可以从其他来源取得类似技术。",
        "甲方不得限制乙方采用竞争性技术。",
        "甲方不得将专利许可给乙方的竞争对手。",
        "乙方不得向同类企业披露技术资料。",
        "双方技术与同类技术的比较见附件。",
        "The licensee may use competing technology.",
        "The licensor shall not prevent the licensee from using similar technology.",
    ],
    "limits": [
        "每年产量不低于五百台。",
        "不合格品数量不得超过总数的百分之一。",
        "甲方不得限制乙方的销售渠道。",
        "出口依法办理许可手续。",
        "合同价款不得低于评估价。",
        "双方不得违反出口管制的规定。",
        "产品价格由乙方自行确定。",
        "The licensee may export the products.",
        "The licensee sets its own selling price.",
        "The price shall not be lower than the appraisal.",
    ],
    "tying": [
        "乙方可以选择购买甲方的设备。",
        "乙方无须购买甲方的耗材。",
        "甲方应接收乙方人员到厂培训。",
        "甲方负责交付全套图纸。",
        "The licensee may purchase equipment from the licensor.",
        "The licensee is not required to purchase spare parts from the licensor.",
    ],
    "suppliers": [
        "乙方自行选择供应商。",
        "甲方提供合格供应商名单，供参考。",
        "原材料由乙方自行采购。",
        "甲方不得要求乙方向指定的供应商购买原材料。",
        "The licensee is free to choose its suppliers.",
        "Suppliers named by the licensor are recommendations only.",
    ],
    "no_challenge": [
        "专利被宣告无效的，乙方有权解除合同。",
        "甲方应积极应对第三人提出的无效宣告请求。",
        "乙方有权请求宣告专利无效。",
        "甲方不得因乙方请求宣告无效而解除合同。",
        "乙方不得主张合同条款无效以拖延付款。",
        "The licensor shall defend the validity of the patent.",
        "The licensee may challenge the validity of the patent.",
    ],
    "sublicence_contradiction": [
        "乙方不可以分许可。",
        "未经甲方书面同意，乙方无权再许可他人。",
        "乙方可以委托加工。",
        "许可方违反约定，在乙方以外再许可他人的，应当支付违约金。",
        "The licensee may not sublicense.",
        "The licensee may sublicense with the prior written consent of the licensor.",
    ],
    "form_contradiction": [
        "本许可为非独占许可。",
        "乙方不享有独占实施的权利。",
        "甲方可以再许可他人。",
        "停产超过一年的，独占许可改为普通许可。",
        "The licensor grants a non-exclusive licence.",
    ],
    "arbitration_or_court": [
        "争议提交武汉仲裁委员会仲裁。",
        "争议由权利人所在地人民法院管辖。",
        "任何一方可以向法院申请撤销仲裁裁决。",
        "Disputes are submitted to arbitration.",
    ],
    "abroad": [
        "乙方在湖南省内实施。",
        "参考国内标准。",
        "The licensee is registered in Changsha.",
    ],
}  # fmt: skip


def found(sentence, **changes):
    """Findings on a sentence among the other clauses."""
    return {finding.code: finding for finding in findings(terms(other=sentence, **changes))}


@pytest.mark.parametrize(("code", "sentence"), [(code, one) for code, many in GUILTY.items() for one in many])
def test_named(code, sentence):
    finding = found(sentence)[code]
    assert finding.key == "other"
    assert finding.words and finding.words in sentence, "the words are shown as they were written"


@pytest.mark.parametrize(("code", "sentence"), [(code, one) for code, many in INNOCENT.items() for one in many])
def test_not_named(code, sentence):
    assert code not in found(sentence)


def test_there_are_enough_of_both_kinds():
    assert set(GUILTY) == set(INNOCENT)
    assert min(len(many) for many in [*GUILTY.values(), *INNOCENT.values()]) >= 3


@pytest.mark.parametrize("code", [code for code in GUILTY if code in SEVERITIES])
def test_the_guilty_of_one_rule_are_not_mistaken_for_another_grave_one(code):
    """A sentence may break two rules, but a clear example of one is not named after most of the others."""
    for sentence in GUILTY[code]:
        grave = {one for one, finding in found(sentence).items() if finding.severity != Severity.HINT}
        assert len(grave) <= 2, (sentence, grave)


@pytest.mark.parametrize("key", PROSE)
def test_every_prose_clause_is_read(key):
    hit = [
        one
        for one in findings(terms(**{key: "按附件执行。\n乙方不得改进技术；其余照旧。"}))
        if one.code == "improvement_ban"
    ]
    assert [(one.key, one.words) for one in hit] == [(key, "不得改进")]


def test_full_width_and_traditional_wording_is_read_and_shown_as_written():
    assert found("乙方年產量不得超過１００臺。")["limits"].words == "年產量不得超過"


def test_one_sentence_is_named_once_and_two_are_named_twice():
    text = "乙方不得改进，也不得二次开发。乙方不得改良。"
    assert [one.words for one in findings(terms(other=text)) if one.code == "improvement_ban"] == [
        "不得改进",
        "不得改良",
    ]


def test_gravest_first():
    order = [one.severity for one in findings(royalty(other="乙方不得出口。乙方不得改进。"))]
    assert order == sorted(order, key=list(Severity).index)
    assert set(order) == set(Severity)


def test_what_is_void_is_void_and_what_is_unreasonable_is_a_risk():
    assert found("乙方不得改进。")["improvement_ban"].severity == Severity.VOID
    assert found("乙方不得出口。")["limits"].severity == Severity.RISK
    assert "第八百五十条" in found("乙方不得改进。")["improvement_ban"].provision


# ---- structure


def codes(agreed, **about):
    return [finding.code for finding in findings(agreed, About(**about))]


def test_a_free_grant_back_that_is_chosen_is_void():
    hit = next(one for one in findings(terms(improvements="free_back")) if one.code == "grant_back")
    assert (hit.key, hit.severity, hit.words) == ("improvements", Severity.VOID, "被许可人的改进无偿归权利人")
    for choice in ("maker", "shared", "paid_back"):
        assert "grant_back" not in codes(terms(improvements=choice))


def test_a_term_beyond_the_patent():
    agreed = terms(end=date(2041, 1, 1))
    assert "beyond_patent" in codes(agreed, patents_end=date(2040, 3, 2))
    assert "beyond_patent" not in codes(agreed, patents_end=date(2041, 1, 1))
    assert "beyond_patent" not in codes(agreed)
    assert "beyond_patent" not in codes(terms(end=None), patents_end=date(2040, 3, 2))


@pytest.mark.parametrize(
    ("dispute", "body", "named"),
    [
        ("arbitration", "  ", "arbitration_no_commission"),
        ("arbitration", "武汉", "arbitration_commission_unclear"),
        ("arbitration", "武汉仲裁委员会", None),
        ("arbitration", "Hong Kong International Arbitration Centre", None),
        ("court_owner", "", None),
    ],
)
def test_arbitration_names_its_commission(dispute, body, named):
    hit = [code for code in codes(terms(dispute=dispute, dispute_body=body)) if code.startswith("arbitration")]
    assert hit == ([named] if named else [])


@pytest.mark.parametrize("words", ["甲方可以查阅账目。", "乙方每年接受审计。", "The books may be inspected."])
def test_a_royalty_without_a_right_to_the_books(words):
    assert "royalty_no_audit" in codes(royalty())
    assert "royalty_no_audit" not in codes(royalty(other=words))
    assert "royalty_no_audit" not in codes(terms())


def test_a_design_has_no_use():
    agreed = terms(other="甲方许可乙方使用该外观设计专利产品。")
    assert "design_use" in codes(agreed, has_design=True)
    assert "design_use" not in codes(agreed)
    for sentence in (
        "许可乙方制造、销售外观设计产品。",
        "乙方付款后使用培训场地。",
        "The licensee may make and sell the product.",
    ):
        assert "design_use" not in codes(terms(other=sentence), has_design=True)
    for sentence in ("授权乙方使用外观设计", "The licensee is permitted to use the design."):
        assert "design_use" in codes(terms(other=sentence), has_design=True)


def test_a_party_from_abroad_is_reminded_of_the_export_of_technology():
    assert "abroad" in codes(terms(), is_abroad=True)
    assert codes(terms(other="乙方为境外公司。香港公司付款。")).count("abroad") == 1
    assert "abroad" not in codes(terms(other="境外公司应先取得出口许可证。"))


def test_the_forms_are_contradicted_both_ways():
    assert "form_contradiction" in codes(terms(form="exclusive", other="本许可为普通许可。"))
    assert "form_contradiction" in codes(terms(form="exclusive", other="甲方可以另行许可给他人。"))
    assert "form_contradiction" not in codes(terms(form="exclusive", other="本合同为独占许可。"))
    assert "form_contradiction" not in codes(terms(form="sole", other="甲方不再许可他人，乙方独家实施。"))
    assert "form_contradiction" not in codes(assigned(other="让与人独家承担此前的费用，独占许可除外。"))
    assert "sublicence_contradiction" not in codes(terms(sublicensable=True, other="乙方可以分许可。"))


SILENT = {
    "ordinary": [terms(), terms(form="sole")],
    "sole_unable": [terms(form="sole"), terms(form="sole", other="权利人不得自行实施。")],
    "sublicence_none": [terms(), terms(sublicensable=True)],
    "sublicence_ordinary": [terms(sublicensable=True), terms()],
    "no_end": [terms(end=None), terms()],
    "annuities": [terms(), terms(service="年费由甲方缴纳。")],
    "own_use": [assigned(), assigned(other="让与人自移交日起停止实施。")],
    "earlier_licences": [assigned(), terms()],
    "improvements_maker": [terms(), terms(improvements="shared")],
    "infringement": [terms(), terms(other="侵害他人权利的，由乙方承担。")],
    "no_confidentiality": [terms(), terms(confidentiality_years=5)],
    "cure": [terms(), terms(acceptance="经催告后六十日内仍不履行的，可以解除。")],
}


@pytest.mark.parametrize("code", SILENT)
def test_where_the_terms_are_silent_the_law_speaks(code):
    silent, settled = SILENT[code]
    hit = next(one for one in findings(silent) if one.code == code)
    assert (hit.severity, hit.words) == (Severity.HINT, "")
    assert code not in codes(settled)


def test_every_code_has_words_in_both_languages_and_is_tried_here():
    tried = {*GUILTY, *SILENT, "beyond_patent", "arbitration_no_commission", "arbitration_commission_unclear"}
    assert set(WORDS) == tried | {"royalty_no_audit", "design_use"}
    assert set(SEVERITIES) <= set(WORDS)
    for said in WORDS.values():
        for part in said:
            with translation.override("zh-hans"):
                chinese = str(part)
            assert chinese.strip()
            assert not chinese.isascii()


def test_a_very_long_clause_is_read_in_no_time():
    text = "乙方不得" * 5000 + "，改进" + "限制a " * 4000
    assert findings(terms(other=text))
    assert len(list(linter.sentences("甲。乙；丙\n丁. 戊"))) == 5


def test_the_partial_says_severity_in_words_and_escapes_what_was_written():
    page = render_to_string(
        "trading/_offer_findings.html", {"findings": findings(terms(other="乙方不得<b>改进</b>。乙方不得出口。"))}
    )
    assert "约定无效" in page and "有风险" in page and "提示" in page
    assert "不得&lt;b&gt;改进" in page
    assert "第八百五十条" in page
    assert page.index("约定无效") < page.index("有风险") < page.index("提示")


def test_the_partial_without_anything_grave_says_so():
    page = render_to_string("trading/_offer_findings.html", {"findings": findings(terms())})
    assert "没有发现法律规定无效的写法。" in page
    assert "项</summary>" in page
    assert "没有发现法律规定无效的写法。" in render_to_string("trading/_offer_findings.html", {"findings": []})
