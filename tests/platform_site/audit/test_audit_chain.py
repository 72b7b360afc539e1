"""The chain is sealed once, verified whole, and every alteration is found. Read next: platform_site/audit/chain.py."""

import random
import string
import threading
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from platform_site.audit import chain
from platform_site.audit.models import AuditEntry, AuditSeal
from platform_site.audit.record import record

TAMPERS = 1_000
TABLES = ("audit_auditentry", "audit_auditseal")
COLUMNS = {
    "audit_auditentry": ("id", "at", "actor_id", "verb", "target_type", "target_id", "province_code", "data"),
    "audit_auditseal": ("position", "entry_id", "previous", "digest"),
}
KEY = {"audit_auditentry": "id", "audit_auditseal": "position"}
NULL = "∅"  # stands for a column without a value: giving it one is an alteration too


@pytest.fixture(autouse=True)
def _own_anchor(settings, tmp_path):
    settings.ANCHOR_DIR = tmp_path / "anchors"


def write(count: int, actor=None) -> None:
    with transaction.atomic():
        for number in range(count):
            record(
                actor=actor,
                verb=f"tests.note_{number % 3}",
                target=actor,
                province_code="420000",
                number=number,
                text="中文 a",
            )


def seal_now(capture) -> int:
    """Seal, and let the anchor be written as after a commit."""
    with capture(execute=True):
        return chain.seal()


@contextmanager
def guards_off():
    """What only the owner of the tables can do; undone at the end with everything that was done under it."""
    with connection.cursor() as cursor:
        mark = transaction.savepoint()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be left waiting when a table is altered
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        try:
            yield cursor
        finally:
            transaction.savepoint_rollback(mark)


