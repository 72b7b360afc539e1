"""`manage.py messages`: extract the Chinese msgids, and fail on any English one that is missing or fuzzy.

With --check nothing is written: the build fails when the catalogue on disk is not what the sources say.
Needs xgettext; where it is absent --check says so loudly and passes, and CI installs it.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    help = "Extract messages into locale/en and check that every one is translated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail on any difference")

    def handle(self, *args: Any, **options: Any) -> None:
        if shutil.which("xgettext") is None:
            self.stderr.write(
                "NOT CHECKED: translations, because xgettext is not installed (Debian: apt install gettext)"
            )
            return
        before = CATALOGUE.read_bytes() if CATALOGUE.exists() else b""
        self._extract()
        faults = self._faults(polib.pofile(str(CATALOGUE)), polib.pofile(before.decode()) if before else polib.POFile())
        if options["check"] and before:
            CATALOGUE.write_bytes(before)
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("every message is translated")

    def _extract(self) -> None:
        with tempfile.TemporaryDirectory():
            call_command(
                "makemessages",
                locale=["en"],
                add_location="file",
                no_wrap=True,
                no_obsolete=True,
                ignore_patterns=[".venv/*", "var/*", "tests/*", "deploy/*"],
                verbosity=0,
            )

    def _faults(self, fresh: polib.POFile, kept: polib.POFile) -> list[str]:
        known = {(entry.msgctxt, entry.msgid) for entry in kept}
        faults = [
            f"not in the catalogue: {entry.msgid}"
            for entry in fresh
            if (entry.msgctxt, entry.msgid) not in known and kept
        ]
        faults += [f"not translated: {entry.msgid}" for entry in fresh.untranslated_entries()]
        faults += [f"fuzzy: {entry.msgid}" for entry in fresh.fuzzy_entries()]
        return faults
