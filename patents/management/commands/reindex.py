"""`manage.py reindex`: search rows and summary anew from the listings on the market. Read next: patents/actions/searching.py."""

from typing import Any

from django.core.management.base import BaseCommand

from patents.actions import searching


class Command(BaseCommand):
    help = "Write every search row anew, drop those of listings that are off the market, and count the summary again."

    def handle(self, *args: Any, **options: Any) -> None:
        written = searching.rows_rebuild(progress=self._tell)
        removed = searching.rows_prune()
        combinations = searching.summary_rebuild()
        self.stdout.write(f"{written:,} rows written, {removed:,} removed, {combinations:,} combinations counted")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
