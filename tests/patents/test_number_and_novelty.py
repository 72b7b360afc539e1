"""Wherever a number is shown: ZL only after grant (Patent Law art. 68), and nothing of an application not yet published (art. 24).

One test walks over every page, export and message in which a patent can appear; a new one is added to PAGES or EXPORTS.
"""

import io

import pytest
from openpyxl import load_workbook

from patents import tasks
from patents.models import Patent, StatusEvent
from platform_site.notices.models import Notice
from platform_site.notices.wording import worded
from tests.factories import patents

pytestmark = pytest.mark.django_db
TITLE = "镁合金轮毂锻造模具"
PAGES = (
    "/zh-hans/",
    "/en/",
    "/zh-hans/patents/?q=镁合金轮毂锻造模具",
    "/en/patents/?q=镁合金轮毂锻造模具",
    "/zh-hans/search/?q=镁合金轮毂锻造模具",
    "/zh-hans/patents/postings/",
    "/sitemap.xml",
)
EXPORTS = {
    "json": "/zh-hans/patents/?format=json&q=镁合金轮毂锻造模具",
    "csv": "/zh-hans/patents/?format=csv&q=镁合金轮毂锻造模具",
    "atom": "/zh-hans/patents/?format=atom&q=镁合金轮毂锻造模具",
    "xlsx": "/zh-hans/patents/?format=xlsx&q=镁合金轮毂锻造模具",
}


def text_of(client, address):
    """What a reader gets at an address, a workbook cell by cell; empty where there is nothing to get."""
    answer = client.get(address)
    if answer.status_code in (404, 403):
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if address == EXPORTS["xlsx"]:
        cells = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in cells for cell in row)
    return content.decode()


def own_pages(listing):
    number = patents.patent_of(listing).application_number
    return (
        f"/zh-hans/patents/{listing.number}/",
        f"/en/patents/{listing.number}/",
        f"/zh-hans/patents/rights/{number}/",
        f"/zh-hans/patents/rights/{number}/?format=json",
    )


@pytest.fixture
def granted(shen):
    return patents.published(shen, title=TITLE)


@pytest.fixture
def pending(shen):
    return patents.published(shen, title=TITLE, legal_status="pending", grant_date=None)


def spelt(listing):
    """The number as papers print it, without the mark of a granted patent."""
    number = patents.patent_of(listing).application_number[2:]
    return f"{number[:4]} {number[4]} {number[5:]}"


def test_pages_print_zl_for_a_granted_patent(client, granted):
    for address in own_pages(granted)[:3]:
        page = text_of(client, address)
        assert f"ZL {spelt(granted)}" in page, address
    assert f"ZL {spelt(granted)}" in text_of(client, PAGES[2])
    assert f"ZL {spelt(granted)}" in text_of(client, EXPORTS["csv"])
    assert f"ZL {spelt(granted)}" in text_of(client, EXPORTS["xlsx"])


def test_nothing_prints_zl_for_an_application(client, pending):
    for address in (*PAGES, *EXPORTS.values(), *own_pages(pending)):
        assert f"ZL {spelt(pending)}" not in text_of(client, address), address
        assert "ZL20" not in text_of(client, address), address
    for address in (*own_pages(pending)[:3], PAGES[2], EXPORTS["csv"], EXPORTS["xlsx"]):
        assert spelt(pending) in text_of(client, address), address


def test_programs_get_the_application_number_either_way(client, granted, pending):
    text = text_of(client, EXPORTS["json"])
    for listing in (granted, pending):
        number = patents.patent_of(listing).application_number
        assert f'"{number}"' in text
        assert f'"{number}"' in text_of(client, own_pages(listing)[3])
    assert "ZL" not in text


def test_messages_print_zl_only_after_grant(granted, pending):
    for listing, marked in ((granted, True), (pending, False)):
        event = StatusEvent.objects.filter(patent=patents.patent_of(listing)).latest("pk")
        tasks.status_record_notify(event.pk, listing.pk, "")
        told = " ".join(worded(Notice.objects.latest("pk")))
        assert spelt(listing) in told and (f"ZL {spelt(listing)}" in told) is marked


def test_nothing_of_an_unpublished_application_is_anywhere(client, shen, bai, guo, ad, granted):
    """Its owner's draft alone holds it; neither a buyer nor an office before submission nor an administrator reads of it."""
    secret = patents.draft(
        shen, title="未公开的轮毂方案", title_zh="未公开的轮毂方案", legal_status="unpublished", grant_date=None
    )
    number = patents.patent_of(secret).application_number
    for reader in (None, bai, guo, ad):
        client.logout()
        if reader is not None:
            client.force_login(reader)
        for address in (*PAGES, *EXPORTS.values(), *own_pages(secret), f"/zh-hans/patents/{number}/"):
            page = text_of(client, address)
            assert number not in page and number[2:] not in page and spelt(secret) not in page, (reader, address)
            assert "未公开的轮毂方案" not in page, (reader, address)
    for address in (*own_pages(secret), f"/zh-hans/patents/{number}/"):
        client.logout()
        assert client.get(address).status_code == 404, address


def test_a_search_for_the_number_finds_nothing_of_it(client, shen):
    secret = patents.draft(shen, title=TITLE, legal_status="unpublished", grant_date=None)
    number = patents.patent_of(secret).application_number
    assert TITLE not in text_of(client, f"/zh-hans/patents/?q={number}")
    assert Patent.objects.get(application_number=number).shown_number == spelt(secret)
