"""The papers of an agreement, made by the worker and kept beside it. Read next: ../contract_papers.py."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.files import store, typeset
from platform_site.files.models import StoredFile
from trading import contract_queries as queries
from trading import rules
from trading.models import Agreement, ContractText


@dataclass(frozen=True)
class Drawn:
    """A contract that was drawn up: its text as contract.contract wrote it, and the PDF."""

    text: dict[str, Any]
    content: bytes


@transaction.atomic
def agreement_paper_keep(
    *, agreement_id: int, actor: User, contract: Drawn | None, signatures: int, form: bytes | None = None
) -> Agreement:
    """Keep the contract as a file, and after both signatures the form; the text of the first one is kept for good.

    `contract` None: an open licence, for which nothing is drawn up. `signatures`: how many the paper bears; if somebody has signed meanwhile it is out of date and not kept, for the
    signature has asked for another. Bytes that are there already are not kept twice.
    Raises: NotAllowed (anybody but the portal itself).
    """
    agreement = queries.lock_for_paper(agreement_id)  # lock
    require(rules.agreement_paper_keep, actor, agreement)  # may
    if agreement.signatures.count() != signatures or (contract is not None and not _is_kept(agreement, contract)):
        return agreement
    before = (agreement.paper_id, agreement.form_paper_id)
    if contract is not None:  # write
        name = f"{agreement.number} {contract.text['title']['zh']}.pdf"
        agreement.paper = _kept(agreement.paper, contract.content, name, actor)
    if form is not None:
        name = _("%(number)s 备案登记信息表.pdf") % {"number": agreement.number}
        agreement.form_paper = _kept(agreement.form_paper, form, name, actor)
    if before == (agreement.paper_id, agreement.form_paper_id):
        return agreement
    agreement.save(update_fields=["paper", "form_paper"])
    record(
        actor=actor, verb="trading.agreement_paper_keep", target=agreement, number=agreement.number, signatures=signatures,
        sha256=next(paper.sha256 for paper in (agreement.paper, agreement.form_paper) if paper is not None),
    )  # fmt: skip
    return agreement


def _is_kept(agreement: Agreement, contract: Drawn) -> bool:
    """Whether the text is the first that was kept, or becomes it now."""
    first, _created = ContractText.objects.get_or_create(
        agreement=agreement, defaults={"data": contract.text, "made_at": clock.now()}
    )
    return bool(first.data == contract.text)


def _kept(present: StoredFile | None, content: bytes, name: str, owner: User) -> StoredFile:
    """The stored file if it holds these bytes already, else a new one; an earlier one stays as it was."""
    if present is not None and present.sha256 == hashlib.sha256(content).hexdigest():
        return present
    return store.keep(content=content, name=name, kind=typeset.PDF, owner=owner)
