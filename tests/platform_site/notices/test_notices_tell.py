"""A notice is one row per person and key, and one mail in the reader's language. Read next: platform_site/notices/actions.py."""

import re
import smtplib
import threading
from datetime import timedelta
from email import message_from_bytes
from types import SimpleNamespace

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import translation

from platform_site import clock
from platform_site.notices import actions
from platform_site.notices.actions import mail_send, notice_tell, notices_read, preferences_set
from platform_site.notices.kinds import KINDS
from platform_site.notices.models import Notice
from platform_site.notices.queries import inbox, unread_count
from platform_site.outbox.queue import after_commit, drain
from tests.factories import accounts

DATA = {"number": "CN6-2026-000001", "title": "低温氨分解制氢用钌基催化剂", "province_code": "420000"}


def tell(*people, key="approved-1", kind="listing_approved", **data):
    notice_tell(recipients=people, kind=kind, key=key, path="/patents/CN6-2026-000001/", **{**DATA, **data})


@pytest.fixture
def english(db):
    return accounts.member("reader@example.org", name="Reader", language="en")


def test_told_five_times_is_one_notice_and_one_mail(shen):
    for _time in range(5):
        tell(shen)
        mail_send()
    assert Notice.objects.count() == 1
    assert len(mail.outbox) == 1


def test_another_key_and_another_person_are_other_notices(shen, bai):
    tell(shen, bai)
    tell(shen, key="approved-2")
    assert [Notice.objects.filter(recipient=person).count() for person in (shen, bai)] == [2, 1]


def test_somebody_named_twice_is_told_once(shen):
    tell(shen, shen)
    assert Notice.objects.count() == 1


def test_a_kind_that_nobody_worded_is_refused(shen):
    with pytest.raises(KeyError):
        tell(shen, kind="no_such_kind")
    assert not Notice.objects.exists()


def test_a_closed_account_is_told_nothing(shen):
    shen.is_active = False
    tell(shen)
    assert not Notice.objects.exists()


def test_mail_comes_in_the_readers_language(shen, english):
    with translation.override("en"):  # the language of the worker must not matter
        tell(shen, english)
        mail_send()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters["shen@example.org"].subject == "CN6-2026-000001 已上架"
    assert "/zh-hans/patents/CN6-2026-000001/" in letters["shen@example.org"].body
    assert "/en/patents/CN6-2026-000001/" in letters["reader@example.org"].body
    for letter in mail.outbox:
        assert "testserver" not in letter.body
        assert letter.alternatives[0].mimetype == "text/html"


def test_data_is_escaped_in_html_and_cannot_break_the_subject(shen):
    tell(shen, number="CN6\r\nBcc: all@example.org", title="<script>alert(1)</script>")
    mail_send()
    letter = mail.outbox[0]
    assert "\n" not in letter.subject
    assert "Bcc" not in dict(letter.message().items())
    assert "<script>" not in letter.alternatives[0].content


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_percent_sign_in_the_data_is_only_a_sign(db, kind, language):
    person = accounts.member(f"{kind}@example.org", language=language)
    wanted = re.findall(r"%\((\w+)\)s", f"{KINDS[kind].subject}{KINDS[kind].text}")
    data = dict.fromkeys(["number", "title", *wanted], "100% %(x)s")
    notice_tell(recipients=[person], kind=kind, key="k", **data)
    assert mail_send() == 1
    assert Notice.objects.get().mailed_at is not None


def test_a_preference_stops_the_mail_and_never_the_notice(shen):
    preferences_set(actor=shen, by_mail=set(KINDS) - {"listing_approved"})
    tell(shen)
    tell(shen, key="suspended-1", kind="listing_suspended", reason="年费")
    mail_send()
    assert unread_count(shen) == 2
    assert [letter.subject for letter in mail.outbox] == ["CN6-2026-000001 已暂停展示"]
    preferences_set(actor=shen, by_mail=set(KINDS))
    mail_send()
    assert len(mail.outbox) == 1  # what was told before the change is not sent after it


def test_reading_is_for_the_reader_alone(shen, bai):
    tell(shen, bai)
    hers = inbox(bai).get()
    assert notices_read(actor=shen, notice_ids=[hers.pk]) == 0
    assert notices_read(actor=shen) == 1
    assert (unread_count(shen), unread_count(bai)) == (0, 1)


