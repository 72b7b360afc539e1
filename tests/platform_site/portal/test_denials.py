"""Who was refused, by permission, is on record once; who asked for nothing that exists, or was late, is not."""

import pytest
from django.core.cache import cache
from django.test import Client

from platform_site.audit.models import AuditEntry
from platform_site.portal import denials
from tests.factories import patents, trading

pytestmark = pytest.mark.django_db
AUDIT = "/zh-hans/desk/audit/"


def denied():
    return [(row.actor, row.data) for row in AuditEntry.objects.filter(verb="portal.denied").order_by("id")]


def test_a_refusal_is_on_record_with_path_and_method_and_nothing_else(client, mo):
    client.force_login(mo)
    assert client.get(AUDIT + "?target=secret-words").status_code == 403
    assert denied() == [(mo, {"method": "GET", "path": AUDIT, "status": 403})]


def test_a_hidden_record_is_on_record_and_a_missing_one_is_not(client, shen, bai, mo):
    room, draft = trading.room(shen, bai), patents.draft(shen)
    client.force_login(mo)
    hidden = [f"/zh-hans/trading/negotiations/{room.pk}/", f"/zh-hans/patents/{draft.number}/edit/"]
    for address in (*hidden, "/zh-hans/trading/negotiations/987654/", "/zh-hans/patents/CN6-2026-987654/edit/"):
        assert client.get(address).status_code == 404
    assert client.get("/zh-hans/no/such/page/").status_code == 404
    assert client.get("/zh-hans/desk/inbox/?page=7").status_code == 404
    assert client.get("/zh-hans/patents/?page=" + "9" * 30).status_code in {200, 404}
    assert [data["path"] for _actor, data in denied()] == hidden


def test_a_page_for_administrators_alone_is_hidden_too(client, mo):
    client.force_login(mo)
    assert client.get("/zh-hans/desk/mail/").status_code == 404
    assert [data["path"] for _actor, data in denied()] == ["/zh-hans/desk/mail/"]


def test_a_write_that_is_denied_leaves_this_row_alone(client, shen, mo):
    listing = patents.published(shen)
    before = AuditEntry.objects.count()
    client.force_login(mo)
    address = f"/zh-hans/patents/{listing.number}/withdraw/"
    assert client.post(address, {"reason": "随便写的一段话，足够长。"}).status_code == 403
    assert AuditEntry.objects.count() == before + 1
    assert denied()[-1][1] == {"method": "POST", "path": address, "status": 403}


def test_what_came_too_late_is_no_denial(client, mo):
    client.force_login(mo)
    assert client.post("/zh-hans/accounts/organisation/leave/").status_code == 409
    assert client.post("/zh-hans/desk/").status_code == 405
    assert denied() == []


def test_a_visitor_leaves_nothing(client, shen):
    draft = patents.draft(shen)
    for address in (AUDIT, f"/zh-hans/patents/{draft.number}/"):
        client.get(address)
    client.cookies["sessionid"] = "a" * 32
    client.get(f"/zh-hans/patents/{draft.number}/")
    assert denied() == []


def test_a_forged_form_of_a_member_is_on_record(mo):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(mo)
    assert careful.post("/zh-hans/accounts/logout/").status_code == 403
    assert [data["path"] for _actor, data in denied()] == ["/zh-hans/accounts/logout/"]


def test_once_a_minute_for_each_person_and_path(client, mo, bai):
    for _time in range(5):
        client.force_login(mo)
        client.get(AUDIT)
    client.post(AUDIT)
    client.force_login(bai)
    client.get(AUDIT)
    assert [actor for actor, _data in denied()] == [mo, bai]
    cache.clear()  # as a minute does
    client.get(AUDIT)
    assert len(denied()) == 3


def test_a_crawl_of_many_paths_stops_filling_the_chain(client, mo, monkeypatch):
    monkeypatch.setattr(denials, "A_MINUTE", 3)
    client.force_login(mo)
    for page in ("desk/audit/", "accounts/verifications/", "patents/review/"):
        for language in ("zh-hans", "en"):
            assert client.get(f"/{language}/{page}").status_code == 403
    assert len(denied()) == 3


def test_a_record_that_cannot_be_written_does_not_change_the_answer(client, mo, monkeypatch):
    def broken(**kwargs):
        raise RuntimeError("no chain")

    monkeypatch.setattr(denials, "record", broken)
    client.force_login(mo)
    assert client.get(AUDIT).status_code == 403


def test_the_administrator_reads_it_in_words(client, mo, ad):
    client.force_login(mo)
    client.get(AUDIT)
    client.force_login(ad)
    page = client.get(AUDIT).content.decode()
    assert "访问被拒绝" in page
    assert f"path={AUDIT}" in page
