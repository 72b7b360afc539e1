"""Enquiry opens a negotiation: a private room of two parties; a need says what a buyer looks for. Read next: negotiation.py, need.py."""

from .need import NeedCondition, NeedNumber, TechnologyNeed
from .need_answers import NeedProposal, NeedReview
from .negotiation import Enquiry, Message, MessageFile, Negotiation, Party

__all__ = [
    "Enquiry",
    "Message",
    "MessageFile",
    "NeedCondition",
    "NeedNumber",
    "NeedProposal",
    "NeedReview",
    "Negotiation",
    "Party",
    "TechnologyNeed",
]
