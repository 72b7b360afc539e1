"""Filing, pre-examination, correction and recordal: who, when, and what the ledger holds afterwards."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from patents.models import Encumbrance, Grant, Listing, Patent, Title
from patents.states import ListingState
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.files.models import StoredFile
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from tests.factories import accounts, agreements, patents
from trading import recordal_queries, tasks
from trading.actions import recordals
from trading.models import Agreement, Recordal

pytestmark = pytest.mark.django_db
SECRET = "绝密的补正要求"


def state(agreement):
    return Agreement.objects.values_list("state", flat=True).get(pk=agreement.pk)


def verbs(agreement):
    rows = AuditEntry.objects.filter(target_type="trading.agreement", target_id=str(agreement.pk)).order_by("id")
    return [verb for verb in rows.values_list("verb", flat=True) if verb != "trading.agreement_paper_keep"]


def told(person, kind):
    return Notice.objects.filter(recipient=person, kind=kind)


def set_status(agreement, status):
    # As the history of the register would: the market is not asked here.
    Listing.objects.filter(pk=agreement.listing_id).update(state="suspended", suspended_by="status")
    Patent.objects.filter(listing_patents__listing=agreement.listing_id).update(legal_status=status)


# ---- filing


def test_filing_hands_it_to_the_office_with_its_clock(shen, bai, guo):
    with clock.at(timezone.make_aware(datetime(2026, 9, 1, 10))):
        agreement = agreements.filed(shen, bai)
    assert state(agreement) == "filed"
    recordal = Recordal.objects.get(agreement=agreement)
    assert (recordal.filed_by, recordal.due_on) == (shen, date(2026, 12, 1))
    assert verbs(agreement)[-1] == "trading.agreement_file"
    queue.drain()
    assert told(guo, "agreement_to_examine").count() == 1
    assert told(bai, "agreement_filed").count() == 1


def test_either_party_files(shen, bai):
    agreement = agreements.signed(shen, bai)
    assert agreements.file(agreement, bai).state == "filed"


@pytest.mark.parametrize("who", ["mo", "guo", "ad"])
def test_nobody_else_files(shen, bai, who, request):
    agreement = agreements.signed(shen, bai)
    with pytest.raises(NotAllowed):
        agreements.file(agreement, request.getfixturevalue(who))
    assert state(agreement) == "signed" and not Recordal.objects.exists()


def test_an_unsigned_one_is_not_filed_nor_one_twice(shen, bai):
    with pytest.raises(MoveRefused):
        agreements.file(agreements.drafted(shen, bai), shen)
    agreement = agreements.filed(shen, bai)
    with pytest.raises(MoveRefused):
        agreements.file(agreement, bai)


@pytest.mark.parametrize("status", ["late_fee", "terminated"])
def test_a_ground_for_refusal_is_refused_with_its_law(shen, bai, status):
    agreement = agreements.signed(shen, bai)
    set_status(agreement, status)
    with pytest.raises(Conflict) as refused:
        agreements.file(agreement, shen)
    assert "备案办法" in str(refused.value.reason) and refused.value.advice
    assert state(agreement) == "signed"


def test_somebody_elses_patent_is_not_filed(shen, bai):
    agreement = agreements.signed(shen, bai, listing=agreements.market(shen, applicants="别的研究院"))
    with pytest.raises(Conflict, match="别的研究院"):
        agreements.file(agreement, shen)


# ---- pre-examination


def test_the_office_passes_it(shen, bai, guo):
    agreement = agreements.examined(shen, bai, guo)
    recordal = Recordal.objects.get(agreement=agreement)
    assert state(agreement) == "pre_examined" and recordal.examined_by == guo
    queue.drain()
    assert told(shen, "agreement_examined").count() == told(bai, "agreement_examined").count() == 1


@pytest.mark.parametrize("who", ["he", "mo", "shen", "bai", "ad"])
def test_only_an_officer_of_the_province_examines(shen, bai, who, request):
    agreement = agreements.filed(shen, bai)
    other = request.getfixturevalue(who)
    for act in (
        lambda: agreements.examine(agreement, other),
        lambda: agreements.send_back(agreement, other),
        lambda: agreements.record(agreement, other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert state(agreement) == "filed"


def test_an_officer_does_not_examine_their_own_contract(bai):
    officer = accounts.officer("both@example.org", name="兼任审核员", province="420000")
    accounts.verify(officer)
    agreement = agreements.filed(officer, bai)
    with pytest.raises(NotAllowed):
        agreements.examine(agreement, officer)


def test_a_problem_that_has_come_up_since_stops_the_office_too(shen, bai, guo):
    agreement = agreements.filed(shen, bai)
    set_status(agreement, "late_fee")
    with pytest.raises(Conflict):
        agreements.examine(agreement, guo)


def test_a_correction_goes_back_and_comes_again(shen, bai, guo):
    agreement = agreements.send_back(agreements.filed(shen, bai), guo, SECRET)
    assert state(agreement) == "correction_requested"
    with pytest.raises(Conflict, match="补正了什么"):
        agreements.file(agreement, bai, "  ")
    agreements.file(agreement, bai, "已补正起止日。")
    recordal = Recordal.objects.get(agreement=agreement)
    assert (recordal.answer, recordal.note, recordal.examined_at) == ("已补正起止日。", SECRET, None)
    queue.drain()
    assert told(shen, "agreement_correction").count() == 1
    assert told(guo, "agreement_to_examine").count() == 2
    written = [str(row) for row in AuditEntry.objects.values_list("data", flat=True)]
    written += [str(row) for row in Notice.objects.values_list("data", flat=True)]
    assert not any(SECRET in row or "起止日" in row for row in written)


def test_a_correction_names_its_reason(shen, bai, guo):
    agreement = agreements.filed(shen, bai)
    with pytest.raises(Conflict):
        agreements.send_back(agreement, guo, " ")
    assert state(agreement) == "filed"


# ---- recordal


def test_a_recorded_licence_bears_its_number_in_the_ledger(shen, bai, guo):
    agreement = agreements.recorded(shen, bai, guo)
    grant = Grant.objects.get(agreement_right__agreement=agreement)
    assert (grant.recordal_number, grant.recordal_on) == (agreements.NUMBER, clock.today())
    recordal = Recordal.objects.select_related("proof").get(agreement=agreement)
    assert recordal.proof.name == "备案证明.pdf" and recordal.entered_by == guo
    assert state(agreement) == "recorded"
    queue.drain()
    assert told(bai, "agreement_recorded").count() == 1


def test_a_registered_assignment_changes_the_owner_and_concludes_the_listing(shen, bai, guo):
    agreement = agreements.examined(shen, bai, guo, form="assignment")
    patent = patents.patent_of(agreement.listing)
    agreements.record(agreement, guo, number="2026110100123")
    title = Title.objects.get(patent=patent, end=None)
    assert (title.owners, title.start, title.registration_number) == (bai.display_name, clock.today(), "2026110100123")
    assert title.completes.agreement_right.agreement == agreement and title.completes.end == clock.today()
    patent.refresh_from_db()
    assert patent.applicants == bai.display_name
    assert Listing.objects.get(pk=agreement.listing_id).state == ListingState.CONCLUDED
    assert not Encumbrance.objects.filter(patent=patent, end=None).exists()


def test_what_is_not_pre_examined_is_not_recorded(shen, bai, guo):
    agreement = agreements.filed(shen, bai)
    with pytest.raises(MoveRefused):
        agreements.record(agreement, guo)
    assert not Grant.objects.exclude(recordal_number="").exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_lies_between_signature_and_today(shen, bai, guo, days):
    agreement = agreements.examined(shen, bai, guo)
    with pytest.raises(Conflict, match="签署之日与今天之间"):
        agreements.record(agreement, guo, on=clock.today() + timedelta(days=days))
    assert state(agreement) == "pre_examined"


def test_a_number_is_of_one_agreement(shen, bai, guo):
    agreements.recorded(shen, bai, guo)
    other = agreements.examined(shen, bai, guo)
    with pytest.raises(Conflict, match="另一份合同"):
        agreements.record(other, guo)
    assert state(other) == "pre_examined"


def test_a_paper_that_is_none_is_refused_and_nothing_is_written(shen, bai, guo):
    agreement = agreements.examined(shen, bai, guo)
    files = StoredFile.objects.count()
    with pytest.raises(Exception, match="不是可接受的文件"):
        recordals.agreement_record(
            agreement_id=agreement.pk, actor=guo, number="X1", recorded_on=clock.today(),
            proof=patents.SimpleUploadedFile("证明.pdf", b"no pdf"),
        )  # fmt: skip
    assert (state(agreement), StoredFile.objects.count()) == ("pre_examined", files)


# ---- what PostgreSQL guards


def refused_by_the_database(act):
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        act()


def test_the_database_keeps_what_was_recorded(shen, bai, guo):
    agreement = agreements.recorded(shen, bai, guo)
    recordal = Recordal.objects.filter(agreement=agreement)
    refused_by_the_database(lambda: recordal.update(number="X9"))
    refused_by_the_database(lambda: recordal.update(recorded_on=date(2020, 1, 1)))
    refused_by_the_database(recordal.delete)
    grant = Grant.objects.filter(agreement_right__agreement=agreement)
    refused_by_the_database(lambda: grant.update(recordal_number="X9"))
    refused_by_the_database(lambda: grant.update(recordal_on=date(2020, 1, 1)))


def test_the_database_wants_the_number_before_the_state(shen, bai, guo):
    agreement = agreements.examined(shen, bai, guo)
    refused_by_the_database(lambda: Agreement.objects.filter(pk=agreement.pk).update(state="recorded"))
    refused_by_the_database(
        lambda: Recordal.objects.filter(agreement=agreement).update(number="X1")
    )  # no day, no paper


# ---- the clock


def signed_on(day, shen, bai, **what):
    with clock.at(timezone.make_aware(datetime(day.year, day.month, day.day, 9))):
        agreement = agreements.signed(shen, bai, **what)
        queue.drain()
    return agreement


def remind_on(day):
    with clock.at(timezone.make_aware(datetime(day.year, day.month, day.day, 8, 20))):
        tasks.recordals_remind()


def test_both_are_reminded_thirty_and_seven_days_before_each_once(shen, bai):
    agreement = signed_on(date(2026, 8, 12), shen, bai)
    due = recordal_queries.due_on(agreement)
    assert due == date(2026, 11, 12)
    counts = []
    for before in (31, 30, 29, 8, 7, 6, 0, -1):
        remind_on(due - timedelta(days=before))
        remind_on(due - timedelta(days=before))
        counts.append((told(shen, "recordal_due").count(), told(bai, "recordal_due").count()))
    assert counts == [(0, 0), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2), (2, 2), (2, 2)]


def test_who_has_filed_is_not_reminded_and_an_assignment_has_no_such_clock(shen, bai):
    agreement = signed_on(date(2026, 8, 12), shen, bai)
    with clock.at(timezone.make_aware(datetime(2026, 8, 20, 9))):
        agreements.file(agreement, shen)
    sold = signed_on(date(2026, 8, 12), shen, bai, form="assignment")
    assert recordal_queries.due_on(sold) is None
    remind_on(date(2026, 11, 10))
    assert not Notice.objects.filter(kind="recordal_due").exists()


def test_a_period_that_would_end_on_a_holiday_ends_after_it(shen, bai):
    agreement = signed_on(date(2026, 7, 3), shen, bai)  # 3 October lies in the National Day holidays
    assert recordal_queries.due_on(agreement) == date(2026, 10, 8)
