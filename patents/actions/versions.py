"""What several actions share: the copy of a text, the opening of a review, the end of a text in work. Read next: listings.py."""

from django.conf import settings

from patents import queries
from patents.models import ListingVersion, Review
from patents.models.review import Decision
from patents.states import VERSION_MOVES, VersionState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions import workdays
from platform_site.regions.queries import due_date
from platform_site.states import move

TEXTS = tuple(
    f"{field}_{tongue}"
    for field in ("title", "problem", "solution", "effect", "uses", "support")
    for tongue in ("zh", "en")
)


def version_copy(*, source: ListingVersion, number: int) -> ListingVersion:
    """A new version to edit with everything of `source`. Inner function: the caller holds the listing's lock and records it."""
    moment = clock.now()
    texts = {name: getattr(source, name) for name in (*TEXTS, "trl", "consents")}
    version = ListingVersion.objects.create(
        listing_id=source.listing_id, number=number, created_at=moment, saved_at=moment,
        steps_done=list(source.steps_done), **texts,
    )  # fmt: skip
    for row in (*source.offered_forms.all(), *source.requirements.all(), *source.attachments.all()):
        row.pk, row._state.adding, row.version = None, True, version
        row.save(force_insert=True)
    return version


def review_open(*, version: ListingVersion, province_code: str) -> Review:
    """Put a submitted version before an office; its clock of mainland working days starts today. Inner function, as above."""
    today = clock.today()
    due = due_date(today, settings.REVIEW_WORKING_DAYS)
    return Review.objects.create(
        version=version,
        province_id=province_code,
        opened_at=clock.now(),
        due_on=due,
        calendar_known=workdays.calendar_is_published(today.year) and workdays.calendar_is_published(due.year),
    )


def version_withdraw(version: ListingVersion, actor: User, reason: str) -> None:
    """End a version in work and its office's clock. Inner function: the caller holds the listing's lock and records it."""
    review = queries.lock_open_review(version)
    move(version, VersionState.WITHDRAWN, VERSION_MOVES)
    version.save(update_fields=["state"])
    if review is not None:
        review.decision, review.reason = Decision.WITHDRAWN, reason
        review.decided_by, review.decided_at = actor, clock.now()
        review.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
