"""What the patentee's and the office's actions share: the copy of a text, and the opening of a review. Read next: listings.py."""

from django.conf import settings

from patents.models import ListingVersion, Review
from platform_site import clock
from platform_site.regions import workdays
from platform_site.regions.queries import due_date

TEXTS = tuple(
    f"{field}_{tongue}"
    for field in ("title", "problem", "solution", "effect", "uses", "support")
    for tongue in ("zh", "en")
)


def version_copy(*, source: ListingVersion, number: int) -> ListingVersion:
    """A new version to edit with everything of `source`. Inner function: the caller holds the listing's lock and records it."""
    moment = clock.now()
    texts = {name: getattr(source, name) for name in (*TEXTS, "trl", "consent_stated")}
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
