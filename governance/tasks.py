"""Tasks of the Leading Group; importing this registers them. Read next: meeting_tasks.py."""

from . import meeting_tasks

__all__ = ["meeting_tasks"]
