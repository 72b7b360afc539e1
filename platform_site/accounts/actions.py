"""Changes to people, organisations and verifications; each in six beats. Read next: rules.py, queries.py.

Lock order: Organisation, User, Verification. Identity numbers never reach the audit log, a notice or an error.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.events import VerificationRevoked
from platform_site.files import store
from platform_site.files.models import StoredFile
from platform_site.outbox.queue import after_commit, publish
from platform_site.regions.cities import cities
from platform_site.regions.facts import CODES
from platform_site.regions.queries import due_date
from platform_site.states import move

from . import queries, rules
from .fields import keyed_hash
from .models import Membership, Organisation, Session, User, Verification
from .models.organisation import OrganisationKind
from .models.verification import IdentityKind
from .states import MOVES, VerificationState
from .validators import clean_credit_code, clean_passport_number, clean_phone, clean_resident_number

OPEN_STATES = (VerificationState.SUBMITTED, VerificationState.VERIFIED)


@transaction.atomic
def profile_save(
    *, actor: User, display_name: str, phone: str, language: str, province_code: str, office_code: str
) -> User:
    """Keep what a person says about themselves.

    `province_code` is one of the six or empty for outside them; then `office_code` names the office that verifies and
    reviews for them. Inside the six the office is always that of the province. Raises Conflict on anything unknown.
    """
    user = queries.lock_user(actor.pk)
    rules.require(rules.profile_save, actor, user)
    office = province_code or office_code
    if office not in CODES or (province_code and province_code not in CODES):
        raise Conflict(_("请选择您所在的省；不在六省的，请选择一个办理的知识产权局。"))
    if language not in dict(settings.LANGUAGES) or not display_name.strip():
        raise Conflict(_("请填写姓名或称呼，并选择邮件使用的语言。"))
    before = {name: getattr(user, name) for name in ("display_name", "phone", "language", "province_id", "office_id")}
    user.display_name, user.phone, user.language = display_name.strip(), clean_phone(phone), language
    user.province_id, user.office_id = province_code or None, office
    user.save(update_fields=["display_name", "phone", "language", "province", "office"])
    changed = [name for name, value in before.items() if getattr(user, name) != value]
    record(actor=actor, verb="accounts.profile_save", target=user, province_code=office, fields=changed)
    return user


@transaction.atomic
def organisation_save(
    *, actor: User, credit_code: str, name_zh: str, name_en: str, kind: str, province_code: str, city_code: str
) -> Organisation:
    """Join the organisation with this code, entering it when it is new; an earlier membership ends.

    An organisation that others entered keeps its details: only its sole member, or one verified with it, changes them.
    Raises Conflict on unknown codes, ValidationError for a credit code that cannot be.
    """
    code = clean_credit_code(credit_code)
    _check_place(kind, province_code, city_code, name_zh)
    details = {
        "name_zh": name_zh.strip(),
        "name_en": name_en.strip(),
        "kind": kind,
        "province_id": province_code or None,
        "city_code": city_code,
    }
    Organisation.objects.bulk_create(
        [Organisation(credit_code=code, created_at=clock.now(), **details)], ignore_conflicts=True
    )
    organisation = queries.lock_organisation(code)
    user = queries.lock_user(actor.pk)
    rules.require(rules.profile_save, actor, user)
    if rules.organisation_save(user, organisation):
        for name, value in details.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=["name_zh", "name_en", "kind", "province", "city_code"])
    _join(user, organisation)
    record(actor=actor, verb="accounts.organisation_save", target=organisation, credit_code=code)
    return organisation


def _check_place(kind: str, province_code: str, city_code: str, name_zh: str) -> None:
    city = cities().get(city_code)
    if kind not in OrganisationKind.values or not name_zh.strip():
        raise Conflict(_("请填写单位名称并选择单位类型。"))
    if (province_code and province_code not in CODES) or (
        city_code and (city is None or city.province != province_code)
    ):
        raise Conflict(_("所选的市不属于所选的省。"))


def _join(user: User, organisation: Organisation) -> None:
    current = Membership.objects.filter(user=user, left_at=None).first()
    if current is not None and current.organisation_id == organisation.pk:
        return
    if current is not None:
        current.left_at = clock.now()
        current.save(update_fields=["left_at"])
    Membership.objects.create(user=user, organisation=organisation, joined_at=clock.now())


@transaction.atomic
def organisation_leave(*, actor: User) -> None:
    """End the actor's membership; the organisation and its history stay. Raises Conflict when there is none."""
    user = queries.lock_user(actor.pk)
    rules.require(rules.profile_save, actor, user)
    membership = Membership.objects.filter(user=user, left_at=None).select_related("organisation").first()
    if membership is None:
        raise Conflict(_("您目前没有登记所在单位。"))
    membership.left_at = clock.now()
    membership.save(update_fields=["left_at"])
    record(actor=actor, verb="accounts.organisation_leave", target=membership.organisation)


