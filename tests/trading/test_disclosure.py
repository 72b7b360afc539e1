"""Confidential attachments: the undertaking comes first, the mark stands on every page, every opening is on record."""

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.urls import reverse
from pypdf import PdfReader

from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.files import store
from platform_site.files.models import StoredFile
from tests import shared
from tests.factories import accounts, patents, trading
from trading import undertaking
from trading.actions import disclosure
from trading.models import FileOpening, Message, MessageFile, Undertaking

REFUSED_BY_DATABASE = (IntegrityError, InternalError, ProgrammingError)

pytestmark = pytest.mark.django_db
shen, bai, guo, mo = shared.once("shen", "bai", "guo", "mo")


@pytest.fixture(scope="module")
def room(shen, bai):
    return trading.room(shen, bai)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, mo, room):
    """All of it is there for every test."""


def of(name, room, *more):
    return reverse(f"trading:{name}", args=[room.pk, *more])


def fetch(client, room, file, user, method="get"):
    client.force_login(user)
    return getattr(client, method)(of("message_file", room, file.pk))


def body(response):
    return b"".join(response) if response.streaming else response.content


# ---- sending


def test_all_attachments_of_a_message_are_confidential_or_none_is(room, shen):
    trading.say(room, shen, uploads=[trading.paper("甲.pdf"), patents.picture("乙.png")], confidential=True)
    trading.say(room, shen, uploads=[patents.document("丙.pdf")])
    kept = {row.file.name: row.is_confidential for row in MessageFile.objects.select_related("file")}
    assert kept == {"甲.pdf": True, "乙.png": True, "丙.pdf": False}


@pytest.mark.parametrize("upload", [trading.locked_paper, patents.document])
def test_a_document_that_could_not_be_marked_is_refused_when_it_is_sent(client, room, shen, upload):
    stored, said = StoredFile.objects.count(), Message.objects.count()
    client.force_login(shen)
    sent = {"body": "请看附件里的参数。", "confidential": "on", "uploads": [upload("参数.pdf")]}
    html = client.post(of("message_send", room), sent).content.decode()
    assert "“参数.pdf”：" in html
    assert "无法加水印" in html
    assert "请看附件里的参数。" in html
    with pytest.raises(ValidationError, match="无法加水印"):
        trading.say(room, shen, uploads=[upload()], confidential=True)
    assert (StoredFile.objects.count(), Message.objects.count()) == (stored, said)
    assert client.post(of("message_send", room), {**sent, "confidential": "", "uploads": [upload()]}).status_code == 302


def test_a_confidential_message_is_sent_by_the_form(client, room, shen):
    client.force_login(shen)
    sent = {"body": "附上参数。", "confidential": "on", "uploads": [trading.paper(), patents.picture()]}
    assert client.post(of("message_send", room), sent).status_code == 302
    assert MessageFile.objects.filter(is_confidential=True).count() == 2
    assert "保密" in client.get(room.get_absolute_url()).content.decode()


# ---- the undertaking


def test_accepting_keeps_which_text_it_was(room, bai):
    given = trading.undertake(room, bai)
    assert (given.user, given.negotiation, given.version) == (bai, room, "2026-1")
    assert given.digest == undertaking.digest()
    entry = AuditEntry.objects.get(verb="trading.undertaking_accept")
    assert (entry.actor, entry.target_id, entry.data["digest"]) == (bai, str(room.pk), given.digest)
    assert trading.undertake(room, bai) == given
    assert Undertaking.objects.count() == AuditEntry.objects.filter(verb="trading.undertaking_accept").count() == 1


def test_the_wording_is_whole_in_both_languages():
    assert len(undertaking.CLAUSES) == 8
    text = undertaking.wording()
    for words in (
        "《民法典》第五百零一条",
        "《反不正当竞争法》",
        "article 501 of the Civil Code",
        "Anti-Unfair Competition",
    ):
        assert words in text
    assert all(clause.zh and clause.en.isascii() for clause in undertaking.CLAUSES)


def test_who_is_not_in_the_room_accepts_nothing(room, mo, guo):
    for user in (mo, guo):
        with pytest.raises(NotAllowed):
            disclosure.undertaking_accept(negotiation_id=room.pk, actor=user, version=undertaking.VERSION)
    assert not Undertaking.objects.exists()


def test_an_outdated_text_is_not_accepted(room, bai):
    with pytest.raises(Conflict, match="已更新"):
        disclosure.undertaking_accept(negotiation_id=room.pk, actor=bai, version="2025-9")


def test_a_new_text_is_accepted_anew(client, room, shen, bai, monkeypatch):
    file = trading.secret(room, shen, patents.picture())
    trading.undertake(room, bai)
    assert fetch(client, room, file, bai).status_code == 200
    monkeypatch.setattr(undertaking, "VERSION", "2027-1")
    assert fetch(client, room, file, bai).status_code == 302
    trading.undertake(room, bai)
    assert fetch(client, room, file, bai).status_code == 200
    assert Undertaking.objects.filter(user=bai).count() == 2


