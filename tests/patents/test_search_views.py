"""The search page as a reader has it, and the exports as a program has them."""

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from patents import exports, search_page
from patents.models import Listing, Patent, SearchRow
from tests.factories import needs, opens, patents
from tests.factories import search as factory

ADDRESS = "/zh-hans/patents/"


def get(client, *, address=ADDRESS, headers=None, **params):
    return client.get(f"{address}?{urlencode(params, doseq=True)}" if params else address, headers=headers)


def body(response):
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode("utf-8")


@pytest.fixture
def hydrogen(shen):
    return patents.published(
        shen,
        title="低温氨分解制氢用催化剂",
        title_en="Catalyst for hydrogen from ammonia",
        ipc=["B01J23/46", "H01M8/0612"],
        number="CN202310428711.8",
        publication_number="CN112256133A",
        forms=[
            patents.form_row("ordinary", provinces=["420000"]),
            patents.form_row("exclusive", price="1200000.50", basis="lump"),
        ],
    )


@pytest.fixture
def formula(bai):
    """A title that a spreadsheet would run, and that a page must not."""
    return patents.published(
        bai,
        province="430000",
        title="=cmd|' /C calc'!A0 <script>alert(1)</script>灯具",
        title_zh="灯具",
        ipc="F21V29/50",
        texts={
            "problem_zh": "散热差。",
            "solution_zh": "铝翅片。",
            "effect_zh": "结温降低。",
            "uses_zh": "道路照明。",
            "support_zh": "",
        },
        forms=[patents.form_row("assignment", price=None)],
    )


# ---- JSON


def test_json_to_the_letter(client, hydrogen):
    answer = json.loads(body(get(client, format="json", q="制氢")))
    published = Listing.objects.get(pk=hydrogen.pk).published_at
    assert answer == {
        "count": 1,
        "count_is_exact": True,
        "page": 1,
        "next": None,
        "facets": {
            "province": {"420000": 1},
            "kind": {"invention": 1},
            "ipc": {"B": 1, "H": 1},
            "form": {"exclusive": 1, "ordinary": 1},
        },
        "results": [
            {
                "number": hydrogen.number,
                "url": f"/zh-hans/patents/{hydrogen.number}/",
                "title_zh": "低温氨分解制氢用催化剂",
                "title_en": "Catalyst for hydrogen from ammonia",
                "province": "420000",
                "kind": "invention",
                "ipc": ["B01J23/46", "H01M8/0612"],
                "patents": ["CN202310428711.8"],
                "forms": ["ordinary", "exclusive"],
                "price_cny": "360000.00",
                "price_basis": "yearly",
                "published_at": published.isoformat(timespec="seconds"),
            }
        ],
    }


def test_json_where_nothing_is_set(client, formula):
    answer = json.loads(body(get(client, format="json")))["results"][0]
    assert answer["title_en"] == "" and answer["price_cny"] is None and answer["price_basis"] == "negotiable"


def test_json_pages_lead_through_all(client, shen):
    factory.grown(45, shen)
    address, numbers = f"{ADDRESS}?format=json&ipc=H", []
    total = None
    while address:
        answer = json.loads(body(client.get(address)))
        total = answer["count"]
        assert len(answer["results"]) <= 20
        numbers += [row["number"] for row in answer["results"]]
        address = answer["next"]
        if address:
            assert parse_qs(urlsplit(address).query)["ipc"] == ["H"] and address.startswith("/zh-hans/")
    assert len(numbers) == len(set(numbers)) == total