@transaction.atomic
def verification_submit(
    *, actor: User, real_name: str, identity_kind: str, identity_number: str, proof: UploadedFile | None = None
) -> Verification:
    """Ask the actor's office for the real-name mark; its clock runs VERIFICATION_WORKING_DAYS working days.

    The number is kept encrypted, with a keyed hash for uniqueness and its last four characters to show. Raises
    Conflict when no office is chosen, a request is open or stands, or the number is verified for another account
    (never saying whose); ValidationError for a number or proof that cannot be.
    """
    number = _clean_number(identity_kind, identity_number)
    # Bytes before locks: decoding a picture must hold nobody up.
    stored = store.store(upload=proof, owner=actor) if proof else None
    user = queries.lock_user(actor.pk)
    rules.require(rules.verification_submit, actor, user)
    _may_ask(user)
    digest = keyed_hash(f"{identity_kind}:{number}")
    if queries.verified_elsewhere(digest, user.pk):
        raise Conflict(
            _("这个证件号码已用于另一个账号的实名核验，同一人只能核验一个账号。如有疑问，请联系办理的知识产权局。")
        )
    verification = Verification.objects.create(
        user=user,
        province_id=user.office_id,
        organisation=queries.organisation_of(user),
        real_name=real_name.strip(),
        identity_kind=identity_kind,
        identity_number=number,
        identity_hash=digest,
        identity_tail=number[-4:],
        proof=stored,
        submitted_at=clock.now(),
        due_on=due_date(clock.today(), settings.VERIFICATION_WORKING_DAYS),
    )
    record(actor=actor, verb="accounts.verification_submit", target=verification, province_code=user.office_id)
    after_commit("accounts.verification_submit_notify", verification_id=verification.pk)
    return verification


def _clean_number(identity_kind: str, identity_number: str) -> str:
    if identity_kind not in IdentityKind.values:
        raise ValidationError(_("请选择证件类型。"))
    if identity_kind == IdentityKind.RESIDENT:
        return clean_resident_number(identity_number)
    return clean_passport_number(identity_number)


def _may_ask(user: User) -> None:
    if user.office_id is None:
        raise Conflict(_("请先在个人资料里选择所在的省或办理的知识产权局。"))
    current = Verification.objects.filter(user=user, state__in=OPEN_STATES).first()
    if current is not None:
        raise Conflict(
            _("您的实名核验目前是“%(state)s”，不需要再次申请。") % {"state": VerificationState(current.state).label}
        )


@transaction.atomic
def verification_withdraw(*, verification_id: int, actor: User) -> Verification:
    """Take back one's own open request. Raises NotAllowed, or MoveRefused once the office has decided."""
    verification = queries.lock_verification(verification_id)
    rules.require(rules.verification_withdraw, actor, verification)
    move(verification, VerificationState.WITHDRAWN, MOVES)
    verification.decided_at = clock.now()
    verification.save(update_fields=["state", "decided_at"])
    record(
        actor=actor, verb="accounts.verification_withdraw", target=verification, province_code=verification.province_id
    )
    return verification


