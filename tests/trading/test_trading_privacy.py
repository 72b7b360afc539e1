"""Nobody but its parties gets into a room: every address, every method, and whatever else the others can open."""

import re
import uuid
from html import unescape

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.notices.actions import mail_send
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage, WriteKey
from tests import shared
from tests.factories import accounts, patents, trading
from trading import tasks, urls
from trading.models import Message, MessageFile, Negotiation, Party

CANARY = "暗语石榴七号"
ECHO = "密约芙蓉"  # stands beside the canary and is never typed into a search box
ROOM_VERBS = [
    "negotiation_detail",
    "message_send",
    "negotiation_read",
    "negotiation_close",
    "negotiation_reopen",
    "message_file",
    "undertaking_accept",
    "negotiation_log",
    "party_add",
    "party_remove",
    "negotiation_mediation",
    "mediation_ask",
    "offer_make",
]
READ_ONLY = ("negotiation_detail", "message_file", "negotiation_log", "negotiation_mediation")
PAGES = ("undertaking_accept", "party_add", "mediation_ask", "offer_make")  # a page of its own, with a form
OUTSIDERS = ["mo", "guo", "he", "ad", "superuser", "rival", "gone"]

pytestmark = pytest.mark.django_db
shen, bai, guo, he, mo, ad = shared.once("shen", "bai", "guo", "he", "mo", "ad")


@pytest.fixture(scope="module")
def superuser(module_db):
    user = accounts.administrator("root@example.org", name="超级用户")
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    return user


@pytest.fixture(scope="module")
def room(shen, bai):
    room = trading.room(
        shen, bai, body=f"{CANARY}{ECHO}，请介绍一下这项技术。", use=CANARY, uploads=[patents.document(f"{CANARY}.pdf")]
    )
    trading.say(room, shen, f"答复：{CANARY}{ECHO}", uploads=[patents.picture(f"{CANARY}.png")])
    return room


@pytest.fixture(scope="module")
def rival(room, shen):
    """Another buyer, with a room of their own about the same listing."""
    user = accounts.member("rival@example.org", name="另一买家", verified=True)
    trading.room(shen, user, listing=room.listing)
    return user


@pytest.fixture(scope="module")
def gone(room):
    """Was in the room once."""
    user = accounts.member("gone@example.org", name="前任经办", verified=True)
    Party.objects.create(negotiation=room, user=user, side="buyer", joined_at=clock.now(), left_at=clock.now())
    return user


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, he, mo, ad, superuser, room, rival, gone):
    """All of it is there for every test."""


def address(name, pk, file):
    more = {"message_file": file, "party_remove": 1}
    return reverse(f"trading:{name}", args=[pk, more[name]] if name in more else [pk])


def payload():
    return {"body": "外人写的话。", "read_to": "1", "idempotency_key": str(uuid.uuid4())}


def contents():
    """Everything a write in a room could touch; that somebody was denied is on record aside."""
    tables = [model.objects for model in (Negotiation, Party, Message, MessageFile, OutboxMessage, WriteKey)]
    tables.append(AuditEntry.objects.exclude(verb="portal.denied"))
    return [list(table.order_by("pk").values()) for table in tables]


def bare(response, pk):
    """The page without what differs by request: its id, the address, the form tokens."""
    text = response.content.decode().replace(response["X-Request-Id"], "ID")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return text.replace(f"negotiations/{pk}/", "negotiations/PK/").replace(
        f"negotiations%2F{pk}%2F", "negotiations%2FPK%2F"
    )


def test_every_address_of_a_room_is_in_this_matrix():
    inside = {one.name for one in urls.urlpatterns if str(one.pattern).startswith("negotiations/<int:pk>/")}
    assert inside == set(ROOM_VERBS)


@pytest.mark.parametrize("name", ROOM_VERBS)
def test_a_visitor_is_sent_to_sign_in(client, room, name):
    url = address(name, room.pk, MessageFile.objects.first().pk)
    before = contents()
    for response in (client.get(url), client.head(url), client.post(url, payload())):
        assert response.status_code == 302
        assert response["Location"].startswith("/zh-hans/accounts/login/?next=")
    assert contents() == before


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("name", ROOM_VERBS)
def test_for_an_outsider_the_room_does_not_exist(client, room, request, who, name):
    client.force_login(request.getfixturevalue(who))
    file, nowhere = MessageFile.objects.first().pk, room.pk + 1000
    url, missing = address(name, room.pk, file), address(name, nowhere, file)
    before = contents()
    read_only = name in READ_ONLY
    for method in ("get", "head", "post"):
        sent = payload()
        answer, other = (getattr(client, method)(path, sent) for path in (url, missing))
        assert answer.status_code == other.status_code == (405 if method == "post" and read_only else 404)
        assert bare(answer, room.pk) == bare(other, nowhere)
        assert CANARY not in answer.content.decode()
    assert contents() == before
    assert not mail.outbox


