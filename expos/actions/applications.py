"""Applications for booths with their exhibits: made by the exhibitor, reviewed by the delegation's own office. Read next: allotments.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from expos import exhibit_checks, exhibit_queries, queries
from expos import floor_queries as floor
from expos import floor_rules as rules
from expos.actions.exhibits import check_write
from expos.models import BoothApplication, BoothWish, Delegation, Exhibit, Expo
from expos.models.application import MOST_WISHES
from expos.queries import share_expo
from expos.states import (
    APPLICATION_MOVES,
    EXHIBIT_MOVES,
    ApplicationState,
    CheckOccasion,
    ExhibitState,
    ExpoState,
)
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import require
from platform_site.audit.record import record
from platform_site.errors import Conflict
from platform_site.outbox.queue import after_commit
from platform_site.states import move

MOST_EXHIBITS = 10


@dataclass(frozen=True)
class Asked:
    """What is asked for. `exhibits` are (listing's key, whether it is shown with its patent mark); areas in square metres."""

    delegation_id: int
    fascia_zh: str
    kind: str
    exhibits: Sequence[tuple[int, bool]]
    booths: int = 1
    area_m2: int = 0
    corner: bool = False
    hall_id: int | None = None
    near_id: int | None = None
    power_kw: int = 0
    fascia_en: str = ""
    note: str = ""
    wishes: Sequence[int] = field(default=())  # booths' keys, the first wish first


@transaction.atomic
def application_make(*, expo_id: int, actor: User, asked: Asked) -> BoothApplication:
    """Apply for booths with one's own listings. A booth that one holds is the first wish, and is let go with it.

    Raises: NotAllowed (not verified); Conflict (no call, applied already, an exhibit that may not be shown, and why).
    Source: Henan 2005 art. 14; Patent Law art. 24.
    """
    expo = share_expo(expo_id)  # lock
    require(rules.application_make, actor, expo)  # may
    _require_call(expo)
    delegation = _delegation(expo, asked)
    verdicts = _verdicts(actor, asked)
    moment = clock.now()
    try:
        with transaction.atomic():  # move, write
            made = BoothApplication.objects.create(
                expo=expo, exhibitor=actor, delegation=delegation, fascia_zh=asked.fascia_zh, fascia_en=asked.fascia_en,
                kind=asked.kind, booths=asked.booths, area_m2=asked.area_m2, corner=asked.corner, hall_id=asked.hall_id,
                near_id=asked.near_id, power_kw=asked.power_kw, note=asked.note.strip(), made_at=moment,
            )  # fmt: skip
            _write_wishes(made, actor, asked)
            for (listing_id, patented), verdict in zip(asked.exhibits, verdicts, strict=True):
                exhibit = Exhibit.objects.create(
                    expo=expo, listing_id=listing_id, exhibitor=actor, delegation=delegation, application=made,
                    patented=patented, made_at=moment,
                )  # fmt: skip
                check_write(exhibit=exhibit, actor=actor, occasion=CheckOccasion.APPLICATION, verdict=verdict)
    except IntegrityError as taken:
        raise Conflict(_("您在这届展会已有一份有效的申请，或者某项技术已经报名参展。")) from taken
    record(  # record
        actor=actor, verb="expos.application_make", target=made, province_code=delegation.province_id, kind=made.kind,
        booths=made.booths, exhibits=len(asked.exhibits),
    )  # fmt: skip
    after_commit("expos.application_notify", application_id=made.pk, state=str(made.state))  # tell
    return made


def _require_call(expo: Expo) -> None:
    if expo.state != ExpoState.APPLICATIONS_OPEN:
        raise Conflict(_("这届展会现在不接受参展申请。"), _("招展期间在展会页可以报名。"))
    if expo.apply_until and clock.today() > expo.apply_until:
        raise Conflict(_("报名已于 %(day)s 截止。") % {"day": expo.apply_until.isoformat()})


def _delegation(expo: Expo, asked: Asked) -> Delegation:
    found = queries.Delegation.objects.filter(expo=expo, pk=asked.delegation_id).select_related("province").first()
    if found is None:
        raise Conflict(_("请从六省代表团中选择一个。"))
    return found


def _verdicts(actor: User, asked: Asked) -> list[exhibit_checks.Verdict]:
    """Of each exhibit; one refusal that names all that may not be shown."""
    if not 0 < len(asked.exhibits) <= MOST_EXHIBITS:
        raise Conflict(_("请选择一至 %(most)d 项展品。") % {"most": MOST_EXHIBITS})
    own = exhibit_queries.listings_owned(actor, [pk for pk, _patented in asked.exhibits])
    found, said = [], []
    for pk, patented in asked.exhibits:
        if pk not in own:
            raise Conflict(_("展品须是本人在平台上架的技术。"))
        verdict = exhibit_checks.verdict(own[pk], exhibit_queries.patents_of(pk), patented=patented)
        found.append(verdict)
        if not verdict.passed:
            said.append(f"{own[pk].number}：{verdict.words}")
    if said:
        raise Conflict("".join(said), _("其余展品可以照常报名。"))
    return found


def _write_wishes(made: BoothApplication, actor: User, asked: Asked) -> None:
    """The booth that is held first; what is not of this expo, or asked for twice, is left out."""
    moment = clock.database_now()
    held = floor.hold_of(made.expo, actor, moment)
    wanted = [held.booth_id] if held else []
    wanted += [pk for pk in asked.wishes if pk not in wanted]
    known = set(floor.booths_of(made.expo).filter(pk__in=wanted).values_list("pk", flat=True))
    kept = [pk for pk in dict.fromkeys(wanted) if pk in known][:MOST_WISHES]
    BoothWish.objects.bulk_create(BoothWish(application=made, booth_id=pk, place=n) for n, pk in enumerate(kept, 1))
    if held:
        held.ends_at = moment
        held.save(update_fields=["ends_at"])


@transaction.atomic
def application_approve(*, application_id: int, actor: User) -> BoothApplication:
    """Pass an application on to the allocation: every exhibit that may be shown today is accepted, the others are refused with why.

    Raises: NotAllowed (another province's); MoveRefused; Conflict (no exhibit passes).
    """
    row = floor.lock_application(application_id)  # lock
    require(rules.application_review, actor, row)  # may
    move(row, ApplicationState.PRE_REVIEWED, APPLICATION_MOVES)  # move
    passed = 0
    for exhibit in floor.lock_exhibits(row):  # write
        if exhibit.state != ExhibitState.APPLIED:
            continue
        verdict = exhibit_queries.verdict_of(exhibit)
        check_write(exhibit=exhibit, actor=actor, occasion=CheckOccasion.REVIEW, verdict=verdict)
        move(exhibit, ExhibitState.ACCEPTED if verdict.passed else ExhibitState.REFUSED, EXHIBIT_MOVES)
        exhibit.reason, exhibit.decided_by, exhibit.decided_at = verdict.reason, actor, clock.now()
        exhibit.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        passed += verdict.passed
    if not passed:
        raise Conflict(_("没有一项展品可以参展。"), _("请不予通过并写明理由。"))
    row.reviewed_by, row.reviewed_at = actor, clock.now()
    row.save(update_fields=["state", "reviewed_by", "reviewed_at"])
    record(  # record
        actor=actor,
        verb="expos.application_approve",
        target=row,
        province_code=row.delegation.province_id,
        exhibits=passed,
    )
    after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))  # tell
    return row


