"""Colleagues in a room: brought in by their side, gone at the next request, never the last of a side."""

import threading

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError
from django.http import Http404
from django.urls import reverse

from platform_site import clock
from platform_site.accounts.actions import organisation_leave
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts, patents, trading
from trading import tasks
from trading.actions import parties
from trading.models import Party

REFUSED_BY_DATABASE = (IntegrityError, InternalError, ProgrammingError)


@pytest.fixture
def room(shen, bai):
    return trading.room(shen, bai, uploads=[patents.document("方案.pdf")])


@pytest.fixture
def lin(room, bai):
    return trading.colleague(bai)


def of(name, room, *more):
    return reverse(f"trading:{name}", args=[room.pk, *more])


def remove(room, actor, user):
    party = Party.objects.get(negotiation=room, user=user, left_at=None)
    return parties.party_remove(negotiation_id=room.pk, actor=actor, party_id=party.pk)


# ---- bringing in


def test_a_colleague_is_brought_to_the_own_side_and_told(room, bai, lin):
    party = trading.bring(room, bai, lin)
    assert (party.user, party.side, party.left_at) == (lin, "buyer", None)
    entry = AuditEntry.objects.get(verb="trading.party_add")
    assert (entry.actor, entry.data["user"], entry.data["side"]) == (bai, lin.pk, "buyer")
    assert OutboxMessage.objects.filter(name="trading.party_add_notify").count() == 1
    for _ in range(2):
        tasks.party_add_notify.run(party_id=party.pk, sender_id=bai.pk)
    notice = Notice.objects.get(kind="room_party_added")
    assert (notice.recipient, notice.data["sender"], notice.path) == (
        lin,
        "白经理",
        f"/trading/negotiations/{room.pk}/",
    )


def test_the_address_is_taken_however_it_is_written(room, bai, lin):
    assert parties.party_add(negotiation_id=room.pk, actor=bai, email=" LIN@example.org ").user == lin


@pytest.mark.parametrize("email", ["nobody@example.org", "mo@example.org", "bai@example.org", "system@portal.invalid"])
def test_who_is_no_colleague_is_refused_in_the_same_words(room, bai, lin, mo, email):
    trading.join(mo, trading.OTHER_CODE, "另一单位")
    with pytest.raises(Conflict) as refused:
        parties.party_add(negotiation_id=room.pk, actor=bai, email=email)
    assert refused.value.reason == "在您登记的单位里没有找到用这个邮箱注册的同事。"
    assert Party.objects.count() == 2


def test_who_has_left_the_organisation_is_no_colleague(room, bai, lin):
    organisation_leave(actor=lin)
    with pytest.raises(Conflict, match="没有找到"):
        trading.bring(room, bai, lin)


def test_nobody_is_in_twice_or_on_both_sides(room, shen, bai, lin):
    trading.bring(room, bai, lin)
    with pytest.raises(Conflict, match="已经在"):
        trading.bring(room, bai, lin)
    trading.join(shen)
    remove(room, bai, lin)
    with pytest.raises(Conflict, match="代表对方"):
        trading.bring(room, shen, lin)
    with pytest.raises(Conflict, match="已经在"):
        trading.bring(room, shen, bai)


@pytest.mark.parametrize("who", ["mo", "guo", "ad"])
def test_an_outsider_brings_nobody(room, lin, request, who):
    with pytest.raises(NotAllowed):
        trading.bring(room, request.getfixturevalue(who), lin)


# ---- letting go


def test_who_is_removed_is_out_at_the_next_request(client, room, shen, bai, lin):
    trading.bring(room, bai, lin)
    secret = trading.secret(room, shen, patents.picture())
    plain = room.messages.first().files.get()
    trading.undertake(room, lin)
    client.force_login(lin)
    pages = [room.get_absolute_url(), *(of(name, room) for name in ("undertaking_accept", "negotiation_log", "party_add", "negotiation_mediation", "mediation_ask"))]  # fmt: skip
    files = [of("message_file", room, file.pk) for file in (secret, plain)]
    assert {client.get(url).status_code for url in pages + files} == {200}
    party = remove(room, bai, lin)
    assert party.left_at is not None
    assert {client.get(url).status_code for url in pages + files} == {404}
    assert client.post(of("message_send", room), {"body": "还在吗？"}).status_code == 404
    assert room.get_absolute_url() not in client.get(reverse("trading:negotiation_list")).content.decode()
    message = trading.say(room, shen)
    tasks.message_send_notify.run(message_id=message.pk)
    assert not Notice.objects.filter(recipient=lin, kind="message_received").exists()
    entry = AuditEntry.objects.get(verb="trading.party_remove")
    assert (entry.actor, entry.data["user"]) == (bai, lin.pk)


def test_who_comes_again_reads_what_was_said_in_between(client, room, shen, bai, lin):
    trading.bring(room, bai, lin)
    remove(room, bai, lin)
    trading.say(room, shen, "其间说的话。")
    trading.bring(room, bai, lin)
    client.force_login(lin)
    html = client.get(room.get_absolute_url()).content.decode()
    assert "其间说的话。" in html
    assert Party.objects.filter(negotiation=room, user=lin).count() == 2
    listed = client.get(reverse("trading:negotiation_list")).content.decode()
    assert listed.count(f'href="{room.get_absolute_url()}"') == 1