def test_the_page_shows_every_clause_and_wants_the_box_ticked(client, room, shen, bai):
    file = trading.secret(room, shen)
    client.force_login(bai)
    url = of("undertaking_accept", room)
    html = client.get(f"{url}?file={file.pk}").content.decode()
    assert all(clause.zh in html and clause.en in html for clause in undertaking.CLAUSES)
    assert "“工艺参数.pdf”是对方的保密资料" in html
    sent = {"version": undertaking.VERSION, "file": file.pk}
    assert "请先勾选" in client.post(url, sent).content.decode()
    assert not Undertaking.objects.exists()
    answer = client.post(url, {**sent, "accepted": "on"})
    assert answer["Location"] == f"{room.get_absolute_url()}#message-{file.message_id}"
    assert "您已于" in client.get(url).content.decode()
    assert client.post(url, {"version": "2025-9", "accepted": "on"}).status_code == 409


@pytest.mark.parametrize("file", ["", "x", "0", "9" * 30, "999999", "１"])
def test_a_file_that_is_not_there_is_not_named(client, room, bai, file):
    client.force_login(bai)
    assert client.get(of("undertaking_accept", room), {"file": file}).status_code == 200


# ---- opening


def test_the_other_side_is_led_to_the_undertaking_first(client, room, shen, bai):
    file = trading.secret(room, shen)
    for method in ("get", "head"):
        answer = fetch(client, room, file, bai, method)
        assert answer["Location"] == of("undertaking_accept", room) + f"?file={file.pk}"
    with pytest.raises(NotAllowed, match="保密承诺"):
        disclosure.file_open(file_id=file.pk, actor=bai)
    assert not FileOpening.objects.exists()


def test_one_persons_undertaking_opens_nothing_for_another(client, room, shen, bai):
    file = trading.secret(room, shen, patents.picture())
    lin = trading.colleague(bai)
    trading.bring(room, bai, lin)
    trading.undertake(room, bai)
    assert fetch(client, room, file, lin).status_code == 302
    assert fetch(client, room, file, bai).status_code == 200
    other = trading.room(shen, bai, listing=trading.market(shen))
    elsewhere = trading.secret(other, shen, patents.picture())
    assert fetch(client, other, elsewhere, bai).status_code == 302


def test_each_page_names_its_reader_and_what_is_kept_is_unchanged(client, room, shen, bai):
    trading.join(bai, name="星城新能源公司")
    file = trading.secret(room, shen)
    kept = store.content_of(file.file)
    trading.undertake(room, bai)
    with clock.at(datetime(2026, 11, 30, 18, 2, tzinfo=ZoneInfo("Asia/Shanghai"))):
        answer = fetch(client, room, file, bai)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) == 2
    for text in pages:
        for words in ("白经理", "星城新能源公司", f"洽谈室 {room.pk} · 2026-11-30 18:02", "保密资料 请勿外传"):
            assert words in text
    assert store.content_of(file.file) == kept
    assert "白经理" not in PdfReader(io.BytesIO(kept)).pages[0].extract_text()


def test_a_picture_is_served_marked_too(client, room, shen, bai):
    file = trading.secret(room, shen, patents.picture(size=(600, 400)))
    trading.undertake(room, bai)
    answer = fetch(client, room, file, bai)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "private, no-store")
    assert answer.content != store.content_of(file.file)


def test_the_own_side_opens_its_own_without_an_undertaking(client, room, shen, bai):
    file = trading.secret(room, shen, patents.picture())
    lin = trading.colleague(shen)
    trading.bring(room, shen, lin)
    for user in (shen, lin):
        assert fetch(client, room, file, user).status_code == 200
    trading.leave(room, shen)
    assert fetch(client, room, file, lin).status_code == 200
    assert [row.user for row in FileOpening.objects.order_by("id")] == [shen, lin, lin]


def test_every_opening_is_on_record_before_the_bytes_leave(client, room, shen, bai, monkeypatch):
    file = trading.secret(room, shen, patents.picture())
    trading.undertake(room, bai)
    seen = []
    monkeypatch.setattr(
        store, "_answer", lambda row, response, public: seen.append(FileOpening.objects.count()) or response
    )
    fetch(client, room, file, bai)
    fetch(client, room, file, bai)
    assert seen == [1, 2]
    entry = AuditEntry.objects.filter(verb="trading.file_open").latest("id")
    assert entry.data == {
        "listing": room.listing.number,
        "file": file.pk,
        "opening": FileOpening.objects.latest("id").pk,
    }


def test_asking_for_the_head_alone_opens_nothing(client, room, shen, bai):
    file = trading.secret(room, shen)
    trading.undertake(room, bai)
    answer = fetch(client, room, file, bai, "head")
    assert (answer.status_code, answer.content) == (200, b"")
    assert not FileOpening.objects.exists()


def test_what_cannot_be_marked_now_is_not_served_bare(client, room, shen, bai):
    file = trading.secret(room, shen)
    trading.undertake(room, bai)
    with open(f"{store.settings.MEDIA_ROOT}/{file.file.path}", "wb") as kept:
        kept.write(b"%PDF-1.4 broken since")
    answer = fetch(client, room, file, bai)
    assert answer.status_code == 409
    assert "无法加水印" in answer.content.decode()
    assert not FileOpening.objects.exists()


