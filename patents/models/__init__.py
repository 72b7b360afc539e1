"""Patent (a right), Listing (an offer to the market), Review (an office's judgement). Read next: patent.py, listing.py."""

from .inputs import DraftInput
from .listing import Attachment, Listing, ListingNumber, ListingPatent, ListingVersion, OfferedForm, Requirement
from .patent import Patent
from .posting import PriceObjection, PricePosting
from .review import Review
from .rights import Encumbrance, Grant, LedgerTurn, Title
from .search import SearchRow, SearchSummary
from .status import StatusEvent, StatusSheet, StatusSheetRow
from .view_counts import ViewCount

__all__ = [
    "Attachment",
    "DraftInput",
    "Encumbrance",
    "Grant",
    "LedgerTurn",
    "Listing",
    "ListingNumber",
    "ListingPatent",
    "ListingVersion",
    "OfferedForm",
    "Patent",
    "PriceObjection",
    "PricePosting",
    "Requirement",
    "Review",
    "SearchRow",
    "SearchSummary",
    "StatusEvent",
    "StatusSheet",
    "StatusSheetRow",
    "Title",
    "ViewCount",
]
