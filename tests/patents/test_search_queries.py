"""The search function: what is found, what is counted, and that both follow the market."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from patents import search
from patents.actions import listings, searching
from patents.filters import ipc_prefix
from patents.management.commands import reindex
from patents.models import Listing, SearchRow, SearchSummary
from patents.search import Query
from patents.states import Form, PatentKind
from platform_site.regions.facts import CODES
from tests.factories import accounts, patents
from tests.factories import search as factory

TITLE = "低温氨分解制氢用钌基蜂窝催化剂及制备方法"


@pytest.fixture
def hydrogen(shen):
    """A listing whose every word is known."""
    return patents.published(
        shen,
        title=TITLE,
        title_en="Ruthenium honeycomb catalysts for ammonia decomposition",
        ipc=["B01J23/46", "H01M8/0612"],
        number="CN202310428711.8",
        publication_number="CN112256133A",
        applicants="江城先进材料研究院",
    )


@pytest.fixture
def other(bai):
    """Another one that must not be found by the first one's words."""
    return patents.published(
        bai,
        province="430000",
        title="一种LED灯具散热装置",
        title_zh="LED灯具散热装置",
        title_en="Heat dissipation of LED lamps",
        ipc="F21V29/50",
        applicants="湘水新能源大学",
        texts={
            "problem_zh": "灯具散热差。",
            "solution_zh": "铝翅片。",
            "effect_zh": "结温降低。",
            "uses_zh": "道路照明。",
            "support_zh": "",
        },
        forms=[
            patents.form_row("exclusive", provinces=["420000", "430000"], price="50000"),
            patents.form_row("assignment", price=None),
        ],
        trl=4,
    )


def found(words="", **filters):
    return search.search(Query(words=words, **filters)).listing_ids


FINDING = [
    "催化剂",
    "制氢 催化剂",
    "低温氨分解",
    "基蜂",  # a part of the title across its words
    "钌基蜂窝催化剂",
    "催化劑",  # traditional
    "Ｃatalyst",  # full width
    "catalyst",
    "CATALYSTS",
    "decompositions honeycombs",  # another form of the word
    "一种 所述 催化剂",
    "江城先进",  # the applicant
    "先进材料研究院",
    "沈工",  # the owner
    "CN202310428711.8",
    "zl 2023 1 0428711.8",
    "２０２３１０４２８７１１８",
    "202310428711",
    "CN112256133A",
    "cn112256133",
    "B01J23/46",
    "h01m",
    "蜂窝载体",  # the text
    TITLE,
]
NOT_FINDING = ["光伏", "制氢 散热", "catalyst lamp", "CN202310428712.6", "催化剂 xyz", "B01J99/00"]


def test_words_that_find_and_words_that_do_not(hydrogen, other):
    assert {words: found(words) for words in FINDING} == dict.fromkeys(FINDING, [hydrogen.pk])
    assert {words: found(words) for words in NOT_FINDING} == dict.fromkeys(NOT_FINDING, [])


def test_listing_number_finds_itself(hydrogen, other):
    year, serial = hydrogen.number.split("-")[1:]
    assert found(hydrogen.number) == [hydrogen.pk]
    assert found(f"cn6-{year}-{int(serial)}") == [hydrogen.pk]


def test_a_query_of_stop_words_is_asked_as_it_is(hydrogen, other):
    assert found("一种") == [other.pk]
    assert found("for the") == [] and found("for") == [hydrogen.pk]


def test_every_prefix_of_a_class(hydrogen, other):
    for ipc in ("B", "B01", "B01J", "B01J23/00", "B01J23/46", "H01M8/06", "H01M8/061", "H01M8/0612"):
        assert found(ipc=(ipc,)) == [hydrogen.pk], ipc


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("h01m", "H01M"), (" H 01 M 10 / 0525 ", "H01M10/0525"), ("H01M10", "H01M10/00"), ("ｈ０１ｍ", "H01M"), ("h01m10/", "H01M10/00"),
        ("H01M1", "H01M1/00"), ("X", ""), ("H1", ""), ("催化", ""), ("H01M10/05/25", ""), ("H" * 5_000, ""),
    ],
)  # fmt: skip
def test_classes_in_any_spelling(typed, stored):
    assert ipc_prefix(typed) == stored


def test_filters_over_known_listings(hydrogen, other):
    assert found(provinces=("430000",)) == [other.pk]
    assert set(found(provinces=("420000", "430000"))) == {hydrogen.pk, other.pk}
    assert found(forms=("exclusive",)) == [other.pk]
    assert found(free_in=("430000",), free_form="exclusive") == [other.pk]
    assert found(free_in=("140000",), free_form="exclusive") == []
    assert set(found(free_in=("140000",))) == {hydrogen.pk, other.pk}  # nationwide, and an assignment is of the whole
    assert found(free_in=("420000", "430000"), free_form="exclusive") == [other.pk]
    assert found(free_in=("420000", "140000"), free_form="exclusive") == []
    assert found(trl_min=5) == [hydrogen.pk]
    assert found(price_max=Decimal("50000")) == [other.pk]
    assert found(price_max=Decimal("49999.99")) == []


