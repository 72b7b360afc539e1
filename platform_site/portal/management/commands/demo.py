"""`manage.py demo`: the demonstration region; `--listings N` grows it by bulk insert. Read next: portal/demonstration/build.py."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from patents import bulk
from patents.models import Listing
from platform_site.accounts.models import User
from platform_site.portal.demonstration.build import Builder


class Command(BaseCommand):
    help = "Load the demonstration region into an empty database, or grow it with --listings N."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listings", type=int, default=0, help="grow the demonstration to this many published listings")

    def handle(self, *args: Any, **options: Any) -> None:
        people = User.objects.filter(is_system=False)
        if people.filter(is_demonstration=False).exists():
            raise CommandError("This database holds real accounts: the demonstration is loaded into an empty one only.")
        if people.exists():
            self.stdout.write("the demonstration is there already")
        else:
            with transaction.atomic():  # all of it or nothing: a killed load is simply started again
                Builder(self._tell).build()
        if options["listings"]:
            self._grow(options["listings"])

    def _grow(self, wanted: int) -> None:
        missing = wanted - Listing.objects.on_market().count()
        if missing > 0:
            bulk.listings_grow(missing, progress=self._tell)

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
