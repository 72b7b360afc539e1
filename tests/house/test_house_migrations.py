"""Migrations have human names, form one line and are complete. Read next: house-style B11."""

import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.source import APPS

OURS = {*APPS, "outbox", "audit", "files", "regions", "accounts", "notices", "portal", "ui"}


def migrations():
    return {
        key: value
        for key, value in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if key[0] in OURS
    }


def test_no_migration_is_named_by_the_machine():
    machine = re.compile(r"_auto_|_alter_|_add_field|_remove_|_and_more$|^\d{4}_\w+_\w+_\w+_and_")
    assert [
        key for key in migrations() if machine.search(key[1]) or not re.fullmatch(r"\d{4}_[a-z0-9_]+", key[1])
    ] == []


def test_each_app_has_one_line_of_migrations():
    numbers = Counter((app, name[:4]) for app, name in migrations())
    assert [key for key, count in numbers.items() if count > 1] == []
    assert len(MigrationLoader(None).detect_conflicts()) == 0


@pytest.mark.django_db
def test_none_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=StringIO())


def test_every_step_can_be_taken_back():
    irreversible = [
        (key, operation)
        for key, value in migrations().items()
        for operation in value.operations
        if not operation.reversible
    ]
    assert irreversible == []
