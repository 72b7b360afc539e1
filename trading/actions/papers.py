"""The papers of an agreement, made by the worker and kept beside it. Read next: ../contract_papers.py."""

import hashlib
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


@transaction.atomic
def agreement_paper_keep(
    *, agreement_id: int, actor: User, text: dict[str, Any], signatures: int, content: bytes, form: bytes | None = None
) -> Agreement:
    """Keep the contract as a file, and after both signatures the form; the text of the first one is kept for good.

    `signatures`: how many the paper bears; if somebody has signed meanwhile it is out of date and not kept, for the
    signature has asked for another. Bytes that are there already are not kept twice.
    Raises: NotAllowed (anybody but the portal itself).
    """
    agreement = queries.lock_for_paper(agreement_id)  # lock
    require(rules.agreement_paper_keep, actor, agreement)  # may
    kept, _created = ContractText.objects.get_or_create(
        agreement=agreement, defaults={"data": text, "made_at": clock.now()}
    )
    if kept.data != text or agreement.signatures.count() != signatures:
        return agreement
    title = text["title"]["zh"]
    before = (agreement.paper_id, agreement.form_paper_id)
    agreement.paper = _kept(agreement.paper, content, f"{agreement.number} {title}.pdf", actor)  # write
    if form is not None:
        name = _("%(number)s 备案登记信息表.pdf") % {"number": agreement.number}
        agreement.form_paper = _kept(agreement.form_paper, form, name, actor)
    if before == (agreement.paper_id, agreement.form_paper_id):
        return agreement
    agreement.save(update_fields=["paper", "form_paper"])
    record(
        actor=actor, verb="trading.agreement_paper_keep", target=agreement, number=agreement.number, signatures=signatures,
        sha256=agreement.paper.sha256,
    )  # fmt: skip
    return agreement


def _kept(present: StoredFile | None, content: bytes, name: str, owner: User) -> StoredFile:
    """The stored file if it holds these bytes already, else a new one; an earlier one stays as it was."""
    if present is not None and present.sha256 == hashlib.sha256(content).hexdigest():
        return present
    return store.keep(content=content, name=name, kind=typeset.PDF, owner=owner)
