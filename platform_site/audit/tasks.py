"""The sealer's clock. Read next: chain.py."""

from celery import shared_task

from . import chain


@shared_task(name="audit.seal")
def seal() -> None:
    chain.seal()
