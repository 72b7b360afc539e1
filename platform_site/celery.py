"""The Celery application; its settings are Django's, under CELERY_. Read next: outbox, which fills the queue."""

from celery import Celery

app = Celery("platform_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
