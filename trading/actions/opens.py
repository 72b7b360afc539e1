"""Open licences: declared, announced, taken in one step, withdrawn, lapsed. Read next: ../open_terms.py, ../models/declaration.py.

A declaration holds here when the national office has announced it and an officer has entered that (Patent Law art. 50).
Lock order: Verification, Patent, Listing, Declaration, Agreement. The patent is held by whoever takes, announces or
withdraws, so that a licence comes either before the withdrawal or not at all.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from patents.actions import encumbrances, rights
from patents.actions.titles import title_of
from patents.models import Encumbrance
from patents.queries import lock_patent
from patents.states import EncumbranceKind, GrantForm, GrantState, LegalStatus, PriceMethod
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import lock_verified
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.files.models import StoredFile
from platform_site.outbox.queue import after_commit
from platform_site.states import move
from trading import codes, open_checks, open_terms, open_words, rules
from trading import open_queries as queries
from trading.actions import performing
from trading.actions.agreements import next_number
from trading.contract_queries import legal_name
from trading.models import Agreement, AgreementRight, OpenDeclaration, Signature
from trading.open_terms import Declared
from trading.states import AGREEMENT_MOVES, DECLARATION_MOVES, AgreementState, DeclarationState, Side
from trading.terms import TermsChanged
from trading.terms import digest as digest_of


@dataclass(frozen=True)
class Brought:
    """What the owner brings with the declaration: the day of filing, the consents, the evaluation report."""

    filed_on: date
    co_owners_agree: bool = False
    pledgee_agrees: bool = False
    report: StoredFile | None = None


@dataclass(frozen=True)
class Announcement:
    """What the national office has announced, as an officer has read it."""

    number: str
    announced_on: date
    proof: StoredFile


@transaction.atomic
def open_declare(
    *, listing_id: int, patent_id: int, actor: User, declared: Declared, brought: Brought
) -> OpenDeclaration:
    """Enter a declaration that was filed with the national office; it waits for its announcement.

    Raises: NotAllowed (not the owner); Conflict (a condition of the law is not met, with its provision and what to do;
    promotional words). Then nothing is written. Source: Patent Law arts 14, 50; Implementing Rules 85, 86.
    """
    lock_verified([actor.pk])  # lock
    patent = lock_patent(patent_id)
    listing = queries.lock_listing_with(patent, listing_id)
    require(rules.open_declare, actor, listing)  # may
    case = queries.case_of(
        actor, listing, patent, co_owners_agree=brought.co_owners_agree, pledgee_agrees=brought.pledgee_agrees,
        report=brought.report is not None,
    )  # fmt: skip
    _require_declarable(case, declared, brought)
    assert listing.province_id is not None  # open_checks has asked that an office published it
    declaration = OpenDeclaration.objects.create(  # write
        patent=patent, title=title_of(patent, actor), listing=listing, province_id=listing.province_id, made_by=actor,
        made_at=clock.now(), **vars(declared), **vars(brought),
    )  # fmt: skip
    record(
        actor=actor, verb="trading.open_declare", target=declaration, province_code=listing.province_id,
        patent=patent.application_number, method=declared.method,
    )  # fmt: skip
    after_commit("trading.open_declare_notify", declaration_id=declaration.pk)  # tell
    return declaration


@transaction.atomic
def open_declaration_announce(*, declaration_id: int, actor: User, announcement: Announcement) -> OpenDeclaration:
    """Enter the national office's announcement: from its day on the declaration stands in the ledger, and can be taken.

    One that the gazette has brought into the ledger already is taken over.
    Raises: NotAllowed (another province's, or one's own); MoveRefused; Conflict (a day before the filing or in the future;
    the ledger cannot take it: an exclusive licence, a freeze, a pledge without consent).
    """
    declaration = queries.lock_patent_and_declaration(declaration_id)  # lock
    require(rules.open_declaration_announce, actor, declaration)  # may
    if not declaration.filed_on <= announcement.announced_on <= clock.today():
        raise Conflict(_("公告日应在声明提交之日与今天之间。"))
    move(declaration, DeclarationState.IN_FORCE, DECLARATION_MOVES)  # move
    declaration.encumbrance = _ledger_entry(declaration, actor, announcement)  # write
    declaration.number, declaration.announced_on = announcement.number.strip(), announcement.announced_on
    declaration.proof, declaration.announced_by, declaration.announced_at = announcement.proof, actor, clock.now()
    declaration.save(
        update_fields=["state", "encumbrance", "number", "announced_on", "proof", "announced_by", "announced_at"]
    )
    _recorded(declaration, actor, "trading.open_declaration_announce", number=declaration.number)
    after_commit("trading.open_decide_notify", declaration_id=declaration.pk)  # tell
    return declaration


@transaction.atomic
def open_declaration_return(*, declaration_id: int, actor: User, reason: str) -> OpenDeclaration:
    """Send a declaration back that was not announced or does not agree with what was; a new one may follow.

    Raises: NotAllowed; MoveRefused; Conflict (no reason).
    """
    declaration = queries.lock_patent_and_declaration(declaration_id)  # lock
    require(rules.open_declaration_return, actor, declaration)  # may
    _require_reason(reason)
    _close(declaration, DeclarationState.RETURNED, actor, reason)  # move, write
    _recorded(declaration, actor, "trading.open_declaration_return")
    after_commit("trading.open_decide_notify", declaration_id=declaration.pk)  # tell
    return declaration


@transaction.atomic
def open_withdraw(*, declaration_id: int, actor: User, reason: str) -> OpenDeclaration:
    """Take the declaration back: from now on nobody takes; who has taken before keeps the licence (Patent Law art. 50).

    Raises: NotAllowed; MoveRefused (closed already).
    """
    declaration = queries.lock_patent_and_declaration(declaration_id)  # lock
    require(rules.open_withdraw, actor, declaration)  # may
    _close(declaration, DeclarationState.WITHDRAWN, actor, reason)  # move, write
    _recorded(declaration, actor, "trading.open_withdraw")
    after_commit("trading.open_withdraw_notify", declaration_id=declaration.pk)  # tell
    return declaration


@transaction.atomic
def open_take(*, declaration_id: int, actor: User, digest: str) -> Agreement:
    """Take an open licence in one step: the licence holds at once, and the agreement is signed by the taker alone.

    `digest`: of the terms that the actor was shown. What is due at once is paid within performance.PAY_DAYS days.
    Raises: NotAllowed (not verified, or one's own); TermsChanged; Conflict (not in force, withdrawn, annuity overdue, the
    patent has passed to somebody else, taken by this person already, or the ledger refuses). Then nothing is written.
    Source: Patent Law arts 50, 51; Implementing Rules 85, 86.
    """
    verified = lock_verified([actor.pk])  # lock
    declaration = queries.lock_patent_and_declaration(declaration_id)
    require(rules.open_take, actor, declaration)  # may
    _require_takable(declaration, actor, verified)
    start, end = open_terms.period_from(declaration.declared, clock.today(), declaration.patent.expires_on)
    terms = declaration.terms(start, end)
    if digest_of(terms) != digest:
        raise TermsChanged(_("您看到的条款与现在的不一致，没有取得。"), _("请重新打开页面，核对后再取得。"))
    agreement = _agreement_write(declaration, actor, digest)  # write
    grant = rights.grant_write(
        patent=declaration.patent, actor=actor, terms=_licence(declaration, actor, start, end),
        evidence=rights.Evidence(
            source=agreement.number, as_of=clock.today(), traded=True, price_method=PriceMethod.AGREEMENT
        ),
        state=GrantState.ACTIVE,
    )  # fmt: skip
    AgreementRight.objects.create(agreement=agreement, grant=grant)
    _sign(agreement, actor)  # move
    performing.milestones_plan(agreement)
    _recorded(declaration, actor, "trading.open_take", agreement=agreement.number)
    after_commit("trading.open_take_notify", agreement_id=agreement.pk)  # tell
    after_commit("trading.agreement_paper_make", agreement_id=agreement.pk)
    return agreement


@transaction.atomic
def open_lapse(*, declaration_id: int, actor: User) -> OpenDeclaration:
    """Close a declaration whose patent has no right left; one that is closed already, or whose patent lives, stays as it is."""
    declaration = queries.lock_patent_and_declaration(declaration_id)  # lock
    require(rules.open_lapse, actor, declaration)  # may
    is_alive = declaration.state in (DeclarationState.DECLARED, DeclarationState.IN_FORCE)
    if not is_alive or declaration.patent.legal_status in (LegalStatus.IN_FORCE, LegalStatus.LATE_FEE):
        return declaration
    _close(declaration, DeclarationState.LAPSED, actor)  # move, write
    _recorded(declaration, actor, "trading.open_lapse")
    after_commit("trading.open_decide_notify", declaration_id=declaration.pk)  # tell
    return declaration


# ---- helpers; the rows are locked


def _require_declarable(case: open_checks.Case, declared: Declared, brought: Brought) -> None:
    unmet = open_checks.first_unmet(case)
    if unmet is not None:
        raise Conflict(
            _("不能声明开放许可，条件未满足：%(name)s（%(provision)s）。")
            % {"name": unmet.name, "provision": unmet.provision},
            unmet.advice,
        )
    words = open_terms.praise(declared.conditions)
    if words:
        raise Conflict(
            _("开放许可声明不能有商业性宣传用语：“%(words)s”（《专利法实施细则》第八十五条）。")
            % {"words": "”“".join(words)},
            _("请删去后再提交。"),
        )
    first = case.patent.grant_date or case.patent.filing_date
    if not first <= brought.filed_on <= clock.today():
        raise Conflict(_("向国家知识产权局提交声明的日期应在授权公告日与今天之间。"))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Conflict(_("请写明原因，权利人会看到。"))


def _require_takable(declaration: OpenDeclaration, actor: User, verified: set[int]) -> None:
    if actor.pk not in verified:
        raise Conflict(_("实名核验后才能取得开放许可。"), _("请在“账户”中向省知识产权局申请实名核验。"))
    if declaration.state != DeclarationState.IN_FORCE:
        raise Conflict(
            _("这项开放许可声明现在是“%(state)s”，不能取得。") % {"state": declaration.get_state_display()},
            _("可以向权利人询盘，协商普通许可。"),
        )
    if declaration.title.end is not None:
        raise Conflict(_("专利权已经转移，原专利权人的声明不能再取得。"), _("请等待新的专利权人声明，或向其询盘。"))
    if declaration.patent.legal_status == LegalStatus.LATE_FEE:
        raise Conflict(
            _("专利处于年费滞纳期，暂不能按开放许可取得（《专利法实施细则》第八十六条）。"), _("年费缴清后自动恢复。")
        )
    existing = queries.taking_of(actor, declaration)
    if existing is not None:
        raise Conflict(
            _("您已按这项声明取得开放许可，合同编号 %(number)s，现在有效。") % {"number": existing.number},
            _("凭据在“我的合同”中。"),
        )


def _agreement_write(declaration: OpenDeclaration, taker: User, digest: str) -> Agreement:
    moment = clock.database_now()
    return Agreement.objects.create(
        number=next_number(clock.today().year), code=codes.new_code(), declaration=declaration,
        listing_id=declaration.listing_id, owner_id=declaration.made_by_id, buyer=taker,
        province_id=declaration.province_id, digest=digest, made_at=moment, sign_by=moment + timedelta(days=1),
    )  # fmt: skip


def _sign(agreement: Agreement, taker: User) -> None:
    """The taker alone: the owner has spoken to everybody by the declaration, which PostgreSQL asks for."""
    Signature.objects.create(
        agreement=agreement, side=Side.BUYER, user=taker, name=legal_name(taker)[:200], signed_at=clock.now(),
        digest=agreement.digest,
    )  # fmt: skip
    move(agreement, AgreementState.SIGNED, AGREEMENT_MOVES)
    agreement.signed_at = clock.now()
    agreement.save(update_fields=["state", "signed_at"])


def _licence(declaration: OpenDeclaration, taker: User, start: date, end: date | None) -> rights.Terms:
    """Ordinary by law, nationwide, in every field; the pledgee's consent is to what the declaration said, not to later pledges."""
    return rights.Terms(
        form=GrantForm.OPEN, licensee=legal_name(taker)[:200], signed_on=clock.today(), start=start, end=end,
        pledgee_agrees=declaration.pledgee_agrees and not queries.pledged_since(declaration),
    )  # fmt: skip


