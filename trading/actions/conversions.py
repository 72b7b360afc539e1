"""What became of a technology year by year, as its parties report it. Read next: ../statistics_queries.py.

Source: S&T Transformation Law art. 21 (the yearly report of public bodies); design.md 3.3.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from trading import performance_queries as queries
from trading import rules
from trading.models import ConversionReport


@dataclass(frozen=True)
class Facts:
    """One year. Amounts in CNY yuan; `province_id` is a code of the six, None elsewhere; all empty when not in production."""

    in_production: bool
    since: date | None = None
    province_id: str | None = None
    output_cny: Decimal = Decimal(0)
    jobs: int = 0
    tax_cny: Decimal = Decimal(0)
    note: str = ""


@transaction.atomic
def agreement_report(*, agreement_id: int, actor: User, year: int, facts: Facts) -> ConversionReport:
    """Report a year that is over, or correct its report by the next version; earlier versions stay.

    Raises: NotAllowed (no party); Conflict (not signed, a year that is not over or not of the agreement, in production since
    after that year).
    """
    agreement = queries.lock_terms(agreement_id)  # lock
    require(rules.agreement_report, actor, agreement)  # may
    if agreement.signed_at is None:
        raise Conflict(_("合同签署后才有转化情况可报告。"))
    if year not in queries.report_years(agreement, clock.today()):
        raise Conflict(_("%(year)s 年还没有结束，或不在合同期内，不能报告。") % {"year": year})
    if facts.in_production and (facts.since is None or facts.since.year > year):
        raise Conflict(_("投产日应在所报告的年份或以前。"))
    side = rules.side_under(actor, agreement)
    kept = facts if facts.in_production else Facts(in_production=False, note=facts.note)
    report = ConversionReport.objects.create(  # write
        agreement=agreement, year=year, version=queries.next_version(agreement, year), side=side, written_by=actor,
        written_at=clock.now(), **{**vars(kept), "note": kept.note.strip()},
    )  # fmt: skip
    record(
        actor=actor, verb="trading.agreement_report", target=agreement, number=agreement.number, year=year,
        version=report.version,
    )  # fmt: skip
    after_commit("trading.agreement_report_notify", report_id=report.pk)  # tell
    return report
