"""Existing patents get the events that their dates and status tell of; suspended listings say who suspended them."""

from django.db import migrations

# Kinds and what they give, as they were when this was written.
_OPENING = """
    INSERT INTO patents_statusevent
    (patent_id, kind, status, happened_on, as_of, source, note, recorded_at, recorded_by_id)
    SELECT id, '{kind}', '{status}', {day}, status_as_of, status_source, '', created_at, created_by_id
    FROM patents_patent WHERE {when}
"""
_STATEMENTS = [
    _OPENING.format(kind="accepted", status="unpublished", day="filing_date", when="true"),
    _OPENING.format(
        kind="published",
        status="pending",
        day="publication_date",
        when="kind = 'invention' AND publication_date IS NOT NULL AND legal_status <> 'unpublished'"
        " AND (grant_date IS NULL OR publication_date < grant_date)",
    ),
    _OPENING.format(
        kind="granted",
        status="in_force",
        day="grant_date",
        when="grant_date IS NOT NULL AND legal_status NOT IN ('unpublished', 'pending', 'refused')",
    ),
    # What the present status says beyond these days, as it was looked up.
    """
    INSERT INTO patents_statusevent
    (patent_id, kind, status, happened_on, as_of, source, note, recorded_at, recorded_by_id)
    SELECT patent.id, 'checked', patent.legal_status, GREATEST(patent.status_as_of, last.happened_on),
    patent.status_as_of, patent.status_source, '', patent.created_at, patent.created_by_id
    FROM patents_patent patent JOIN LATERAL (
        SELECT status, happened_on FROM patents_statusevent WHERE patent_id = patent.id
        ORDER BY happened_on DESC, id DESC LIMIT 1
    ) last ON true WHERE last.status <> patent.legal_status
    """,
    """
    UPDATE patents_listing SET suspended_by = CASE WHEN suspended_by_office THEN 'office' ELSE 'owner' END
    WHERE state = 'suspended'
    """,
]
_BACK = [
    "UPDATE patents_listing SET suspended_by_office = true WHERE suspended_by IN ('office', 'status')",
    "UPDATE patents_listing SET suspended_by = ''",
]


class Migration(migrations.Migration):
    dependencies = [("patents", "0009_status_history")]

    operations = [migrations.RunSQL(sql=_STATEMENTS, reverse_sql=_BACK)]