@pytest.mark.parametrize("wanted", ["json", "atom"])
def test_an_unchanged_answer_is_304(client, hydrogen, wanted):
    first = get(client, format=wanted)
    again = get(client, format=wanted, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    Listing.objects.filter(pk=hydrogen.pk).update(state="withdrawn")
    SearchRow.objects.all().delete()
    changed = get(client, format=wanted, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_an_empty_feed_keeps_its_etag(client, db):
    assert get(client, format="atom")["ETag"] == get(client, format="atom")["ETag"]


# ---- CSV and Atom


def test_csv_carries_all_matches_and_no_formula(client, hydrogen, formula, shen):
    factory.grown(25, shen)
    text = body(get(client, format="csv"))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 28 and len({len(row) for row in rows}) == 1
    assert rows[0][0] == "挂牌编号"
    assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    assert any(cell.startswith("'=cmd|") for row in rows for cell in row)
    assert len(list(csv.reader(io.StringIO(body(get(client, format="csv", q="制氢")))))) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_cells_are_no_formulas(start):
    assert exports.cell(f"{start}1+1").startswith("'")
    assert exports.cell("12") == "12" and exports.cell(None) == ""


def test_exports_of_the_demonstration_say_so(client, hydrogen, guo):
    sentence = "演示数据：权利人、价格、状态与报价均属虚构。"
    assert sentence in body(get(client, format="csv"))  # the officer of the tests is a demonstration account
    assert sentence in body(get(client, format="atom"))


def test_atom_is_well_formed_and_newest_first(client, hydrogen, formula):
    feed = ElementTree.fromstring(body(get(client, format="atom")))
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == [Listing.objects.get(pk=one.pk).public_version.title_zh for one in (formula, hydrogen)]


# ---- the page


def test_results_have_marked_words_and_facts(client, hydrogen, formula):
    page = body(get(client, q="催化劑 氨"))
    assert "共 1 项技术" in page and f'href="/zh-hans/patents/{hydrogen.number}/"' in page
    assert "制氢用<mark>催化剂</mark>" in page
    assert "ZL 2023 1 0428711.8" in page and "沈工（湖北）" in page and "36 万元 起" in page and "发布于" in page
    assert page.count('<li class="free"') == 6
    assert f'href="{ADDRESS}?q=%E5%82%AC%E5%8C%96%E5%8A%91+%E6%B0%A8&amp;sort=newest"' in page


def test_titles_stay_text(client, formula):
    page = body(get(client, q="灯具 script"))
    assert "<script>alert" not in page and "&lt;<mark>script</mark>&gt;alert" in page


def test_english_page(client, hydrogen, formula):
    page = body(get(client, address="/en/patents/", q="catalysts"))
    assert "<mark>Catalyst</mark> for hydrogen" in page
    assert 'lang="zh-Hans">=cmd' in body(get(client, address="/en/patents/", q="灯具"))


def test_facets_count_and_lead_on(client, hydrogen, formula):
    page = body(get(client))
    assert f'<a href="{ADDRESS}?ipc=B">B ' in page
    assert '<input type="checkbox" name="province" value="420000"><span>湖北</span><span class="n">1</span>' in page
    assert (
        '<input type="checkbox" name="form" value="assignment"><span>专利权转让</span><span class="n">1</span>' in page
    )


def test_chips_take_one_filter_away(client, hydrogen):
    page = body(get(client, kind=["invention", "design"], trl_min="3", q="制氢", page="1"))
    query = urlencode({"q": "制氢"})
    assert f'<a class="chip" href="{ADDRESS}?kind=design&amp;trl_min=3&amp;{query}">发明' in page
    assert f'<a class="chip" href="{ADDRESS}?kind=invention&amp;kind=design&amp;{query}">成熟度 3 以上' in page


def test_no_match_says_what_each_filter_and_word_costs(client, hydrogen, formula):
    page = body(get(client, q="催化剂 低温 光伏", kind="design"))
    assert "没有符合全部条件的技术" in page and "去掉“外观设计”" in page
    page = body(get(client, q="低温 光伏"))
    assert f'<a href="{ADDRESS}?{urlencode({"q": "低温"})}">不要“光伏”</a> 有 1 项' in page
    page = body(get(client, q="催化剂", kind="design"))
    assert f'<a href="{ADDRESS}?{urlencode({"q": "催化剂"})}">去掉“外观设计”</a> 有 1 项' in page


def test_an_empty_market_is_a_first_use(client, db):
    assert "还没有在架的技术" in body(get(client))


SPELLINGS = (
    *("ZL 2023 1 0428711.8", "ZL202310428711.8", "zl2023104287118", "ＺＬ　２０２３　１　０４２８７１１．８"),
    *("CN202310428711.8", "cn2023104287118", "202310428711", "２０２３１０４２８７１１．８", "CN 2023-1-0428711.8"),
    *("专利号：ZL202310428711.8", "申请号 202310428711.8", "(CN)202310428711.8"),
    *(
        "CN112256133A",
        "cn 112256133 a",
        "112256133",
        "ＣＮ１１２２５６１３３Ａ",
        "公开号：CN112256133A",
        "CN112256133A8",
    ),
)


def test_a_number_goes_to_its_record(client, hydrogen):
    for typed in SPELLINGS:
        for address in (ADDRESS, "/zh-hans/search/"):
            response = get(client, address=address, q=typed)
            assert (response.status_code, response["Location"]) == (302, f"/zh-hans/patents/{hydrogen.number}/"), typed
    assert get(client, q=hydrogen.number.lower())["Location"].endswith(f"{hydrogen.number}/")
    for typed in SPELLINGS[::6]:  # an export answers, it does not redirect
        assert json.loads(body(get(client, q=typed, format="json")))["count"] == 1


def test_a_corrected_document_is_found_by_its_bare_number(client, hydrogen):
    Patent.objects.update(publication_number="CN112256133B9")
    assert get(client, q="CN112256133")["Location"].endswith(f"{hydrogen.number}/")
    assert client.get("/zh-hans/patents/CN112256133B/")["Location"].endswith(f"{hydrogen.number}/")


def test_the_one_box_leads_to_a_need_by_its_number(client, shen, bai):
    need, draft = needs.published(bai), needs.draft(bai)
    for address in ("/zh-hans/search/", "/zh-hans/trading/needs/"):
        for typed in (need.number, need.number.lower(), "ＸＱ６－" + need.number[4:], f" {need.number} "):
            assert get(client, address=address, q=typed)["Location"] == need.get_absolute_url()
        assert get(client, address=address, q=draft.number).get("Location") != draft.get_absolute_url()


def test_the_officers_list_leads_to_the_ledger_of_a_number(client, hydrogen, guo):
    client.force_login(guo)
    for typed in ("ＺＬ　２０２３　１　０４２８７１１．８", "CN112256133A"):
        answer = get(client, address="/zh-hans/patents/rights/", q=typed)
        assert answer["Location"] == "/zh-hans/patents/rights/CN202310428711.8/"
    assert "没有这个号码" in body(get(client, address="/zh-hans/patents/rights/", q="202210428711"))


def test_the_open_licences_lead_to_the_declaration_of_a_number(client, shen):
    declaration = opens.in_force(shen)
    patent = declaration.patent
    for typed in (patent.shown_number, patent.application_number, declaration.listing.number, declaration.number):
        assert get(client, address="/zh-hans/trading/open/", q=typed)["Location"] == declaration.get_absolute_url()
    assert patent.title in body(get(client, address="/zh-hans/trading/open/", q=patent.title[:4]))


def test_a_wrong_check_digit_is_explained(client, hydrogen):
    page = body(get(client, q="2023104287115"))
    assert "应为“8”" in page and f'href="{ADDRESS}?q=2023+1+0428711.8"' in page


def test_an_unknown_number_is_said_to_be_unknown(client, hydrogen):
    assert "没有公开的挂牌项目使用这个编号" in body(get(client, q="202210428711.6")) or "应为" in body(
        get(client, q="202210428711.6")
    )


def test_the_one_box_sends_words_to_the_search(client, hydrogen):
    assert (
        get(client, address="/zh-hans/search/", q="制氢 &=#")["Location"] == f"{ADDRESS}?{urlencode({'q': '制氢 &=#'})}"
    )
    assert get(client, address="/zh-hans/search/")["Location"] == ADDRESS


def test_htmx_gets_the_part_that_it_exchanges(client, hydrogen):
    part = get(client, q="制氢", headers={"HX-Request": "true"})
    assert "HX-Request" in part["Vary"] and "<html" not in body(part) and "共 1 项技术" in body(part)
    whole = get(client, q="制氢")
    assert "HX-Request" in whole["Vary"] and "<html" in body(whole)
    back = get(client, q="制氢", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in body(back)
    assert get(client, q="202310428711", headers={"HX-Request": "true"})["HX-Redirect"].endswith(f"{hydrogen.number}/")


def test_an_anonymous_search_sets_no_cookie(hydrogen):
    for params in ({}, {"q": "制氢"}, {"format": "json"}, {"format": "csv"}, {"format": "atom"}):
        response = get(Client(), **params)
        body(response)
        assert not response.cookies, params


def test_only_reading_is_answered(client, db):
    assert client.post(ADDRESS).status_code == 405
    assert client.head(ADDRESS).status_code == 200


# ---- queries


def _queries(client, **params):
    caches["pages"].set("demonstration", False, 60)
    with CaptureQueriesContext(connection) as found:
        body(get(client, **params))
    return len(found)


def test_the_page_costs_the_same_for_five_and_for_all(client, shen, bai):
    factory.grown(5, shen, bai)
    few = [
        _queries(client, **params)
        for params in ({}, {"q": "的"}, {"format": "json"}, {"format": "atom"}, {"ipc": "H01"})
    ]
    factory.grown(115, shen, bai, seed=8)
    many = [
        _queries(client, **params)
        for params in ({}, {"q": "的"}, {"format": "json"}, {"format": "atom"}, {"ipc": "H01"})
    ]
    assert few == many and max(many) <= 15


def test_a_page_without_results_costs_no_more_for_more_filters(client, shen):
    factory.grown(30, shen)
    one = _queries(client, q="没有这个词", kind="design")
    assert (
        one
        == _queries(
            client, q="没有 这个 词 一样 东西", kind="design", free_in=["420000", "430000"], trl_min="9", price_max="1"
        )
        <= 15
    )


# ---- bad input

BAD = [
    {"q": "x" * 10_000}, {"q": "催化剂" * 3_000}, {"q": "'\"\\&|!:*()<->%_;--"}, {"q": "a & | !"}, {"q": "\\"}, {"q": "'"}, {"q": ":*"},
    {"q": "\U0001f600 \u202e \ufeff"}, {"q": "%s %(x)s %"}, {"q": "a" * 499}, {"q": "𠀀" * 400}, {"q": "<script>"},
    {"province": "000000"}, {"province": ["420000", "x"]}, {"kind": "everything"}, {"form": "gift"}, {"free_in": "420100"}, {"free_form": "x"},
    {"trl_min": "0"}, {"trl_min": "10"}, {"trl_min": "9" * 400}, {"trl_min": "1e3"}, {"trl_min": "NaN"}, {"price_max": "1" + "0" * 400},
    {"price_max": "-1"}, {"price_max": "NaN"}, {"price_max": "Infinity"}, {"price_max": "1e400"}, {"price_max": "12.345"}, {"sort": "best"},
    {"ipc": "Z"}, {"ipc": "H" * 5_000}, {"ipc": ["H", "zz"]}, {"ipc": "{H}"}, {"ipc": "H'"},
]  # fmt: skip


@pytest.mark.parametrize("params", BAD, ids=lambda params: json.dumps(params)[:40])
def test_bad_input_is_named_never_a_fault(client, hydrogen, params):
    page = get(client, **params)
    assert page.status_code == 200
    text = body(page)
    for wanted in ("json", "csv", "atom"):
        answer = get(client, format=wanted, **params)
        content = body(answer)
        assert answer.status_code in {200, 400}
        if answer.status_code == 400:
            assert json.loads(content)["error"] and 'class="wrong"' in text


def test_an_invalid_filter_is_named_and_left_out(client, hydrogen):
    page = body(get(client, trl_min="10", price_max="abc", province="999999"))
    assert "共 1 项技术" in page and page.count('class="wrong"') == 3 and 'value="abc"' in page
    assert get(client, trl_min="10", format="json").status_code == 400


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "1.5", "9" * 400, "１", " 1", "1e3"])
def test_pages_that_do_not_exist(client, hydrogen, page):
    assert get(client, page=page).status_code == 404
    assert get(client, page=page, format="json").status_code == 404


def test_nul_is_refused_at_the_door(client, hydrogen):
    assert client.get(f"{ADDRESS}?q=%00").status_code == 400
    assert client.get(f"{ADDRESS}?q=%FF%FE").status_code == 400


def test_words_without_a_letter_show_everything_and_say_so(client, hydrogen):
    page = body(get(client, q="！！！"))
    assert "检索词里没有可以检索的字" in page and "共 1 项技术" in page


def test_unknown_parameters_and_formats_are_ignored(client, hydrogen):
    assert "共 1 项技术" in body(get(client, utm_source="x", format="xml"))


# ---- marks


@pytest.mark.parametrize(
    ("words", "parts", "expected"),
    [
        ("用鋰離子電池", ["锂离子", "电池"], "用<mark>鋰離子電池</mark>"),
        ("ＬＥＤ灯", ["led"], "<mark>ＬＥＤ</mark>灯"),
        (
            "Batteries and coated lamps",
            ["battery", "coating", "lamp"],
            "<mark>Batteries</mark> and <mark>coated</mark> <mark>lamps</mark>",
        ),
        ("contrast control", ["control"], "contrast <mark>control</mark>"),
        ("a<b>c", ["b"], "a&lt;<mark>b</mark>&gt;c"),
        ("㎏", ["kg"], "<mark>㎏</mark>"),
        ("", ["x"], ""),
    ],
)
def test_marks(words, parts, expected):
    assert search_page.marked(words, parts) == expected


def test_the_excerpt_shows_the_first_word_asked_for():
    long = "前言。" * 100 + "此处催化剂用量减少四成；" + "后记。" * 100
    cut = search_page.excerpt(["无关的文字", long], ["催化剂"])
    assert "此处<mark>催化剂</mark>用量减少四成" in cut and len(cut) < 160
    assert search_page.excerpt(["第一段", "第二段"], ["没有"]) == "第一段"
    assert search_page.excerpt(["", ""], ["x"]) == ""
