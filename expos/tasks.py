"""Where Celery looks for tasks of the expos: importing each module registers its tasks. Read next: edition_tasks.py."""

from . import door_tasks, edition_tasks, floor_tasks, meeting_tasks, programme_tasks

__all__ = ["door_tasks", "edition_tasks", "floor_tasks", "meeting_tasks", "programme_tasks"]