@transaction.atomic
def verification_approve(*, verification_id: int, actor: User) -> Verification:
    """Give the real-name mark. Raises NotAllowed (another province, one's own), MoveRefused, Conflict (number taken)."""
    verification = _lock_to_decide(verification_id, actor)
    move(verification, VerificationState.VERIFIED, MOVES)
    if queries.verified_elsewhere(verification.identity_hash, verification.user_id):
        raise Conflict(_("同一证件号码已为另一个账号核验通过，这份申请不能通过。请核对后退回，并请申请人说明。"))
    return _decided(verification, actor, verb="accounts.verification_approve")


@transaction.atomic
def verification_refuse(*, verification_id: int, actor: User, reason: str) -> Verification:
    """Refuse with a reason that the person reads. Raises NotAllowed, MoveRefused, Conflict without a reason."""
    verification = _lock_to_decide(verification_id, actor)
    move(verification, VerificationState.REFUSED, MOVES)
    return _decided(verification, actor, verb="accounts.verification_refuse", reason=_reason(reason))


@transaction.atomic
def verification_revoke(*, verification_id: int, actor: User, reason: str) -> Verification:
    """Take back a mark once given, with a reason that the person reads; they may ask again. Raises as refuse does."""
    verification = _lock_to_decide(verification_id, actor)
    move(verification, VerificationState.REVOKED, MOVES)
    publish(VerificationRevoked(verification.user_id))
    return _decided(verification, actor, verb="accounts.verification_revoke", reason=_reason(reason))


def _lock_to_decide(verification_id: int, actor: User) -> Verification:
    """The request, locked, if this officer may decide it."""
    verification = queries.lock_verification_twins(verification_id)
    rules.require(
        rules.verification_decide,
        actor,
        verification,
        _("这份申请只能由申请人选择的知识产权局办理，且不能办理自己的申请。"),
    )
    return verification


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Conflict(_("请写明理由，申请人会看到这段话。"))
    return reason.strip()


def _decided(verification: Verification, actor: User, *, verb: str, reason: str = "") -> Verification:
    verification.decided_at, verification.decided_by, verification.reason = clock.now(), actor, reason
    verification.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    record(actor=actor, verb=verb, target=verification, province_code=verification.province_id)
    after_commit("accounts.verification_decide_notify", verification_id=verification.pk)
    return verification


@transaction.atomic
def verification_proof_read(*, verification_id: int, actor: User) -> StoredFile | None:
    """The paper that came with a request, for its owner or its office; an officer's reading is on record."""
    verification = queries.verification_readable(actor, verification_id)
    rules.require(rules.verification_read, actor, verification)
    if verification.proof is not None and verification.user_id != actor.pk:
        record(
            actor=actor,
            verb="accounts.verification_proof_read",
            target=verification,
            province_code=verification.province_id,
        )
    return verification.proof


@transaction.atomic
def session_end(*, actor: User, mark: str, current_key: str) -> None:
    """End one of the actor's own other sessions; `mark` stands for it, `current_key` is that of the page itself.

    Raises Conflict for the current one (logging out is the way) and NotAllowed for the account of the portal's clock.
    One that has ended meanwhile is as it was wished.
    """
    session = queries.lock_session(actor, mark)
    rules.require(rules.profile_save, actor, actor)
    if session is None:
        return
    if session.session_key == current_key:
        raise Conflict(_("这是您正在使用的登录。"), _("要结束它，请点页面上方的“退出”。"))
    session.delete()
    record(actor=actor, verb="accounts.session_end", target=actor, device=session.device, network=session.network)


@transaction.atomic
def sessions_end_others(*, actor: User, current_key: str) -> int:
    """End every session of the actor's but the one with this key; return how many were open."""
    rules.require(rules.profile_save, actor, actor)
    ended, _kinds = Session.objects.filter(user=actor).exclude(session_key=current_key).delete()
    record(actor=actor, verb="accounts.sessions_end_others", target=actor, ended=ended)
    return ended
