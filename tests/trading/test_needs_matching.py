"""How needs and listings find one another: every criterion with its reason, and the same answer from both sides."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from patents.actions import listings
from platform_site import clock
from tests.factories import ledger, needs, patents
from trading import need_matches
from trading.actions import needs as need_actions
from trading.models import TechnologyNeed
from trading.need_matching import NO, UNSURE, WEIGHTS, YES, conditions

HENAN, HUBEI, HUNAN = "410000", "420000", "430000"


def test_the_points_are_a_hundred_together():
    assert sum(WEIGHTS.values()) == 100


@pytest.fixture
def market(shen):
    return patents.published(shen, title="低温氨分解制氢催化剂")


def criterion(need, listing, name):
    """(verdict, points, reason) of one criterion of the pair."""
    match = need_matches.match_of(need, listing)
    one = next(one for one in match.criteria if one.name == name)
    return one.verdict, one.points, one.why()


def test_a_listing_that_answers_everything_has_all_points(market, bai):
    need = needs.published(bai)
    (match,) = need_matches.matches_for_need(need)
    assert match.offer.listing_id == market.pk
    assert match.score == 100
    assert {one.verdict for one in match.criteria} == {YES}
    assert [one.most for one in match.criteria] == list(WEIGHTS.values())


def test_a_draft_sees_what_would_answer_it(market, bai):
    assert [match.score for match in need_matches.matches_for_need(needs.draft(bai))] == [100]


# ---- each criterion


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (["B01J"], (YES, 30, "属于所求的 B01J")),
        (["B01J23/46", "C25D"], (YES, 30, "属于所求的 B01J23/46")),
        (["B01J23/00"], (YES, 30, "属于所求的 B01J23/00")),
        (["B01J23/75"], (UNSURE, 20, "同在 B01J23/00，但不在所求的 B01J23/75")),
        (["B01J35/10"], (UNSURE, 10, "同在 B01J，但不在所求的 B01J35/10")),
        (["C25D1/04"], (NO, 0, "与所求的 C25D1/04 不在同一小类")),
    ],
)
def test_the_longest_beginning_in_common_counts(market, bai, wanted, answer):
    assert criterion(needs.draft(bai, ipc=wanted), market, "ipc") == answer


@pytest.mark.parametrize(
    ("keywords", "answer"),
    [
        (["氨分解", "催化剂"], (YES, 30, "2 个关键词说到 2 个：氨分解、催化剂")),
        (["氨分解", "光伏组件"], (YES, 15, "2 个关键词说到 1 个：氨分解")),
        (["催化剂", "光伏组件", "逆变器"], (UNSURE, 10, "3 个关键词说到 1 个：催化剂")),
        (["光伏组件"], (NO, 0, "没有说到任何一个关键词（光伏组件）")),
        (["亚纳米"], (YES, 30, "1 个关键词说到 1 个：亚纳米")),
    ],
)
def test_the_share_of_the_keywords_counts(market, bai, keywords, answer):
    assert criterion(needs.draft(bai, keywords=keywords), market, "words") == answer


def test_english_words_are_stemmed_as_search_does(shen, bai):
    listing = patents.published(shen, title_en="Catalysts for cracking ammonia")
    need = needs.draft(bai, keywords=["catalyst", "crack"])
    assert criterion(need, listing, "words")[:2] == (YES, 30)


def test_a_form_that_is_not_offered_is_no(market, bai):
    answer = criterion(needs.draft(bai, forms=["exclusive", "assignment"]), market, "form")
    assert answer == (NO, 0, "没有提供所求的方式（独占许可、专利权转让）")


def test_a_form_offered_in_some_of_the_provinces_is_partly(shen, bai):
    listing = patents.published(shen, forms=[patents.form_row("ordinary", provinces=[HUNAN])])
    verdict, points, why = criterion(needs.draft(bai, places=[HENAN, HUNAN]), listing, "form")
    assert (verdict, points) == (UNSURE, 10)
    assert why == "普通许可，湖南可以取得，河南没有提供或权利已被占用"
    assert criterion(needs.draft(bai, places=[HENAN]), listing, "form")[:2] == (NO, 0)


def test_the_best_of_the_wanted_forms_counts(shen, bai):
    rows = [patents.form_row("ordinary", provinces=[HUNAN]), patents.form_row("exclusive")]
    listing = patents.published(shen, forms=rows)
    need = needs.draft(bai, forms=["ordinary", "exclusive"], places=[HENAN, HUNAN])
    assert criterion(need, listing, "form") == (YES, 20, "独占许可，今天在河南、湖南可以取得")


def test_what_the_ledger_has_given_away_is_not_free(market, bai, guo):
    need = needs.draft(bai, places=[HUBEI, HUNAN])
    assert criterion(need, market, "form")[:2] == (YES, 20)
    ledger.recorded(patents.patent_of(market), guo, "exclusive", provinces=[HUNAN])
    verdict, points, why = criterion(need, market, "form")
    assert (verdict, points) == (UNSURE, 10)
    assert "湖南没有提供或权利已被占用" in why


@pytest.mark.parametrize(
    ("budget", "basis", "answer"),
    [
        ("360000", "yearly", (YES, 10, "每年：报价 36 万元，预算 36 万元以内")),
        ("300000", "yearly", (NO, 0, "每年：报价 36 万元，高于预算 30 万元")),
        ("900000", "lump", (UNSURE, 5, "计价方式不同：报价按每年，预算按一次总付")),
        (None, "negotiable", (YES, 10, "需求方的预算面议")),
    ],
)
def test_a_price_counts_on_the_same_basis(market, bai, budget, basis, answer):
    need = needs.draft(bai, budget_cny=budget and Decimal(budget), budget_basis=basis)
    assert criterion(need, market, "price") == answer


def test_a_price_to_be_negotiated_is_open(shen, bai):
    listing = patents.published(shen, forms=[patents.form_row("ordinary", price=None)])
    assert criterion(needs.draft(bai), listing, "price") == (UNSURE, 5, "报价面议")


def test_the_price_of_another_form_does_not_count(market, bai):
    answer = criterion(needs.draft(bai, forms=["sole"]), market, "price")
    assert answer == (NO, 0, "所求的方式没有报价")


@pytest.mark.parametrize(
    ("least", "answer"),
    [
        (8, (YES, 6, "成熟度 8，所求不低于 8")),
        (9, (NO, 0, "成熟度 8，低于所求的 9")),
        (None, (YES, 6, "需求方不限成熟度")),
    ],
)
def test_maturity_counts_from_the_least_wanted(market, bai, least, answer):
    assert criterion(needs.draft(bai, trl_min=least), market, "maturity") == answer


@pytest.mark.parametrize(
    ("kinds", "answer"),
    [
        (["invention", "design"], (YES, 4, "这项技术是发明")),
        (["design"], (NO, 0, "这项技术是发明")),
        ([], (YES, 4, "需求方不限专利类型")),
    ],
)
def test_the_kind_of_patent_counts(market, bai, kinds, answer):
    assert criterion(needs.draft(bai, kinds=kinds), market, "kind") == answer


def test_reasons_are_written_in_the_language_of_the_page(market, bai):
    need = needs.draft(bai)
    with translation.override("en"):
        match = need_matches.match_of(need, market)
        assert "Hunan" in next(one for one in match.criteria if one.name == "form").why()


# ---- conditions, which are compared and not counted


def row(kind, amount=None, text=""):
    labels = {"area": "场地面积", "power": "用电容量"}
    return SimpleNamespace(
        kind=kind,
        amount=amount and Decimal(amount),
        text_zh=text,
        text_en="",
        get_kind_display=lambda: labels.get(kind, kind),
    )


@pytest.mark.parametrize(
    ("asked", "there", "verdict", "why"),
    [
        ([], [row("area", 100)], YES, "没有写明特别要求"),
        ([row("area", 300)], [row("area", 200), row("area", 100)], YES, "具备：场地面积 300 m²"),
        ([row("area", 300)], [row("area", 200)], NO, "不够：场地面积 300 m²"),
        ([row("power", 80)], [], UNSURE, "需求方没有写明：用电容量 80 kW"),
        ([row("equipment", 1, "数控加工中心")], [row("equipment", 2, "加工中心")], YES, "具备：数控加工中心"),
        ([row("equipment", 1, "数控加工中心")], [row("equipment", 2, "注塑机")], UNSURE, "没有写明：数控加工中心"),
        ([row("area", 300), row("permit", None, "排污许可")], [row("area", 1)], NO, "不够：场地面积 300 m²"),
    ],
)
def test_what_is_needed_is_held_against_what_is_there(asked, there, verdict, why):
    found = conditions(asked, there)
    assert (found.verdict, found.points, found.most) == (verdict, 0, 0)
    assert why in found.why()


# ---- who is a candidate


def test_what_shares_neither_field_nor_word_is_no_match(market, bai):
    need = needs.draft(bai, ipc=["G06F"], keywords=["数据库"])
    assert need_matches.match_of(need, market) is None
    assert need_matches.matches_for_need(need) == []


def test_one_everyday_word_of_several_is_no_match(market, bai):
    need = needs.draft(bai, ipc=["G06F"], keywords=["催化剂", "数据库", "网络"])
    assert need_matches.matches_for_need(need) == []


@pytest.mark.parametrize(
    "changes", [{"ipc": ["G06F"]}, {"keywords": ["数据库"]}, {"ipc": ["G06F"], "keywords": ["催化剂", "网络"]}]
)
def test_either_is_enough(market, bai, changes):
    assert len(need_matches.matches_for_need(needs.draft(bai, **changes))) == 1


def test_ones_own_listings_are_left_out(market, shen):
    assert need_matches.matches_for_need(needs.draft(shen)) == []
    needs.published(shen, province=HUBEI)
    assert need_matches.matches_for_listings(shen.pk, [market.pk]) == []


def test_what_leaves_the_market_matches_no_more(market, bai, shen):
    need = needs.published(bai)
    listings.listing_suspend(listing_id=market.pk, actor=shen, reason="整理材料。")
    assert need_matches.matches_for_need(need) == []
    assert need_matches.match_of(need, market) is None


def test_since_leaves_out_what_is_older(market, bai):
    need = needs.published(bai)
    assert len(need_matches.matches_for_need(need, since=market.published_at)) == 1
    assert need_matches.matches_for_need(need, since=clock.now()) == []


def test_the_newest_are_looked_at_when_there_are_too_many(shen, bai, monkeypatch):
    made = [patents.published(shen, title=f"氨分解催化剂 {n}") for n in range(3)]
    monkeypatch.setattr(need_matches, "AT_MOST", 2)
    found = need_matches.matches_for_need(needs.draft(bai))
    assert {match.offer.listing_id for match in found} == {listing.pk for listing in made[1:]}


def test_the_best_stand_first_and_then_the_newest(shen, bai):
    older = patents.published(shen)
    worse = patents.published(shen, trl=4)
    newer = patents.published(shen)
    found = need_matches.matches_for_need(needs.draft(bai))
    assert [match.offer.listing_id for match in found] == [newer.pk, older.pk, worse.pk]


# ---- both directions


def test_both_sides_read_the_same(shen, bai, mo):
    market = [
        patents.published(shen),
        patents.published(shen, ipc="C25D1/04", title="铜箔电解槽", forms=["exclusive"], trl=5),
        patents.published(shen, ipc="B01J35/10", title="蜂窝载体", title_en="Honeycomb carrier"),
    ]
    wanted = [
        needs.published(bai),
        needs.published(bai, ipc=["C25D"], keywords=["铜箔", "阴极辊"], forms=["exclusive"], budget_cny=Decimal(1)),
        needs.published(bai, ipc=["G06F"], keywords=["honeycombs", "载体"], places=[HENAN, HUBEI]),
    ]
    one_way = {
        (need.pk, match.offer.listing_id): told(match)
        for need in wanted
        for match in need_matches.matches_for_need(need)
    }
    other_way = {
        (match.need.pk, match.offer.listing_id): told(match)
        for match in need_matches.matches_for_listings(shen.pk, [listing.pk for listing in market])
    }
    assert one_way == other_way
    assert len(one_way) >= 5


def told(match):
    return match.score, [(one.name, one.verdict, one.points, one.why()) for one in match.criteria]


def test_only_open_needs_are_found_for_listings(market, shen, bai):
    need = needs.published(bai)
    needs.submitted(bai)
    closed = needs.published(bai)
    need_actions.need_meet(need_id=closed.pk, actor=bai)
    found = need_matches.matches_for_listings(shen.pk, [market.pk])
    assert [match.need.pk for match in found] == [need.pk]


def test_more_pairs_cost_no_more_questions(shen, bai):
    def cost():
        need = TechnologyNeed.objects.prefetch_related("conditions").first()
        with CaptureQueriesContext(connection) as asked:
            found = need_matches.matches_for_need(need)
            need_matches.conditions_of(found)
        return len(asked), len(found)

    needs.published(bai)
    patents.published(shen)
    few = cost()
    for _more in range(2):
        patents.published(shen)
    many = cost()
    assert (few[1], many[1]) == (1, 3)
    assert few[0] == many[0] <= 5
