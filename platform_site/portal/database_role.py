"""What the application's database role may do: read and write rows, own nothing, change no audit row (decision 0005)."""

from typing import Any

from django.conf import settings
from django.db import connections

APPEND_ONLY = (
    *("audit_auditentry", "audit_auditseal", "trading_message", "trading_messagefile"),
    *("trading_undertaking", "trading_fileopening", "trading_mediationrelease", "trading_mediationnote"),
)


def grant(using: str = "default", **kwargs: Any) -> None:
    """Run as the owner after every migration; does nothing where the role does not exist or is the owner itself."""
    connection = connections[using]
    role = connection.ops.quote_name(settings.APP_DATABASE_ROLE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [settings.APP_DATABASE_ROLE]
        )
        if not cursor.fetchone()[0]:
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        existing = set(connection.introspection.table_names(cursor))
        for table in existing.intersection(APPEND_ONLY):
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
