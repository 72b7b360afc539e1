"""What each action of a room writes, records and tells, and what it refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.utils import InternalError, ProgrammingError

from patents.actions import listings
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.files.models import StoredFile
from platform_site.outbox.models import OutboxMessage
from tests.factories import patents, trading
from trading.actions import rooms
from trading.models import Enquiry, Message, MessageFile, Negotiation, Party

REFUSED_BY_DATABASE = (IntegrityError, InternalError, ProgrammingError)


def last_audit():
    return AuditEntry.objects.order_by("-id").first()


def told(name):
    return list(OutboxMessage.objects.filter(name=name).values_list("payload", flat=True))


def rows():
    return [
        model.objects.count()
        for model in (Negotiation, Party, Enquiry, Message, MessageFile, StoredFile, OutboxMessage)
    ]


# ---- enquiry_create


def test_an_enquiry_opens_one_room_of_two_parties(shen, bai):
    listing = trading.market(shen)
    room = trading.room(shen, bai, listing=listing, uploads=[patents.document("参数表.pdf")])
    assert (room.listing, room.buyer, room.state) == (listing, bai, "open")
    assert {(party.user, party.side, party.left_at) for party in room.parties.all()} == {
        (bai, "buyer", None),
        (shen, "owner", None),
    }
    assert (room.enquiry.forms, room.enquiry.provinces, room.enquiry.intended_use) == (
        ["ordinary"],
        ["430000"],
        "车载制氢",
    )
    message = room.messages.get()
    assert (message.author, message.body, message.sent_at) == (bai, trading.ASKED, room.last_message_at)
    assert [row.file.name for row in message.files.all()] == ["参数表.pdf"]


def test_an_enquiry_is_recorded_and_told_without_its_words(shen, bai):
    room = trading.room(shen, bai)
    entry = last_audit()
    assert (entry.verb, entry.actor, entry.target_id) == ("trading.enquiry_create", bai, str(room.pk))
    assert entry.data == {"listing": room.listing.number, "message": room.messages.get().pk, "files": 0}
    assert entry.province_code == ""
    assert told("trading.enquiry_create_notify") == [{"negotiation_id": room.pk}]
    assert told("trading.message_send_notify") == []


def test_the_mark_of_verification_is_not_needed_to_enquire(shen, mo):
    assert trading.room(shen, mo).buyer == mo


def test_nobody_enquires_about_their_own_listing(shen):
    listing = trading.market(shen)
    before = rows()
    with pytest.raises(NotAllowed, match="您自己的技术"):
        trading.room(shen, shen, listing=listing)
    assert rows() == before


@pytest.mark.parametrize("leave", ["listing_suspend", "listing_withdraw"])
def test_only_a_listing_on_the_market_is_asked_about(shen, bai, leave):
    listing = trading.market(shen)
    getattr(listings, leave)(listing_id=listing.pk, actor=shen, reason="正在补正材料。")
    before = rows()
    with pytest.raises(Conflict, match="不在架"):
        trading.room(shen, bai, listing=listing)
    assert rows() == before


def test_a_draft_is_not_asked_about(shen, bai):
    with pytest.raises(Conflict):
        trading.room(shen, bai, listing=patents.draft(shen))


def test_only_forms_on_offer_are_of_interest(shen, bai):
    listing = trading.market(shen)
    with pytest.raises(Conflict, match="不提供"):
        trading.room(shen, bai, listing=listing, forms=["assignment"])
    with pytest.raises(ValueError, match="110000"):
        trading.room(shen, bai, listing=listing, provinces=["110000"])
    assert not Negotiation.objects.exists()


def test_a_second_enquiry_is_led_to_the_room_there_is(shen, bai, mo):
    listing = trading.market(shen)
    room = trading.room(shen, bai, listing=listing)
    before = rows()
    with pytest.raises(rooms.RoomExists) as refused:
        trading.room(shen, bai, listing=listing)
    assert refused.value.negotiation == room
    assert rows() == before
    assert trading.room(shen, mo, listing=listing) != room


def test_who_has_left_gets_no_second_room(shen, bai):
    room = trading.room(shen, bai)
    trading.leave(room, bai)
    with pytest.raises(Conflict, match="已退出") as refused:
        trading.room(shen, bai, listing=room.listing)
    assert not isinstance(refused.value, rooms.RoomExists)


def test_a_refused_attachment_takes_the_room_back(shen, bai):
    listing = trading.market(shen)
    before = rows()
    wrong = SimpleUploadedFile("报告.pdf", b"MZ not a document")
    with pytest.raises(ValidationError, match="报告.pdf"):
        trading.room(shen, bai, listing=listing, uploads=[patents.document(), wrong])
    assert rows() == before


# ---- message_send


def test_a_message_is_kept_recorded_and_told(shen, bai):
    room = trading.room(shen, bai)
    opened = room.last_message_at
    message = trading.say(room, shen, uploads=[patents.picture()])
    room.refresh_from_db()
    assert (message.author, message.body, message.files.count()) == (shen, "可以，附上试验报告。", 1)
    assert room.last_message_at == message.sent_at > opened
    assert last_audit().verb == "trading.message_send"
    assert last_audit().data == {"listing": room.listing.number, "message": message.pk, "files": 1}
    assert told("trading.message_send_notify") == [{"message_id": message.pk}]


def test_whoever_answers_has_read_what_they_saw_and_no_more(shen, bai):
    room = trading.room(shen, bai)
    first = room.messages.get()
    trading.say(room, bai, "另外请问载量。")
    trading.say(room, shen, read_to=first.pk)
    assert Party.objects.get(user=shen).read_at == first.sent_at
    trading.say(room, shen)
    assert Party.objects.get(user=shen).read_at > first.sent_at


@pytest.mark.parametrize("stranger", ["mo", "guo", "ad"])
def test_a_stranger_says_nothing(shen, bai, stranger, request):
    room = trading.room(shen, bai)
    before = rows()
    with pytest.raises(NotAllowed):
        trading.say(room, request.getfixturevalue(stranger))
    assert rows() == before
    assert trading.say(room, bai)


def test_a_superuser_is_not_a_party(shen, bai, mo):
    room = trading.room(shen, bai)
    mo.is_superuser = True
    mo.save(update_fields=["is_superuser"])
    for action in (rooms.negotiation_close, rooms.negotiation_read):
        with pytest.raises(NotAllowed):
            action(negotiation_id=room.pk, actor=mo)


def test_an_account_out_of_use_says_nothing(shen, bai):
    room = trading.room(shen, bai)
    bai.is_active = False
    bai.save(update_fields=["is_active"])
    with pytest.raises(NotAllowed):
        trading.say(room, bai)


def test_a_closed_room_refuses_messages_until_it_is_opened_again(shen, bai):
    room = trading.room(shen, bai)
    rooms.negotiation_close(negotiation_id=room.pk, actor=bai)
    before = rows()
    with pytest.raises(Conflict, match="洽谈已结束"):
        trading.say(room, shen)
    assert rows() == before
    rooms.negotiation_reopen(negotiation_id=room.pk, actor=shen)
    assert trading.say(room, shen)


def test_the_room_outlives_the_listing(shen, bai):
    room = trading.room(shen, bai)
    listings.listing_withdraw(listing_id=room.listing_id, actor=shen, reason="已另行安排。")
    assert trading.say(room, bai, "那么我们继续谈。")


# ---- negotiation_read, negotiation_close, negotiation_reopen


def test_reading_marks_up_to_what_was_seen_and_never_goes_back(shen, bai):
    room = trading.room(shen, bai)
    first, second = room.messages.get(), trading.say(room, bai, "另外请问载量。")
    rooms.negotiation_read(negotiation_id=room.pk, actor=shen, read_to=second.pk)
    assert Party.objects.get(user=shen).read_at == second.sent_at
    rooms.negotiation_read(negotiation_id=room.pk, actor=shen, read_to=first.pk)
    assert Party.objects.get(user=shen).read_at == second.sent_at
    entry = last_audit()
    assert (entry.verb, entry.actor) == ("trading.negotiation_read", shen)
    rooms.negotiation_read(negotiation_id=room.pk, actor=shen)
    assert Party.objects.get(user=shen).read_at > second.sent_at


def test_a_message_of_another_room_marks_nothing(shen, bai, mo):
    room, other = trading.room(shen, bai), trading.room(shen, mo)
    rooms.negotiation_read(negotiation_id=room.pk, actor=shen, read_to=other.messages.get().pk)
    assert Party.objects.get(negotiation=room, user=shen).read_at is None
    with pytest.raises(NotAllowed):
        rooms.negotiation_read(negotiation_id=other.pk, actor=bai)


@pytest.mark.parametrize("who", ["shen", "bai"])
def test_either_party_closes_and_opens_again(shen, bai, who, request):
    actor = request.getfixturevalue(who)
    room = trading.room(shen, bai)
    assert rooms.negotiation_close(negotiation_id=room.pk, actor=actor).state == "closed"
    assert (last_audit().verb, last_audit().actor) == ("trading.negotiation_close", actor)
    with pytest.raises(MoveRefused):
        rooms.negotiation_close(negotiation_id=room.pk, actor=actor)
    assert rooms.negotiation_reopen(negotiation_id=room.pk, actor=actor).state == "open"
    assert (last_audit().verb, last_audit().data) == ("trading.negotiation_reopen", {"listing": room.listing.number})
    with pytest.raises(MoveRefused):
        rooms.negotiation_reopen(negotiation_id=room.pk, actor=actor)


def test_nobody_else_closes_or_opens(shen, bai, mo):
    room = trading.room(shen, bai)
    with pytest.raises(NotAllowed):
        rooms.negotiation_close(negotiation_id=room.pk, actor=mo)
    rooms.negotiation_close(negotiation_id=room.pk, actor=bai)
    with pytest.raises(NotAllowed):
        rooms.negotiation_reopen(negotiation_id=room.pk, actor=mo)


# ---- what the database keeps by itself


def test_the_database_keeps_one_room_for_a_buyer_and_a_listing(shen, bai):
    room = trading.room(shen, bai)
    with pytest.raises(IntegrityError), transaction.atomic():
        Negotiation.objects.create(listing=room.listing, buyer=bai, opened_at=clock.now(), last_message_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(negotiation=room, user=bai, side="buyer", joined_at=clock.now())
    with pytest.raises(REFUSED_BY_DATABASE, match="one side"), transaction.atomic():
        Party.objects.create(negotiation=room, user=bai, side="owner", joined_at=clock.now())


def test_the_database_refuses_to_change_or_remove_what_was_said(shen, bai):
    room = trading.room(shen, bai, uploads=[patents.document()])
    message = room.messages.get()
    for refused in (
        lambda: Message.objects.filter(pk=message.pk).update(body="改口"),
        lambda: Message.objects.filter(pk=message.pk)._raw_delete("default"),
        lambda: MessageFile.objects.filter(message=message).update(file_id=message.files.get().file_id),
        lambda: MessageFile.objects.filter(message=message).delete(),
    ):
        with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
            refused()
    message.refresh_from_db()
    assert message.body == trading.ASKED


def test_the_database_knows_the_states_of_a_room(shen, bai):
    room = trading.room(shen, bai)
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Negotiation.objects.filter(pk=room.pk).update(state="leaked")
