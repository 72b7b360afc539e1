"""Applications for support: whose they are, which wait, which are on public notice, what a patent has received.

Lock order: Policy, PolicyVersion, PolicyApplication. Read next: actions/support.py.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from patents.models import Listing, ListingPatent, Patent
from patents.queries import lock_patents
from platform_site import clock
from platform_site.accounts.models import User
from trading.models import Agreement, OfferPatent

from .models import AidEntry, PolicyApplication, PolicyVersion, SupportFile, SupportObjection
from .policy_queries import lock_version
from .policy_rules import DECIDE, objection_read, provinces_of, support_read
from .states import SupportState

OFFICE_STATES = (
    SupportState.SUBMITTED, SupportState.ACCEPTED, SupportState.REVIEWED, SupportState.NOTICE, SupportState.APPROVED,
    SupportState.APPEALED,
)  # fmt: skip
PUBLIC_STATES = (SupportState.NOTICE, SupportState.APPROVED, SupportState.PAID)
_WITH = ("version__policy__province", "applicant", "organisation", "agreement", "listing__public_version")


def own_of(user: User) -> QuerySet[PolicyApplication]:
    """What somebody has applied for, latest first."""
    return PolicyApplication.objects.filter(applicant=user).select_related(*_WITH)


def queue_of(codes: Sequence[str]) -> QuerySet[PolicyApplication]:
    """What waits for the offices of these provinces, the first due first."""
    rows = PolicyApplication.objects.filter(version__policy__province__in=codes, state__in=OFFICE_STATES)
    return rows.select_related(*_WITH).order_by("due_on", "id")


def all_of(codes: Sequence[str]) -> QuerySet[PolicyApplication]:
    """Whatever was applied for in these provinces, latest first."""
    return PolicyApplication.objects.filter(version__policy__province__in=codes).select_related(*_WITH)


def notices() -> QuerySet[PolicyApplication]:
    """What is, or was, on public notice and not given up, latest first: everybody's to read."""
    rows = PolicyApplication.objects.filter(state__in=PUBLIC_STATES).select_related(*_WITH)
    return rows.order_by("-notice_until", "-id")


def decides_in(user: User) -> list[str]:
    return provinces_of(user)[DECIDE]


def application_for(user: User, pk: int) -> PolicyApplication:
    """One's own, or one of the officers' province; 404 for everybody else, as if there were none."""
    row = PolicyApplication.objects.filter(pk=pk).select_related(*_WITH, "first_by", "second_by", "decided_by").first()
    if row is None or not support_read(user, row):
        raise Http404
    return row


def file_for(user: User, pk: int) -> SupportFile:
    row = SupportFile.objects.filter(pk=pk).select_related("file", "application__version__policy").first()
    if row is None or not support_read(user, row.application):
        raise Http404
    return row


def on_notice(pk: int) -> PolicyApplication:
    """One that anybody may read on the page of notices, and that is still open to objections; 404 else."""
    row = PolicyApplication.objects.filter(pk=pk, state=SupportState.NOTICE).select_related(*_WITH).first()
    if row is None:
        raise Http404
    return row


def objection_for(user: User, pk: int) -> SupportObjection:
    """One's own objection, or one that the reader's office answers; 404 for everybody else."""
    rows = SupportObjection.objects.select_related(
        "application__version__policy__province", "application__applicant", "by"
    )
    row = rows.filter(pk=pk).first()
    if row is None or not objection_read(user, row):
        raise Http404
    return row


def lock_objection(pk: int) -> SupportObjection:
    """Its application as lock_application, then the objection."""
    application = lock_application(SupportObjection.objects.values_list("application_id", flat=True).get(pk=pk))
    row = SupportObjection.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    row.application = application
    return row


def lock_application_with_patents(pk: int) -> PolicyApplication:
    """The patents that it is about, then as lock_application: two provinces that aid one patent wait for each other."""
    asked = PolicyApplication.objects.select_related("agreement__declaration", "listing").get(pk=pk)
    lock_patents([one.pk for one in patents_of(asked.agreement, asked.listing)])
    return lock_application(pk)


def lock_application(pk: int) -> PolicyApplication:
    """The policy, its version, then the application."""
    version = lock_version(PolicyApplication.objects.values_list("version_id", flat=True).get(pk=pk))
    rows = PolicyApplication.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("applicant", "agreement", "listing").get(pk=pk)
    row.version = version
    return row


# ---- what it is about


def patents_of(agreement: Agreement | None, listing: Listing | None) -> list[Patent]:
    """The patents of a deal, else those of the listing."""
    if agreement is not None and agreement.offer_id is not None:
        rows = OfferPatent.objects.filter(offer=agreement.offer_id).select_related("patent").order_by("place", "id")
        return [one.patent for one in rows]
    if agreement is not None:
        return [agreement.declaration.patent] if agreement.declaration else []
    bundled = ListingPatent.objects.filter(listing=listing).select_related("patent").order_by("place", "id")
    return [one.patent for one in bundled]


def agreement_of(user: User, pk: int) -> Agreement:
    """A signed agreement to which the reader is party; 404 for everybody else's."""
    rows = Agreement.objects.filter(Q(owner=user) | Q(buyer=user), pk=pk, signed_at__isnull=False)
    rows = rows.select_related("offer", "declaration__patent", "owner", "buyer", "listing__organisation", "recordal")
    row = rows.prefetch_related("offer__offer_patents__patent", "milestones", "reports", "rights__grant").first()
    if row is None:
        raise Http404
    return row


def agreements_of(user: User) -> list[Agreement]:
    """The signed agreements of a party, latest first."""
    rows = Agreement.objects.filter(Q(owner=user) | Q(buyer=user), signed_at__isnull=False)
    return list(rows.select_related("listing__public_version").order_by("-signed_at")[:50])


def listing_by_number(number: str) -> Listing:
    """A listing that anybody may open, with what is offered; 404 else."""
    rows = Listing.objects.public().filter(number=number).select_related("public_version", "owner", "organisation")
    row = rows.prefetch_related("public_version__offered_forms").first()
    if row is None:
        raise Http404
    return row


def version_open_on(pk: int, day: date | None = None) -> PolicyVersion | None:
    """A version under which one can apply that day (today), with its policy."""
    day = day or clock.today()
    rows = PolicyVersion.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), pk=pk, starts_on__lte=day)
    return rows.exclude(state="draft").select_related("policy__province").first()


def ledger_of(patents: Sequence[Patent]) -> list[AidEntry]:
    """All aid that patents hold or have received, over the six provinces, patent by patent; what was released is left out."""
    rows = AidEntry.objects.filter(patent__in=patents, released_at=None).order_by("patent", "-made_at", "-id")
    return list(rows.select_related("patent", "application", "version__policy__province"))
