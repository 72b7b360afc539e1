"""How often a listing was opened: who counts, how it is written down, and who is told."""

import uuid
from datetime import timedelta

import pytest
import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patents import page_views, tasks, view_queries
from patents.actions import view_counts
from patents.models import ViewCount
from platform_site import clock
from tests.factories import patents as make

pytestmark = pytest.mark.django_db
READER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def store(settings, monkeypatch):
    """The real Valkey, under a name of this test's own."""
    settings.COUNT_VIEWS = True
    monkeypatch.setattr(page_views, "KEY", f"test:{uuid.uuid4()}")
    connection = redis.Redis.from_url(settings.REDIS_URL)
    yield lambda: {name.decode(): int(views) for name, views in connection.hgetall(page_views.KEY).items()}
    connection.delete(page_views.KEY)
    connection.close()


@pytest.fixture
def market(shen):
    return make.published(shen, title="在架的技术")


def look(client, listing, agent=READER, **headers):
    return client.get(
        reverse("patents:listing_detail", args=[listing.number]), headers={"User-Agent": agent, **headers}
    )


def count(listing, days_ago, views):
    view_counts.views_add(counts={(listing.pk, clock.today() - timedelta(days=days_ago)): views})


# ---- who counts


def test_every_opening_counts_and_leaves_no_cookie(client, market, store, bai):
    assert not look(client, market).cookies
    look(client, market)
    client.force_login(bai)
    look(client, market)
    assert store() == {f"{clock.today().isoformat()}:{market.pk}": 3}


def test_owner_and_office_do_not_count(client, market, store, shen, guo, he):
    for person in (shen, guo):
        client.force_login(person)
        look(client, market)
    assert store() == {}
    client.force_login(he)  # another province's officer is a reader like any other
    look(client, market)
    assert list(store().values()) == [1]


@pytest.mark.parametrize(
    "agent",
    ["", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Baiduspider/2.0", "curl/8.5.0",
     "python-requests/2.32", "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0", "Sogou web spider/4.0", "bingbot/2.0"],
)  # fmt: skip
def test_programs_do_not_count(client, market, store, agent):
    look(client, market, agent)
    assert store() == {}


def test_what_is_only_fetched_or_asked_about_does_not_count(client, market, store):
    look(client, market, **{"Sec-Purpose": "prefetch;prerender"})
    client.head(reverse("patents:listing_detail", args=[market.number]), headers={"User-Agent": READER})
    assert store() == {}


def test_what_is_not_public_does_not_count(client, store, shen, guo):
    waiting = make.submitted(shen)
    client.force_login(guo)
    look(client, waiting)
    assert store() == {}


def test_reading_writes_nothing_to_the_database(client, market, store, django_assert_max_num_queries):
    look(client, market)
    with django_assert_max_num_queries(15) as asked:
        look(client, market)
    assert not [query for query in asked.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_without_valkey_the_page_is_the_same(client, market, settings, monkeypatch):
    settings.COUNT_VIEWS = True
    away = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2)
    monkeypatch.setattr(page_views, "_store", lambda: away)
    assert look(client, market).status_code == 200
    tasks.views_flush()
    assert ViewCount.objects.count() == 0


def test_the_tests_of_everything_else_count_nothing(client, market):
    assert settings.COUNT_VIEWS is False and look(client, market).status_code == 200


# ---- written down


def test_the_clock_writes_it_down_and_adds(client, market, store):
    for _time in range(2):
        look(client, market)
        look(client, market)
        tasks.views_flush()
        assert store() == {}
    assert ViewCount.objects.get().views == 4 and ViewCount.objects.get().day == clock.today()
    tasks.views_flush()
    assert ViewCount.objects.get().views == 4


def test_many_listings_and_days_are_one_statement(shen, django_assert_num_queries):
    listings, today = [make.published(shen) for _number in range(3)], clock.today()
    counts = {(one.pk, today - timedelta(days=ago)): ago + 1 for one in listings for ago in range(4)}
    with django_assert_num_queries(3):  # with the marks of the transaction
        view_counts.views_add(counts=counts)
    assert ViewCount.objects.count() == 12


def test_a_listing_that_has_gone_is_left_out(market):
    view_counts.views_add(counts={(market.pk, clock.today()): 1, (10**9, clock.today()): 5})
    assert ViewCount.objects.get().listing_id == market.pk


def test_what_could_not_be_written_waits(client, market, store, monkeypatch):
    look(client, market)

    def broken(**_counts):
        raise DatabaseError

    with monkeypatch.context() as patched, pytest.raises(DatabaseError):
        patched.setattr(view_counts, "views_add", broken)
        tasks.views_flush()
    assert list(store().values()) == [1]
    tasks.views_flush()
    assert ViewCount.objects.get().views == 1


# ---- who is told


def test_the_owner_sees_sums_and_days(client, market, shen):
    count(market, 0, 9)
    count(market, 29, 3)
    count(market, 30, 100)
    client.force_login(shen)
    page = look(client, market).content.decode()
    assert "近 30 天浏览 12 次，累计 112 次" in page and page.count('<rect class="fg"') == 2
    assert 'width="100"' in page and 'width="33"' in page
    mine = client.get(reverse("patents:listing_mine")).content.decode()
    assert "近 30 天浏览 12 次，累计 112 次" in mine


@pytest.mark.parametrize("who", ["bai", "guo", "ad", None])
def test_nobody_else_is_told(client, market, request, who):
    count(market, 0, 7)
    if who:
        client.force_login(request.getfixturevalue(who))
    page = look(client, market).content.decode()
    assert "浏览次数" not in page and "浏览 7 次" not in page


def test_a_draft_has_no_number_and_a_listing_nobody_opened_has_none(client, shen, market):
    make.draft(shen)
    client.force_login(shen)
    mine = client.get(reverse("patents:listing_mine")).content.decode()
    assert mine.count("天浏览") == 1 and "近 30 天浏览 0 次，累计 0 次" in mine
    assert "近 30 天逐日" not in look(client, market).content.decode()


def test_my_listings_cost_the_same_for_one_and_three(client, shen):
    client.force_login(shen)
    count(make.published(shen), 1, 1)
    queries_of_my_listings(client)  # what is read once for all, the first time
    alone = queries_of_my_listings(client)
    for _number in range(2):
        count(make.published(shen), 1, 1)
    assert queries_of_my_listings(client) == alone <= 15


def queries_of_my_listings(client):
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("patents:listing_mine"))
    return len(asked)


def test_sums_of_several_are_one_query(shen, django_assert_num_queries):
    listings = [make.published(shen) for _number in range(3)]
    count(listings[0], 2, 5)
    with django_assert_num_queries(1):
        found = view_queries.views_of(one.pk for one in listings)
    assert found[listings[0].pk] == view_queries.Views(5, 5) and found[listings[1].pk] == view_queries.Views()
