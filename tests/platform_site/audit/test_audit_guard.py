"""The database itself refuses to change, delete or empty the audit tables, whoever asks. Read next: test_audit_chain.py."""

import os
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from platform_site.audit import chain
from platform_site.audit.record import record
from platform_site.portal import database_role

TABLES = ("audit_auditentry", "audit_auditseal")
CHANGES = [
    "UPDATE audit_auditentry SET verb = 'tests.other'",
    "DELETE FROM audit_auditentry",
    "TRUNCATE audit_auditentry CASCADE",
    "UPDATE audit_auditseal SET previous = 'x'",
    "DELETE FROM audit_auditseal",
    "TRUNCATE audit_auditseal",
]


def rows() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.verb, s.digest FROM audit_auditentry e JOIN audit_auditseal s ON s.entry_id = e.id"
        )
        return cursor.fetchall()


def as_application():
    """A connection of the application's own role to the test database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return psycopg2.connect(
        dbname=connection.settings_dict["NAME"],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=parts.hostname,
        port=parts.port,
    )


@pytest.fixture
def sealed(db):
    with transaction.atomic():
        for number in range(3):
            record(actor=None, verb="tests.note", number=number)
    chain.seal()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return rows()


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_is_refused_by_the_triggers(sealed, statement):
    wording = "Cannot update or delete|never removed"
    with pytest.raises(DatabaseError, match=wording), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows() == sealed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_has_no_right_to_try(statement):
    with transaction.atomic():
        record(actor=None, verb="tests.note")
    chain.seal()
    kept = rows()
    link = as_application()
    try:
        with link.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute(statement)
    finally:
        link.close()
    assert rows() == kept


@pytest.mark.django_db(transaction=True)
def test_the_application_may_read_and_append():
    link = as_application()
    try:
        with link, link.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_auditentry (at, verb, target_type, target_id, province_code, data) "
                "VALUES (now(), 'tests.note', '', '', '', '{}')"
            )
            cursor.execute("SELECT count(*) FROM audit_auditentry")
            assert cursor.fetchone() == (1,)
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
    finally:
        link.close()


@pytest.mark.parametrize("table", database_role.APPEND_ONLY)
def test_every_append_only_table_exists_and_keeps_its_rows(db, table):
    with connection.cursor() as cursor:
        for privilege, expected in (
            ("SELECT", True),
            ("INSERT", True),
            ("UPDATE", False),
            ("DELETE", False),
            ("TRUNCATE", False),
        ):
            cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [settings.APP_DATABASE_ROLE, table, privilege])
            assert cursor.fetchone() == (expected,), privilege


def test_the_application_owns_nothing_and_makes_nothing(db):
    role = settings.APP_DATABASE_ROLE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = %s", [role]
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s", [role]
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [role])
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT has_table_privilege(%s, 'django_migrations', 'INSERT')", [role])
        assert cursor.fetchone() == (False,)