@pytest.mark.parametrize("who", ["shen", "bai"])
@pytest.mark.parametrize("name", [name for name in ROOM_VERBS if name != "party_remove"])
def test_the_same_requests_of_a_party_succeed(client, room, request, who, name):
    client.force_login(request.getfixturevalue(who))
    url = address(name, room.pk, MessageFile.objects.first().pk)
    if name in READ_ONLY + PAGES:
        assert client.get(url).status_code == 200
        return
    if name == "negotiation_reopen":
        Negotiation.objects.filter(pk=room.pk).update(state="closed")
    before = contents()
    assert client.get(url)["Location"] == room.get_absolute_url()
    assert contents() == before
    assert client.post(url, payload()).status_code == 302
    assert contents() != before


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_list_of_an_outsider_is_without_the_room(client, room, request, who):
    client.force_login(request.getfixturevalue(who))
    html = client.get(reverse("trading:negotiation_list")).content.decode()
    assert room.get_absolute_url() not in html
    assert CANARY not in html


def test_who_leaves_is_out_at_the_next_request(client, room, bai):
    client.force_login(bai)
    file = MessageFile.objects.first().pk
    for name in ROOM_VERBS:
        assert client.get(address(name, room.pk, file)).status_code in (200, 302)
    trading.leave(room, bai)
    said = Message.objects.count()
    for name in ROOM_VERBS:
        assert client.get(address(name, room.pk, file)).status_code == 404
    assert client.post(address("message_send", room.pk, file), payload()).status_code == 404
    assert Message.objects.count() == said
    assert room.get_absolute_url() not in client.get(reverse("trading:negotiation_list")).content.decode()


def test_what_is_said_is_in_no_record_notice_or_mail(room):
    tasks.enquiry_create_notify.run(negotiation_id=room.pk)
    for message in room.messages.all():
        tasks.message_send_notify.run(message_id=message.pk)
    mail_send()
    assert mail.outbox
    kept = [str(list(model.objects.values())) for model in (AuditEntry, Notice, OutboxMessage, WriteKey)]
    assert not [text for text in kept if CANARY in text]
    assert not [letter for letter in mail.outbox if CANARY in letter.subject + letter.body + str(letter.alternatives)]


def crawl(client, *starts, most=70):
    """Every page that can be reached from `starts` by links, as address -> text."""
    waiting, found = list(starts), {}
    while waiting and len(found) < most:
        url = waiting.pop(0).partition("#")[0]
        if not url.startswith("/") or url.startswith(("//", "/static/")) or url in found or "logout" in url:
            continue
        response = client.get(url)
        if response.status_code in (301, 302):
            waiting.append(response["Location"])
            found[url] = ""
            continue
        found[url] = b"".join(response).decode(errors="replace")
        waiting += [unescape(href) for href in re.findall(r'href="([^"]+)"', found[url])]
    return found


@pytest.mark.parametrize("who", [None, *OUTSIDERS])
def test_the_words_of_a_room_are_on_no_page_that_others_can_reach(client, room, request, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    listing = room.listing.get_absolute_url()
    starts = ["/zh-hans/", listing, "/zh-hans/desk/", "/zh-hans/desk/audit/", "/zh-hans/patents/review/", "/admin/", f"/zh-hans/search/?q={CANARY}",
              f"/zh-hans/patents/?q={CANARY}", "/zh-hans/trading/negotiations/"]  # fmt: skip
    pages = crawl(client, *starts)
    assert len(pages) > 5
    # A search page repeats what was typed into its box, but not what stood beside it in the room.
    leaks = [url for url, text in pages.items() if ECHO in text or (CANARY in text and "q=" not in url)]
    assert leaks == []
    assert room.get_absolute_url() not in "".join(pages.values())


def test_the_admin_site_knows_no_rooms(client, room, superuser):
    client.force_login(superuser)
    assert "trading" not in client.get("/admin/").content.decode()
    for model in ("negotiation", "message", "party", "enquiry", "messagefile", "undertaking", "mediation"):
        assert client.get(f"/admin/trading/{model}/").status_code == 404
    assert "trading" not in {app for app in settings.INSTALLED_APPS if app.endswith(".admin")}
