"""Whom a released programme is told to: who has marked what has moved or is off. Read next: actions/programmes.py."""

from celery import shared_task
from django.utils import translation

from platform_site.notices.actions import notice_tell

from . import programme_data as data
from . import programme_queries as reads
from .models import ProgrammeVersion

_KINDS = {data.MOVED: "programme_moved", data.CANCELLED: "programme_cancelled"}


@shared_task(name="expos.programme_notify")
def programme_notify(version_id: int) -> None:
    """Once a version and session, however often it is run."""
    version = ProgrammeVersion.objects.select_related("expo").get(pk=version_id)
    before = reads.version_before(version)
    told = [one for one in data.changes(before.data if before else None, version.data) if one.what in _KINDS]
    people = reads.who_marked(version.expo_id, [one.guid for one in told])
    rooms = {room["id"]: room for room in version.data["rooms"]}
    for change in told:
        row = change.row
        for person in people.get(change.guid, ()):
            with translation.override(person.language):
                room = rooms.get(row["room"])
                notice_tell(
                    recipients=[person], kind=_KINDS[change.what], key=f"programme-{version.pk}-{change.guid}",
                    path=_path(version, change), title=data.written(row, "title"), year=version.expo.year,
                    room=data.written(room, "name") if room else "", starts=row["starts"][:16].replace("T", " "),
                    reason=row["reason"],
                )  # fmt: skip


def _path(version: ProgrammeVersion, change: data.Change) -> str:
    """The session's page; that of the programme where it has gone altogether."""
    page = f"/expos/{version.expo.year}/programme/"
    return f"{page}{change.guid}/" if change.after else page
