"""Reads over people, and the getters that lock. Read next: actions.py."""

from collections.abc import Iterable

from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection
from django.db.models import Case, Q, QuerySet, When
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac
from guardian.shortcuts import get_users_with_perms

from platform_site import clock
from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from . import rules
from .models import Membership, Organisation, Session, User, Verification
from .roles import SEAT_GROUPS, STAFF_GROUP
from .states import VerificationState

# Written out, because every page of a member asks it: the library takes ten times as long to put the same words together.
_READER = """
    SELECT person.*, coalesce(held.any, FALSE) AS in_group, coalesce(held.administers, FALSE) AS administers,
        coalesce(held.prepares, FALSE) AS prepares, coalesce(held.sits, FALSE) AS sits,
        EXISTS (SELECT 1 FROM mfa_authenticator AS factor WHERE factor.user_id = person.id) AS has_second_factor
    FROM accounts_user AS person LEFT JOIN LATERAL (
        SELECT TRUE AS any, bool_or(named.name = %(administrators)s) AS administers,
            bool_or(named.name = %(staff)s) AS prepares, bool_or(named.name = ANY (%(seats)s)) AS sits
        FROM accounts_user_groups AS member JOIN auth_group AS named ON named.id = member.group_id
        WHERE member.user_id = person.id GROUP BY member.user_id
    ) AS held ON TRUE WHERE person.id = %(pk)s
"""


def person_by_email(email: str) -> User | None:
    """The account of this address, in use, of a person."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True, is_system=False).first()


def reader(pk: int) -> User | None:
    """Who asks for a page, with the groups that matter and whether they have a second factor: one query instead of three a page."""
    names = {"administrators": rules.ADMINISTRATORS_GROUP, "staff": STAFF_GROUP, "seats": list(SEAT_GROUPS)}
    return next(iter(User.objects.raw(_READER, {**names, "pk": pk})), None)


def lock_verification(pk: int) -> Verification:
    return (
        Verification.objects.select_for_update(of=("self",), no_key=True).select_related("user", "province").get(pk=pk)
    )


def lock_verification_twins(pk: int) -> Verification:
    """The request together with every other one of the same identity number, ascending pk: two offices cannot both approve."""
    digest = Verification.objects.values_list("identity_hash", flat=True).get(pk=pk)
    locking = Verification.objects.select_for_update(of=("self",), no_key=True).select_related("user", "province")
    rows = {row.pk: row for row in locking.filter(identity_hash=digest).order_by("pk")}
    return rows[pk]


def lock_verified(users: Iterable[int]) -> set[int]:
    """Those of these people who bear the real-name mark, which nobody takes back before the transaction ends.

    A shared lock: one person's acts on different patents do not wait for each other.
    """
    marks = Verification.objects.filter(user__in=list(users), state=VerificationState.VERIFIED).order_by("pk")
    query, values = marks.values("user_id").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{query} FOR SHARE", values)
        return {row[0] for row in cursor.fetchall()}


def lock_user(pk: int) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def lock_organisation(credit_code: str) -> Organisation | None:
    """By code; None where nobody has entered it yet. Locked before any user (lock order)."""
    locking = Organisation.objects.select_for_update(of=("self",), no_key=True)
    return locking.filter(credit_code=credit_code).first()


def organisation_of(user: User) -> Organisation | None:
    membership = Membership.objects.filter(user=user, left_at=None).select_related("organisation").first()
    return membership.organisation if membership else None


def current_verification(user: User) -> Verification | None:
    return Verification.objects.filter(user=user).select_related("province").first()


def verifications_for(officer: User) -> QuerySet[Verification]:
    """The queue of the officer's own province: waiting first by due day; an empty one for everybody else."""
    return verifications_in([province.code for province in provinces_where(officer, "member_verify")])


def verifications_in(codes: Iterable[str]) -> QuerySet[Verification]:
    """The queue of these provinces' offices."""
    return Verification.objects.filter(province__in=list(codes)).select_related("user", "organisation", "province")