def test_orders(hydrogen, other):
    assert found(sort="price") == [other.pk, hydrogen.pk]
    assert found(sort="newest") == [other.pk, hydrogen.pk]
    assert found() == [other.pk, hydrogen.pk]


def test_a_word_in_the_title_comes_first(shen):
    in_title = patents.published(shen, title="光伏组件清洗机", number=patents.number())
    in_text = patents.published(
        shen, title="道路清扫车", number=patents.number(), texts={"effect_zh": "光伏光伏光伏供电。"}
    )
    assert found("光伏") == [in_title.pk, in_text.pk]


def test_a_withdrawn_listing_vanishes_in_the_same_transaction(hydrogen, other, shen):
    with transaction.atomic():
        listings.listing_withdraw(listing_id=hydrogen.pk, actor=shen, reason="另行处置")
        assert found("催化剂") == []
        assert search.search(Query()).count == 1
    assert not SearchRow.objects.filter(listing=hydrogen.pk).exists()


def test_suspended_and_resumed(hydrogen, shen):
    listings.listing_suspend(listing_id=hydrogen.pk, actor=shen, reason="补充试验")
    assert found("催化剂") == []
    listings.listing_resume(listing_id=hydrogen.pk, actor=shen, reason="试验完成")
    assert found("催化剂") == [hydrogen.pk]


def test_writing_belongs_inside_a_transaction(hydrogen):
    with transaction.atomic():
        searching.search_row_write(hydrogen)
        searching.search_row_write(hydrogen)
    assert SearchRow.objects.filter(listing=hydrogen.pk).count() == 1


def test_a_row_whose_listing_left_the_market_is_not_shown(hydrogen):
    """Belt and braces: should a row ever stay behind, the display looks at the listing itself."""
    Listing.objects.filter(pk=hydrogen.pk).update(state="withdrawn")
    assert search.listings_by_id([hydrogen.pk]) == []


# ---- counting


def _random_query(dice):
    pick = dice.random
    return Query(
        words=dice.choice(["", "", "", "装置", "一种", "device", "LED", "装置 LED", "的", "the", "方法", "系统 控制"]),
        provinces=tuple(dice.sample(CODES, k=dice.randint(1, 3))) if pick() < 0.3 else (),
        ipc=tuple(dice.sample(["H", "G", "B", "H01", "H05B", "B65D", "H01L33/00", "A61"], k=dice.randint(1, 2)))
        if pick() < 0.35
        else (),
        kinds=(dice.choice(PatentKind.values),) if pick() < 0.3 else (),
        forms=tuple(dice.sample(Form.values, k=dice.randint(1, 2))) if pick() < 0.3 else (),
        free_in=tuple(dice.sample(CODES, k=dice.randint(1, 2))) if pick() < 0.3 else (),
        free_form=dice.choice(["exclusive", "ordinary", "assignment"]) if pick() < 0.2 else "",
        trl_min=dice.randint(1, 9) if pick() < 0.2 else None,
        price_max=Decimal(dice.randint(10_000, 1_500_000)) if pick() < 0.2 else None,
        sort=dice.choice(["", "newest", "price"]),
    )


def test_counts_and_facets_equal_counting_the_records(shen, bai, mo):
    accounts.verify(mo)
    factory.grown(150, shen, bai, mo)
    every = factory.everything()
    by_words = {}
    dice = random.Random(20_070_705)
    some = 0
    for _ in range(60):
        query = _random_query(dice)
        if query.words not in by_words:
            by_words[query.words] = set(factory.all_ids(Query(words=query.words)))
        wanted = [one for one in every if one.pk in by_words[query.words] and factory.fits(one, query)]
        answer = search.search(query)
        assert answer.count == len(wanted), query
        assert answer.count_is_exact
        facets = answer.facets
        assert {
            "province": facets.province,
            "kind": facets.kind,
            "ipc": facets.ipc,
            "form": facets.form,
        } == factory.counted(wanted), query
        ids = factory.all_ids(query)
        assert len(ids) == len(set(ids)) and set(ids) == {one.pk for one in wanted}, query
        assert set(search.every_id(query)) == set(ids)
        some += bool(wanted)
    assert some > 30


def test_the_summary_equals_counting_after_any_change(shen, bai):
    factory.grown(40, shen, bai)
    dice = random.Random(3)
    for _ in range(30):
        row = dice.choice(list(SearchRow.objects.all()))
        act = dice.random()
        if act < 0.3:
            row.delete()
        elif act < 0.7:
            row.forms, row.kinds = dice.randint(1, 31), dice.randint(1, 7)
            row.save()
        else:
            SearchRow.objects.filter(pk=row.pk).update(province_code=dice.choice(CODES), sections=dice.randint(0, 255))
    columns = ("province_code", "kinds", "sections", "forms")
    counted = {
        tuple(row[name] for name in columns): row["n"]
        for row in SearchRow.objects.values(*columns).annotate(n=Count("pk"))
    }
    kept = {
        tuple(row[name] for name in columns): row["total"]
        for row in SearchSummary.objects.values(*columns, "total")
        if row["total"]
    }
    assert kept == counted


