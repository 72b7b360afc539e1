"""From an enquiry to a contract: a private room, offers in it, an agreement out of it. Read next: negotiation.py."""

from .agreement import Agreement, AgreementRight, AgreementYear, Signature
from .disclosure import FileOpening, Undertaking
from .mediation import Mediation, MediationNote, MediationRelease
from .negotiation import Enquiry, Message, MessageFile, Negotiation, Party
from .offer import Offer, OfferPatent
from .performance import ConversionReport, Ending, PaymentMilestone, PerformanceDeed, RoyaltyStatement

__all__ = [
    "Agreement",
    "AgreementRight",
    "AgreementYear",
    "ConversionReport",
    "Ending",
    "Enquiry",
    "FileOpening",
    "Mediation",
    "MediationNote",
    "MediationRelease",
    "Message",
    "MessageFile",
    "Negotiation",
    "Offer",
    "OfferPatent",
    "Party",
    "PaymentMilestone",
    "PerformanceDeed",
    "RoyaltyStatement",
    "Signature",
    "Undertaking",
]
