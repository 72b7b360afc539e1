"""`manage.py bench`: search and pages on a small and a large database, as ratios. Read next: portal/benchmark.py.

Everything happens in a database of its own, which the owner role makes and drops again; the cache and the queue of
the running portal are not touched.
"""

import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import override_settings
from django.utils import translation
from psycopg2 import sql

from patents import bulk
from platform_site.portal import benchmark, door_benchmark, expo_benchmark, policy_benchmark
from platform_site.portal.benchmark import EQUAL, Measurement

QUIET = {
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    # Nothing is remembered between two requests: the dearest case, and each page has the same statements every time.
    "CACHES": {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in settings.CACHES},
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "OUTBOX_WAKE": False,
}


class Command(BaseCommand):
    help = "Measure search, pages, export and outbox at two sizes in a scratch database, and print the ratios."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--small", type=int, default=1_000, help="published listings at first (1,000)")
        parser.add_argument("--large", type=int, default=20_000, help="published listings in the end (20,000)")
        parser.add_argument(
            "--meetings", choices=sorted(expo_benchmark.SIZES), default="small", help="the expo (small)"
        )
        parser.add_argument("--rounds", type=int, default=3, help="the quickest of so many is taken for each query (3)")

    def handle(self, *args: Any, **options: Any) -> None:
        small, large, rounds = options["small"], options["large"], options["rounds"]
        if not 0 < small < large or rounds < 1:
            raise CommandError("--large must be more than --small, and both and --rounds more than nothing.")
        with self._scratch(), override_settings(**QUIET), translation.override("zh-hans"):
            call_command("migrate", verbosity=0)
            owners = benchmark.owners_make()
            self._grow(small, owners)
            asked = benchmark.queries_make()
            before = benchmark.readings(asked, rounds, self._tell)
            self._grow(large - small, owners)
            after = benchmark.readings(asked, rounds, self._tell)
            found = [Measurement(*pair) for pair in zip(before, after, strict=True)]
            found += [benchmark.outbox(rounds), benchmark.paper(rounds), policy_benchmark.rules(rounds)]
            found += expo_benchmark.meetings(options["meetings"])
            found.append(door_benchmark.entries(owners[0], rounds))
            machine = self._machine()
        self._print(found, machine, f"{len(asked)} queries, {small:,} and {large:,} listings, quickest of {rounds}")

    def _grow(self, n: int, owners: list[Any]) -> None:
        bulk.listings_grow(n, owners=owners, progress=self._tell, seed=n)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout TO 0")
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("RESET statement_timeout")

    @contextmanager
    def _scratch(self) -> Iterator[None]:
        """The connection leads to an empty database in this block; afterwards it leads back, and the database is gone."""
        usual, name = connection.settings_dict["NAME"], f"portal_bench_{secrets.token_hex(4)}"
        try:
            self._run_outside(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg2.errors.InsufficientPrivilege as error:
            raise CommandError(
                "The role of DATABASE_OWNER_URL may not create a database; it needs CREATEDB."
            ) from error
        self._tell(f"scratch database {name} made")
        try:
            self._lead_to(name)
            yield
        finally:
            self._lead_to(usual)
            self._run_outside(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            self._tell(f"scratch database {name} dropped")

    def _lead_to(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()

    def _run_outside(self, statement: sql.Composed) -> None:
        """On a connection of its own: a database is made and dropped outside every transaction."""
        with closing(psycopg2.connect(**connection.get_connection_params())) as session:
            session.autocommit = True
            with session.cursor() as cursor:
                cursor.execute("SET statement_timeout TO 0")
                cursor.execute(statement)

    def _machine(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0]
        cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
        return f"machine: {cores} cores, load {load:.1f}, PostgreSQL {version}, Python {platform.python_version()}"

    def _print(self, found: list[Measurement], machine: str, method: str) -> None:
        self.stdout.write(f"\n{'what':<36}{'unit':<8}{'small':>9}{'large':>9}{'ratio':>8}  {'goal':<11}met")
        for one in found:
            goal = "-" if one.small.goal is None else "equal" if one.small.goal == EQUAL else f"<= {one.small.goal:g}"
            met = {None: "-", True: "yes", False: "NO"}[one.is_met]
            small, large = one.small.value, one.large.value
            self.stdout.write(
                f"{one.small.what:<36}{one.small.unit:<8}{small:>9.2f}{large:>9.2f}{one.ratio:>8.2f}  {goal:<11}{met}"
            )
        counted = [one for one in found if one.small.goal == EQUAL]
        same = all(one.is_met for one in counted)
        self.stdout.write(f"\nSQL statements are {'equal' if same else 'NOT EQUAL'} at both sizes.")
        self.stdout.write(
            "1 floor = the time of the help index (one statement, the common frame) in the same pass; ratio = large / small."
        )
        self.stdout.write(method)
        self.stdout.write(machine)

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
