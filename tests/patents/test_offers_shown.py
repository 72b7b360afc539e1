"""What a reader of a listing, its owner and its office see of consents, of rights that are taken, and of an overdue annuity."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patents.models import Patent
from tests.factories import ledger, patents, postings

pytestmark = pytest.mark.django_db


def page(client, listing):
    return client.get(listing.get_absolute_url()).content.decode()


def test_provinces_that_are_taken_are_marked(client, shen, guo):
    listing = patents.published(shen, forms=[patents.form_row("ordinary", provinces=["420000", "430000"])])
    assert "已被占用" not in page(client, listing)
    ledger.recorded(patents.patent_of(listing), guo, "exclusive", provinces=["430000"])
    assert "湖南已被占用" in page(client, listing)


def test_an_offer_with_nothing_left_says_so(client, shen, guo):
    forms = [patents.form_row("exclusive", provinces=["430000"]), patents.form_row("ordinary")]
    listing = patents.published(shen, forms=forms)
    ledger.recorded(patents.patent_of(listing), guo, "ordinary", provinces=["430000"])
    seen = page(client, listing)
    assert "台账上已没有可以给予的省份" in seen and "湖南已被占用" not in seen


def test_a_pledge_rests_an_assignment(client, shen, guo):
    listing = patents.published(shen, forms=["assignment", "ordinary"])
    assert "暂不能转让" not in page(client, listing)
    ledger.licence_and_pledge(listing, guo)
    assert "暂不能转让" in page(client, listing)


def test_an_open_licence_rests_while_the_annuity_is_overdue(client, shen):
    listing = patents.published(shen, forms=["open", "ordinary"])
    assert "年费滞纳期内暂停提供" not in page(client, listing)
    Patent.objects.filter(listing_patents__listing=listing).update(legal_status="late_fee")
    assert "年费滞纳期内暂停提供" in page(client, listing)
    Patent.objects.filter(listing_patents__listing=listing).update(legal_status="in_force")
    assert "年费滞纳期内暂停提供" not in page(client, listing)


def test_the_page_stays_within_its_queries(client, shen):
    listing = postings.listing_of_body(shen, forms=["open", "ordinary"], twin_number=patents.number(digit="2"))
    postings.posted(listing, form="ordinary")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(listing.get_absolute_url()).status_code == 200
    assert len(queries) <= 15, "\n".join(one["sql"][:150] for one in queries)


# ---- the wizard


def test_consents_are_ticked_form_by_form(client, shen):
    listing = patents.draft(shen)
    patent = patents.patent_of(listing)
    client.force_login(shen)
    address = f"/zh-hans/patents/{listing.number}/edit/ownership/"
    asked = client.get(address).content.decode()
    assert "独占许可（《专利法》第十四条）" in asked and "第八十五条" in asked and 'value="ordinary"' not in asked
    client.post(address, {"on_behalf": "self", "co_owned": [patent.pk], "consents": ["open", "sole"]})
    version = listing.versions.get()
    assert version.consents == ["sole", "open"]
    answers = client.get(f"/zh-hans/patents/{listing.number}/answers/").content.decode()
    assert "排他许可、开放许可" in answers
    tasks = client.get(f"/zh-hans/patents/{listing.number}/edit/").content.decode()
    assert "有共有人，同意：排他许可、开放许可" in tasks


def test_the_step_of_the_forms_refuses_what_is_taken(client, shen):
    listing = patents.published(shen)
    patent = patents.patent_of(listing)
    ledger.grant(patent, "exclusive", provinces=["430000"]).save(force_insert=True)
    patents.listings.listing_revise(listing_id=listing.pk, actor=shen)
    client.force_login(shen)
    address = f"/zh-hans/patents/{listing.number}/edit/forms/"
    sent = {"exclusive-offered": "on", "exclusive-price_basis": "negotiable"}
    refused = client.post(address, sent).content.decode()
    assert "独占许可 · 湖南" in refused and "去掉湖南" in refused
    answer = client.post(address, {**sent, "exclusive-provinces": ["420000"]})
    assert answer.status_code == 302
    assert listing.versions.get(state="editing").offered_forms.get().provinces == ["420000"]
