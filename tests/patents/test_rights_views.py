"""The rights page as a visitor has it: what is free on a day, why not, the same as JSON; nothing that is not public."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patents.actions import encumbrances, rights, titles
from platform_site import clock
from platform_site.regions.facts import CODES
from tests import shared
from tests.factories import ledger, patents

pytestmark = pytest.mark.django_db
shen, guo, he, mo = shared.once("shen", "guo", "he", "mo")
FORMS = ("exclusive", "sole", "ordinary", "open")


@pytest.fixture(scope="module")
def listing(shen):
    return patents.published(shen, forms=["ordinary", "exclusive", "assignment"])


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, guo, he, mo, listing):
    """All of it is there for every test."""


@pytest.fixture
def patent(listing):
    return listing.listing_patents.get().patent


def address(patent, language="zh-hans"):
    return f"/{language}/patents/rights/{patent.application_number}/"


def page(client, patent, language="zh-hans", **query):
    response = client.get(address(patent, language), query)
    assert response.status_code == 200
    return response.content.decode()


def data(client, patent, **query):
    return json.loads(client.get(address(patent), {"format": "json", **query}).content)


def days(count):
    return clock.today() + timedelta(days=count)


# ---- JSON, to the letter


def test_json_of_an_empty_ledger(client, patent):
    everything = {code: dict.fromkeys(FORMS, True) for code in CODES}
    found = data(client, patent)
    assert found == {
        "patent": patent.application_number,
        "on": clock.today().isoformat(),
        "as_of": clock.today().isoformat(),
        "assignment": True,
        "provinces": everything,
        "grants": [],
    }
    assert list(found["provinces"]) == sorted(CODES)


def test_json_of_a_licence_for_one_province(client, patent, guo):
    ledger.recorded(patent, guo, "exclusive", provinces=["430000"], field=["H01M"], end=days(100))
    found = data(client, patent)
    assert found["provinces"]["430000"] == dict.fromkeys(FORMS, False)
    assert found["provinces"]["420000"] == {"exclusive": True, "sole": True, "ordinary": True, "open": False}
    assert found["assignment"] is True
    assert found["grants"] == [
        {
            "form": "exclusive", "provinces": ["430000"], "field": ["H01M"], "state": "active",
            "start": clock.today().isoformat(), "end": days(100).isoformat(),
        }
    ]  # fmt: skip


def test_json_of_a_nationwide_licence_for_as_long_as_the_patent_lives(client, patent, guo):
    ledger.recorded(patent, guo)
    found = data(client, patent)
    assert found["grants"][0]["provinces"] == [*CODES, "000000"]
    assert found["grants"][0]["end"] is None and found["grants"][0]["field"] == []
    assert all(
        forms == {"exclusive": False, "sole": False, "ordinary": True, "open": True}
        for forms in found["provinces"].values()
    )


def test_a_licence_from_next_month_on_is_free_today_and_taken_then(client, patent, guo):
    ledger.recorded(patent, guo, "exclusive", provinces=["420000"], start=days(30), end=days(60))
    today, then, later = data(client, patent), data(client, patent, on=days(30)), data(client, patent, on=days(60))
    assert [found["provinces"]["420000"]["exclusive"] for found in (today, then, later)] == [True, False, True]
    assert [len(found["grants"]) for found in (today, then, later)] == [0, 1, 0]
    text = page(client, patent)
    assert f"?on={days(30)}" in text and f"下一次变化：{days(30)}" in text
    assert f"上一次变化：{days(30)}" in page(client, patent, on=days(45))


def test_what_ended_is_asked_as_of_the_day_on_which_it_held(client, patent, guo):
    with clock.at(clock.now() - timedelta(days=20)):
        grant = ledger.recorded(patent, guo, "sole", provinces=["360000"])
    rights.grant_end(grant_id=grant.pk, actor=guo, on=clock.today(), note="双方终止。")
    assert data(client, patent)["grants"] == []
    past = data(client, patent, on=days(-5))
    assert past["grants"][0]["state"] == "active" and past["grants"][0]["end"] == clock.today().isoformat()
    assert past["provinces"]["360000"]["ordinary"] is False


def test_json_says_304_to_whoever_has_it(client, patent):
    first = client.get(address(patent), {"format": "json"})
    again = client.get(address(patent), {"format": "json"}, headers={"if-none-match": first["ETag"]})
    assert (first["Content-Type"], again.status_code) == ("application/json", 304)


@pytest.mark.parametrize("on", ["gestern", "2026-13-01", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_is_none(client, patent, on):
    answer = client.get(address(patent), {"format": "json", "on": on})
    assert answer.status_code == 400 and json.loads(answer.content)["error"]
    text = page(client, patent, on=on)
    assert 'aria-invalid="true"' in text and "今天还可以取得的权利" in text


def test_an_empty_day_is_today(client, patent):
    assert data(client, patent, on="")["on"] == clock.today().isoformat()


@pytest.mark.parametrize("day", ["1999-01-01", "2040-03-02", "2100-12-31"])
def test_before_filing_and_after_the_term_nothing_is_to_be_had(client, patent, day):
    found = data(client, patent, on=day)
    assert found["assignment"] is False and not any(any(forms.values()) for forms in found["provinces"].values())
    assert "这一天没有可以许可或转让的权利" in page(client, patent, on=day)


def test_the_last_day_of_the_term_is_a_day_like_any_other(client, patent):
    assert data(client, patent, on=patent.expires_on - timedelta(days=1))["assignment"] is True


# ---- addresses


def test_every_spelling_leads_to_the_canonical_one(client, patent):
    digits = patent.application_number.removeprefix("CN")
    for typed in (digits, f"ZL{digits}", digits.replace(".", ""), f"cn{digits}", f"ZL {digits[:4]} {digits[4:]}"):
        answer = client.get(f"/zh-hans/patents/rights/{typed}/", {"on": "2026-12-01"})
        assert answer.status_code == 301, typed
        assert answer["Location"] == f"{address(patent)}?on=2026-12-01"


def test_what_was_never_shown_is_not_there(client, shen, guo, he, mo):
    listing = patents.submitted(shen, forms=["ordinary"])
    patent = listing.listing_patents.get().patent
    assert client.get(address(patent)).status_code == 404
    for person, status in ((shen, 200), (guo, 200), (he, 404), (mo, 404)):
        client.force_login(person)
        assert client.get(address(patent)).status_code == status, person
    assert client.get("/zh-hans/patents/rights/CN202010000009.9/").status_code == 404


def test_an_officer_does_not_learn_of_a_draft(client, shen, guo):
    patent = patents.draft(shen).listing_patents.get().patent
    client.force_login(guo)
    assert client.get(address(patent)).status_code == 404


# ---- the page


def test_every_cell_that_is_not_free_says_why_with_the_article(client, patent, guo):
    ledger.recorded(patent, guo, "exclusive", provinces=["430000"])
    chinese, english = page(client, patent), page(client, patent, "en")
    assert 'id="why-1"' in chinese and 'href="#why-1"' in chinese
    assert "第二十五条" in chinese and "独占许可 · 湖南" in chinese
    assert "Hunan" in english
    assert chinese.count('class="gone"') == 4 + 5  # Hunan in all four, and the open licence elsewhere


def test_the_licensee_is_named_only_when_the_licence_is_recorded(client, patent, guo, he, shen):
    ledger.recorded(patent, guo, licensee="未备案的公司", provinces=["430000"])
    ledger.recorded(patent, guo, licensee="已备案的公司", provinces=["340000"], recordal="X2026980000001")
    for person in (None, he, shen):
        if person is not None:
            client.force_login(person)
        text = page(client, patent)
        assert "未备案的公司" not in text and "已备案的公司" in text and "X2026980000001" in text and "未公开" in text
    client.force_login(guo)
    assert "未备案的公司" in page(client, patent)


def test_a_wrong_entry_stays_readable_and_leads_to_the_right_one(client, patent, guo):
    wrong = ledger.recorded(patent, guo, "exclusive", provinces=["430000"])
    right = rights.grant_correct(
        grant_id=wrong.pk, actor=guo, terms=ledger.terms("ordinary", provinces=["430000"]),
        evidence=ledger.evidence(note="方式看错了"),
    )  # fmt: skip
    text = page(client, patent)
    assert "<del>独占许可 · 湖南</del>" in text and f'href="#grant-{right.pk}"' in text and "方式看错了" in text
    assert data(client, patent)["provinces"]["430000"]["ordinary"] is True
    annulled = rights.grant_annul(grant_id=right.pk, actor=guo, note="没有这份合同")
    assert annulled.ended_on == annulled.start and "记录已撤销" in page(client, patent)


def test_pledge_title_and_their_sources(client, patent, guo):
    today = clock.today()
    facts = {"source": "登记公告", "as_of": today}
    pledge = encumbrances.encumbrance_record(
        patent_id=patent.pk, actor=guo, kind="pledge", start=today, holder="江城银行", number="Y2026", **facts
    )
    assert "江城银行" in page(client, patent) and "第四百四十四条" in page(client, patent)
    assert not data(client, patent)["assignment"]
    encumbrances.encumbrance_consent(encumbrance_id=pledge.pk, actor=guo, consents=["assignment"])
    assert data(client, patent)["assignment"]
    encumbrances.encumbrance_end(encumbrance_id=pledge.pk, actor=guo, on=today)
    titles.title_register(
        patent_id=patent.pk, actor=guo, owners="受让公司", start=today, registration_number="R1", **facts
    )
    text = page(client, patent)
    assert "受让公司" in text and "登记公告" in text and "R1" in text


def test_the_page_costs_the_same_with_many_entries(client, patent, guo):
    page(client, patent)
    with CaptureQueriesContext(connection) as one:
        page(client, patent)
    for code in CODES:
        ledger.recorded(patent, guo, provinces=[code])
    with CaptureQueriesContext(connection) as many:
        page(client, patent)
    assert len(one) == len(many) <= 15
    client.force_login(guo)
    page(client, patent)
    with CaptureQueriesContext(connection) as officers:
        page(client, patent)
    assert len(officers) <= 15


def test_the_listing_leads_to_the_ledger_of_its_patents(client, listing, patent):
    text = client.get(listing.get_absolute_url()).content.decode()
    assert address(patent) in text and "今天可以取得许可的省份" in text


# ---- the officers' list


def test_the_list_of_an_office(client, patent, guo, he):
    client.force_login(guo)
    where = "/zh-hans/patents/rights/"
    assert "还没有登记过" in client.get(where).content.decode()
    assert client.get(where, {"q": patent.application_number.removeprefix("CN")})["Location"] == address(patent)
    ledger.recorded(patent, guo, provinces=["430000"])
    assert address(patent) in client.get(where).content.decode()
    assert "没有这个号码" in client.get(where, {"q": "CN202010000009.9"}).content.decode()
    client.force_login(he)
    assert address(patent) not in client.get(where).content.decode()


def test_the_list_costs_the_same_with_many(client, shen, guo):
    def entered(count):
        for _number in range(count):
            ledger.recorded(patents.published(shen).listing_patents.get().patent, guo, provinces=["430000"])

    client.force_login(guo)
    where = "/zh-hans/patents/rights/"
    entered(1)
    client.get(where)
    with CaptureQueriesContext(connection) as one:
        client.get(where)
    entered(2)
    with CaptureQueriesContext(connection) as three:
        client.get(where)
    assert len(one) == len(three) <= 15


def test_the_desk_leads_to_the_ledger(client, guo, mo):
    client.force_login(guo)
    assert "/zh-hans/patents/rights/" in client.get("/zh-hans/desk/").content.decode()
    client.force_login(mo)
    assert "/zh-hans/patents/rights/" not in client.get("/zh-hans/desk/").content.decode()
