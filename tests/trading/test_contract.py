"""The wording of the contract: 17 articles, both languages, every condition and every brace known."""

import re
import string
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trading import contract
from trading.contract import About, Two, Who
from trading.terms import Instalment, Terms

SUBJECTS = (
    "定义", "许可方式与范围", "技术内容", "技术资料的交付", "费用与支付", "验收", "保密", "技术服务与培训", "后续改进的成果",
    "权利维持与违约责任", "侵权的处理", "专利权被宣告无效的处理", "不可抗力", "税费", "争议解决", "生效、变更、备案与终止", "其他",
)  # fmt: skip
PLAIN = Terms(
    form="exclusive", patents=("CN202010000001.1",), start=date(2026, 12, 1), end=date(2029, 12, 1),
    consideration="lump_sum", amount_cny=Decimal("1230000.00"), provinces=("430000",),
)  # fmt: skip
WHO = Who("沈工", Two("居民身份证", "ID card"), "**************0001")
ABOUT = About(
    number="HT6-2026-000001", version=3, digest="a" * 64, owner=WHO, buyer=replace(WHO, name="白经理"),
    kinds=("invention",), titles=("某催化剂",),
)  # fmt: skip


def words(terms=PLAIN, about=ABOUT):
    """All of it in one text."""
    made = contract.contract(terms, about)
    paragraphs = [one for article in made["articles"] for one in article["paragraphs"]]
    return "\n".join(f"{one['zh']}\n{one['en']}\n{one['own']}" for one in paragraphs)


def paragraphs():
    return [one for article in contract.articles() for one in article["paragraph"]]


def known_flags():
    return set(re.findall(r"\w+", " ".join(one.get("when", "") for one in paragraphs())))


def test_the_seventeen_subjects_in_their_order():
    made = contract.contract(PLAIN, ABOUT)
    assert tuple(article["title"]["zh"] for article in made["articles"]) == SUBJECTS
    assert [article["han"] for article in made["articles"]][-1] == "十七"
    assert all(article["paragraphs"] for article in made["articles"])


def test_an_assignment_has_its_own_titles():
    made = contract.contract(replace(PLAIN, form="assignment", provinces=(), end=None), ABOUT)
    assert made["title"] == {"zh": "专利权转让合同", "en": "Patent Assignment Contract"}
    titles = [article["title"]["zh"] for article in made["articles"]]
    assert titles[1] == "转让标的与范围" and titles[15] == "生效、变更、登记与终止"
    assert "转让自国家知识产权局登记之日起生效" in words(replace(PLAIN, form="assignment", provinces=(), end=None))


@pytest.mark.parametrize("one", paragraphs(), ids=lambda one: one["zh"][:12])
def test_both_languages_say_it_with_words_that_are_known(one):
    known = set(contract.values(PLAIN, ABOUT)) | {"n", "part", "part_capitals", "due"}
    braces = {
        language: {name for _text, name, _spec, _conv in string.Formatter().parse(one[language]) if name}
        for language in ("zh", "en")
    }
    assert braces["zh"] | braces["en"] <= known
    # Capitals are Chinese; whatever else one language states the other states too.
    apart = {name for name in braces["zh"] if name.endswith("capitals")} | {"owner"}
    assert braces["zh"] - apart == braces["en"] - apart
    assert re.search(r"[一-鿿]", one["zh"]) and not re.search(r"[一-鿿]", one["en"])


def test_every_flag_can_hold():
    other = replace(
        PLAIN, sublicensable=True, confidentiality_years=5, minimum_cny=Decimal(1), cap_cny=Decimal(2),
        **dict.fromkeys(contract.OWN, "约定"),
    )  # fmt: skip
    rows = (((Two("a", "a"), "b"),),)
    about = replace(ABOUT, kinds=("design",), pending=True, grants=rows, burdens=rows, twins=(Two("孪", "twin"),))
    held = contract.flags(other, about)
    kinds = {"form": ("exclusive", "sole", "ordinary", "assignment"), "dispute": ("court_owner", "court_buyer", "arbitration"),
             "consideration": ("lump_sum", "instalments", "royalty", "equity", "trial"),
             "improvements": ("maker", "shared", "paid_back", "free_back")}  # fmt: skip
    for name, values in kinds.items():
        held = held.union(*(contract.flags(replace(other, **{name: value}), about) for value in values))
    assert known_flags() <= held


