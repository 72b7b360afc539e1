"""Applications for support: made by a party, decided by officers of that province alone. Read next: ../support_queries.py.

Lock order: policy, version, application. A sum is held in the ledger of aid from the public notice on, under the lock of
the version, so that neither budget nor quota is ever exceeded and no patent is aided twice for the same thing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from governance import policy_queries, policy_rules, support_queries
from governance.entitlement_facts import Facts
from governance.models import AidEntry, Disbursement, PolicyApplication, SupportFile, SupportStep
from governance.states import SUPPORT_MOVES, SupportState
from patents.models import Listing, Patent
from platform_site import clock
from platform_site.accounts.models import Organisation, User
from platform_site.accounts.rules import is_verified, require
from platform_site.audit.record import record
from platform_site.errors import Conflict, NotAllowed
from platform_site.files import store
from platform_site.outbox.queue import after_commit
from platform_site.regions.queries import due_date
from platform_site.states import move
from trading.models import Agreement

STEP_DAYS = 10  # working days that the office has for each step
S = SupportState


@transaction.atomic
def support_make(
    *, version_id: int, actor: User, role: str, facts: Facts, organisation: Organisation | None = None,
    agreement: Agreement | None = None, listing: Listing | None = None, note: str = "", uploads: Sequence[UploadedFile] = (),
) -> PolicyApplication:  # fmt: skip
    """Apply for a support under the version in force today, for an agreement or a listing of one's own.

    Raises: NotAllowed (not verified, not a party, not the owner); Conflict (not in force, asked already, no patent, a
    paper is missing).
    """
    version = policy_queries.lock_version(version_id)  # lock
    _require_party(actor, agreement, listing, role)  # may
    if support_queries.version_open_on(version_id) is None:
        raise Conflict(_("这项政策现在不在施行期内，不能申报。"), _("请查看该政策的现行版本。"))
    if version.documents and not uploads:
        raise Conflict(_("请上传申报材料：%(papers)s。") % {"papers": "、".join(version.documents)})
    if not support_queries.patents_of(agreement, listing):
        raise Conflict(_("申报须涉及至少一件专利。"))
    asked = PolicyApplication.objects.filter(version=version, applicant=actor, agreement=agreement, listing=listing)
    if asked.exclude(state__in=(S.WITHDRAWN, S.UPHELD, S.DECLINED)).exists():
        raise Conflict(_("您已就同一事项申报过这项政策。"), _("请在“我的申报”查看进度。"))
    now = clock.now()
    application = PolicyApplication.objects.create(  # move, write
        version=version, applicant=actor, organisation=organisation, role=role, agreement=agreement, listing=listing,
        applicant_name=organisation.name_zh if organisation else str(actor), note=note.strip(), submitted_at=now,
        due_on=due_date(clock.today(), STEP_DAYS),
        facts={name: [list(value) if isinstance(value, tuple) else value, source] for name, (value, source) in facts.items()},
    )  # fmt: skip
    _add_papers(application, actor, uploads)
    _done(application, actor, "governance.support_make")  # record, tell
    return application


@transaction.atomic
def support_correct(*, application_id: int, actor: User, note: str, uploads: Sequence[UploadedFile] = ()) -> PolicyApplication:  # fmt: skip
    """Hand in what the office has asked for. Raises: NotAllowed (not the applicant); MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    require(policy_rules.support_own, actor, application, _("只有申请人可以补正。"))  # may
    _advance(application, S.SUBMITTED, due=STEP_DAYS)  # move, write
    _add_papers(application, actor, uploads)
    _done(application, actor, "governance.support_correct", note)  # record, tell
    return application


