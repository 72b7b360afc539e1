"""While PostgreSQL is away, pages say so and when to come back: a 503, not a fault."""

import pytest
from django.db import OperationalError

from platform_site.portal.views import home


@pytest.fixture
def away(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(home.figures, "overview", refuse)


def test_a_page_says_that_the_database_is_away(client, away, db):
    client.raise_request_exception = False
    answer = client.get("/zh-hans/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "请稍后再试" in answer.content.decode()


def test_any_other_fault_is_a_fault(client, db, monkeypatch):
    monkeypatch.setattr(home.figures, "overview", lambda: 1 / 0)
    client.raise_request_exception = False
    assert client.get("/zh-hans/").status_code == 500