def test_a_file_that_is_not_confidential_needs_nothing(client, room, shen, bai):
    row = trading.say(room, shen, uploads=[patents.document()]).files.get()
    answer = fetch(client, room, row, bai)
    assert (answer.status_code, body(answer)[:4]) == (200, b"%PDF")
    assert not FileOpening.objects.exists()


@pytest.mark.parametrize("who", ["mo", "guo", "ad"])
def test_nobody_else_gets_near(client, room, shen, request, who):
    file = trading.secret(room, shen, patents.picture())
    user = request.getfixturevalue(who)
    assert fetch(client, room, file, user).status_code == 404
    with pytest.raises(NotAllowed):
        disclosure.file_open(file_id=file.pk, actor=user)


# ---- the log


def opened(room, file, user, times):
    FileOpening.objects.bulk_create([FileOpening(file=file, user=user, opened_at=clock.now()) for _ in range(times)])


def test_both_sides_see_the_same_log(client, room, shen, bai):
    file = trading.secret(room, shen, patents.picture("样机.png"))
    for user in (shen, bai):
        client.force_login(user)
        assert "还没有人打开过保密资料" in client.get(of("negotiation_log", room)).content.decode()
    trading.undertake(room, bai)
    fetch(client, room, file, bai)
    for user in (shen, bai):
        client.force_login(user)
        html = client.get(of("negotiation_log", room)).content.decode()
        assert html.count("<tr>") == 2
        assert "样机.png" in html
        assert re.search(r'<th scope="row">白经理 <span class="mute small">需求方</span>', html)
        assert "最近打开" in client.get(room.get_absolute_url()).content.decode()


def test_the_log_turns_pages_and_the_room_shows_the_latest_five(client, room, shen, bai):
    file = trading.secret(room, shen, patents.picture())
    opened(room, file, shen, 23)
    client.force_login(bai)
    first, second = (client.get(of("negotiation_log", room), {"page": page}).content.decode() for page in (1, 2))
    assert (first.count('<th scope="row">'), second.count('<th scope="row">')) == (20, 3)
    assert client.get(of("negotiation_log", room), {"page": 3}).status_code == 404
    html = client.get(room.get_absolute_url()).content.decode()
    assert len(re.findall(r'<ul class="opened">(.*?)</ul>', html, re.DOTALL)[0].split("<li>")) == 6


def test_the_log_costs_the_same_for_one_and_three(client, room, shen, bai, django_assert_max_num_queries):
    file = trading.secret(room, shen, patents.picture())
    opened(room, file, shen, 1)
    client.force_login(bai)
    client.get(of("negotiation_log", room))  # the first page after signing in counts the session
    costs = []
    for _ in range(2):
        with django_assert_max_num_queries(15) as captured:
            client.get(of("negotiation_log", room))
        costs.append(len(captured))
        opened(room, file, shen, 2)
    assert costs[0] == costs[1]


def test_the_room_costs_at_most_fifteen_queries(client, room, shen, bai, django_assert_max_num_queries):
    file = trading.secret(room, shen, patents.picture())
    opened(room, file, shen, 3)
    trading.undertake(room, bai)
    trading.asked(room, bai)
    client.force_login(bai)
    client.get(room.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(room.get_absolute_url())


# ---- what the database keeps by itself


def test_an_undertaking_and_an_opening_are_never_changed_or_removed(room, shen, bai):
    file = trading.secret(room, shen, patents.picture())
    given = trading.undertake(room, bai)
    row = disclosure.file_open(file_id=file.pk, actor=bai)
    for statement in (
        f"UPDATE trading_undertaking SET digest = 'x' WHERE id = {given.pk}",
        f"DELETE FROM trading_undertaking WHERE id = {given.pk}",
        f"UPDATE trading_fileopening SET user_id = {shen.pk} WHERE id = {row.pk}",
        f"DELETE FROM trading_fileopening WHERE id = {row.pk}",
        f"UPDATE trading_messagefile SET is_confidential = false WHERE id = {file.pk}",
    ):
        with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_undertaking_is_one_for_each_person_room_and_text(room, bai):
    given = trading.undertake(room, bai)
    with pytest.raises(IntegrityError), transaction.atomic():
        Undertaking.objects.create(
            negotiation=room, user=bai, version=given.version, digest="x", accepted_at=clock.now()
        )


def test_the_database_enters_no_opening_of_somebody_without_the_right(room, shen, bai, mo):
    file = trading.secret(room, shen, patents.picture())
    plain = trading.say(room, shen, uploads=[patents.picture()]).files.get()
    gone = accounts.member("gone@example.org")
    for row, user in ((file, bai), (file, mo), (file, gone), (plain, shen)):
        with pytest.raises(REFUSED_BY_DATABASE, match="undertaking"), transaction.atomic():
            FileOpening.objects.create(file=row, user=user, opened_at=clock.now())
    trading.undertake(room, bai)
    FileOpening.objects.create(file=file, user=bai, opened_at=clock.now())
