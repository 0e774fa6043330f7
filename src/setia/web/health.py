"""`GET /healthz`: can the service do its work."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET
from django_tasks_db.models import DBTaskResult

from setia.core import clock
from setia.core.models import Heartbeat

# A worker does its rounds every few seconds; quiet for this long, something is wrong.
WORKER_IS_LATE = timedelta(seconds=60)


@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with the state of database, worker and queue; 503 when the database does not answer."""
    try:
        connection.ensure_connection()
        beat = Heartbeat.objects.filter(name="worker").values_list("at", flat=True).first()
        oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "does not answer"}, status=503)
    at = clock.now()
    alive = beat is not None and at - beat < WORKER_IS_LATE
    return JsonResponse(
        {
            "status": "ok" if alive else "degraded",
            "database": "ok",
            "worker": {"alive": alive, "last_seen_seconds": (at - beat).total_seconds() if beat else None},
            "queue": {"oldest_seconds": (at - oldest).total_seconds() if oldest else 0},
        }
    )
