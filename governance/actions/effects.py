"""What a decision brings about, by the kind of its item, in the transaction that closes the ballot. Read next: resolutions.py."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from governance.models import AgendaItem, BallotRule, Resolution
from governance.states import EditionState, ItemKind
from platform_site import clock
from platform_site.errors import Refusal

from . import plans, rotation

RULE_FIELDS = (
    "quorum_numerator", "quorum_denominator", "majority_numerator", "majority_denominator", "majority_of", "national_votes",
    "notice_days", "notice_days_extraordinary", "text_zh", "text_en",
)  # fmt: skip
OF_PLANS = (ItemKind.PLAN, ItemKind.AMENDMENT)


def effect_apply(item: AgendaItem, resolution: Resolution) -> str:
    """Carry out a resolution; answers why that was refused, or nothing.

    What the record refuses by now (an order for that year was resolved meanwhile) leaves the resolution open and nothing half
    done: the group has decided all the same, and the office sees it on its desk.
    """
    try:
        with transaction.atomic():
            _apply(item, resolution)
    except Refusal as refused:
        return str(refused.reason)
    return ""


def effect_refusal(kind: ItemKind, change: Mapping[str, Any]) -> str:
    """Why the record would refuse this by today, as a sentence: said to who proposes it, before anybody votes."""
    if kind == ItemKind.ROTATION:
        return rotation.rotation_refusal({int(year): str(code) for year, code in change.items()})
    if kind == ItemKind.ORDER:
        return rotation.order_refusal(int(change["first_year"]), list(change["order"]))
    return ""


def effect_miss(item: AgendaItem) -> None:
    """What was tabled and is not decided, or not carried, goes back to be worked on."""
    if item.kind in OF_PLANS and item.version is not None and item.version.state == EditionState.TABLED:
        plans.version_return(version_id=item.version.pk)


def _apply(item: AgendaItem, resolution: Resolution) -> None:
    change = item.change
    if item.kind == ItemKind.ROTATION:
        changes = {int(year): str(code) for year, code in change.items()}
        reasons = {"reason_zh": item.text_zh[:300], "reason_en": item.text_en[:300]}
        rotation.exceptions_write(resolution=resolution, changes=changes, **reasons)
    elif item.kind == ItemKind.ORDER:
        rotation.order_write(resolution=resolution, first_year=int(change["first_year"]), order=list(change["order"]))
    elif item.kind == ItemKind.RULE:
        _rule_write(resolution, change)
    elif item.kind in OF_PLANS:
        assert item.version_id is not None  # by constraint
        plans.version_adopt(version_id=item.version_id, resolution=resolution)


def _rule_write(resolution: Resolution, change: Mapping[str, Any]) -> BallotRule:
    """The next version of the rules of procedure, in force from its day on and never before it was resolved."""
    last = BallotRule.objects.aggregate(last=Max("version"))["last"] or 0
    wanted = date.fromisoformat(change["in_force_from"])
    return BallotRule.objects.create(
        version=last + 1, in_force_from=max(wanted, clock.today()), resolution=resolution,
        **{name: change[name] for name in RULE_FIELDS},
    )  # fmt: skip
