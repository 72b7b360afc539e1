"""What the group's decision does to a version of a plan. Read next: effects.py."""

from governance.models import AnnualWorkPlan, PlanVersion, Resolution
from governance.states import EDITION_MOVES, PLAN_MOVES, EditionState, PlanState
from platform_site.states import move


def _lock(version_id: int) -> PlanVersion:
    plan = AnnualWorkPlan.objects.select_for_update(no_key=True).get(versions=version_id)
    version = PlanVersion.objects.select_for_update(no_key=True).get(pk=version_id)
    version.plan = plan
    return version


def version_adopt(*, version_id: int, resolution: Resolution) -> PlanVersion:
    """A tabled version is adopted by a resolution; of a plan that was tabled, the plan too. Part of closing a ballot."""
    version = _lock(version_id)
    move(version, EditionState.ADOPTED, EDITION_MOVES)
    version.resolution = resolution
    version.save(update_fields=["state", "resolution"])
    if version.plan.state == PlanState.TABLED:
        move(version.plan, PlanState.ADOPTED, PLAN_MOVES)
        version.plan.save(update_fields=["state"])
    return version


def version_return(*, version_id: int) -> PlanVersion:
    """A tabled version that was not carried is worked on again."""
    version = _lock(version_id)
    move(version, EditionState.WORKING, EDITION_MOVES)
    version.save(update_fields=["state"])
    if version.plan.state == PlanState.TABLED:
        move(version.plan, PlanState.DRAFT, PLAN_MOVES)
        version.plan.save(update_fields=["state"])
    return version
