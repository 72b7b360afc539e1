"""The portal's own packages. The Celery application is loaded with them, so that any process can send tasks."""

from platform_site.celery import app as celery_app

__all__ = ["celery_app"]
