"""The tasks of the Leading Group; each noun keeps its own. Read next: plan_tasks.py."""

from . import plan_tasks

__all__ = ["plan_tasks"]  # importing it registers its tasks