def _ledger_entry(declaration: OpenDeclaration, actor: User, announcement: Announcement) -> Encumbrance:
    known = queries.unclaimed_of(declaration.patent)
    if known is not None:
        return known
    return encumbrances.encumbrance_write(
        patent=declaration.patent, actor=actor, kind=EncumbranceKind.OPEN_DECLARATION, start=announcement.announced_on,
        source=_("国家知识产权局开放许可声明公告"), as_of=clock.today(), number=announcement.number.strip()[:60],
        proof=announcement.proof, fee_terms=open_words.fee_in_chinese(declaration.declared)[:300],
        co_owners_agree=declaration.co_owners_agree, pledgee_agrees=declaration.pledgee_agrees,
    )  # fmt: skip


def _close(declaration: OpenDeclaration, wanted: DeclarationState, actor: User, reason: str = "") -> None:
    """To its end; what stands of it in the ledger ends today, so that the day itself is free of it already."""
    move(declaration, wanted, DECLARATION_MOVES)
    declaration.closed_by, declaration.closed_at, declaration.reason = actor, clock.now(), reason.strip()
    declaration.save(update_fields=["state", "closed_by", "closed_at", "reason"])
    if declaration.encumbrance_id is not None:
        encumbrances.encumbrance_close(
            encumbrance_id=declaration.encumbrance_id, patent=declaration.patent, actor=actor, on=clock.today()
        )


def _recorded(declaration: OpenDeclaration, actor: User, verb: str, **data: str) -> None:
    record(
        actor=actor, verb=verb, target=declaration, province_code=declaration.province_id,
        patent=declaration.patent.application_number, **data,
    )  # fmt: skip
