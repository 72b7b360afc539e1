"""What a code tells whoever holds a paper: whether it is genuine, and what is public anyway. Read next: views/verification.py.

Before recordal nothing but that it is genuine, the day made and the state; afterwards what the national office publishes of
a recorded contract: parties, patents, class, kind, term, number and day. Never a price.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from patents.states import Form

from . import contract_queries, terms_words
from .models import Agreement
from .states import AgreementState

SHOWN_DIGITS = 8  # of the digest at either end


@dataclass(frozen=True)
class Seal:
    """The answer for a genuine code; `facts` are empty until the agreement is recorded."""

    state: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    patents: tuple[tuple[str, str, str], ...]  # number, title, main class


def seal_of(code: str) -> Seal | None:
    """What may be said of a code that has been checked for slips; None for one that the register does not know."""
    agreement = _agreement(code)
    if agreement is None:
        return None
    state = str(AgreementState(agreement.state).label)
    made_on = timezone.localdate(agreement.made_at)
    recordal = getattr(agreement, "recordal", None)
    if recordal is None or not recordal.number:
        return Seal(state, made_on, (), ())
    patents = agreement.patents
    return Seal(
        state,
        made_on,
        tuple(_facts(agreement)),
        tuple((one.shown_number, one.title, one.main_class) for one in patents),
    )


def is_same(code: str, digest: str) -> bool:
    """Whether the digest on a paper is that of the agreement which bears this code; false for an unknown one."""
    agreement = Agreement.objects.filter(code=code).only("digest").first()
    return hmac.compare_digest(agreement.digest if agreement else "0" * 64, digest) and agreement is not None


def _agreement(code: str) -> Agreement | None:
    rows = Agreement.objects.filter(code=code).select_related(
        "offer", "declaration__patent", "owner", "buyer", "recordal"
    )
    return rows.prefetch_related("offer__offer_patents__patent").first()


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    terms, recordal = agreement.terms, agreement.recordal
    assert agreement.signed_at is not None and recordal.recorded_on is not None  # recorded_needs, recordal_whole
    owner, buyer = contract_queries.parties_in(agreement)
    assigned = terms.form == Form.ASSIGNMENT
    digest = f"{agreement.digest[:SHOWN_DIGITS]} … {agreement.digest[-SHOWN_DIGITS:]}"
    facts = [
        (_("合同编号"), agreement.number),
        (_("签署之日"), timezone.localdate(agreement.signed_at).isoformat()),
        (_("条款摘要（SHA-256）"), digest),
        (_("转让人") if assigned else _("许可人"), owner.name),
        (_("受让人") if assigned else _("被许可人"), buyer.name),
        (_("方式"), str(Form(terms.form).label)),
        (_("登记号") if assigned else _("备案号"), recordal.number),
        (_("登记日") if assigned else _("备案日"), recordal.recorded_on.isoformat()),
    ]
    if not assigned:
        facts.insert(6, (_("期限"), terms_words.period(terms)))
    return facts
