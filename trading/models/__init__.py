"""Enquiry opens a negotiation: a private room of two parties. Read next: negotiation.py."""

from .negotiation import Enquiry, Message, MessageFile, Negotiation, Party

__all__ = ["Enquiry", "Message", "MessageFile", "Negotiation", "Party"]
