"""Coming in: sign-up with a code, kind refusals, reset, second factor. The library does it; our settings are what is tested."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache

from platform_site.accounts.models import User
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db
BASE = "/zh-hans/accounts"
GOOD = "江城的秋天很长 2026"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def login(client, email, password=people.PASSWORD, language="zh-hans"):
    return client.post(f"/{language}/accounts/login/", {"login": email, "password": password})


def code_in(letter):
    return re.search(r"^\s*([A-Z0-9-]{6,})\s*$", letter.body, re.M).group(1)


def test_sign_up_asks_for_the_code_of_the_mail(client):
    facts = {"email": "new@example.org", "password1": GOOD, "password2": GOOD, "display_name": "新人"}
    answer = client.post(BASE + "/signup/", facts)
    assert answer.status_code == 302 and "confirm-email" in answer["Location"]
    assert client.get("/zh-hans/desk/").status_code == 302  # not signed in yet
    wrong = client.post(answer["Location"], {"code": "AAAAAA"})
    assert wrong.status_code == 200
    done = client.post(answer["Location"], {"code": code_in(mail.outbox[0])})
    assert done["Location"] == "/zh-hans/desk/"
    user = User.objects.get(email="new@example.org")
    assert (user.display_name, user.language) == ("新人", "zh-hans")
    assert EmailAddress.objects.get(user=user).verified
    assert client.get("/zh-hans/desk/").status_code == 200


def test_sign_up_does_not_tell_who_is_here(client, mo):
    facts = {"password1": GOOD, "password2": GOOD, "display_name": "某"}
    known = client.post(BASE + "/signup/", {**facts, "email": mo.email})
    client.logout()
    unknown = client.post(BASE + "/signup/", {**facts, "email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("password", ["short", "zhuanlizhuanli", "hubei-hunan-11", "password1234", "111111111111"])
def test_easy_passwords_are_refused_with_a_sentence(client, password):
    facts = {"email": "new@example.org", "password1": password, "password2": password, "display_name": "新人"}
    answer = client.post(BASE + "/signup/", facts)
    assert answer.status_code == 200
    assert 'id="id_password1_error"' in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_login_leads_to_the_desk(client, mo):
    assert login(client, "MO@example.org")["Location"] == "/zh-hans/desk/"


def test_login_fails_kindly_and_alike(client, mo):
    pages = []
    for email in (mo.email, "nobody@example.org"):
        answer = login(client, email, "wrong password here")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert 'class="err-sum"' in page
        page = re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", page)
        pages.append(page.replace(email, "E"))
    assert pages[0] == pages[1]


def test_thirty_good_logins_pass_and_failures_are_counted(client, mo):
    for _ in range(30):
        assert login(client, mo.email).status_code == 302
        client.logout()
    for _ in range(5):
        login(client, mo.email, "wrong password here")
    limited = login(client, mo.email)
    assert limited.status_code in (200, 429)
    assert client.get("/zh-hans/desk/").status_code == 302


def test_the_system_account_and_disabled_people_stay_out(client, mo):
    mo.is_active = False
    mo.save()
    login(client, mo.email)
    assert client.get("/zh-hans/desk/").status_code == 302
    system = User.objects.get(is_system=True)
    system.set_password(GOOD)
    system.save()
    EmailAddress.objects.filter(user=system).update(verified=True)
    login(client, system.email, GOOD)
    assert client.get("/zh-hans/desk/").status_code == 302


def test_password_reset(client, mo):
    answers = [client.post(BASE + "/password/reset/", {"email": email}) for email in (mo.email, "nobody@example.org")]
    assert {answer["Location"] for answer in answers} == {BASE + "/password/reset/done/"}
    ours = next(letter for letter in mail.outbox if letter.to == [mo.email])
    path = re.search(r"https?://[^/]+(/\S+/password/reset/key/\S+/)", ours.body).group(1)
    form = client.get(path, follow=True)
    new = {"password1": GOOD, "password2": GOOD}
    assert client.post(form.redirect_chain[-1][0], new).status_code == 302
    client.logout()
    assert login(client, mo.email, GOOD).status_code == 302


def totp_code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_second_factor_is_asked_for_and_a_recovery_code_works_once(client, mo):
    secret = generate_totp_secret()
    TOTP.activate(mo, secret)
    codes = RecoveryCodes.activate(mo).get_unused_codes()
    for answer_code, passes in ((codes[0], True), (codes[0], False), (totp_code(secret), True)):
        step = login(client, mo.email)
        assert step["Location"].endswith("/accounts/2fa/authenticate/")
        assert client.get("/zh-hans/desk/").status_code == 302
        client.post(step["Location"], {"code": answer_code})
        assert client.get("/zh-hans/desk/").status_code == (200 if passes else 302)
        client.logout()


def test_an_officer_without_a_second_factor_is_led_to_activation(client, guo):
    guo.is_demonstration = False
    guo.save()
    client.force_login(guo)
    for path in ("/zh-hans/desk/", "/en/desk/inbox/", "/zh-hans/help/"):
        answer = client.get(path)
        assert answer.status_code == 302 and answer["Location"].endswith("/accounts/2fa/totp/activate/"), path
    for path in ("/reauthenticate/", "/password/change/", "/email/"):
        assert client.get(BASE + path).status_code == 200, path
    assert client.get(BASE + "/2fa/totp/activate/")["Location"].startswith(BASE + "/reauthenticate/")
    assert client.post(BASE + "/logout/").status_code == 302


def test_an_officers_queue_lies_behind_the_second_factor(client, guo, mo):
    """The queue is below /accounts/ like the pages that activate the factor; it must not be open for that."""
    guo.is_demonstration = False
    guo.save()
    client.force_login(guo)
    own = [BASE + path for path in ("/verifications/", "/verifications/1/", "/profile/", "/verification/")]
    for path in (*own, "/admin/accounts/user/"):
        answer = client.get(path)
        assert answer.status_code == 302 and "/2fa/totp/activate/" in answer["Location"], path
    TOTP.activate(guo, generate_totp_secret())
    assert client.get(BASE + "/verifications/").status_code == 200


def test_a_member_needs_no_second_factor(client, mo):
    client.force_login(mo)
    assert client.get("/zh-hans/desk/").status_code == 200


def test_a_language_of_its_own(client, mo):
    assert login(client, mo.email, language="en")["Location"] == "/en/desk/"
