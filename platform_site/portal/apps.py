"""The portal's start: after each migration the ground rows and the rights of the database role. Read next: database_role.py."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "platform_site.portal"
    label = "portal"

    def ready(self) -> None:
        post_migrate.connect(_prepare, sender=self)
        # The outbox consumer runs tasks by name, and reactions by fact, in whatever process drains it, a command included.
        autodiscover_modules("tasks", "reactions")


def _prepare(**kwargs: Any) -> None:
    from governance import ground  # noqa: PLC0415 - app ready
    from platform_site.accounts import roles  # noqa: PLC0415 - app ready
    from platform_site.portal import database_role  # noqa: PLC0415 - app ready

    roles.ensure()
    ground.ensure()
    database_role.grant(**kwargs)
