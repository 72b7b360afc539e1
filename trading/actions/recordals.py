"""The way of a signed agreement through its office: filed, pre-examined or sent back, recorded. Read next: ../precheck.py.

What a correction asks for and what is answered stand in Recordal alone: never in an audit row, a notice or a mail.
"""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from patents.actions import rights, titles
from patents.models import Encumbrance
from patents.states import PriceMethod
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import precheck, rules
from trading import recordal_queries as queries
from trading.contract_queries import who_is
from trading.models import Agreement, Recordal
from trading.offer_queries import lock_agreement, rights_of
from trading.states import AGREEMENT_MOVES, AgreementState


@transaction.atomic
def agreement_file(*, agreement_id: int, actor: User, answer: str = "") -> Agreement:
    """Hand a signed agreement to the office of its province, or hand it in again; from now on that office sees it.

    `answer`: to the office's request for correction, wanted then. Raises: NotAllowed; MoveRefused (not signed, or filed
    already); Conflict (a ground on which the national office would refuse, with what to do). Source: Rules r. 15.
    """
    agreement = lock_agreement(agreement_id)  # lock
    require(rules.agreement_file, actor, agreement)  # may
    returned = agreement.state == AgreementState.CORRECTION_REQUESTED
    move(agreement, AgreementState.FILED, AGREEMENT_MOVES)  # move
    if returned and not answer.strip():
        raise Conflict(_("请说明补正了什么，审核员会看到。"))
    _require_recordable(agreement)
    Recordal.objects.update_or_create(  # write
        agreement=agreement,
        defaults={
            "filed_at": clock.now(), "filed_by": actor, "answer": answer.strip(), "due_on": queries.due_on(agreement),
            "examined_at": None, "examined_by": None,
        },
    )  # fmt: skip
    agreement.save(update_fields=["state"])
    _recorded(agreement, actor, "trading.agreement_file", again=returned)
    after_commit("trading.agreement_file_notify", agreement_id=agreement.pk, moment=clock.now().isoformat())  # tell
    return agreement


@transaction.atomic
def agreement_examine(*, agreement_id: int, actor: User, note: str = "") -> Agreement:
    """The office finds the papers in order. Raises: NotAllowed; MoveRefused; Conflict (a ground for refusal has come up since)."""
    agreement = lock_agreement(agreement_id)  # lock
    require(rules.agreement_examine, actor, agreement)  # may
    move(agreement, AgreementState.PRE_EXAMINED, AGREEMENT_MOVES)  # move
    _require_recordable(agreement)
    _examined(agreement, actor, note)  # write
    _recorded(agreement, actor, "trading.agreement_examine")
    after_commit("trading.agreement_examine_notify", agreement_id=agreement.pk)  # tell
    return agreement


@transaction.atomic
def agreement_correction_request(*, agreement_id: int, actor: User, note: str) -> Agreement:
    """The office sends the papers back with what is to be corrected. Raises: NotAllowed; MoveRefused; Conflict (no reason)."""
    agreement = lock_agreement(agreement_id)  # lock
    require(rules.agreement_correction_request, actor, agreement)  # may
    if not note.strip():
        raise Conflict(_("请写明需要补正什么，双方都会看到。"))
    move(agreement, AgreementState.CORRECTION_REQUESTED, AGREEMENT_MOVES)  # move
    _examined(agreement, actor, note)  # write
    _recorded(agreement, actor, "trading.agreement_correction_request")
    moment = clock.now().isoformat()
    after_commit("trading.agreement_correction_notify", agreement_id=agreement.pk, moment=moment)  # tell
    return agreement


@transaction.atomic
def agreement_record(
    *, agreement_id: int, actor: User, number: str, recorded_on: date, proof: UploadedFile
) -> Agreement:
    """Enter what the national office has recorded or registered, with its paper; the rights ledger follows.

    A licence gets its recordal number; an assignment changes the owner and concludes the listing, in this transaction.
    Raises: NotAllowed; MoveRefused (not pre-examined); Conflict (a day that cannot be, a number used before, or a refusal of
    the ledger); ValidationError (the paper). Source: Patent Law art. 10; Rules r. 15.
    """
    paper = store.store(upload=proof, owner=actor)  # before any lock: decoding pictures takes seconds
    agreement = lock_agreement(agreement_id)  # lock
    require(rules.agreement_record, actor, agreement)  # may
    move(agreement, AgreementState.RECORDED, AGREEMENT_MOVES)  # move
    _require_day_and_number(agreement, number, recorded_on)
    recordal = Recordal.objects.select_for_update(of=("self",), no_key=True).get(agreement=agreement)  # write
    recordal.number, recordal.recorded_on, recordal.proof = number, recorded_on, paper
    recordal.entered_at, recordal.entered_by = clock.now(), actor
    recordal.save(update_fields=["number", "recorded_on", "proof", "entered_at", "entered_by"])
    agreement.save(update_fields=["state"])
    _ledger_follows(agreement, actor, number, recorded_on, paper)
    _recorded(agreement, actor, "trading.agreement_record", recordal=number, on=recorded_on.isoformat())
    after_commit("trading.agreement_record_notify", agreement_id=agreement.pk)  # tell
    return agreement


# ---- helpers; the rows are locked


def _require_recordable(agreement: Agreement) -> None:
    problems = precheck.hard_problems(queries.precheck_of(agreement))
    if problems:
        first = problems[0]
        raise Conflict(f"{first.problem}（{first.provision}）", first.advice)


def _require_day_and_number(agreement: Agreement, number: str, recorded_on: date) -> None:
    signed = timezone.localdate(agreement.signed_at)
    if not signed <= recorded_on <= clock.today():
        raise Conflict(_("备案或登记的日期应在合同签署之日与今天之间。"))
    if Recordal.objects.filter(number=number).exists():
        raise Conflict(_("这个备案号或登记号已经用于另一份合同。"), _("请核对国家知识产权局的证明。"))


def _examined(agreement: Agreement, actor: User, note: str) -> None:
    recordal = Recordal.objects.select_for_update(of=("self",), no_key=True).get(agreement=agreement)
    recordal.examined_at, recordal.examined_by, recordal.note = clock.now(), actor, note.strip()
    recordal.save(update_fields=["examined_at", "examined_by", "note"])
    agreement.save(update_fields=["state"])


def _ledger_follows(agreement: Agreement, actor: User, number: str, on: date, proof: StoredFile) -> None:
    """Patents in the order in which they are locked: a licence is numbered, an assignment carried out."""
    rows: list[Any] = [right.grant or right.encumbrance for right in rights_of(agreement)]
    owners = who_is(agreement.buyer).name
    for row in sorted(rows, key=lambda one: one.patent_id):
        if isinstance(row, Encumbrance):
            titles.title_register(
                patent_id=row.patent_id, actor=actor, owners=owners, start=on, registration_number=number, completes=row,
                co_owners_agree=row.co_owners_agree, pledgee_agrees=row.pledgee_agrees, proof=proof,
                source=_("国家知识产权局登记，合同 %(number)s") % {"number": agreement.number}, as_of=clock.today(),
                price_method=PriceMethod.AGREEMENT,
            )  # fmt: skip
        else:
            rights.grant_recorded(grant_id=row.pk, patent=row.patent, number=number, on=on)


def _recorded(agreement: Agreement, actor: User, verb: str, **data: Any) -> None:
    record(
        actor=actor, verb=verb, target=agreement, province_code=agreement.province_id, number=agreement.number, **data
    )
