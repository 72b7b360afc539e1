"""One page of the wizard between two saves: what its form shows, what it was built on, who was faster. Read next: views/steps.py.

Three things may stand in the boxes, the latest first: what was just sent, what was kept as it was typed (by the
autosave, or because the login had ended), and what is saved.
"""

import uuid
from typing import Any

from django.http import HttpRequest

from platform_site.accounts.held import as_sent, held_for, release
from platform_site.ui.diff import DiffRow

from . import queries
from .actions.editions import Basis, StepMoved
from .actions.inputs import input_keep
from .forms.steps import Ground, Typed, differences, differs_from_saved, step_form, typed_in, without_errors
from .models import DraftInput

MOST_SIGNS = 200_000  # of one step: several times what its boxes may hold once they are right


class Work:
    """The page of one step for one request; `ground.patent` and `part` tell the pages of the patents apart."""

    def __init__(self, request: HttpRequest, ground: Ground, step: str, part: str = "") -> None:
        self.request, self.ground, self.step, self.part = request, ground, step, part
        self.row = queries.draft_input(ground.draft.version, step, part)
        held = held_for(request)
        self.held: Typed | None = held if held and (step != "patent" or _part_of(held) == part) else None
        self.moved: list[DiffRow] | None = None  # what differs, once another window was faster
        self.refusal: StepMoved | None = None
        self.form = self._form()

    def _form(self) -> Any:
        if self.request.method == "POST":
            return step_form(self.step, self.ground, self.request.POST)
        typed = self.held or (self.row.typed if self.row else None)
        if not typed:
            return step_form(self.step, self.ground)
        return without_errors(step_form(self.step, self.ground, as_sent(typed)))

    @property
    def is_restored(self) -> bool:
        """Whether the boxes show what is not saved."""
        return self.request.method == "GET" and bool(self.held or (self.row and self.row.typed))

    @property
    def edition(self) -> int:
        """What this page is built on. What waited for a log-in is built on what it was built on then."""
        if self.held and self.request.method == "GET":
            sent = _edition(self.held.get("edition", [""])[0])
            if sent is not None:
                return sent
        return self.row.edition if self.row else 0

    @property
    def basis(self) -> Basis | None:
        """What the page that was sent was built on; None for a form without an edition, which no page of ours sends."""
        edition = _edition(self.request.POST.get("edition", ""))
        return None if edition is None else Basis(edition, _window(self.request))

    def keep(self) -> DraftInput | None:
        """Keep what was sent as it was typed; None when it is longer than any right answer. Raises StepMoved."""
        typed = typed_in(self.form, self.request.POST)
        if sum(len(value) for values in typed.values() for value in values) > MOST_SIGNS:
            return None
        if self.step == "patent":
            typed["patent"] = [self.part]
        self.row = input_keep(
            listing_id=self.ground.listing.pk, actor=self.request.user, step=self.step, part=self.part,
            typed=typed if differs_from_saved(self.form) else None, basis=self.basis or Basis(self.edition),
        )  # fmt: skip
        release(self.request)
        return self.row

    def refused(self, refusal: StepMoved) -> None:
        """Another window was faster: compare what stands there with what was sent here."""
        self.refusal = refusal
        self.row = queries.draft_input(self.ground.draft.version, self.step, self.part)
        data = as_sent(self.row.typed) if self.row and self.row.typed else None
        self.moved = differences(step_form(self.step, self.ground, data), self.form)

    def done(self) -> None:
        release(self.request)


def _part_of(typed: Typed) -> str:
    return (typed.get("patent") or [""])[0] or "new"


def _edition(text: str) -> int | None:
    """A number of a page, -1 for what is none (it fits no row), None where nothing was sent."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _window(request: HttpRequest) -> str:
    """The page that was sent, by the key that each form of ours carries; empty for anything else."""
    try:
        return str(uuid.UUID(request.POST.get("window") or request.POST.get("idempotency_key", "")))
    except ValueError:
        return ""