def verification_for(officer: User, pk: int) -> Verification:
    """One request of the officer's own queue; 404 for anybody else's, as if it did not exist."""
    found = verifications_for(officer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def waiting(queryset: QuerySet[Verification]) -> QuerySet[Verification]:
    return queryset.filter(state=VerificationState.SUBMITTED).order_by("due_on", "id")


def own_and_waiting(user: User, codes: Iterable[str], most: int) -> tuple[Verification | None, list[Verification]]:
    """The latest request of one's own, and those of others that wait with these provinces' offices by due day: one query."""
    mine, theirs = Q(user=user), Q(province__in=list(codes), state=VerificationState.SUBMITTED)
    newest = Verification.objects.filter(user=user).values("pk")[:1]
    rows = Verification.objects.filter(Q(pk__in=newest) | theirs & ~mine)
    rows = rows.annotate(is_own=Case(When(mine, then=0), default=1)).order_by("is_own", "due_on", "id")
    found = list(rows.select_related("user", "organisation", "province")[: most + 1])
    own = found.pop(0) if found and found[0].user_id == user.pk else None
    return own, found[:most]


def verifications_in_view(officer: User, view: str) -> QuerySet[Verification]:
    """One tab of the queue: `waiting` by due day, `verified` and `closed` by the day of the decision."""
    mine = verifications_for(officer)
    if view == "waiting":
        return waiting(mine)
    decided = (
        mine.filter(state=VerificationState.VERIFIED)
        if view == "verified"
        else mine.exclude(state__in=[VerificationState.SUBMITTED, VerificationState.VERIFIED])
    )
    return decided.order_by("-decided_at", "-id")


def offices() -> list[Province]:
    return list(Province.objects.all())


def verification_readable(user: User, pk: int) -> Verification:
    """A request whose papers this reader may see: their own, or one of their office's queue; 404 otherwise."""
    found = Verification.objects.filter(pk=pk).select_related("user", "province", "proof").first()
    if found is None or not rules.verification_read(user, found):
        raise Http404
    return found


def verifications_of(user: User) -> QuerySet[Verification]:
    """Everything a person has asked for, newest first."""
    return Verification.objects.filter(user=user).select_related("province")


def verified_elsewhere(identity_hash: str, user_id: int) -> bool:
    """Whether the same identity number already stands verified for somebody else; never says for whom."""
    standing = Verification.objects.filter(identity_hash=identity_hash, state=VerificationState.VERIFIED)
    return standing.exclude(user=user_id).exists()


def officers_of(province: Province, token: str) -> list[User]:
    """Everybody who holds `token` on the province, themselves or through a group; active, in order of joining."""
    found = get_users_with_perms(province, only_with_perms_in=[token], with_group_users=True, with_superusers=False)
    return list(found.filter(is_active=True).order_by("pk"))


def is_demonstration() -> bool:
    return User.objects.filter(is_demonstration=True).exists()


def system_user() -> User:
    """The named account under which the portal's own clock acts."""
    return User.objects.get(is_system=True)


# ---- sessions

SESSIONS_SHOWN = 50  # whoever has more ends them all at once


def sessions_of(user: User) -> QuerySet[Session]:
    """What the person is signed in with, latest first; those that have run out are left out."""
    return Session.objects.filter(user=user, ends_at__gt=clock.now()).order_by("-seen_at", "session_key")


def sessions_open(user: User) -> list[Session]:
    """The newest of these that still open something: a change of password has closed the others."""
    valid = user.get_session_auth_hash()
    rows = sessions_of(user)[:SESSIONS_SHOWN]
    return [row for row in rows if constant_time_compare(row.get_decoded().get(HASH_SESSION_KEY, ""), valid)]


def session_mark(session_key: str) -> str:
    """What stands for a session on a page: the key itself would open it."""
    return salted_hmac("accounts.session_mark", session_key, algorithm="sha256").hexdigest()[:32]


def lock_session(user: User, mark: str) -> Session | None:
    """One of the person's own sessions by its mark, locked; None where there is none (it may just have ended)."""
    keys = Session.objects.filter(user=user).values_list("session_key", flat=True)
    found = [key for key in keys if constant_time_compare(session_mark(key), mark)]
    return Session.objects.select_for_update().filter(session_key__in=found).first()


def sessions_expired() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=clock.now())