def test_above_the_bound_the_count_is_a_floor(shen, bai, monkeypatch):
    factory.grown(90, shen, bai)
    exact = search.search(Query(words="装置")).count
    monkeypatch.setattr(search, "COUNTED", 10)
    monkeypatch.setattr(search, "LAST_CAPPED_PAGE", 1)
    answer = search.search(Query(words="装置"))
    assert exact > 10 and answer.count == 10 and not answer.count_is_exact and len(answer.listing_ids) == 20
    assert search.search(Query()).count == 90  # browsing is always exact


def test_the_fence_and_the_ordered_scan_agree(shen, bai, monkeypatch):
    factory.grown(120, shen, bai)
    queries = [Query(words=words, sort=sort) for words in ("装置", "device 的") for sort in ("", "newest", "price")]
    fenced = [factory.all_ids(query) for query in queries]
    monkeypatch.setattr(search, "FENCED", 0)
    assert [factory.all_ids(query) for query in queries] == fenced


def test_pages_beyond_the_ranked_part_repeat_nothing(shen, bai, monkeypatch):
    factory.grown(120, shen, bai)
    monkeypatch.setattr(search, "RANKED", 40)
    query = Query(words="的")
    ids = factory.all_ids(query)
    assert len(ids) == len(set(ids)) == search.search(query).count > 40


def test_a_page_beyond_the_last_does_not_exist(hydrogen):
    for page in (0, -1, 2, 10**9):
        with pytest.raises(Http404):
            search.search(Query(), page)


def test_a_search_is_two_statements(shen, bai):
    factory.grown(60, shen, bai)
    for query in (Query(), Query(words="装置"), Query(ipc=("H01",)), Query(trl_min=3)):
        with CaptureQueriesContext(connection) as queries:
            search.search(query)
        assert len(queries) == 2


def test_totals_of_several_queries_are_one_statement(hydrogen, other):
    with CaptureQueriesContext(connection) as queries:
        assert search.totals([Query(), Query(words="催化剂"), replace(Query(), trl_min=9)]) == [2, 1, 0]
    assert len(queries) == 1


# ---- numbers typed into the box


def test_numbers_lead_to_the_record(hydrogen, other):
    for typed in ("ZL 2023 1 0428711.8", "cn112256133a", "CN112256133", hydrogen.number, hydrogen.number.lower()):
        assert search.number_answer(typed).listing == hydrogen


def test_a_wrong_check_digit_names_the_right_one(hydrogen):
    answer = search.number_answer("202310428711.5")
    assert answer.listing is None and "“8”" in answer.sentence and answer.expected == "2023 1 0428711.8"


def test_words_are_no_number(hydrogen):
    assert search.number_answer("催化剂") is None
    assert search.number_answer("12 V") is None


def test_a_number_of_a_draft_leads_nowhere(shen):
    listing = patents.draft(shen, number="CN202310428711.8")
    assert search.number_answer("202310428711.8").listing is None
    assert search.number_answer(listing.number).listing is None


# ---- rebuilding


def test_reindex_restores_rows_and_summary(hydrogen, other, shen):
    before = list(SearchRow.objects.order_by("listing").values("listing", "doc", "forms", "offers", "ipc"))
    SearchRow.objects.filter(listing=hydrogen.pk).delete()
    SearchRow.objects.filter(listing=other.pk).update(doc="", ipc=[], offers=0)
    SearchSummary.objects.all().delete()
    reindex.Command(stdout=_Quiet()).handle()
    assert list(SearchRow.objects.order_by("listing").values("listing", "doc", "forms", "offers", "ipc")) == before
    assert search.search(Query()).count == sum(SearchSummary.objects.values_list("total", flat=True)) == 2
    Listing.objects.filter(pk=other.pk).update(state="withdrawn")
    reindex.Command(stdout=_Quiet()).handle()
    assert found() == [hydrogen.pk]


class _Quiet:
    def write(self, *words, **more):
        pass

    flush = isatty = write


def test_generated_listings_say_what_their_records_say(shen, bai):
    """The bulk's rows equal those that the ordinary way would write."""
    factory.grown(12, shen, bai)
    columns = (
        "listing",
        "province_code",
        "kinds",
        "sections",
        "forms",
        "offers",
        "trl",
        "price_cny",
        "ipc",
        "doc",
        "published_at",
    )
    before = list(SearchRow.objects.order_by("listing").values(*columns))
    searching.rows_rebuild()
    after = list(SearchRow.objects.order_by("listing").values(*columns))
    assert [{**row, "doc": ""} for row in before] == [{**row, "doc": ""} for row in after]
    assert all(row["published_at"] < row["published_at"] + timedelta(1) for row in after)
    assert Listing.objects.on_market().count() == 12