@transaction.atomic
def application_refuse(*, application_id: int, actor: User, reason: str) -> BoothApplication:
    """Refuse an application and its exhibits, with the reason. Raises: NotAllowed; MoveRefused; Conflict (no reason)."""
    row = floor.lock_application(application_id)  # lock
    require(rules.application_review, actor, row)  # may
    _require_reason(reason)
    move(row, ApplicationState.REFUSED, APPLICATION_MOVES)  # move
    row.reason, row.reviewed_by, row.reviewed_at = reason.strip(), actor, clock.now()
    row.save(update_fields=["state", "reason", "reviewed_by", "reviewed_at"])  # write
    for exhibit in floor.lock_exhibits(row):
        if exhibit.state == ExhibitState.APPLIED:
            _end(exhibit, ExhibitState.REFUSED, actor, row.reason)
    record(  # record
        actor=actor, verb="expos.application_refuse", target=row, province_code=row.delegation.province_id
    )
    after_commit("expos.application_notify", application_id=row.pk, state=str(row.state))  # tell
    return row


@transaction.atomic
def exhibit_refuse(*, exhibit_id: int, actor: User, reason: str) -> Exhibit:
    """Refuse one exhibit of an application that is being reviewed. Raises: NotAllowed; MoveRefused; Conflict (no reason)."""
    exhibit = exhibit_queries.lock_exhibit(exhibit_id)  # lock
    require(rules.application_review, actor, exhibit.application or exhibit)  # may
    _require_reason(reason)
    _end(exhibit, ExhibitState.REFUSED, actor, reason.strip())  # move, write
    record(  # record; tell: with the answer to the whole application
        actor=actor, verb="expos.exhibit_refuse", target=exhibit, province_code=exhibit.delegation.province_id
    )
    return exhibit


@transaction.atomic
def exhibit_withdraw(*, exhibit_id: int, actor: User) -> Exhibit:
    """Take an exhibit of one's own away. Raises: NotAllowed; MoveRefused."""
    exhibit = exhibit_queries.lock_exhibit(exhibit_id)  # lock
    require(rules.exhibit_own, actor, exhibit)  # may
    _end(exhibit, ExhibitState.WITHDRAWN, actor, "")  # move, write
    record(  # record; tell: the page shows it
        actor=actor, verb="expos.exhibit_withdraw", target=exhibit, province_code=exhibit.delegation.province_id
    )
    return exhibit


def _end(exhibit: Exhibit, state: ExhibitState, actor: User, reason: str) -> None:
    move(exhibit, state, EXHIBIT_MOVES)
    exhibit.reason, exhibit.decided_by, exhibit.decided_at = reason, actor, clock.now()
    exhibit.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Conflict(_("请写明理由。"))
