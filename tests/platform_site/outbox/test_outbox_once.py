"""One effect per submitted form, however often it is sent. Read next: platform_site/outbox/once.py."""

import threading
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from platform_site.audit.models import AuditEntry
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.models import WriteKey
from platform_site.outbox.once import once, once_in_parts

AT_ONCE = 50


@once
def write(request):
    """Stands for every write view of the house: an action in a transaction, then a redirect to what it made."""
    with transaction.atomic():
        record(actor=request.user, verb="tests.write")
        made = AuditEntry.objects.filter(verb="tests.write").count()
    return HttpResponseRedirect(f"/made/{made}/")


def post(user, key, view=write, path="/write/"):
    request = RequestFactory().post(path, {"idempotency_key": str(key)})
    request.user = user
    return view(request)


def effects() -> int:
    return AuditEntry.objects.filter(verb="tests.write").count()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_fifty_identical_posts_have_one_effect_and_one_answer(shen):
    key, barrier, answers = uuid.uuid4(), threading.Barrier(AT_ONCE), []

    def submit():
        try:
            barrier.wait()
            response = post(shen, key)
            answers.append((response.status_code, response["Location"]))
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(302, "/made/1/")] * AT_ONCE
    assert effects() == 1


def test_the_same_key_later_answers_as_the_first_time(shen):
    key = uuid.uuid4()
    first, again = post(shen, key), post(shen, key)
    assert (first["Location"], again["Location"]) == ("/made/1/", "/made/1/")
    assert effects() == 1


def test_another_key_is_another_deed(shen):
    assert post(shen, uuid.uuid4())["Location"] == "/made/1/"
    assert post(shen, uuid.uuid4())["Location"] == "/made/2/"


def test_the_same_key_of_another_person_is_another_key(shen, bai):
    key = uuid.uuid4()
    post(shen, key)
    assert post(bai, key)["Location"] == "/made/2/"
    assert WriteKey.objects.filter(key=key).count() == 2


def test_a_form_shown_again_is_not_kept(shen):
    key, rounds = uuid.uuid4(), []

    @once
    def form(request):
        rounds.append(1)
        return HttpResponse("please correct") if len(rounds) == 1 else HttpResponseRedirect("/made/")

    assert post(shen, key, form).status_code == 200
    assert not WriteKey.objects.exists()
    assert post(shen, key, form)["Location"] == "/made/"
    assert len(rounds) == 2


def test_a_refusal_is_not_kept_and_neither_is_what_was_written_before_it(shen):
    key = uuid.uuid4()

    @once
    def refused(request):
        record(actor=request.user, verb="tests.write")
        raise Conflict("somebody was first")

    for _time in range(2):
        with pytest.raises(Conflict):
            post(shen, key, refused)
    assert not WriteKey.objects.exists()
    assert effects() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_next_in_line_does_the_work_when_the_first_fails(shen):
    key, begun, fail, answers = uuid.uuid4(), threading.Event(), threading.Event(), []

    @once
    def first_fails(request):
        if not begun.is_set():
            begun.set()
            fail.wait(10)
            raise Conflict("somebody was first")
        return write.__wrapped__(request)

    def submit():
        try:
            answers.append(post(shen, key, first_fails).status_code)
        except Conflict:
            answers.append(409)
        finally:
            connection.close()

    first, second = threading.Thread(target=submit), threading.Thread(target=submit)
    first.start()
    begun.wait(10)
    second.start()
    fail.set()
    first.join()
    second.join()
    assert sorted(answers) == [302, 409]
    assert effects() == 1


@pytest.mark.parametrize("key", ["", "not-a-key", "123"])
def test_without_a_key_every_submit_counts(shen, key):
    post(shen, key)
    post(shen, key)
    assert effects() == 2
    assert not WriteKey.objects.exists()


def test_reading_and_visitors_keep_no_key(shen):
    seen = []

    @once
    def view(request):
        seen.append(request.method)
        return HttpResponse("page")

    request = RequestFactory().get("/write/", {"idempotency_key": str(uuid.uuid4())})
    request.user = shen
    view(request)
    post(AnonymousUser(), uuid.uuid4(), view)
    assert seen == ["GET", "POST"]
    assert not WriteKey.objects.exists()


def test_a_long_address_is_kept_whole(shen):
    """A redirect that carries a filter must lead to the same place the second time."""
    key = uuid.uuid4()
    place = "/patents/?q=" + "x" * 900

    @once
    def view(request):
        return HttpResponseRedirect(place)

    assert [post(shen, key, view)["Location"] for _time in range(2)] == [place, place]


def test_the_mark_for_the_house_test():
    assert write.writes_once is True


# ---- work in several transactions


def test_in_parts_the_same_key_later_answers_as_the_first_time(shen):
    key, parts = uuid.uuid4(), once_in_parts(write.__wrapped__)
    assert [post(shen, key, parts)["Location"] for _time in range(2)] == ["/made/1/", "/made/1/"]
    assert effects() == 1
    assert parts.writes_once is True


def test_in_parts_a_second_submit_meanwhile_is_sent_to_the_page(shen):
    """The first is still at work: its key is kept and leads nowhere yet."""
    key = uuid.uuid4()

    @once_in_parts
    def view(request):
        assert post(shen, key, view)["Location"] == "/write/"
        return HttpResponseRedirect("/made/")

    assert post(shen, key, view)["Location"] == "/made/"


def test_in_parts_what_was_done_before_a_refusal_stays_and_the_form_can_be_sent_again(shen):
    key = uuid.uuid4()

    @once_in_parts
    def refused(request):
        with transaction.atomic():
            record(actor=request.user, verb="tests.write")
        raise Conflict("somebody was first")

    with pytest.raises(Conflict):
        post(shen, key, refused)
    assert effects() == 1
    assert not WriteKey.objects.exists()


def test_in_parts_a_form_shown_again_is_not_kept(shen):
    assert post(shen, uuid.uuid4(), once_in_parts(lambda request: HttpResponse("again"))).status_code == 200
    assert not WriteKey.objects.exists()
