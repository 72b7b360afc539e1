"""What the gazette reports stands in the rights ledger too, in the same transaction."""

from datetime import timedelta

import pytest

from patents.actions import status
from patents.gazette import Entry
from patents.ledger_queries import availability_of
from patents.models import Encumbrance, StatusEvent
from platform_site import clock
from platform_site.errors import Conflict, NotAllowed
from tests.factories import ledger as rows
from tests.factories import patents

pytestmark = pytest.mark.django_db


@pytest.fixture
def patent(shen):
    return patents.published(shen, forms=["exclusive", "ordinary"]).listing_patents.get().patent


def report(patent, actor, kind, days_ago=0, **facts):
    day = clock.today() - timedelta(days=days_ago)
    entry = Entry(kind=kind, happened_on=day, as_of=clock.today(), source="专利公报", **facts)
    return status.status_record(patent_id=patent.pk, actor=actor, entry=entry)


@pytest.mark.parametrize(
    ("begins", "ends", "kind"),
    [
        ("pledge_registered", "pledge_cancelled", "pledge"),
        ("preserved", "preservation_lifted", "preservation"),
        ("suspended", "suspension_lifted", "suspension"),
        ("open_declared", "open_withdrawn", "open_declaration"),
    ],
)
def test_what_begins_and_what_ends_it(patent, guo, begins, ends, kind):
    report(patent, guo, begins, days_ago=2)
    row = Encumbrance.objects.get(patent=patent)
    assert (row.kind, row.end, row.source) == (kind, None, "专利公报")
    assert not availability_of([patent])[patent.pk].provinces["420000"]["exclusive"]
    report(patent, guo, ends)
    row.refresh_from_db()
    assert row.end == clock.today()
    assert availability_of([patent])[patent.pk].provinces["420000"]["exclusive"]


def test_what_an_office_entered_already_is_left_as_it_is(patent, guo):
    rows.encumbrance(patent, "pledge", start=clock.today()).save()
    report(patent, guo, "pledge_registered")
    assert Encumbrance.objects.get(patent=patent).holder == "某银行"


def test_the_ledger_refuses_what_cannot_stand(patent, guo):
    rows.grant(patent, "exclusive", signed_on=clock.today(), start=clock.today(), provinces=["430000"]).save()
    with pytest.raises(Conflict, match="第八十六条"):
        report(patent, guo, "open_declared")
    assert not StatusEvent.objects.filter(patent=patent, kind="open_declared").exists()


def test_a_corrected_event_takes_its_entry_back(patent, guo):
    wrong = report(patent, guo, "preserved", days_ago=1)
    report(patent, guo, "correction", days_ago=1, corrects=wrong.pk)
    row = Encumbrance.objects.get(patent=patent)
    assert row.start == row.end
    assert availability_of([patent])[patent.pk].assignment


def test_an_owner_does_not_lift_what_lies_on_the_own_patent(patent, shen, guo):
    """The owner may report a burden; that one is gone, and that it never was, is for an office that keeps the ledger."""
    begun = report(patent, shen, "pledge_registered", days_ago=1)
    for kind, facts in (("pledge_cancelled", {}), ("correction", {"corrects": begun.pk})):
        with pytest.raises(NotAllowed, match="权利台账"):
            report(patent, shen, kind, days_ago=1, **facts)
    assert Encumbrance.objects.get(patent=patent).end is None
    assert StatusEvent.objects.filter(patent=patent, kind__in=["pledge_cancelled", "correction"]).count() == 0
    report(patent, guo, "pledge_cancelled")
    assert Encumbrance.objects.get(patent=patent).end == clock.today()
