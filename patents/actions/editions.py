"""Two windows on one step of the wizard: who wrote last, and who is too late. Read next: inputs.py, drafts.py.

Inner functions: the caller holds the lock of the version. A step that nobody has written through a page has edition 0
and no row.
"""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from patents.models import DraftInput, ListingVersion
from platform_site import clock
from platform_site.errors import Conflict


@dataclass(frozen=True)
class Basis:
    """What a page was built on: the edition that it showed, and which window it is (empty: not known)."""

    edition: int
    window: str = ""


class StepMoved(Conflict):
    """The step was written in another window after this one was opened."""

    def __init__(self, row: DraftInput) -> None:
        moment = timezone.localtime(row.saved_at).strftime("%H:%M")
        super().__init__(
            _("这一步在您打开之后，又在别的窗口或设备上改过（%(moment)s）。") % {"moment": moment},
            _("您在这里填写的内容没有保存，仍在这一页上。"),
        )


def step_row(version: ListingVersion, step: str, part: str, basis: Basis | None) -> DraftInput | None:
    """The row of the step, None for edition 0; raises StepMoved when another window has written since `basis`.

    The same window is never too late: an answer that it has not received is not somebody else's change.
    """
    row = DraftInput.objects.filter(version=version, step=step, part=part).first()
    if basis is None or basis.edition == (row.edition if row else 0):
        return row
    if row is None or (row.window and row.window == basis.window):
        return row
    raise StepMoved(row)


def step_settle(version: ListingVersion, step: str, part: str = "", basis: Basis | None = None) -> None:
    """The step is saved: nothing waits there any more, and every other window is too late. Without a basis no page is behind it."""
    row = step_row(version, step, part, basis)
    moment = clock.now()
    if row is not None:
        DraftInput.objects.filter(pk=row.pk).update(edition=F("edition") + 1, typed=None, window="", saved_at=moment)
    elif basis is not None:
        DraftInput.objects.create(version=version, step=step, part=part, saved_at=moment)
