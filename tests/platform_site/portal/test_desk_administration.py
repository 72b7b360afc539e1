"""The audit log as administrators read it, and the mails of a demonstration."""

import re
import time
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from platform_site.accounts import actions
from platform_site.audit.models import AuditEntry
from platform_site.audit.record import record
from platform_site.notices.backends import FolderBackend
from platform_site.portal import audit_words, mailbox
from tests.factories import trading

pytestmark = pytest.mark.django_db
URL = "/zh-hans/desk/audit/"
MAIL = "/zh-hans/desk/mail/"
ROOT = Path(__file__).resolve().parents[3]


def write(count, actor, verb="accounts.profile_save", target=None, **data):
    with transaction.atomic():
        for _ in range(count):
            record(actor=actor, verb=verb, target=target or actor, province_code="420000", **data)


def page(client, query=""):
    return client.get(URL + query).content.decode()


def test_administrators_alone(client, shen, guo, ad):
    for person, status in ((shen, 403), (guo, 403), (ad, 200)):
        client.force_login(person)
        assert client.get(URL).status_code == status


def test_a_staff_flag_is_not_enough(client, mo):
    mo.is_staff = mo.is_superuser = mo.is_demonstration = True
    mo.save()
    client.force_login(mo)
    assert client.get(URL).status_code == 403
    assert client.get(MAIL).status_code == 404


def test_every_verb_in_the_code_has_words():
    """A verb without words would show its token: the catalogue follows the code."""
    verbs = set()
    for app in ("platform_site", "patents", "trading"):
        for path in (ROOT / app).rglob("*.py"):
            verbs |= set(re.findall(r'verb="([a-z]+\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    assert verbs
    assert verbs - set(audit_words.WORDS) == set()


def test_newest_first_with_keyset_pages(client, ad, mo):
    write(audit_words.PAGE + 5, mo)
    client.force_login(ad)
    rows, older = audit_words.page(before="", verb="", target="")
    assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)
    assert len(rows) == audit_words.PAGE and older == rows[-1].pk
    rest, end = audit_words.page(before=str(older), verb="", target="")
    assert len(rest) == 5 and end is None
    assert f"before={older}" in page(client)
    assert "回到最新" in page(client, f"?before={older}")
    write(1, mo)  # what is written meanwhile moves no page
    assert [row.pk for row in audit_words.page(before=str(older), verb="", target="")[0]] == [row.pk for row in rest]


def test_filters(client, ad, mo, shen):
    write(1, mo)
    write(1, shen, verb="accounts.organisation_save")
    client.force_login(ad)
    body = page(client, "?verb=accounts.organisation_save").split("<tbody>")[1]
    assert "登记所在单位" in body and "保存个人资料" not in body
    body = page(client, f"?target=accounts.user:{mo.pk}").split("<tbody>")[1]
    assert "莫先生" in body and "沈工" not in body
    assert "没有符合条件的记录" in page(client, "?verb=nothing")
    for odd in (
        "?before=x",
        "?before=" + "9" * 400,
        "?before=-1",
        "?target=:::",
        "?target=%F0%9F%99%82",
        "?verb=" + "v" * 3000,
    ):
        assert client.get(URL + odd).status_code == 200, odd


def test_words_of_people_are_not_shown(client, ad, mo):
    write(
        1,
        mo,
        reason="机密的理由",
        note="see the secret plan",
        number="CN6-2026-000001",
        ok=True,
        fields=["phone", "language"],
    )
    client.force_login(ad)
    text = page(client)
    assert "机密" not in text and "secret plan" not in text
    assert "number=CN6-2026-000001" in text and "fields=phone+language" in text and "ok=True" in text


def test_no_message_is_readable_there(client, ad, shen, bai):
    room = trading.room(shen, bai, body="绝密询盘内容")
    trading.say(room, shen, "绝密答复内容")
    client.force_login(ad)
    text = page(client)
    assert "在洽谈室留言" in text and "绝密" not in text
    assert client.get(room.get_absolute_url()).status_code == 404


def test_one_and_three_rows_cost_the_same(client, ad, mo, shen, bai):
    client.force_login(ad)
    write(1, mo)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    write(1, shen)
    write(1, bai)
    with CaptureQueriesContext(connection) as three:
        page(client)
    assert len(one) == len(three)


def test_the_log_in_english(client, ad, mo):
    actions.profile_save(actor=mo, display_name="莫", phone="", language="en", province_code="420000", office_code="")
    client.force_login(ad)
    text = client.get("/en/desk/audit/").content.decode()
    assert "Hubei" in text
    assert AuditEntry.objects.count() >= 1


# ---- mails


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = mailbox.FOLDER_BACKEND
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


def send(subject, to="new@example.org", text="验证码 ABC123"):
    mail = EmailMultiAlternatives(subject=subject, body=text, to=[to], headers={"Message-ID": f"<{subject}@portal>"})
    mail.attach_alternative("<p>html</p>", "text/html")
    FolderBackend().send_messages([mail])


def test_the_mails_of_a_demonstration(client, ad, folder):
    client.force_login(ad)
    assert "还没有邮件" in client.get(MAIL).content.decode()
    send("first", text="<script>x</script> 验证码 ABC123")
    time.sleep(0.02)
    send("second")
    text = client.get(MAIL).content.decode()
    assert text.index("second") < text.index("first")
    assert "验证码 ABC123" in text and "<script>x" not in text and "new@example.org" in text


def test_at_most_fifty(client, ad, folder):
    for n in range(mailbox.MOST + 3):
        send(f"n{n}")
    assert len(mailbox.newest()) == mailbox.MOST


def test_nobody_else_and_nowhere_else(client, ad, guo, mo, folder, settings):
    send("code")
    for person in (guo, mo):
        client.force_login(person)
        assert client.get(MAIL).status_code == 404
    client.force_login(ad)
    assert client.get(MAIL).status_code == 200
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get(MAIL).status_code == 404


def test_not_outside_a_demonstration(client, ad, folder):
    type(ad).objects.update(is_demonstration=False)
    assert not mailbox.is_readable()
