"""The measurement runs whole at a tiny size, says what it must, and leaves nothing behind."""

import re
from contextlib import closing
from io import StringIO

import psycopg2
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from platform_site.portal import benchmark
from platform_site.portal.benchmark import EQUAL, SORTS, Measurement, Reading, percentile
from platform_site.portal.management.commands import bench


def databases():
    with closing(psycopg2.connect(**connection.get_connection_params())) as session, session.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {row[0] for row in cursor.fetchall()}


@pytest.fixture(scope="module")
def printed(django_db_blocker):
    """One run with few messages. The usual database is not needed, so none is made for it."""
    out, usual = StringIO(), connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(benchmark, "WAITING", 50)
        call_command("bench", small=40, large=120, rounds=1, stdout=out)
        connection.close()
    assert connection.settings_dict["NAME"] == usual
    return out.getvalue()


def rows(printed):
    """What -> (small, large, ratio, goal, met) of the table."""
    line = re.compile(r"^(.{36})(\S+) +([\d.]+) +([\d.]+) +([\d.]+)  (<= [\d.]+|equal|-) +(yes|NO|-)$", re.MULTILINE)
    return {
        found[0].strip(): (float(found[2]), float(found[3]), float(found[4]), *found[5:])
        for found in line.findall(printed)
    }


def test_every_measurement_has_a_row(printed):
    expected = {
        f"{what}, {sort}, {part}"
        for what in ("search page", "search alone")
        for sort in SORTS
        for part in ("p50", "p95")
    }
    expected |= {f"results shown, {sort}" for sort in SORTS}
    expected |= {f"statements, {sort}" for sort in (*SORTS, "floor page")}
    expected |= {
        "search page, all, p95",
        "page of one listing",
        "memory of a CSV of all",
        "outbox rate, 1 and 50 waiting",
        "contract, plain and of 30 pages",
        "an entry, 100 and 3,000 inside",
        "meetings: plan and bound",
        "meetings: plan and greedy",
        "meetings: 60 s and the plan's",
        "meetings: 1.5 GB and the plan's",
    }
    assert set(rows(printed)) == expected


def test_ratio_is_large_by_small(printed):
    for what, (small, large, ratio, *_goal) in rows(printed).items():
        # Two decimals of each are printed.
        assert (
            (large - 0.006) / (small + 0.006) - 0.006 <= ratio <= (large + 0.006) / max(small - 0.006, 1e-9) + 0.006
        ), what


def test_statements_do_not_grow_with_the_table(printed):
    found = rows(printed)
    assert {
        what: row
        for what, row in found.items()
        if what.startswith("statements") and (row[0] != row[1] or row[4] != "yes")
    } == {}
    assert found["statements, floor page"][0] == 1
    assert "SQL statements are equal at both sizes." in printed


def test_the_machine_is_named(printed):
    assert re.search(r"^machine: \d+ cores, load [\d.]+, PostgreSQL \d+", printed, re.MULTILINE)
    assert "32 queries, 40 and 120 listings" in printed


def test_the_scratch_database_is_gone(printed):
    made = re.search(r"scratch database (portal_bench_\w+) made", printed)[1]
    assert f"scratch database {made} dropped" in printed
    assert made not in databases()


def test_the_scratch_database_goes_when_a_measurement_fails(django_db_blocker, monkeypatch):
    out, usual = StringIO(), connection.settings_dict["NAME"]
    monkeypatch.setattr(bench, "call_command", lambda *_args, **_options: 1 / 0)  # the migrations fail
    with django_db_blocker.unblock(), pytest.raises(ZeroDivisionError):
        call_command("bench", small=1, large=2, rounds=1, stdout=out)
    assert re.search(r"scratch database (portal_bench_\w+) made", out.getvalue())[1] not in databases()
    assert connection.settings_dict["NAME"] == usual


@pytest.mark.parametrize("sizes", [(0, 10, 1), (10, 10, 1), (10, 20, 0)])
def test_sizes_that_compare_nothing_are_refused(sizes):
    small, large, rounds = sizes
    with pytest.raises(CommandError, match="--large must be more"):
        call_command("bench", small=small, large=large, rounds=rounds)


def test_a_goal_is_an_upper_bound_or_equality():
    def measured(small, large, goal):
        return Measurement(Reading("", "", small, goal), Reading("", "", large, goal)).is_met

    assert measured(2, 3, 1.5) is True
    assert measured(2, 3.1, 1.5) is False
    assert measured(8, 8, EQUAL) is True
    assert measured(8, 7, EQUAL) is False
    assert measured(1, 9, None) is None


def test_percentile_is_the_nearest_rank():
    assert percentile([5, 1, 2, 4, 3], 0.95) == 5
    assert percentile(list(range(1, 101)), 0.95) == 95