class Server(EmailBackend):
    """A mail server whose answer a test decides."""

    trouble: dict[str, Exception] = {}

    def send_messages(self, messages):
        for letter in messages:
            if error := self.trouble.get(letter.to[0]) or self.trouble.get("*"):
                raise error
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "trouble", {})
    return Server.trouble


@pytest.fixture
def clock_moves(monkeypatch):
    ahead = [timedelta(0)]
    plain = clock.now
    monkeypatch.setattr(clock, "now", lambda: plain() + ahead[0])

    def move(**length):
        ahead[0] += timedelta(**length)

    return move


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("away"),
        TimeoutError("slow"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"no"),
    ],
)
def test_a_mail_server_away_for_two_hours_delays_every_mail_and_loses_none(shen, bai, server, clock_moves, error):
    server["*"] = error
    tell(shen, bai)
    for _sweep in range(40):
        assert mail_send() == 0
        clock_moves(minutes=3)
    server.clear()
    mail_send()
    mail_send()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bai@example.org", "shen@example.org"]
    assert not Notice.objects.filter(mail_due=True).exists()


def test_an_address_that_is_refused_holds_up_nobody_and_is_given_up(shen, bai, server, clock_moves):
    server["shen@example.org"] = smtplib.SMTPRecipientsRefused({"shen@example.org": (550, b"no such user")})
    tell(shen, bai)
    mail_send()
    assert [letter.to[0] for letter in mail.outbox] == ["bai@example.org"]
    for _hour in range(30):
        mail_send()
        clock_moves(hours=1)
    notice = Notice.objects.get(recipient=shen)
    assert notice.mail_attempts == actions.MAX_MAIL_ATTEMPTS
    assert (notice.mailed_at, unread_count(shen)) == (None, 1)


def test_an_address_refused_for_the_moment_is_tried_again_later(shen, server, clock_moves):
    """Grey-listing: the first answer is a polite not yet."""
    server["shen@example.org"] = smtplib.SMTPRecipientsRefused({"shen@example.org": (450, b"try again")})
    tell(shen)
    for _sweep in range(20):  # five minutes of sweeps
        mail_send()
        clock_moves(seconds=15)
    server.clear()
    clock_moves(minutes=30)
    mail_send()
    assert len(mail.outbox) == 1


def test_a_mail_that_cannot_be_written_holds_up_nobody(shen, bai, monkeypatch):
    tell(shen)
    tell(bai, key="approved-2")
    plain = actions._send

    def send(notice):
        if notice.recipient_id == shen.pk:
            raise KeyError("title")
        plain(notice)

    monkeypatch.setattr(actions, "_send", send)
    mail_send()
    assert [letter.to[0] for letter in mail.outbox] == ["bai@example.org"]
    assert Notice.objects.get(recipient=shen).mail_attempts == 1


def test_the_folder_keeps_one_file_per_mail(shen, settings, tmp_path):
    settings.EMAIL_BACKEND = "platform_site.notices.backends.FolderBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    tell(shen)
    for _time in range(3):  # a crash after the sending and before the commit sends again
        Notice.objects.update(mail_due=True)
        mail_send()
    files = list(settings.MAIL_DIR.iterdir())
    assert len(files) == 1
    letter = message_from_bytes(files[0].read_bytes())
    assert letter["Message-ID"] == f"<notice-{Notice.objects.get().pk}@portal>"
    assert letter["To"] == "shen@example.org"


def test_a_mail_without_an_id_of_its_own_gets_a_file_too(settings, tmp_path):
    settings.EMAIL_BACKEND = "platform_site.notices.backends.FolderBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    mail.send_mail("主题", "正文", None, ["../../etc/passwd@example.org"])
    files = list(settings.MAIL_DIR.iterdir())
    assert len(files) == 1
    assert files[0].resolve().parent == settings.MAIL_DIR.resolve()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_told_through_the_outbox_by_two_consumers_and_mailed_by_two_senders_is_once(shen, monkeypatch):
    monkeypatch.setitem(
        current_app.tasks, "tests.tell", SimpleNamespace(run=lambda number: tell(shen, key=f"k-{number}"))
    )
    with transaction.atomic():
        for number in [*range(10), *range(10)]:
            after_commit("tests.tell", number=number)
    barrier = threading.Barrier(4)

    def work(job):
        try:
            barrier.wait()
            for _round in range(12):
                job()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in (drain, drain, mail_send, mail_send)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain()
    mail_send()
    assert Notice.objects.count() == 10
    assert len(mail.outbox) == 10
