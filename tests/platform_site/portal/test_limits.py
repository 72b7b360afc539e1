"""Limits are counted in PostgreSQL: a flush of Valkey forgives nobody, and nobody is locked out by another."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
import time_machine
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as live
from django.core.cache import cache, caches
from django.db import connection

from platform_site.portal import limits, tasks
from platform_site.portal.models import LimitCounter
from platform_site.settings import base
from tests.addresses import routes
from tests.factories import accounts as people
from tests.factories import patents, trading
from tests.platform_site.accounts.test_accounts_login import totp_code

BASE = "/zh-hans/accounts"
START = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _as_in_life(db, settings):
    """The cache of the settings that are shipped; what may be flushed stays in memory."""
    backend = "platform_site.portal.limits.DatabaseLimits"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend}}


def flush_valkey():
    caches["pages"].clear()


def login(client, email, password=people.PASSWORD, **headers):
    return client.post(f"{BASE}/login/", {"login": email, "password": password}, **headers)


def wrong(client, email, times=1, **headers):
    for _time in range(times):
        answer = login(client, email, "wrong password here", **headers)
    return answer


def is_in(client):
    return client.get("/zh-hans/desk/").status_code == 200


def test_the_shipped_settings_count_in_the_database():
    assert base.CACHES["default"]["BACKEND"] == limits.DatabaseLimits.__module__ + ".DatabaseLimits"


# --- the cache ------------------------------------------------------------------------------------------------------


def test_it_keeps_what_a_cache_keeps():
    assert cache.get("a", "otherwise") == "otherwise"
    cache.set("a", [1.5, 2.5], 60)
    assert cache.get("a") == [1.5, 2.5]
    assert cache.add("a", 1, 60) is False
    assert cache.add("b", True, 60) is True
    assert cache.get_many(["a", "b", "c"]) == {"a": [1.5, 2.5], "b": True}
    assert cache.incr_version("b") == 2
    assert cache.touch("a", 60) is True and cache.touch("none") is False
    assert cache.delete("a") is True and cache.delete("a") is False
    assert "a" not in cache
    cache.set("forever", 1, None)
    assert cache.get("forever") == 1
    cache.clear()
    assert LimitCounter.objects.count() == 0


def test_what_has_expired_is_gone_and_may_be_added_anew():
    with time_machine.travel(START, tick=False) as clock:
        cache.set("a", 1, 60)
        assert cache.add("a", 2, 60) is False
        clock.move_to(START + timedelta(seconds=60))
        assert cache.get("a") is None
        assert cache.touch("a", 60) is False
        assert cache.add("a", 3, 60) is True
        assert cache.get("a") == 3


def test_the_sweep_takes_what_has_expired_and_nothing_else():
    with time_machine.travel(START, tick=False) as clock:
        cache.set("short", 1, 60)
        cache.set("long", 1, 3_600)
        clock.move_to(START + timedelta(minutes=2))
        tasks.expired_sweep()
        assert LimitCounter.objects.count() == 1
        assert cache.get("long") == 1


def test_no_address_is_kept_in_the_table(client):
    wrong(client, "secret-name@example.org", REMOTE_ADDR="203.0.113.77")
    assert LimitCounter.objects.exists()
    kept = "".join(f"{row.key}{row.value}" for row in LimitCounter.objects.all())
    assert "secret-name" not in kept and "203.0.113" not in kept


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_of_many_at_once_adds():
    added, line = [], Barrier(8)

    def add():
        line.wait()
        added.append(cache.add("once", 1, 60))
        connection.close()

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [False] * 7 + [True]


def test_a_lock_whose_process_was_killed_keeps_nobody_out(monkeypatch):
    """What it was locked for is counted after half a second, within the second that the library waits; nothing else is cut short."""
    with time_machine.travel(START, tick=False) as clock:
        assert cache.add("a:lock", True, timeout=ratelimit.CACHE_LOCK_TIMEOUT) is True  # and its holder is gone
        cache.add("a", [1.5], timeout=ratelimit.CACHE_LOCK_TIMEOUT)
        assert cache.add("a:lock", True, timeout=0.1) is False
        naps = []

        def nap(seconds):
            naps.append(seconds)
            clock.shift(timedelta(seconds=seconds))

        monkeypatch.setattr(ratelimit, "time", SimpleNamespace(sleep=nap, monotonic=lambda: sum(naps)))
        with ratelimit.cache_lock("a") as locked:
            assert locked
        assert 0.4 < sum(naps) < 0.7
        assert cache.add("a", [2.5], timeout=60) is False
        assert cache.add("a:lock", True, timeout=0.1) is True  # given back, and taken for less than half a second
        clock.shift(timedelta(seconds=0.1))
        assert "a:lock" not in cache


def test_a_member_writes_on_although_a_lock_was_left_behind(client, mo, settings):
    only(settings, **{"accounts:verification_submit": "9/h/user"})
    client.force_login(mo)
    assert client.post(f"{BASE}/verification/", {}).status_code == 200
    key = f"allauth:rl:portal:accounts:verification_submit:{ratelimit.parse_rate('9/h/user')}:user:{mo.pk}"
    assert len(cache.get(key)) == 1
    cache.add(f"{key}:lock", True, timeout=ratelimit.CACHE_LOCK_TIMEOUT)
    assert client.post(f"{BASE}/verification/", {}).status_code == 200
    assert len(cache.get(key)) == 2


# --- logging in -----------------------------------------------------------------------------------------------------


def test_thirty_good_logins_from_one_address_pass(client, mo):
    for _time in range(30):
        assert login(client, mo.email).status_code == 302
        assert is_in(client)
        client.logout()


def test_a_flush_in_the_middle_of_an_attack_forgives_nothing(client, mo):
    wrong(client, mo.email, 3)
    flush_valkey()
    wrong(client, mo.email, 2)
    flush_valkey()
    login(client, mo.email)
    assert not is_in(client)


def test_the_time_over_it_is_open_again(client, mo):
    with time_machine.travel(START, tick=False) as clock:
        wrong(client, mo.email, 5)
        login(client, mo.email)
        assert not is_in(client)
        clock.move_to(START + timedelta(minutes=15, seconds=1))
        login(client, mo.email)
        assert is_in(client)


def test_the_owner_on_another_network_is_not_locked_out(client, mo):
    wrong(client, mo.email, 12, REMOTE_ADDR="203.0.113.7")
    login(client, mo.email, REMOTE_ADDR="198.51.100.9")
    assert is_in(client)


def test_an_account_that_is_guessed_at_from_everywhere_rests(client, mo):
    for network in range(5):
        wrong(client, mo.email, 4, REMOTE_ADDR=f"203.0.113.{network}")
    login(client, mo.email, REMOTE_ADDR="198.51.100.9")
    assert not is_in(client)


def test_a_network_that_guesses_at_many_accounts_rests(client, mo):
    for number in range(50):
        wrong(client, f"nobody{number}@example.org", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")
    login(client, mo.email, REMOTE_ADDR="2001:db8:1:2:ffff::1")  # the same /64
    assert not is_in(client)
    login(client, mo.email, REMOTE_ADDR="2001:db8:1:3::1")
    assert is_in(client)


def test_an_invented_forwarding_is_not_believed(client, mo):
    for number in range(6):
        wrong(client, mo.email, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    login(client, mo.email, HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert not is_in(client)


def test_codes_of_the_second_factor_are_limited_and_stay_used(client, mo):
    secret = generate_totp_secret()
    TOTP.activate(mo, secret)
    with time_machine.travel(START, tick=False):
        code = totp_code(secret)
        client.post(login(client, mo.email)["Location"], {"code": code})
        assert is_in(client)
        client.logout()
        flush_valkey()
        client.post(login(client, mo.email)["Location"], {"code": code})
        assert not is_in(client)  # a code once used
    with time_machine.travel(START + timedelta(minutes=20), tick=False):
        step = login(client, mo.email)["Location"]
        for _time in range(5):
            client.post(step, {"code": "000000"})
            flush_valkey()
        client.post(step, {"code": totp_code(secret)})
        assert not is_in(client)


def test_letters_of_a_reset_are_limited(client, mo, mailoutbox):
    for _time in range(5):
        flush_valkey()
        answer = client.post(f"{BASE}/password/reset/", {"email": mo.email})
    assert len(mailoutbox) == 3
    assert answer.status_code == 429
    assert "操作太频繁" in answer.content.decode()


# --- what members send -----------------------------------------------------------------------------------------------


def only(settings, **rates):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, **rates}


def test_every_limited_address_exists():
    assert set(live.RATE_LIMITS) - {limits.UPLOAD, limits.EXPORT} <= set(routes())


def test_enquiries_are_limited_for_each_person(client, shen, bai, mo, settings):
    only(settings, **{"trading:enquiry_create": "2/h/user"})
    address = f"/zh-hans/trading/enquiries/new/{trading.market(shen).number}/"
    client.force_login(bai)
    answers = []
    for _time in range(3):
        answers.append(client.post(address, {"body": "太短"}).status_code)
        flush_valkey()
    assert answers == [200, 200, 429]
    assert client.get(address).status_code != 429
    client.force_login(mo)
    assert client.post(address, {"body": "太短"}).status_code != 429


def test_requests_to_be_verified_are_limited(client, mo, settings):
    only(settings, **{"accounts:verification_submit": "1/h/user"})
    client.force_login(mo)
    assert [client.post(f"{BASE}/verification/", {}).status_code for _time in range(2)] == [200, 429]


def test_uploads_are_limited_wherever_they_go(client, mo, settings):
    only(settings, upload="2/h/user")
    client.force_login(mo)
    addresses = [f"{BASE}/verification/", f"{BASE}/profile/", f"{BASE}/organisation/"]
    answers = [client.post(address, {"proof": patents.picture()}).status_code for address in addresses]
    assert answers == [200, 200, 429]


def test_exports_are_limited_for_each_network(client, settings):
    only(settings, export="2/h/ip")
    address = "/zh-hans/statistics/?format=csv"
    assert [client.get(address).status_code for _time in range(3)] == [200, 200, 429]
    assert client.get("/zh-hans/statistics/").status_code == 200
    assert client.get(address, REMOTE_ADDR="198.51.100.9").status_code == 200


def test_a_visitor_who_uploads_is_led_to_the_login_not_counted(client):
    assert client.post(f"{BASE}/verification/", {"proof": patents.picture()}).status_code == 302
    assert client.post(f"{BASE}/login/", {"login": patents.picture()}).status_code == 200


def test_a_query_that_is_too_long_is_not_read_for_it(client):
    assert client.get("/healthz?" + "&".join(f"f{number}=1" for number in range(5_000))).status_code == 200