@transaction.atomic
def support_withdraw(*, application_id: int, actor: User) -> PolicyApplication:
    """Take an application back before it is on public notice. Raises: NotAllowed; MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    require(policy_rules.support_own, actor, application, _("只有申请人可以撤回。"))  # may
    _advance(application, S.WITHDRAWN)  # move, write
    _done(application, actor, "governance.support_withdraw")  # record, tell
    return application


@transaction.atomic
def support_return(*, application_id: int, actor: User, reason: str) -> PolicyApplication:
    """Ask the applicant for what is missing (补正). Raises: NotAllowed (not an officer of that province); Conflict; MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_decide, actor, application)  # may
    application.reason = _said(reason)
    _advance(application, S.CORRECTION, "reason", due=STEP_DAYS)  # move, write
    _done(application, actor, "governance.support_return", reason)  # record, tell
    return application


@transaction.atomic
def support_accept(*, application_id: int, actor: User) -> PolicyApplication:
    """The papers are complete: accepted for processing (受理). Raises: NotAllowed; MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_decide, actor, application)  # may
    _advance(application, S.ACCEPTED, due=STEP_DAYS)  # move, write
    _done(application, actor, "governance.support_accept")  # record, tell
    return application


@transaction.atomic
def support_review(*, application_id: int, actor: User, amount_cny: Decimal, words: str) -> PolicyApplication:
    """The first review (初审) is for it, with a sum. Raises: NotAllowed; Conflict (above the cap); MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_decide, actor, application)  # may
    cap = application.version.cap_cny
    if amount_cny <= 0 or (cap is not None and amount_cny > cap):
        raise Conflict(_("金额应大于零，并且不超过政策规定的上限。"))
    application.first_by, application.second_by, application.amount_cny = actor, None, amount_cny
    _advance(application, S.REVIEWED, "first_by", "second_by", "amount_cny", due=STEP_DAYS)  # move, write
    _done(application, actor, "governance.support_review", words, amount=str(amount_cny))  # record, tell
    return application


@transaction.atomic
def support_confirm(*, application_id: int, actor: User, words: str) -> PolicyApplication:
    """The second review (复审), by another officer, puts the sum on public notice and holds it in the ledger of aid.

    Raises: NotAllowed (of another province, or the first reviewer); Conflict (nothing left of budget or quota, or a patent
    was aided for the same thing, with where); MoveRefused.
    """
    application = support_queries.lock_application_with_patents(application_id)  # lock
    _require_officer(policy_rules.support_confirm, actor, application)  # may
    move(application, S.NOTICE, SUPPORT_MOVES)  # move
    _hold(application)  # write
    days = application.version.notice_days
    application.second_by = actor
    application.notice_until = application.due_on = due_date(clock.today(), days)
    application.save(update_fields=["state", "second_by", "notice_until", "due_on"])
    _done(application, actor, "governance.support_confirm", words, amount=str(application.amount_cny))  # record, tell
    return application


