"""Liveness, readiness and metrics; no secrets, no language. Read next: ../urls_plain.py."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest, multiprocess

from platform_site.portal import queries


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Depends on nothing, so a fault elsewhere never restarts it."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and every migration is applied; Redis may be away."""
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"ready": False, "database": False}, status=503)
    return JsonResponse(
        {"ready": not waiting, "database": True, "migrations_waiting": waiting}, status=503 if waiting else 200
    )


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text, summed over the web processes, with the age of the oldest undelivered outbox row."""
    registry = CollectorRegistry()
    if queries.multiprocess_metrics():
        multiprocess.MultiProcessCollector(registry)
    for gauge in queries.operation_gauges():
        registry.register(gauge)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
