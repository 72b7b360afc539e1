"""Pages of the legal status: recording, correcting, the history on a past day, annuities and deadlines."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from patents import status_queries, status_shown
from patents.actions import listings
from patents.models import Patent, StatusEvent
from patents.states import EventKind
from tests.factories import patents as make

DAY = date(2026, 11, 24)
LATE = {"annuity_paid_to": date(2026, 9, 2), "legal_status": "late_fee"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-24 04:00:00+00:00", tick=False):
        yield


def address(listing):
    return reverse("patents:patent_status", args=[listing.number, make.patent_of(listing).pk])


def test_who_sees_the_page(client, shen, guo, bai, mo, he):
    listing = make.published(shen)
    for person, code in ((shen, 200), (guo, 200), (bai, 403), (mo, 403), (he, 403)):
        client.force_login(person)
        assert client.get(address(listing)).status_code == code
    client.force_login(shen)
    assert address(listing) in client.get(listing.get_absolute_url()).content.decode()
    assert client.get(reverse("patents:patent_status", args=[listing.number, 0])).status_code == 404


def test_a_look_up_is_the_plain_case(client, shen):
    listing = make.published(shen)
    client.force_login(shen)
    page = client.post(address(listing), {"legal_status": "late_fee", "status_as_of": "2999-01-01"}).content.decode()
    assert "查询日期应在上次查询" in page
    answer = client.post(address(listing), {"legal_status": "late_fee", "status_as_of": "2026-11-24"})
    assert answer.status_code == 302 and Patent.objects.get().legal_status == "late_fee"
    assert "法律状态已更新" in client.get(listing.get_absolute_url()).content.decode()


def test_an_event_needs_its_day(client, shen):
    listing = make.published(shen)
    client.force_login(shen)
    sent = {"kind": "preserved", "status_as_of": "2026-11-24"}
    assert "请填写事务日期" in client.post(address(listing), sent).content.decode()
    assert client.post(address(listing), {**sent, "happened_on": "2026-11-02"}).status_code == 302
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "专利权的保全" in page and "不能办理：转让登记、许可备案、开放许可、质押登记" in page


def test_an_entry_is_corrected_with_a_reason(client, shen, guo):
    listing = make.published(shen)
    client.force_login(guo)
    client.post(address(listing), {"kind": "preserved", "status_as_of": "2026-11-24", "happened_on": "2026-11-02"})
    wrong = StatusEvent.objects.get(kind="preserved")
    there = f"{address(listing)}?corrects={wrong.pk}"
    assert there in client.get(listing.get_absolute_url()).content.decode()
    page = client.get(there).content.decode()
    assert "这一条是误记" in page and "2026-11-02" in page
    sent = {"kind": "correction", "status_as_of": "2026-11-24"}
    assert client.post(there, sent).status_code == 200
    assert client.post(there, {**sent, "note": "号码看错"}).status_code == 302
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "<s>专利权的保全</s>" in page and "号码看错" in page
    for gone in (wrong.pk, StatusEvent.objects.get(kind="accepted").pk, "x", "9" * 30):
        assert client.get(f"{address(listing)}?corrects={gone}").status_code == 404


def test_the_history_is_public_and_can_be_asked_for_a_past_day(client, shen):
    listing = make.published(shen, legal_status="late_fee", annuity_paid_to=date(2026, 9, 2))
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "授权公告" in page and "滞纳期" in page and "?corrects=" not in page
    past = client.get(listing.get_absolute_url(), {"on": "2021-01-01"}).content.decode()
    assert "2021-01-01 当日" in past and "不能办理：开放许可、质押登记" in past
    assert client.get(listing.get_absolute_url(), {"on": "nonsense"}).status_code == 200


def test_annuities_and_the_owners_deadlines(client, shen, bai):
    listing = make.published(shen, annuity_paid_to=date(2027, 3, 2))
    client.force_login(shen)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "下一次年费：第 8 年" in page and "还需年费" in page and "7.4 万元" in page and "缴纳年费" in page
    client.force_login(bai)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "下一次年费" in page and "缴纳年费" not in page


def test_one_patent_costs_the_queries_of_three(client, shen, django_assert_max_num_queries):
    def bundle(size):
        listing = make.draft(shen)
        for _place in range(size - 1):
            listings.patent_attach(listing_id=listing.pk, actor=shen, facts=make.facts())
        listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
        return make.approve(listing)

    counts = []
    for listing in (bundle(1), bundle(3)):
        client.force_login(shen)
        client.get(listing.get_absolute_url())
        with django_assert_max_num_queries(20) as captured:
            client.get(listing.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_owners_desk_names_what_is_due(client, shen, bai):
    listing = make.published(shen, filing_date=date(2020, 1, 5), annuity_paid_to=date(2027, 1, 5))
    make.published(shen, annuity_paid_to=date(2027, 9, 2))  # further away than a quarter
    client.force_login(shen)
    page = client.get(reverse("portal:desk")).content.decode()
    assert "专利期限" in page and "缴纳年费" in page and "2027-01-05" in page
    assert listing.get_absolute_url() in page and page.count("缴纳年费") == 1
    client.force_login(bai)
    assert "专利期限" not in client.get(reverse("portal:desk")).content.decode()


# ---- the function that the partial shows


def shown(patent, on=None):
    return status_shown.status_history(patent, status_queries.events_of([patent.pk])[patent.pk], on)


def test_history_of_a_day_leaves_out_what_came_later(shen):
    patent = make.patent_of(make.published(shen))
    then = shown(patent, date(2021, 1, 1))
    assert [row["title"] for row in then["rows"]] == ["申请受理", "公布"] and then["is_past"]
    assert (then["status"], then["tone"]) == ("审中（已公开）", "indigo")
    assert shown(patent, date(2019, 1, 1))["status"] == "当时没有记载"
    now = shown(patent)
    assert now["status"] == "有效" and now["blocks"] == "" and not now["is_past"]


def test_every_event_can_be_shown(shen):
    patent = make.patent_of(make.draft(shen))
    rows = [
        StatusEvent(pk=place, patent=patent, kind=kind, happened_on=DAY, as_of=DAY, source="专利公报", note="附注",
                    reaches_back_to=date(2026, 1, 1), noticed_on=DAY)
        for place, kind in enumerate(EventKind, start=1)
    ]  # fmt: skip
    history = status_shown.status_history(patent, rows, DAY)
    assert len(history["rows"]) == len(EventKind) and all(row["title"] for row in history["rows"])
    assert "自 2026-01-01 起终止" in history["rows"][0]["text"] and "专利公报" in history["rows"][0]["text"]


@pytest.mark.parametrize(("text", "day"), [("2026-03-02", date(2026, 3, 2)), ("", None), (None, None), ("x", None)])
def test_the_day_of_an_address(text, day):
    assert status_shown.day_asked(text) == day


def test_late_fees_of_today(shen):
    patent = make.patent_of(make.draft(shen, filing_date=date(2020, 9, 2), publication_date=date(2021, 3, 2), **LATE))
    table = status_shown.annuity_table(patent, status_queries.events_of([patent.pk])[patent.pk])
    assert table["next"]["late_until"] == date(2027, 3, 2) and "200" in table["next"]["surcharge"]
    assert [row["state"] for row in table["rows"] if row["year"] in (6, 7, 8)] == ["已缴", "逾期", ""]