@transaction.atomic
def support_approve(*, application_id: int, actor: User, clause: str) -> PolicyApplication:
    """Grant it once the public notice has ended. Raises: NotAllowed; Conflict (the notice runs, an objection waits, no clause); MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_decide, actor, application)  # may
    if application.state == S.NOTICE and clock.day_of(clock.database_now()) <= (application.notice_until or date.max):
        raise Conflict(_("公示期还没有结束，不能批准。"), _("公示期届满后的次日起可以批准。"))
    if application.objections.filter(answered_at=None).exists():
        raise Conflict(_("还有异议没有答复，不能批准。"), _("请先在申报页面逐一答复。"))
    application.due_on = due_date(clock.today(), STEP_DAYS)
    _decide(application, S.APPROVED, actor, clause)  # move, write
    _done(application, actor, "governance.support_approve", clause, amount=str(application.amount_cny))  # record, tell
    return application


@transaction.atomic
def support_decline(*, application_id: int, actor: User, clause: str, reason: str) -> PolicyApplication:
    """Refuse it, at any step before it is granted, with the clause; what was held is free again.

    Raises: NotAllowed; Conflict (no clause or reason); MoveRefused.
    """
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_decide, actor, application)  # may
    application.reason = _said(reason)
    application.aid.filter(released_at=None).update(released_at=clock.now())
    _decide(application, S.DECLINED, actor, clause, "reason")  # move, write
    _done(application, actor, "governance.support_decline", f"{clause} {reason}")  # record, tell
    return application


@transaction.atomic
def support_pay(*, application_id: int, actor: User, paid_on: date, amount_cny: Decimal, reference: str) -> PolicyApplication:  # fmt: skip
    """Enter a payment (兑现); paid in full, the application is closed.

    Raises: NotAllowed; Conflict (more than granted, a day to come, entered already, not granted).
    """
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_decide, actor, application)  # may
    if application.state != S.APPROVED or application.amount_cny is None:
        raise Conflict(_("只有已批准的申报可以登记兑现。"))
    paid = sum((one.amount_cny for one in application.payments.all()), Decimal(0))
    if amount_cny <= 0 or paid + amount_cny > application.amount_cny:
        raise Conflict(_("兑现金额合计不能超过批准的金额。"))
    if paid_on > clock.today() or application.payments.filter(reference=reference.strip()).exists():
        raise Conflict(_("付款日期不能晚于今天，同一凭证号不能登记两次。"))
    Disbursement.objects.create(  # move, write
        application=application, paid_on=paid_on, amount_cny=amount_cny, reference=reference.strip(), by=actor, at=clock.now()
    )  # fmt: skip
    if paid + amount_cny == application.amount_cny:
        _advance(application, S.PAID)
    _done(application, actor, "governance.support_pay", amount=str(amount_cny))  # record, tell
    return application


@transaction.atomic
def support_recover(*, application_id: int, actor: User, clause: str, reason: str) -> PolicyApplication:
    """Take a grant back (收回): what was paid is owed again, and the patents, budget and quota are free of it.

    Raises: NotAllowed (who granted it included); Conflict (no clause or reason); MoveRefused (not granted).
    """
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_recover, actor, application)  # may
    application.reason = _said(reason)
    _decide(application, S.RECOVERED, actor, clause, "reason")  # move, write
    application.aid.filter(released_at=None).update(released_at=clock.now())
    _done(application, actor, "governance.support_recover", f"{clause} {reason}")  # record, tell
    return application


@transaction.atomic
def support_appeal(*, application_id: int, actor: User, words: str) -> PolicyApplication:
    """Ask for a refusal to be looked at by officers who had no part in it. Raises: NotAllowed; Conflict; MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    require(policy_rules.support_own, actor, application, _("只有申请人可以申诉。"))  # may
    _advance(application, S.APPEALED, due=STEP_DAYS)  # move, write
    _done(application, actor, "governance.support_appeal", _said(words))  # record, tell
    return application


