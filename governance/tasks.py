"""What runs behind the pages of the Leading Group. Read next: progress_tasks.py."""

from . import progress_tasks

__all__ = ["progress_tasks"]  # importing it registers its tasks
