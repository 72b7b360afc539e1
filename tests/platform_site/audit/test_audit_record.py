"""One row per deed, inside the deed's own transaction. Read next: test_audit_chain.py."""

import pytest
from django.db import transaction

from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.audit.record import record


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        record(actor=None, verb="tests.nothing")
    assert not AuditEntry.objects.exists()


def test_a_row_says_who_when_what_and_to_which_record(shen, guo):
    before = clock.now()
    record(actor=guo, verb="tests.note", target=shen, province_code="420000", old="甲", new="乙")
    row = AuditEntry.objects.get()
    assert (row.actor, row.verb, row.target_type, row.target_id) == (guo, "tests.note", "accounts.user", str(shen.pk))
    assert (row.province_code, row.data) == ("420000", {"old": "甲", "new": "乙"})
    assert before <= row.at <= clock.now()


def test_the_clock_of_the_portal_acts_without_a_person(db):
    record(actor=None, verb="tests.sweep")
    row = AuditEntry.objects.get()
    assert row.actor is None
    assert (row.target_type, row.target_id, row.province_code, row.data) == ("", "", "", {})


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_no_row():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(actor=None, verb="tests.nothing")
        1 / 0  # noqa: B018 - the deed fails
    assert not AuditEntry.objects.exists()
