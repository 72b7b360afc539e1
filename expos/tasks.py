"""Where Celery looks for tasks of the expos: importing each module registers its tasks. Read next: edition_tasks.py."""

from . import edition_tasks, programme_tasks

__all__ = ["edition_tasks", "programme_tasks"]