def test_seal_links_every_row_once_and_verify_finds_it_whole(db, shen, django_capture_on_commit_callbacks):
    write(5, shen)
    assert chain.verify().unsealed == 5
    assert seal_now(django_capture_on_commit_callbacks) == 5
    assert seal_now(django_capture_on_commit_callbacks) == 0
    report = chain.verify()
    assert (report.checked, report.unsealed, report.faults) == (5, 0, [])
    assert list(AuditSeal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_seal_goes_on_where_it_stopped(db, django_capture_on_commit_callbacks):
    write(5)
    with django_capture_on_commit_callbacks(execute=True):
        assert [chain.seal(limit=2), chain.seal(limit=2), chain.seal(limit=2), chain.seal(limit=2)] == [2, 2, 1, 0]
    write(1)
    seal_now(django_capture_on_commit_callbacks)
    assert (chain.verify().checked, chain.verify().faults) == (6, [])


def altered(generator: random.Random, text: str) -> str:
    """The same text with one byte put, taken away or replaced."""
    place = generator.randrange(len(text)) if text else 0
    letter = generator.choice(string.ascii_lowercase + string.digits)
    how = generator.choice(("put", "take", "replace")) if text else "put"
    return text[:place] + ("" if how == "take" else letter) + text[place + (how != "put") :]


def tamper(cursor, generator: random.Random) -> str | None:
    """One altered byte in one column of one row; its description, or None where the column cannot hold the result."""
    table = generator.choice(TABLES)
    column = generator.choice(COLUMNS[table])
    cursor.execute(f"SELECT {KEY[table]}, coalesce({column}::text, %s) FROM {table} ORDER BY random() LIMIT 1", [NULL])
    key, old = cursor.fetchone()
    new = "7" if old == NULL else altered(generator, old)
    mark = transaction.savepoint()
    try:
        cursor.execute(
            f"UPDATE {table} SET {column} = CAST(%s AS text)::{kind_of(cursor, table, column)} WHERE {KEY[table]} = %s "
            f"RETURNING coalesce({column}::text, %s)",
            [new, key, NULL],
        )
    except DatabaseError:  # no number, no date, no JSON any more, or a key that another row has
        transaction.savepoint_rollback(mark)
        return None
    stored = cursor.fetchone()[0]
    return None if stored == old else f"{table}.{column} of {key}: {old!r} -> {stored!r}"


def kind_of(cursor, table: str, column: str) -> str:
    cursor.execute(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
        [table, column],
    )
    return cursor.fetchone()[0]


def test_a_thousand_single_byte_alterations_are_all_found(db, shen, guo, django_capture_on_commit_callbacks):
    write(20, shen)
    write(10, guo)
    write(10)
    seal_now(django_capture_on_commit_callbacks)
    generator = random.Random(20070705)
    done, columns, missed = 0, set(), []
    while done < TAMPERS:
        with guards_off() as cursor:
            what = tamper(cursor, generator)
            if what is None:
                continue
            done += 1
            columns.add(what.partition(" of ")[0])
            if not chain.verify().faults:
                missed.append(what)
    assert missed == []
    assert columns == {f"{table}.{column}" for table, names in COLUMNS.items() for column in names}
    assert chain.verify().faults == []


def test_text_moved_from_one_column_to_the_next_is_found(db, django_capture_on_commit_callbacks):
    """A row must not read the same when the border between two columns moves."""
    with transaction.atomic():
        record(actor=None, verb="a\x1fb", province_code="420000")
    seal_now(django_capture_on_commit_callbacks)
    with guards_off() as cursor:
        cursor.execute("UPDATE audit_auditentry SET verb = 'a', target_type = 'b' || chr(31) || target_type")
        assert chain.verify().faults


@pytest.mark.parametrize("middle", [1, 7, 20])
def test_a_row_taken_out_of_the_middle_is_found(db, django_capture_on_commit_callbacks, middle):
    write(20)
    seal_now(django_capture_on_commit_callbacks)
    with guards_off() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE position = %s RETURNING entry_id", [middle])
        cursor.execute("DELETE FROM audit_auditentry WHERE id = %s", [cursor.fetchone()[0]])
        assert chain.verify().faults


def cut_tail(cursor, keep: int) -> None:
    cursor.execute("DELETE FROM audit_auditseal WHERE position > %s", [keep])
    cursor.execute(
        "DELETE FROM audit_auditentry e WHERE NOT EXISTS (SELECT 1 FROM audit_auditseal s WHERE s.entry_id = e.id)"
    )


def test_a_missing_tail_is_found_through_the_head_outside_the_database(db, django_capture_on_commit_callbacks):
    write(10)
    seal_now(django_capture_on_commit_callbacks)
    with guards_off() as cursor:
        cut_tail(cursor, 7)
        assert chain.verify().faults == ["link 10 is missing: the head kept outside the database knows it"]


def test_a_missing_tail_is_found_even_after_new_rows_took_its_places(db, django_capture_on_commit_callbacks):
    write(10)
    seal_now(django_capture_on_commit_callbacks)
    with guards_off() as cursor:
        cut_tail(cursor, 7)
        write(3)
        seal_now(django_capture_on_commit_callbacks)
        assert chain.verify().faults == ["link 10 differs from the head kept outside the database"]


def test_a_chain_linked_anew_after_an_alteration_is_found(db, django_capture_on_commit_callbacks):
    """Somebody with every right in the database alters a row and lets the sealer link it again."""
    write(10)
    seal_now(django_capture_on_commit_callbacks)
    with guards_off() as cursor:
        cursor.execute("DELETE FROM audit_auditseal WHERE position > 4")
        cursor.execute(
            "UPDATE audit_auditentry SET verb = 'tests.forged' WHERE id = (SELECT max(id) FROM audit_auditentry)"
        )
        seal_now(django_capture_on_commit_callbacks)
        assert chain.verify().faults == ["link 10 differs from the head kept outside the database"]


def test_half_a_line_in_the_anchor_file_does_not_stop_the_verification(db, django_capture_on_commit_callbacks):
    """The machine stopped while the newest head was written."""
    write(3)
    seal_now(django_capture_on_commit_callbacks)
    with chain._anchor_file().open("a") as file:
        file.write("6 0123")
    assert chain.verify().faults == []
    write(1)
    seal_now(django_capture_on_commit_callbacks)
    assert chain.verify().faults == []
    with guards_off() as cursor:
        cut_tail(cursor, 3)
        assert chain.verify().faults == ["link 4 is missing: the head kept outside the database knows it"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_sealers_at_once_make_no_fork():
    write(200)
    barrier, errors = threading.Barrier(4), []

    def sealer() -> None:
        try:
            barrier.wait()
            while chain.seal(limit=7):
                pass
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=sealer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while chain.seal():
        pass
    report = chain.verify()
    assert errors == []
    assert (report.checked, report.unsealed, report.faults) == (200, 0, [])
    assert AuditSeal.objects.values("previous").distinct().count() == 200


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_writers_that_commit_late_are_sealed_too():
    """A row with a smaller number may become visible after a larger one was sealed: it is linked when it comes."""
    late, seen = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                record(actor=None, verb="tests.slow")
                seen.set()
                late.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    seen.wait(10)
    write(3)
    assert chain.seal() == 3
    late.set()
    thread.join()
    assert chain.seal() == 1
    assert (chain.verify().checked, chain.verify().faults) == (4, [])


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_it_found(capsys):
    write(4)
    call_command("verify_audit")
    assert "4 links verified, 0 rows not sealed yet" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE audit_auditentry SET province_code = '430000' WHERE id = (SELECT min(id) FROM audit_auditentry)"
        )
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")
    assert refused.value.returncode == 1
    assert f"entry {AuditEntry.objects.earliest('id').pk} or its seal was altered" in capsys.readouterr().err
