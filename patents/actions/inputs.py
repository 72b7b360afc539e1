"""What is typed into the wizard and not saved yet: kept as it is, or given up. Read next: editions.py, ../unsaved.py.

The text of the listing is not touched: half a number is no price and a box ticked in passing is no statement. So none
of this is recorded either; saving the step is (drafts.py).
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from patents import queries, rules
from patents.actions.drafts import version_to_edit
from patents.actions.editions import Basis, step_row
from patents.models import DraftInput
from platform_site import clock
from platform_site.accounts.models import User


@transaction.atomic
def input_keep(
    *, listing_id: int, actor: User, step: str, part: str, typed: Mapping[str, Sequence[str]] | None, basis: Basis
) -> DraftInput:
    """Keep what stands in the boxes of a step; `typed` None says that it is what is saved already.

    Raises: NotAllowed; Conflict (the version is not being edited); StepMoved (another window has written since `basis`).
    """
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    version = version_to_edit(listing)
    row = step_row(version, step, part, basis)
    if row is None:
        row = DraftInput(version=version, step=step, part=part, edition=0)
    row.typed = None if typed is None else {name: list(values) for name, values in typed.items()}
    row.edition += 1
    row.window = basis.window
    row.saved_at = clock.now()
    row.save()
    return row


@transaction.atomic
def input_drop(*, listing_id: int, actor: User, step: str, part: str) -> None:
    """Give up what waits in a step: the page shows again what was saved last."""
    listing = queries.lock_listing(listing_id)
    rules.require(rules.listing_edit, actor, listing)
    row = step_row(version_to_edit(listing), step, part, None)
    if row is not None and row.typed is not None:
        row.typed, row.window, row.saved_at = None, "", clock.now()
        row.edition += 1
        row.save()
