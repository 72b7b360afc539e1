"""Many at once: one request, one mark for one person, one organisation by one code."""

import threading

import pytest
from django.db import connection
from django.db.models import F
from stdnum.cn import ric, uscc

from platform_site.accounts import actions, queries
from platform_site.accounts.models import Membership, Organisation, Verification
from platform_site.errors import Refusal
from tests.factories import accounts as people

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NUMBER = "42010219900307123"
NUMBER += ric.calc_check_digit(NUMBER + "0")
CODE = "91420100MA4KX1AB2"
CODE += uscc.calc_check_digit(CODE)


def together(*calls):
    """Run the calls at one instant, each on its own connection; the outcomes: a row, or the exception."""
    gate, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        try:
            outcomes[place] = call()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def split(outcomes):
    refused = [one for one in outcomes if isinstance(one, Refusal)]
    broken = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refusal)]
    assert not broken, broken
    return len(outcomes) - len(refused), len(refused)


def ask(actor):
    return actions.verification_submit(actor=actor, real_name="莫某", identity_kind="resident", identity_number=NUMBER)


def test_eight_submits_make_one_request(mo):
    for _round in range(5):
        assert split(together(*[lambda: ask(mo)] * 8)) == (1, 7)
        open_one = Verification.objects.get(user=mo, state="submitted")
        actions.verification_withdraw(verification_id=open_one.pk, actor=mo)


def test_two_offices_cannot_verify_one_number_twice(mo, bai, guo, he):
    Verification.objects.filter(user=bai).delete()
    mo.province_id = mo.office_id = "420000"
    mo.save()
    for _round in range(5):
        ours, theirs = ask(mo), ask(bai)
        outcomes = together(
            lambda pk=ours.pk: actions.verification_approve(verification_id=pk, actor=guo),
            lambda pk=theirs.pk: actions.verification_approve(verification_id=pk, actor=he),
        )
        assert split(outcomes) == (1, 1)
        assert Verification.objects.filter(state="verified").count() == 1
        Verification.objects.all().delete()


def test_a_decision_and_a_withdrawal_exclude_each_other(mo):
    officer = people.officer("zhao@example.org", province="410000")
    for _round in range(5):
        made = ask(mo)
        outcomes = together(
            lambda pk=made.pk: actions.verification_withdraw(verification_id=pk, actor=mo),
            lambda pk=made.pk: actions.verification_approve(verification_id=pk, actor=officer),
        )
        assert split(outcomes) == (1, 1)
        Verification.objects.all().delete()


def test_a_new_code_entered_by_eight_is_one_organisation():
    crowd = [people.member(f"p{n}@example.org") for n in range(8)]

    def enter(person):
        return actions.organisation_save(
            actor=person,
            credit_code=CODE,
            name_zh=f"公司{person.pk}",
            name_en="",
            kind="enterprise",
            province_code="",
            city_code="",
        )

    assert split(together(*[lambda person=person: enter(person) for person in crowd])) == (8, 0)
    assert Organisation.objects.count() == 1
    assert Membership.objects.filter(left_at=None).count() == 8


def test_profile_and_organisation_of_one_person_do_not_deadlock(mo):
    def profile():
        return actions.profile_save(
            actor=mo, display_name="莫先生", phone="", language="en", province_code="410000", office_code=""
        )

    def organisation():
        return actions.organisation_save(
            actor=mo, credit_code=CODE, name_zh="公司", name_en="", kind="enterprise", province_code="", city_code=""
        )

    assert split(together(*[profile, organisation] * 4)) == (8, 0)
    assert Membership.objects.filter(user=mo, left_at=None).count() == 1


def test_control_without_the_locks_the_constraint_still_holds(mo, monkeypatch):
    """With the code's own lock and check off, the database refuses the second request: belt and braces."""
    monkeypatch.setattr(queries, "lock_user", lambda pk: queries.User.objects.get(pk=pk))
    monkeypatch.setattr(actions, "_may_ask", lambda user: None)
    outcomes = together(*[lambda: ask(mo)] * 8)
    assert [one for one in outcomes if isinstance(one, Exception)]
    assert Verification.objects.filter(user=mo, state="submitted", province=F("province")).count() == 1
