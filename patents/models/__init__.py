"""Patent (a right), Listing (an offer to the market), Review (an office's judgement). Read next: patent.py, listing.py."""

from .listing import Attachment, Listing, ListingNumber, ListingPatent, ListingVersion, OfferedForm, Requirement
from .patent import Patent
from .review import Review
from .search import SearchRow, SearchSummary

__all__ = [
    "Attachment",
    "Listing",
    "ListingNumber",
    "ListingPatent",
    "ListingVersion",
    "OfferedForm",
    "Patent",
    "Requirement",
    "Review",
    "SearchRow",
    "SearchSummary",
]
