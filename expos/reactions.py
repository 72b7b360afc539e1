"""What exhibits do when the status of a patent changes; idempotent. Read next: platform_site/events.py."""

from platform_site.accounts.queries import system_user
from platform_site.events import PatentStatusChanged, receives

from . import exhibit_queries
from .actions import exhibits
from .states import CheckOccasion


@receives(PatentStatusChanged)
def exhibits_follow(fact: PatentStatusChanged) -> None:
    """What stands at an expo that is not over is looked at again: barred with its patent, back with it."""
    for pk in exhibit_queries.standing_of_patent(fact.patent_id):
        exhibits.exhibit_check(exhibit_id=pk, actor=system_user(), occasion=CheckOccasion.CHANGE)