@transaction.atomic
def support_reopen(*, application_id: int, actor: User, words: str) -> PolicyApplication:
    """The appeal is right: it is reviewed anew. Raises: NotAllowed (had a part in the refusal); Conflict; MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_answer, actor, application)  # may
    cleared = {"first_by": None, "second_by": None, "amount_cny": None, "notice_until": None, "decided_by": None}
    for name, value in (cleared | {"decided_at": None, "clause": "", "reason": ""}).items():
        setattr(application, name, value)
    _advance(application, S.ACCEPTED, *cleared, "decided_at", "clause", "reason", due=STEP_DAYS)  # move, write
    _done(application, actor, "governance.support_reopen", _said(words))  # record, tell
    return application


@transaction.atomic
def support_uphold(*, application_id: int, actor: User, clause: str, reason: str) -> PolicyApplication:
    """The refusal stands, for good. Raises: NotAllowed (had a part in it); Conflict (no clause or reason); MoveRefused."""
    application = support_queries.lock_application(application_id)  # lock
    _require_officer(policy_rules.support_answer, actor, application)  # may
    application.reason = _said(reason)
    _decide(application, S.UPHELD, actor, clause, "reason")  # move, write
    _done(application, actor, "governance.support_uphold", f"{clause} {reason}")  # record, tell
    return application


# ---- helpers; the rows are locked


def _require_party(actor: User, agreement: Agreement | None, listing: Listing | None, role: str) -> None:
    """A verified member, for what is theirs."""
    if not is_verified(actor):
        raise NotAllowed(_("实名核验后才能申报。"), _("请先在“我的账户”申请实名核验。"))
    require(policy_rules.support_make, actor, (agreement, listing, role))


def _require_officer(rule: Any, actor: User, application: PolicyApplication) -> None:
    province = application.version.policy.province
    require(
        rule, actor, application, _("这份申报由%(office)s的工作人员办理。") % {"office": province.office},
        _("初审、复审由不同的人办理，申诉由未参与原决定的人办理，本人的申报由同事办理。"),
    )  # fmt: skip


def _said(words: str) -> str:
    if not words.strip():
        raise Conflict(_("请写明理由。"))
    return words.strip()


def _advance(application: PolicyApplication, state: SupportState, *fields: str, due: int = 0) -> None:
    move(application, state, SUPPORT_MOVES)
    if due:
        application.due_on = due_date(clock.today(), due)
    application.save(update_fields=["state", "due_on", *fields])


def _decide(application: PolicyApplication, state: SupportState, actor: User, clause: str, *fields: str) -> None:
    if not clause.strip():
        raise Conflict(_("请写明决定所依据的条款。"))
    application.clause, application.decided_by, application.decided_at = clause.strip(), actor, clock.now()
    _advance(application, state, "clause", "decided_by", "decided_at", *fields)


def _add_papers(application: PolicyApplication, actor: User, uploads: Sequence[UploadedFile]) -> None:
    now = clock.now()
    SupportFile.objects.bulk_create(
        SupportFile(application=application, file=store.store(upload=one, owner=actor), added_at=now) for one in uploads
    )


def _hold(application: PolicyApplication) -> None:
    """Write the sum into the ledger, in equal parts for each patent; the locked version keeps rivals waiting."""
    version, total = application.version, application.amount_cny or Decimal(0)
    patents = support_queries.patents_of(application.agreement, application.listing)
    item = policy_queries.item_of(version, application.role)
    deal = application.agreement_id
    _require_free(patents, item, deal)
    used = policy_queries.used_of([version.pk]).get(version.pk, policy_queries.Used())
    if version.budget_cny is not None and used.amount_cny + total > version.budget_cny:
        left = version.budget_cny - used.amount_cny
        raise Conflict(_("这项政策的预算只剩 %(left)s 元，不够支付这份申报。") % {"left": left})
    if version.quota is not None and used.count >= version.quota:
        raise Conflict(_("这项政策的名额已满。"))
    share = (total / len(patents)).quantize(Decimal("0.01"), "ROUND_DOWN")
    rest = total - share * (len(patents) - 1)
    for place, patent in enumerate(sorted(patents, key=lambda one: one.pk)):
        AidEntry.objects.create(
            application=application, version=version, patent=patent, deal_id=deal, item=item, made_at=clock.now(),
            amount_cny=rest if place == 0 else share,
        )  # fmt: skip


def _require_free(patents: Sequence[Patent], item: str, deal: int | None) -> None:
    for entry in support_queries.ledger_of(patents):
        if entry.item == item and (deal is None or entry.deal_id in (None, deal)):
            said = {
                "patent": entry.patent.shown_number, "province": entry.version.policy.province.name,
                "number": entry.application.number,
            }  # fmt: skip
            raise Conflict(_("%(patent)s 已就同一事项获得%(province)s的支持（%(number)s），不重复享受。") % said)


def _done(
    application: PolicyApplication, actor: User, verb: str, words: str = "", **more: Mapping[str, Any] | str
) -> None:
    """The step, the audit row and whoever is to be told."""
    step = SupportStep.objects.create(
        application=application, became=application.state, by=actor, at=clock.now(), words=words.strip()
    )
    policy = application.version.policy
    record(
        actor=actor, verb=verb, target=application, province_code=policy.province_id, policy=policy.pk,
        state=application.state, **more,
    )  # fmt: skip
    after_commit("governance.support_notify", step_id=step.pk)
