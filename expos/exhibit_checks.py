"""Whether something may be shown, from its listing and its patents as they are today. Pure. Read next: actions/exhibits.py.

Henan Patent Protection Regulation 2005 art. 14: what bears a patent mark is shown only with a patent that is in force.
Patent Law art. 24 gives no grace for novelty at a domestic expo: what is not yet published is not shown at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents.models import Listing, Patent
from patents.states import LegalStatus, ListingState

IN_FORCE = (LegalStatus.IN_FORCE, LegalStatus.LATE_FEE)  # while the surcharge can still be paid the right stands
_WORST = (
    LegalStatus.UNPUBLISHED, LegalStatus.INVALID, LegalStatus.EXPIRED, LegalStatus.TERMINATED, LegalStatus.ABANDONED,
    LegalStatus.REFUSED, LegalStatus.PENDING, LegalStatus.LATE_FEE, LegalStatus.IN_FORCE,
)  # fmt: skip
REASONS = {
    "unpublished": gettext_lazy("专利申请尚未公布。在国内展会上展出会丧失新颖性（专利法第二十四条不给宽限），请在公布后再展出。"),
    "dead": gettext_lazy("专利权或者专利申请已经终止，不能参展。"),
    "not_granted": gettext_lazy("专利申请还没有授权，不能标注专利标记参展；可以按“专利申请中”展出。"),
    "off_market": gettext_lazy("技术不在架，不能参展。重新上架后可以恢复。"),
    "no_patent": gettext_lazy("技术没有专利，不能作为专利展品。"),
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """`reason` is a key of REASONS, empty where it passed; `status` the worst of the patents, empty where there is none."""

    reason: str
    status: str

    @property
    def passed(self) -> bool:
        return not self.reason

    @property
    def words(self) -> str:
        return reason_words(self.reason)


def reason_words(reason: str) -> str:
    """Of a key of REASONS; what an officer wrote stays as it was written."""
    return str(REASONS.get(reason, reason))


def verdict(listing: Listing, patents: Sequence[Patent], *, patented: bool) -> Verdict:
    """Of one exhibit today."""
    if not patents:
        return Verdict("no_patent", "")
    status = min((one.legal_status for one in patents), key=lambda one: _WORST.index(LegalStatus(one)))
    if status == LegalStatus.UNPUBLISHED:
        return Verdict("unpublished", status)
    if status not in (*IN_FORCE, LegalStatus.PENDING):
        return Verdict("dead", status)
    if patented and status == LegalStatus.PENDING:
        return Verdict("not_granted", status)
    return Verdict("" if listing.state == ListingState.PUBLISHED else "off_market", status)


def today_words(found: Verdict) -> str:
    """What the slip on the booth says of the patent today."""
    if found.status == LegalStatus.IN_FORCE:
        return _("专利权今天有效。")
    if found.status == LegalStatus.LATE_FEE:
        return _("专利权今天有效，年费在滞纳期内。")
    if found.status == LegalStatus.PENDING:
        return _("今天仍是专利申请，尚未授权。")
    return found.words or _("今天没有可以核对的专利。")
