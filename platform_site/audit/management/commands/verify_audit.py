"""`manage.py verify_audit`: exit 0 when no audit row was altered or is missing, 1 otherwise. Read next: audit/chain.py."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from platform_site.audit import chain


class Command(BaseCommand):
    help = "Verify the hash chain of the audit log."

    def handle(self, *args: Any, **options: Any) -> None:
        while chain.seal():
            pass
        report = chain.verify()
        for fault in report.faults:
            self.stderr.write(self.style.ERROR(fault))
        if report.faults:
            raise CommandError(f"{len(report.faults)} faults in {report.checked} links")
        self.stdout.write(self.style.SUCCESS(f"{report.checked} links verified, {report.unsealed} rows not sealed yet"))
