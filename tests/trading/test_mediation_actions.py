"""Mediation: asked by a party, read as far as released, answered by the province, ended with a word."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from patents.actions import listings
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from tests import shared
from tests.factories import accounts, trading
from trading import mediation_queries, tasks
from trading.actions import mediation as actions
from trading.actions import rooms
from trading.models import Mediation, MediationNote, MediationRelease, Party

REFUSED_BY_DATABASE = (IntegrityError, InternalError, ProgrammingError)
CANARY = "暗语石榴七号"

pytestmark = pytest.mark.django_db
shen, bai, guo, he, mo = shared.once("shen", "bai", "guo", "he", "mo")


@pytest.fixture(scope="module")
def room(shen, bai):
    return trading.room(shen, bai)


@pytest.fixture(scope="module", autouse=True)
def _before_the_first_test(shen, bai, guo, he, mo, room):
    """All of it is there for every test."""


def told():
    return list(OutboxMessage.objects.order_by("id").values_list("name", flat=True))


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Mediation, MediationRelease, MediationNote)]


# ---- the parties


def test_asking_names_the_province_of_the_listing_and_releases_what_was_chosen(room, bai):
    said = trading.say(room, bai, "请降低入门费。")
    trading.say(room, bai, "另一句。")
    found = trading.asked(room, bai, said)
    assert (found.province_id, found.asked_by, found.state) == ("420000", bai, "asked")
    assert [(row.message, row.released_by) for row in found.releases.all()] == [(said, bai)]
    entry = AuditEntry.objects.get(verb="trading.mediation_ask")
    assert (entry.actor, entry.target_id, entry.province_code) == (bai, str(found.pk), "420000")
    assert entry.data == {"listing": room.listing.number, "negotiation": room.pk, "released": 1}
    assert told()[-1] == "trading.mediation_ask_notify"


def test_one_at_a_time_and_only_in_an_open_room(room, shen, bai):
    found = trading.asked(room, bai)
    with pytest.raises(Conflict, match="已有进行中的调解"):
        trading.asked(room, shen)
    actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    assert trading.asked(room, shen).pk != found.pk
    other = trading.room(shen, bai, listing=trading.market(shen))
    rooms.negotiation_close(negotiation_id=other.pk, actor=shen)
    with pytest.raises(Conflict, match="洽谈已结束"):
        trading.asked(other, bai)


@pytest.mark.parametrize("who", ["mo", "guo", "he", "ad"])
def test_nobody_else_asks_releases_or_withdraws(room, bai, request, who):
    user, found = request.getfixturevalue(who), trading.asked(room, bai)
    before = rows()
    for act in (
        lambda: trading.asked(room, user),
        lambda: actions.mediation_release(mediation_id=found.pk, actor=user, message_ids=[]),
        lambda: actions.mediation_withdraw(mediation_id=found.pk, actor=user),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert rows() == before


def test_each_side_releases_what_it_wrote_and_nothing_else(room, shen, bai):
    own, others = trading.say(room, bai, "买方的话。"), trading.say(room, shen, "权利人的话。")
    elsewhere = trading.say(trading.room(shen, bai, listing=trading.market(shen)), bai, "别处的话。")
    found = trading.asked(room, bai)
    for message in (others, elsewhere):
        with pytest.raises(Conflict, match="只能公开本方写的留言"):
            actions.mediation_release(mediation_id=found.pk, actor=bai, message_ids=[own.pk, message.pk])
    with pytest.raises(Conflict):
        trading.asked(trading.room(shen, trading.accounts.member("o@example.org")), shen, own)
    assert actions.mediation_release(mediation_id=found.pk, actor=bai, message_ids=[own.pk]) == 1
    assert actions.mediation_release(mediation_id=found.pk, actor=bai, message_ids=[own.pk]) == 0
    assert actions.mediation_release(mediation_id=found.pk, actor=shen, message_ids=[others.pk]) == 1
    assert mediation_queries.released_ids(found) == {own.pk, others.pk}


def test_a_colleagues_words_are_the_sides_words(room, bai):
    lin = trading.colleague(bai)
    trading.bring(room, bai, lin)
    message = trading.say(room, lin, "同事的话。")
    found = trading.asked(room, bai, message)
    assert mediation_queries.released_ids(found) == {message.pk}
    assert actions.mediation_withdraw(mediation_id=found.pk, actor=lin).state == "withdrawn"


def test_no_more_than_so_many_are_released(room, bai, monkeypatch):
    monkeypatch.setattr(mediation_queries, "MOST_RELEASED", 1)
    with pytest.raises(Conflict, match="最多公开 1 条"):
        trading.asked(room, bai, trading.say(room, bai), trading.say(room, bai))


def test_only_the_side_that_asked_withdraws(room, shen, bai):
    found = trading.asked(room, bai)
    with pytest.raises(NotAllowed, match="请求调解的一方"):
        actions.mediation_withdraw(mediation_id=found.pk, actor=shen)
    gone = actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    assert (gone.state, gone.officer, gone.outcome) == ("withdrawn", None, "")
    with pytest.raises(MoveRefused):
        actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    with pytest.raises(Conflict, match="已经结束"):
        actions.mediation_release(mediation_id=found.pk, actor=bai, message_ids=[])


# ---- the office


def test_an_officer_accepts_answers_and_closes(room, bai, guo):
    found = trading.accepted(room, bai, guo)
    assert (found.state, found.officer) == ("accepted", guo)
    note = actions.mediation_answer(mediation_id=found.pk, actor=guo, body="请双方各提一个方案。")
    assert (note.author, note.mediation_id) == (guo, found.pk)
    closed = actions.mediation_close(mediation_id=found.pk, actor=guo, outcome="双方同意另行评估。")
    assert (closed.state, closed.outcome, closed.officer) == ("closed", "双方同意另行评估。", guo)
    verbs = [f"trading.mediation_{verb}" for verb in ("accept", "answer", "close")]
    acts = AuditEntry.objects.filter(verb__in=verbs).order_by("id")
    assert [(row.verb, row.actor, row.province_code) for row in acts] == [(verb, guo, "420000") for verb in verbs]
    assert told()[-3:] == [f"trading.mediation_{verb}_notify" for verb in ("accept", "answer", "end")]


def test_an_officer_declines_with_a_reason(room, bai, guo):
    found = trading.asked(room, bai)
    declined = actions.mediation_decline(mediation_id=found.pk, actor=guo, outcome="不属于本局受理范围。")
    assert (declined.state, declined.officer, declined.accepted_at) == ("declined", guo, None)


@pytest.mark.parametrize("who", ["he", "mo", "ad", "shen", "bai", "superuser"])
def test_nobody_but_the_province_handles_it(room, bai, guo, request, who):
    asked = trading.asked(room, bai)
    if who == "superuser":
        user = accounts.administrator("root@example.org")
        User.objects.filter(pk=user.pk).update(is_superuser=True)
        user.refresh_from_db()
    else:
        user = request.getfixturevalue(who)
    for act in (
        lambda: actions.mediation_accept(mediation_id=asked.pk, actor=user),
        lambda: actions.mediation_decline(mediation_id=asked.pk, actor=user, outcome="不受理。"),
    ):
        with pytest.raises(NotAllowed):
            act()
    actions.mediation_accept(mediation_id=asked.pk, actor=guo)
    for act in (
        lambda: actions.mediation_answer(mediation_id=asked.pk, actor=user, body="答复。"),
        lambda: actions.mediation_close(mediation_id=asked.pk, actor=user, outcome="办结。"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_officer_who_is_in_the_room_is_no_mediator_of_it(shen, guo):
    room = trading.room(shen, guo)
    found = trading.asked(room, shen)
    with pytest.raises(NotAllowed):
        actions.mediation_accept(mediation_id=found.pk, actor=guo)
    assert guo not in mediation_queries.officers_for(mediation_queries.mediation_told(found.pk))


def test_each_act_has_its_state(room, bai, guo):
    found = trading.asked(room, bai)
    with pytest.raises(Conflict, match="不能答复"):
        actions.mediation_answer(mediation_id=found.pk, actor=guo, body="答复。")
    with pytest.raises(MoveRefused):
        actions.mediation_close(mediation_id=found.pk, actor=guo, outcome="办结。")
    actions.mediation_accept(mediation_id=found.pk, actor=guo)
    with pytest.raises(MoveRefused):
        actions.mediation_accept(mediation_id=found.pk, actor=guo)
    with pytest.raises(MoveRefused):
        actions.mediation_decline(mediation_id=found.pk, actor=guo, outcome="不受理。")
    actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    with pytest.raises(Conflict):
        actions.mediation_answer(mediation_id=found.pk, actor=guo, body="答复。")
    with pytest.raises(MoveRefused):
        actions.mediation_close(mediation_id=found.pk, actor=guo, outcome="办结。")


def test_it_stays_with_the_province_that_was_asked(room, shen, bai):
    found = trading.asked(room, bai)
    listings.listing_withdraw(listing_id=room.listing_id, actor=shen, reason="已另行安排。")
    found.refresh_from_db()
    assert (found.province_id, found.state) == ("420000", "asked")


# ---- what is told, and what is not


def tell(found, guo, shen):
    tasks.mediation_ask_notify.run(mediation_id=found.pk)
    tasks.mediation_release_notify.run(mediation_id=found.pk, sender_id=shen.pk, released=1)
    actions.mediation_accept(mediation_id=found.pk, actor=guo)
    tasks.mediation_accept_notify.run(mediation_id=found.pk)
    note = actions.mediation_answer(mediation_id=found.pk, actor=guo, body=f"{CANARY}的答复")
    tasks.mediation_answer_notify.run(note_id=note.pk)
    actions.mediation_close(mediation_id=found.pk, actor=guo, outcome=f"{CANARY}的结果")
    tasks.mediation_end_notify.run(mediation_id=found.pk)


def test_both_sides_and_the_office_are_told_once_and_nothing_of_the_content(room, shen, bai, guo, he):
    found = trading.asked(room, bai, trading.say(room, bai, CANARY), reason=f"{CANARY}是分歧所在。")
    for _ in range(2):
        tasks.mediation_ask_notify.run(mediation_id=found.pk)
    tell(found, guo, shen)
    kinds = {
        user: sorted(Notice.objects.filter(recipient=user, kind__startswith="mediation").values_list("kind", flat=True))
        for user in (shen, bai, guo, he)
    }
    assert kinds == {
        shen: ["mediation_accepted", "mediation_answered", "mediation_asked", "mediation_closed"],
        bai: ["mediation_accepted", "mediation_answered", "mediation_closed", "mediation_released"],
        guo: ["mediation_released_office", "mediation_waiting"],
        he: [],
    }
    assert CANARY not in str([list(model.objects.values()) for model in (Notice, OutboxMessage, AuditEntry)])
    assert (
        Notice.objects.get(recipient=shen, kind="mediation_asked").path == f"/trading/negotiations/{room.pk}/mediation/"
    )


def test_a_request_that_was_withdrawn_first_is_told_to_nobody(room, shen, bai, guo):
    found = trading.asked(room, bai)
    actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    tasks.mediation_ask_notify.run(mediation_id=found.pk)
    tasks.mediation_withdraw_notify.run(mediation_id=found.pk, sender_id=bai.pk)
    assert list(Notice.objects.values_list("recipient", "kind")) == [(shen.pk, "mediation_withdrawn")]
    other = trading.asked(room, bai)
    actions.mediation_decline(mediation_id=other.pk, actor=guo, outcome="不受理。")
    tasks.mediation_end_notify.run(mediation_id=other.pk)
    assert Notice.objects.filter(kind="mediation_declined").count() == 2


# ---- what the database keeps by itself


def test_the_database_keeps_what_was_asked_and_what_became_of_it(room, shen, bai, guo):
    found = trading.accepted(room, bai, guo, trading.say(room, bai))
    note = actions.mediation_answer(mediation_id=found.pk, actor=guo, body="答复。")
    actions.mediation_close(mediation_id=found.pk, actor=guo, outcome="双方同意评估。")
    release = found.releases.get()
    for statement in (
        f"UPDATE trading_mediation SET reason = 'x' WHERE id = {found.pk}",
        f"UPDATE trading_mediation SET outcome = 'x' WHERE id = {found.pk}",
        f"UPDATE trading_mediation SET state = 'asked', ended_at = NULL, outcome = '' WHERE id = {found.pk}",
        f"DELETE FROM trading_mediation WHERE id = {found.pk}",
        f"UPDATE trading_mediationnote SET body = 'x' WHERE id = {note.pk}",
        f"DELETE FROM trading_mediationnote WHERE id = {note.pk}",
        f"UPDATE trading_mediationrelease SET message_id = message_id WHERE id = {release.pk}",
        f"DELETE FROM trading_mediationrelease WHERE id = {release.pk}",
    ):
        with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_keeps_one_open_for_a_room_and_ends_none_without_a_word(room, shen, bai):
    found = trading.asked(room, bai)
    with pytest.raises(IntegrityError, match="mediation_one_open"), transaction.atomic():
        Mediation.objects.create(
            negotiation=room, province_id="420000", asked_by=shen, reason="再请一次。", asked_at=clock.now()
        )
    for change in ({"state": "declined", "ended_at": clock.now()}, {"state": "accepted", "outcome": "有结果"}):
        with pytest.raises(IntegrityError, match="ends_with_a_word"), transaction.atomic():
            Mediation.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Mediation.objects.filter(pk=found.pk).update(state="nowhere")


def test_the_database_releases_no_words_of_the_other_side(room, shen, bai, mo):
    others, own = trading.say(room, shen), trading.say(room, bai)
    elsewhere = trading.say(trading.room(shen, bai, listing=trading.market(shen)), bai)
    found = trading.asked(room, bai)

    def release(message, by):
        MediationRelease.objects.create(mediation=found, message=message, released_by=by, released_at=clock.now())

    for message, by in ((others, bai), (own, shen), (elsewhere, bai), (own, mo)):
        with pytest.raises(REFUSED_BY_DATABASE, match="own side"), transaction.atomic():
            release(message, by)
    release(own, bai)
    actions.mediation_withdraw(mediation_id=found.pk, actor=bai)
    with pytest.raises(REFUSED_BY_DATABASE, match="own side"), transaction.atomic():
        release(room.messages.order_by("id").first(), bai)
    assert Party.objects.filter(negotiation=room).count() == 2
