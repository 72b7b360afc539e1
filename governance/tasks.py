"""Where Celery looks for tasks of the Leading Group: importing each module registers its tasks. Read next: seat_tasks.py."""

from . import handover_tasks, meeting_tasks, plan_tasks, policy_tasks, progress_tasks, resource_tasks, seat_tasks

__all__ = [
    "handover_tasks",
    "meeting_tasks",
    "plan_tasks",
    "policy_tasks",
    "progress_tasks",
    "resource_tasks",
    "seat_tasks",
]
