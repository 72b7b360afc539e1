"""The handover: opened once, signed by both sides, powers pass at one instant; its file is kept as both have signed it."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from governance import handover_file, handover_tasks, queries
from governance.actions import deputies, handovers, seats
from governance.models import DirectorTerm, Handover, HandoverSignature, Meeting, SeatHolder
from governance.states import HandoverState
from platform_site import clock
from platform_site.accounts.queries import system_user
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.queue import drain
from tests.factories import accounts, group, patents, progress

pytestmark = pytest.mark.django_db
TODAY = clock.today()
NEXT = TODAY.year + 1
NEW_YEAR = datetime(NEXT, 1, 1, tzinfo=clock.SHANGHAI)


def sign(person, year=NEXT):
    return handovers.handover_sign(year=year, actor=person)


def refused(statement, *values):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def handover(ju, wei, si):
    return group.opened(si)


def test_the_office_or_the_clock_opens_it_once(ju, wei, si, mo, ad):
    for person in (ju, wei, mo, ad):
        with pytest.raises(NotAllowed):
            group.opened(person)
    with pytest.raises(Conflict, match="下一次交接"):
        group.opened(si, year=NEXT + 1)
    opened = group.opened(si)
    assert (opened.state, opened.year) == (HandoverState.OPEN, NEXT)
    for person in (si, system_user()):
        with pytest.raises(Conflict, match="已经启动"):
            group.opened(person)
    drain()
    kinds = set(Notice.objects.values_list("recipient__email", "kind"))
    assert kinds == {(f"{name}@example.org", "handover_opened") for name in ("ju", "wei", "si")}


def test_without_a_term_there_is_nothing_to_hand_over(si):
    with pytest.raises(Conflict, match="首个任期"):
        group.opened(si)


def test_powers_pass_with_the_new_year_when_both_have_signed_before(handover, ju, wei, mo):
    with pytest.raises(NotAllowed):
        sign(mo)
    assert sign(ju).state == HandoverState.HALF_SIGNED
    drain()
    assert DirectorTerm.objects.count() == 1
    with pytest.raises(Conflict, match="已经签署"):
        sign(ju)
    signed = sign(wei)
    outgoing, incoming = DirectorTerm.objects.order_by("year")
    assert outgoing.ends_at == incoming.begins_at == NEW_YEAR and incoming.ends_at is None
    assert (signed.state, signed.incoming) == (HandoverState.SIGNED, incoming)
    by = {row.side: (row.signed_by, row.holder.user, row.deputy) for row in HandoverSignature.objects.all()}
    assert by == {"outgoing": (ju, ju, None), "incoming": (wei, wei, None)}
    before, after = (queries.directorship_at(NEW_YEAR + step) for step in (-timedelta(microseconds=1), timedelta(0)))
    assert (before.term, after.term) == (outgoing, incoming)
    with transaction.atomic():  # until the new year the outgoing director goes on
        assert queries.lock_directorship(ju)[0] == outgoing
    with pytest.raises(NotAllowed), transaction.atomic():
        queries.lock_directorship(wei)
    for person in (ju, wei):
        with pytest.raises(Conflict):
            sign(person)
    assert AuditEntry.objects.filter(verb="governance.handover_sign").count() == 2
    drain()
    assert set(Notice.objects.filter(recipient=ju).values_list("kind", flat=True)) == {
        "handover_opened", "handover_signed", "handover_to_pass",
    }  # fmt: skip


def test_the_new_year_comes_and_an_act_of_the_past_director_is_refused(handover, ju, wei):
    sign(ju), sign(wei)
    with clock.at(NEW_YEAR):
        with transaction.atomic():
            assert queries.lock_directorship(wei)[0].year == NEXT
        with pytest.raises(NotAllowed, match="现任轮值主任"), transaction.atomic():
            queries.lock_directorship(ju)
        handover_tasks.handovers_run()
        handover_tasks.handovers_run()
    assert Notice.objects.filter(kind="handover_passed", recipient=ju).count() == 1


def test_powers_pass_with_a_late_second_signature(si):
    """The term of last year runs on into this year until both have signed."""
    last = group.served(TODAY.year - 1)
    old = group.seated("lao@example.org", last.seat_id, name="上一任的局长")
    new = group.seated("xin@example.org", queries.province_of(TODAY.year), name="本年的局长")
    group.opened(si, year=TODAY.year)
    with transaction.atomic():
        assert queries.lock_directorship(old)[0] == last
    sign(new, TODAY.year)
    before = clock.database_now()
    handover = sign(old, TODAY.year)
    last.refresh_from_db()
    assert before <= handover.signed_at == last.ends_at == handover.incoming.begins_at
    with pytest.raises(NotAllowed), transaction.atomic():
        queries.lock_directorship(old)
    with transaction.atomic():
        assert queries.lock_directorship(new)[0] == handover.incoming
    drain()
    assert set(Notice.objects.filter(kind="handover_passed").values_list("recipient__email", flat=True)) == {
        "xin@example.org", "lao@example.org", "si@example.org",
    }  # fmt: skip


def test_a_deputy_signs_with_the_holders_mandate(handover, ju, wei, mo):
    deputies.deputy_name(
        seat_code=queries.mandate_of(wei).seat.pk, actor=wei, user=mo, starts_on=TODAY,
        ends_on=TODAY + timedelta(days=9), act="代理函",
    )  # fmt: skip
    sign(mo)
    signature = HandoverSignature.objects.get()
    assert (signature.side, signature.holder.user, signature.deputy.user) == ("incoming", wei, mo)


def test_while_a_seat_is_vacant_the_next_in_the_order_signs_for_it(handover, ju, wei, si):
    """Nobody holds the outgoing seat: the next one in the order acts, which is the incoming one, and signs for both."""
    seats.seat_vacate(seat_code=queries.mandate_of(ju).seat.pk, actor=si, ends_on=TODAY, act="离任通知")
    with pytest.raises(NotAllowed):
        sign(ju)
    assert sign(wei).state == HandoverState.SIGNED
    assert set(HandoverSignature.objects.values_list("seat", flat=True)) == {queries.mandate_of(wei).seat.pk}


def test_the_file_fills_itself_and_is_frozen_with_the_second_signature(handover, ju, wei, shen):
    meeting = Meeting.objects.create(
        year=NEXT, number=1, title_zh="第一次例会", starts_at=clock.now() + timedelta(days=20), prepared_by=ju,
        state="preparing",
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(
        state="called",
        term=DirectorTerm.objects.get(),
        called_by=SeatHolder.objects.get(user=ju),
        called_at=clock.now(),
    )
    group.resolution("general", "关于筹备展会的决议")
    group.deputy(ju, accounts.member("fu@example.org", name="傅代理"))
    late = patents.queries.open_review(patents.queries.version_in_work(patents.submitted(shen, title="超期的技术")))
    type(late).objects.filter(pk=late.pk).update(due_on=TODAY - timedelta(days=1))
    sign(ju)
    assert Handover.objects.get().file is None  # computed until both have signed
    file = sign(wei).file
    assert [row["title_zh"] for row in file["meetings"]] == ["第一次例会"]
    assert [row["title_zh"] for row in file["resolutions"]] == ["关于筹备展会的决议"]
    assert [row["name"] for row in file["deputies"]] == ["傅代理"]
    assert file["reviews"]["420000"]["listings"] == 1 and file["reviews"]["140000"]["listings"] == 0
    assert (file["tasks"], file["ballots"]) == ([], [])
    kept = Handover.objects.get()
    assert kept.digest == handover_file.digest_of(json.loads(json.dumps(kept.file)))
    group.resolution("general", "后来的决议")
    kept.refresh_from_db()
    assert len(kept.file["resolutions"]) == 1


def test_the_database_keeps_what_both_have_signed(handover, ju, wei):
    refused("UPDATE governance_handover SET state = 'signed'")
    sign(ju)
    insert = (
        "INSERT INTO governance_handoversignature (handover_id, side, seat_id, holder_id, signed_at, signed_by_id)"
        " SELECT handover_id, %s, seat_id, holder_id, %s, signed_by_id FROM governance_handoversignature LIMIT 1"
    )
    refused(insert, "outgoing", clock.now())  # one signature a side
    refused(insert, "incoming", clock.now() - timedelta(days=4000))  # a mandate of another time
    refused("UPDATE governance_handoversignature SET side = 'incoming'")
    # Both signatures, and yet the powers would pass at another instant, or nobody would be in charge for a while.
    statement = """
        UPDATE governance_directorterm SET ends_at = %s;
        INSERT INTO governance_directorterm (year, seat_id, begins_at) SELECT year + 1, seat_id, %s FROM governance_directorterm;
        INSERT INTO governance_handoversignature (handover_id, side, seat_id, holder_id, signed_at, signed_by_id)
            SELECT handover_id, 'incoming', seat_id, holder_id, signed_at, signed_by_id FROM governance_handoversignature;
        UPDATE governance_handover SET state = 'signed', signed_at = now(), file = '{}', digest = 'x',
            incoming_id = (SELECT id FROM governance_directorterm WHERE ends_at IS NULL);
    """
    refused(statement, NEW_YEAR, NEW_YEAR + timedelta(hours=1))
    refused(statement, NEW_YEAR + timedelta(hours=1), NEW_YEAR + timedelta(hours=1))
    sign(wei)
    for change in ("file = '{}'", "digest = 'y'", "signed_at = now()"):
        refused(f"UPDATE governance_handover SET {change}")
    refused("DELETE FROM governance_handover")
    refused(insert, "incoming", clock.now())


def test_the_clock_opens_it_thirty_days_before_the_years_end(ju, wei):
    first_day = NEW_YEAR - timedelta(days=30)
    assert handover_tasks.open_due(first_day - timedelta(minutes=1)) is None
    with clock.at(first_day):
        assert handover_tasks.open_due(first_day).year == NEXT
        assert handover_tasks.open_due(first_day) is None
    with clock.at(NEW_YEAR + timedelta(days=40)):
        handover_tasks.handovers_run()  # unsigned: nothing more to open
    assert Handover.objects.get().opened_by == system_user()


def test_the_file_names_the_tasks_that_a_unit_has_still_to_do(si, ju, wei, guo, he):
    plan = progress.published(tasks=[progress.task("办完的任务"), progress.task("没有办完的任务")])
    done, waits = plan.tasks.order_by("pk")
    for code, officer, verifier in (("420000", guo, he), ("430000", he, guo)):
        progress.accepted(done, officer, verifier, code)
    progress.accepted(waits, guo, he)
    group.opened(si)
    sign(ju)
    file = sign(wei).file
    assert [(row["key"], row["number"], row["lead"]) for row in file["tasks"]] == [(waits.pk, "1.2", "420000")]
