"""Reads that cross the apps. Read next: views/home.py."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from patents.models import Listing
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.outbox.models import OutboxMessage


def is_demonstration() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


# Addresses whose first word is no model of their app: what their `pk` is the number of.
_NAMED_OTHERWISE = {
    "trading.message": "trading.Negotiation",
    "trading.undertaking": "trading.Negotiation",
    "trading.party": "trading.Negotiation",
    "trading:mediation_ask": "trading.Negotiation",
    "trading.milestone": "trading.PaymentMilestone",
    "trading.statement": "trading.RoyaltyStatement",
    "trading.performance": "trading.Agreement",
    "patents.revision": "patents.Listing",
    "governance.task": "governance.PlanTask",
    "governance.report": "governance.ProgressReport",
    "governance:report_make": "governance.PlanTask",
    "governance:report_file": "governance.ReportFile",
}


def record_exists(view_name: str, named: Mapping[str, Any]) -> bool:
    """Whether an address of this name ("patents:review_detail") with these values leads to a record, whoever may see it.

    The first word of the name is the model; a listing is found by its number. False where nobody can tell.
    """
    if "number" in named:
        return Listing.objects.filter(number=named["number"]).exists()
    app, _colon, rest = view_name.rpartition(":")
    label = f"{app}.{rest.partition('_')[0]}"
    try:
        model = apps.get_model(_NAMED_OTHERWISE.get(view_name) or _NAMED_OTHERWISE.get(label, label))
    except (LookupError, ValueError):
        return False
    return "pk" in named and model._base_manager.filter(pk=named["pk"]).exists()


def multiprocess_metrics() -> bool:
    return bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))


class _OperationGauges(Collector):
    """Figures read from the database at the moment they are asked for: the same from every web process."""

    def collect(self) -> Iterator[Metric]:
        waiting = OutboxMessage.objects.filter(done_at=None, dead_at=None)
        oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
        age = (clock.now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("portal_outbox_waiting", "Outbox rows not delivered yet", value=waiting.count())
        yield GaugeMetricFamily("portal_outbox_oldest_seconds", "Age of the oldest undelivered outbox row", value=age)
        yield GaugeMetricFamily(
            "portal_outbox_dead", "Outbox rows given up", value=OutboxMessage.objects.exclude(dead_at=None).count()
        )


def operation_gauges() -> list[Collector]:
    return [_OperationGauges()]