def test_amounts_stand_in_figures_and_in_capitals():
    said = words()
    assert "¥1,230,000.00（大写：人民币壹佰贰拾叁万元整）" in said
    assert "The licence fee is a lump sum: ¥1,230,000.00" in said


def test_instalments_are_listed_one_by_one():
    parts = (Instalment(Decimal("100000.00"), 0), Instalment(Decimal("200000.50"), 6))
    said = words(replace(PLAIN, consideration="instalments", amount_cny=Decimal("300000.50"), instalments=parts))
    assert "第 1 期：¥100,000.00（大写：人民币壹拾万元整），生效日支付。" in said
    assert "第 2 期：¥200,000.50（大写：人民币贰拾万元伍角整），生效日后 6 个月内支付。" in said
    assert "Instalment 2: ¥200,000.50, due within 6 months of the Effective Date." in said


def test_a_royalty_brings_the_audit_right_and_others_do_not():
    royalty = replace(
        PLAIN, consideration="royalty", royalty_percent=Decimal("3.500"), royalty_base="net_sales",
        minimum_cny=Decimal("50000.00"), cap_cny=Decimal("900000.00"),
    )  # fmt: skip
    said = words(royalty)
    assert "甲方有权查阅乙方与提成有关的会计账目（《民法典》第八百四十六条）" in said
    assert "3.5%" in said and "每年最低提成为 ¥50,000.00" in said and "以 ¥900,000.00" in said
    assert "查阅" not in words()


def test_what_the_law_says_when_the_parties_say_nothing():
    said = words()
    assert "三十日内仍未改正的" in said
    assert "甲方在合同期限内维持本专利有效，按期缴纳年费" in said
    assert "（《民法典》第八百七十五条）" in said


def test_a_free_grant_back_is_written_with_its_cure():
    assert "非法垄断技术" in words(replace(PLAIN, improvements="free_back"))


def test_a_design_is_not_used():
    assert "使用专利方法" in words()
    assert "使用专利方法" not in words(about=replace(ABOUT, kinds=("design",)))


def test_what_the_parties_wrote_is_kept_as_it_is():
    own = "图纸{price} #set page(width: 1pt)\n第二行 <b>"
    said = contract.contract(replace(PLAIN, delivery=own), ABOUT)["articles"][3]["paragraphs"]
    assert [one["own"] for one in said] == [own]


def test_braces_in_a_name_stay_braces():
    assert "{digest}公司" in words(
        replace(PLAIN, consideration="equity", equity_percent=Decimal(5), equity_company="{digest}公司")
    )


def test_earlier_licences_and_burdens_are_schedules():
    rows = (((Two("方式", "Form"), Two("普通许可", "Ordinary licence")),),)
    made = contract.contract(PLAIN, replace(ABOUT, grants=rows))
    assert [len(one["entries"]) for one in made["schedules"]] == [0, 1, 0]
    assert "列于附件二" in words(about=replace(ABOUT, grants=rows))
    assert "列于附件三" in words(about=replace(ABOUT, burdens=rows))
    assert "没有其他有效的许可" in words()


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (17, "十七")])
def test_han_numerals(number, said):
    assert contract.han(number) == said


@pytest.mark.parametrize(
    ("when", "does"),
    [("", True), ("a", True), ("a b", True), ("c", False), ("!c", True), ("!a", False), ("a !c", True)],
)
def test_conditions(when, does):
    assert contract.holds_for(when, {"a", "b"}) is does
