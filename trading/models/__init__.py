"""From a need or an enquiry to a contract: private rooms, offers in them, agreements out of them. Read next: negotiation.py."""

from .agreement import Agreement, AgreementRight, AgreementYear, Signature
from .declaration import OpenDeclaration
from .disclosure import FileOpening, Undertaking
from .mediation import Mediation, MediationNote, MediationRelease
from .need import NeedCondition, NeedNumber, TechnologyNeed
from .need_answers import NeedProposal, NeedReview
from .negotiation import Enquiry, Message, MessageFile, Negotiation, Party
from .offer import Offer, OfferPatent
from .performance import ConversionReport, Ending, PaymentMilestone, PerformanceDeed, RoyaltyStatement
from .recordal import ContractText, Recordal

__all__ = [
    "Agreement",
    "AgreementRight",
    "AgreementYear",
    "ContractText",
    "ConversionReport",
    "Ending",
    "Enquiry",
    "FileOpening",
    "Mediation",
    "MediationNote",
    "MediationRelease",
    "Message",
    "MessageFile",
    "NeedCondition",
    "NeedNumber",
    "NeedProposal",
    "NeedReview",
    "Negotiation",
    "Offer",
    "OfferPatent",
    "OpenDeclaration",
    "Party",
    "Recordal",
    "PaymentMilestone",
    "PerformanceDeed",
    "RoyaltyStatement",
    "Signature",
    "TechnologyNeed",
    "Undertaking",
]
