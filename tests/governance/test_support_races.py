"""Budget and quota under thirty-two hands at once; without lock and trigger more is given away than there is."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from governance import support_queries
from governance.actions import support
from governance.models import AidEntry, PolicyApplication
from platform_site import clock
from platform_site.accounts.roles import ensure
from platform_site.errors import Refusal
from tests.factories import accounts, patents
from tests.factories import policies as make
from tests.factories.policies import JIANGXI
from tests.racing import WRITERS, Crew

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
SUM = Decimal(10_000)
FITS = 5


@pytest.fixture
def table(transactional_db):
    """So many reviewed applications as there are writers, under a policy with money for five: (applications, second reviewer)."""
    ensure()
    with transaction.atomic():
        shen = accounts.member("shen@example.org", name="沈工", verified=True)
        version = make.published(JIANGXI, budget_cny=SUM * FITS)
        listings = [patents.draft(shen, title=f"技术{n}") for n in range(WRITERS)]
        rows = [
            PolicyApplication.objects.create(
                version=version, applicant=shen, applicant_name="沈工", role="owner", listing=one, submitted_at=clock.now(),
                due_on=clock.today(),
            )
            for one in listings
        ]  # fmt: skip
        return [make.reviewed(one, make.keeper(JIANGXI), SUM) for one in rows], make.second(JIANGXI)


def confirm(application, officer):
    """Once more where the lock was not had in time: a busy machine is no refusal."""

    def act():
        for _try in range(20):
            try:
                return support.support_confirm(application_id=application.pk, actor=officer, words="同意。")
            except OperationalError as error:
                if "lock timeout" not in str(error):
                    raise
        return None

    return act


def given():
    return sum(AidEntry.objects.filter(released_at=None).values_list("amount_cny", flat=True))


def test_the_budget_is_never_overspent(table):
    asked, officer = table
    with Crew() as crew:
        answers = crew.together(*[confirm(one, officer) for one in asked])
    won = [one for one in answers if isinstance(one, PolicyApplication)]
    assert all(isinstance(one, Refusal) for one in answers if one not in won), answers
    assert len(won) == FITS and given() == SUM * FITS
    assert PolicyApplication.objects.filter(state="notice").count() == FITS


def without_lock(pk):
    return PolicyApplication.objects.select_related(
        "version__policy__province", "applicant", "agreement", "listing"
    ).get(pk=pk)


def triggers(word):
    with connection.cursor() as cursor:
        for name in ("aidentry", "policyapplication"):
            cursor.execute(f"ALTER TABLE governance_{name} {word} TRIGGER USER")


def test_the_trigger_alone_holds_where_the_code_has_no_lock(table, monkeypatch):
    asked, officer = table
    monkeypatch.setattr(support_queries, "lock_application_with_patents", without_lock)
    with Crew() as crew:
        answers = crew.together(*[confirm(one, officer) for one in asked])
    assert all(isinstance(one, PolicyApplication | Refusal | DatabaseError) for one in answers), answers
    assert 0 < given() <= SUM * FITS


def test_without_lock_and_trigger_it_is_overspent(table, monkeypatch):
    """The negative control: what the two above prove is due to lock and trigger."""
    asked, officer = table
    monkeypatch.setattr(support_queries, "lock_application_with_patents", without_lock)
    triggers("DISABLE")
    try:
        with Crew() as crew:
            crew.together(*[confirm(one, officer) for one in asked])
        assert given() > SUM * FITS
    finally:
        triggers("ENABLE")