def test_one_leaves_by_oneself_when_a_colleague_stays(room, bai, lin):
    trading.bring(room, bai, lin)
    assert remove(room, bai, bai).left_at is not None
    with pytest.raises(Conflict, match="只剩"):
        remove(room, lin, lin)


@pytest.mark.parametrize("who", ["shen", "bai"])
def test_the_last_of_a_side_stays(room, request, who):
    user = request.getfixturevalue(who)
    with pytest.raises(Conflict, match="只剩"):
        remove(room, user, user)


def test_whoever_opened_the_room_is_removed_by_nobody_else(room, bai, lin):
    trading.bring(room, bai, lin)
    with pytest.raises(NotAllowed, match="只能自己退出"):
        remove(room, lin, bai)


def test_nobody_of_the_other_side_or_outside_removes(room, shen, bai, lin, mo):
    trading.bring(room, bai, lin)
    for actor in (shen, mo):
        with pytest.raises(NotAllowed):
            remove(room, actor, lin)


def test_a_stay_of_another_room_or_one_that_has_ended_is_not_found(room, shen, bai, lin):
    other = trading.room(shen, bai, listing=trading.market(shen))
    party = trading.bring(room, bai, lin)
    with pytest.raises(Http404):
        parties.party_remove(negotiation_id=other.pk, actor=bai, party_id=party.pk)
    remove(room, bai, lin)
    with pytest.raises((Http404, ObjectDoesNotExist)):
        parties.party_remove(negotiation_id=room.pk, actor=bai, party_id=party.pk)


# ---- pages


def test_both_sides_see_who_came_and_went(client, room, shen, bai, lin):
    trading.bring(room, bai, lin)
    remove(room, bai, lin)
    day = clock.today().isoformat()
    for user in (shen, bai):
        client.force_login(user)
        html = client.get(of("party_add", room)).content.decode()
        assert "林同事" in html
        assert f"{day} 加入，{day} 已退出" in html
        assert "林同事" in client.get(room.get_absolute_url()).content.decode()


def test_a_colleague_is_added_and_removed_by_the_forms(client, room, bai, lin):
    client.force_login(bai)
    assert "退出洽谈室</button>" not in client.get(of("party_add", room)).content.decode()
    refused = client.post(of("party_add", room), {"email": "nobody@example.org"})
    assert refused.status_code == 409
    assert "没有找到用这个邮箱注册的同事" in refused.content.decode()
    assert 'value="nobody@example.org"' in refused.content.decode()
    assert "请填写完整的邮箱地址" in client.post(of("party_add", room), {"email": "lin"}).content.decode()
    assert client.post(of("party_add", room), {"email": lin.email}).status_code == 302
    html = client.get(of("party_add", room)).content.decode()
    assert "林同事 已加入本方。" in html
    assert "移出 林同事</button>" in html
    party = Party.objects.get(user=lin)
    assert client.get(of("party_remove", room, party.pk))["Location"] == of("party_add", room)
    assert client.post(of("party_remove", room, party.pk)).status_code == 302
    assert "林同事 已移出洽谈室。" in client.get(of("party_add", room)).content.decode()
    assert client.post(of("party_remove", room, party.pk)).status_code == 404


def test_who_leaves_is_led_to_their_own_list(client, room, bai, lin):
    trading.bring(room, bai, lin)
    client.force_login(lin)
    html = client.get(of("party_add", room)).content.decode()
    assert "移出 白经理" not in html
    party = Party.objects.get(user=lin)
    assert client.post(of("party_remove", room, party.pk))["Location"] == reverse("trading:negotiation_list")


# ---- what the database keeps by itself


def test_the_database_keeps_somebody_of_each_side(room, bai):
    with pytest.raises(REFUSED_BY_DATABASE, match="each side"), transaction.atomic():
        Party.objects.filter(negotiation=room, user=bai).update(left_at=clock.now())


def test_the_database_keeps_who_was_in_a_room(room, bai, lin, mo):
    party = trading.bring(room, bai, lin)
    statements = (
        f"UPDATE trading_party SET user_id = {mo.pk} WHERE id = {party.pk}",
        f"UPDATE trading_party SET side = 'owner' WHERE id = {party.pk}",
        f"UPDATE trading_party SET joined_at = now() - interval '1 day' WHERE id = {party.pk}",
        f"DELETE FROM trading_party WHERE id = {party.pk}",
    )
    for statement in statements:
        with pytest.raises(REFUSED_BY_DATABASE, match="on record"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    remove(room, bai, lin)
    with pytest.raises(REFUSED_BY_DATABASE, match="on record"), transaction.atomic():
        Party.objects.filter(pk=party.pk).update(left_at=None)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_leave_at_once_do_not_leave_a_side_empty():
    shen = accounts.member("shen@example.org", name="沈工", verified=True)
    bai = accounts.member("bai@example.org", name="白经理", verified=True)
    room = trading.room(shen, bai)
    lin = trading.colleague(bai)
    trading.bring(room, bai, lin)
    refusals, together = [], threading.Barrier(2)

    def go(user):
        together.wait()
        try:
            remove(room, user, user)
        except Conflict as refused:
            refusals.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[user]) for user in (bai, lin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert Party.objects.filter(negotiation=room, side="buyer", left_at=None).count() == 1
