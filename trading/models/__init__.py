"""From an enquiry to a contract: a private room, offers in it, an agreement out of it. Read next: negotiation.py."""

from .agreement import Agreement, AgreementRight, AgreementYear, Signature
from .declaration import OpenDeclaration
from .negotiation import Enquiry, Message, MessageFile, Negotiation, Party
from .offer import Offer, OfferPatent

__all__ = [
    "Agreement",
    "AgreementRight",
    "AgreementYear",
    "Enquiry",
    "Message",
    "MessageFile",
    "Negotiation",
    "Offer",
    "OfferPatent",
    "OpenDeclaration",
    "Party",
    "Signature",
]
