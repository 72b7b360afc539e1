#!/usr/bin/env python
"""Every command of the portal. Finds or starts the embedded services first, unless DATABASE_URL names others."""

import os
import sys

# Commands that only read settings: no service is started for them.
WITHOUT_SERVICES = {"help", "version", "check", "collectstatic", "compile_po", "diffsettings", "findstatic", "messages"}
# Commands that change or compare the schema work as the role that owns it; everything else as the application.
AS_OWNER = {
    "bench",
    "createcachetable",
    "flush",
    "makemigrations",
    "migrate",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
    "test",
}


def main() -> None:
    """Prepare the environment for the command, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platform_site.settings.dev")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in AS_OWNER:
        os.environ.setdefault("PORTAL_DB_ROLE", "owner")

    from platform_site import embedded  # noqa: PLC0415 - slow import: only after the settings module is named

    try:
        if command in WITHOUT_SERVICES or {"-h", "--help", "--version"} & set(sys.argv):
            embedded.environment()
        else:
            embedded.ensure()
    except embedded.ServicesFailed as error:
        raise SystemExit(str(error)) from error

    from django.core.management import execute_from_command_line  # noqa: PLC0415 - slow import: services come first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
