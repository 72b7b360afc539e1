"""Releases of a programme: the draft frozen, drawn once in both languages, and told to who marked what has changed. Read next: ../programme_data.py."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from expos import programme_checks as checks
from expos import programme_data as data
from expos import programme_pages as pages
from expos import programme_queries as reads
from expos import queries, rules
from expos.actions.sessions import require_open
from expos.models import ProgrammePage, ProgrammeVersion
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit


@transaction.atomic
def programme_release(
    *, expo_id: int, actor: User, note: str = "", acknowledged: Collection[str] = ()
) -> ProgrammeVersion:
    """Freeze the draft as the next version; `acknowledged` are the keys of the warnings that were read.

    Raises: NotAllowed; Conflict (closed, nothing placed, nothing changed, an error, or a warning that was not acknowledged).
    """
    expo = queries.lock_expo(expo_id)  # lock
    before = reads.lock_versions(expo)
    require(rules.programme_release, actor, expo)  # may
    require_open(expo)
    sessions = list(reads.sessions_of(expo))
    found = checks.findings(expo, checks.items_of(sessions))
    _require_acknowledged(found, acknowledged)
    frozen = data.frozen(reads.rooms_of(expo), sessions)  # move
    changed = data.marked(before.data if before else None, frozen, clock.now())
    _require_something(frozen, changed, before)
    version = ProgrammeVersion.objects.create(  # write
        expo=expo, number=before.number + 1 if before else 1, note=note.strip(), data=frozen, released_by=actor,
        released_at=clock.now(), acknowledged=[one.words for one in found if one.level == checks.WARNING],
    )  # fmt: skip
    ProgrammePage.objects.bulk_create(
        ProgrammePage(version=version, language=language, day=day, html=html)
        for language, day, html in pages.drawn(expo, frozen)
    )
    record(  # record
        actor=actor, verb="expos.programme_release", target=version, province_code=expo.host_id, number=version.number,
        sessions=len(frozen["sessions"]), changes=len(changed),
    )  # fmt: skip
    after_commit("expos.programme_notify", version_id=version.pk)  # tell
    return version


def _require_acknowledged(found: list[checks.Finding], acknowledged: Collection[str]) -> None:
    if errors := [one.words for one in found if one.level == checks.ERROR]:
        raise Conflict("".join(errors), _("改好以后才能发布。"))
    open_ = [one for one in found if one.level == checks.WARNING and one.key not in acknowledged]
    if open_:
        said = ngettext("还有 %(count)d 条警告没有确认：", "还有 %(count)d 条警告没有确认：", len(open_)) % {
            "count": len(open_)
        }
        raise Conflict(said + "".join(one.words for one in open_[:5]), _("请逐条确认，或者先改日程。"))


def _require_something(frozen: data.Data, changed: list[data.Change], before: ProgrammeVersion | None) -> None:
    if not frozen["sessions"]:
        raise Conflict(_("还没有排定一场活动。"), _("先为活动排定会场和时间。"))
    if before is not None and not changed and frozen["rooms"] == before.data["rooms"]:
        raise Conflict(_("和第 %(number)d 版相比没有变化。") % {"number": before.number})
