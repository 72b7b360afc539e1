"""Reads that cross the apps. Read next: views/home.py."""

import os
from collections.abc import Iterator
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.outbox.models import OutboxMessage


def needs_second_factor(user: Any) -> bool:
    """Officers, directors, leading-group staff and administrators: anybody who acts for more than themselves."""
    return bool(user.is_staff or user.groups.exists())


def is_demonstration() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


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
