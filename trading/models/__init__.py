"""Enquiry opens a negotiation: a private room of two sides. Read next: negotiation.py, disclosure.py, mediation.py."""

from .disclosure import FileOpening, Undertaking
from .mediation import Mediation, MediationNote, MediationRelease
from .negotiation import Enquiry, Message, MessageFile, Negotiation, Party

__all__ = [
    "Enquiry",
    "FileOpening",
    "Mediation",
    "MediationNote",
    "MediationRelease",
    "Message",
    "MessageFile",
    "Negotiation",
    "Party",
    "Undertaking",
]
