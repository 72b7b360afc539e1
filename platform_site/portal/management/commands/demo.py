"""`manage.py demo`: the demonstration region; `--listings N` grows it by bulk insert. Read next: portal/demonstration/build.py."""

import os
import subprocess
import sys
from contextlib import closing
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from patents import bulk
from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.audit.models import AuditEntry
from platform_site.portal.demonstration.build import DONE, Builder


class Command(BaseCommand):
    help = "Load the demonstration region into an empty database, or grow it with --listings N."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--listings", type=int, default=0, help="grow the demonstration to this many published listings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        people = User.objects.filter(is_system=False)
        if people.filter(is_demonstration=False).exists():
            raise CommandError("This database holds real accounts: the demonstration is loaded into an empty one only.")
        if AuditEntry.objects.filter(verb=DONE).exists():
            self.stdout.write("the demonstration is there already")
        else:
            if people.exists():
                self._start_over()
            Builder(self._tell).build()
        if options["listings"]:
            self._grow(options["listings"])

    def _start_over(self) -> None:
        """A load that was killed half-way is thrown away, which takes the owner of the database."""
        owner = os.environ.get("DATABASE_OWNER_URL", "")
        if not owner:
            raise CommandError("An unfinished demonstration is in the database. Please give an empty one.")
        self._tell("an unfinished load was found; starting over")
        connection.close()
        with closing(psycopg2.connect(owner)) as session, session, session.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=settings.BASE_DIR, check=True)

    def _grow(self, wanted: int) -> None:
        missing = wanted - Listing.objects.on_market().count()
        if missing > 0:
            bulk.listings_grow(missing, progress=self._tell)

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
