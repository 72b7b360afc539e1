"""Same-day invention and utility model (Patent Law art. 9): asked, checked, told to buyers."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from patents import checklist, review_queries, twin_queries, twins
from patents.actions import listings
from patents.forms.patent import PatentForm
from patents.models import Patent, Review
from platform_site import clock
from platform_site.errors import Conflict
from tests.factories import patents

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 2)


def pair(shen, *, stated=True, **model):
    """A utility model in a draft of its own, and the number of it as the invention states it."""
    other = patents.draft(shen, title="同一方案", number=patents.number(digit="2"), kind="utility_model", **model)
    number = patents.patent_of(other).application_number
    return other, number if stated else ""


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# ---- stated in the wizard


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("CN202020000001", ""),  # the check digit is computed
        ("2020 2 0000001", ""),
        ("202010000001", "一件发明、一件实用新型"),
        ("202030000001", "一件发明、一件实用新型"),
        ("202120000001", "年份不同"),
        ("20202", "位"),
        ("", ""),
    ],
)
def test_the_form_takes_one_of_each_kind_and_year(typed, error):
    number = patents.number(77, year=2020)
    form = PatentForm({"number": number, "twin_number": typed, "filing_date": "2020-03-02"})
    form.is_valid()
    words = " ".join(form.errors.get("twin_number", []))
    assert (error in words) if error else not words
    if typed and not error:
        assert form.cleaned_data["twin_number"].startswith("CN202020000001.")


def test_a_known_twin_is_filed_the_same_day_by_the_same_applicants(shen):
    _other, number = pair(shen)
    for changes in ({"filing_date": date(2020, 3, 3)}, {"applicants": "别的单位"}):
        with pytest.raises(Conflict, match="同日申请"):
            patents.draft(shen, twin_number=number, **changes)
    listing = patents.draft(shen, twin_number=number)
    assert patents.patent_of(listing).twin_number == number


def test_a_number_is_the_twin_of_one_patent(shen, bai):
    stated = patents.number(digit="2")
    patents.draft(shen, twin_number=stated)
    with pytest.raises(Conflict, match="已是另一件专利的同日申请"):
        patents.draft(bai, twin_number=stated)


# ---- guarded by the database


def test_the_database_refuses_what_is_no_pair(shen):
    other, number = pair(shen)
    patent = patents.patent_of(patents.draft(shen, title="另一项"))
    for wrong in (patents.number(digit="1"), patents.number(digit="3"), "x"):
        with pytest.raises(IntegrityError, match="patent_twin_is_the_other_kind"):
            sql("UPDATE patents_patent SET twin_number = %s WHERE id = %s", wrong, patent.pk)
    sql("UPDATE patents_patent SET filing_date = filing_date + 1 WHERE id = %s", patents.patent_of(other).pk)
    with pytest.raises(InternalError, match="same day"):
        sql("UPDATE patents_patent SET twin_number = %s WHERE id = %s", number, patent.pk)
    sql("UPDATE patents_patent SET filing_date = filing_date - 1 WHERE id = %s", patents.patent_of(other).pk)
    sql("UPDATE patents_patent SET twin_number = %s WHERE id = %s", number, patent.pk)
    third = patents.patent_of(patents.draft(shen, title="第三项"))
    with pytest.raises(IntegrityError, match="patent_twin_of_one"):
        sql("UPDATE patents_patent SET twin_number = %s WHERE id = %s", number, third.pk)


# ---- told to readers


def test_both_pages_disclose_a_pair_that_one_of_them_states(client, shen):
    model = patents.published(shen, title="同一方案", number=patents.number(digit="2"), kind="utility_model")
    number = patents.patent_of(model).application_number
    invention = patents.published(shen, title="同一方案的发明", twin_number=number)
    for listing, words in ((invention, "本发明与实用新型 ZL 2020 2"), (model, "本实用新型与发明 ZL 2020 1")):
        page = client.get(listing.get_absolute_url()).content.decode()
        assert words in page and "同日申请" in page
    rights = client.get(f"/zh-hans/patents/rights/{patents.patent_of(invention).application_number}/").content.decode()
    assert "本发明与实用新型 ZL 2020 2" in rights


def test_a_strangers_statement_says_nothing(client, shen, bai):
    model = patents.published(shen, title="同一方案", number=patents.number(digit="2"), kind="utility_model")
    patent = patents.patent_of(patents.draft(bai, applicants="别的单位"))
    sql(
        "UPDATE patents_patent SET twin_number = %s WHERE id = %s",
        patents.patent_of(model).application_number,
        patent.pk,
    )
    assert "同日申请" not in client.get(model.get_absolute_url()).content.decode()


def test_the_number_of_an_unpublished_twin_is_kept_back(shen):
    model = patents.patent_of(patents.draft(shen, number=patents.number(digit="2"), kind="utility_model"))
    secret = patents.number(digit="1")
    row = Patent(application_number=secret, kind="invention", legal_status="unpublished", filing_date=DAY)
    assert "号码" in (words := twins.disclosure(model, twins.Twin(secret, row))) and secret[2:8] not in words
    row.legal_status = "pending"
    assert "发明 2020 1" in twins.disclosure(model, twins.Twin(secret, row))  # published, not granted: no ZL
    model.filing_date = clock.today()
    assert "不显示号码" in twins.disclosure(model, twins.Twin(secret))  # nobody knows whether it is published
    model.filing_date = DAY
    assert "发明 2020 1" in twins.disclosure(model, twins.Twin(secret))  # 18 months have passed (art. 34)


def test_a_page_of_designs_asks_nothing(shen, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert twin_queries.twins_of([Patent(kind="design")]) == {} and twin_queries.same_day([]) == []


# ---- looked at by the office


def check(listing):
    review = Review.objects.select_related("version__listing__organisation").get(version__listing=listing, decision="")
    found = checklist.machine_checks(review_queries.submissions_of([review])[review.pk])
    return next(one for one in found if one.token == "twin")


def test_the_office_is_told_of_a_pair_that_is_not_stated(shen):
    model, number = pair(shen)
    listing = patents.submitted(shen)
    warned = check(listing)
    assert warned.state == "ask" and "同日申请的实用新型 ZL 2020 2" in warned.detail
    Patent.objects.filter(listing_patents__listing=listing).update(twin_number=number)
    assert check(listing).state == "pass"
    Patent.objects.filter(listing_patents__listing=model).update(applicants="别的单位")
    assert "申请人或申请日与这件不同" in check(listing).detail


def test_a_different_title_is_no_pair(shen):
    pair(shen, title_zh="别的方案")
    assert check(patents.submitted(shen)).state == "pass"


def test_the_owner_may_tell_later_when_the_patent_is_offered_again(shen):
    listing = patents.published(shen)
    patent = patents.patent_of(listing)
    listings.listing_withdraw(listing_id=listing.pk, actor=shen, reason="暂不转让。")
    stated = patents.number(digit="2")
    patents.draft(shen, number=patent.application_number, twin_number=stated)
    patent.refresh_from_db()
    assert patent.twin_number == stated
