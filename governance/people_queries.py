"""Who belongs to the Leading Group today, and whom its acts are told to. Read next: queries.py."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.roles import STAFF_GROUP
from platform_site.regions.facts import CODES

from .models import Deputy, LiaisonOfficer, SeatHolder
from .queries import in_force


def is_inside(user: User) -> bool:
    """Whether somebody holds or deputises for a seat, carries its papers, or works in the group's office: one query."""
    if not user.is_authenticated or not user.is_active:
        return False
    kinds = [_today(model.objects.filter(user=user)).order_by() for model in (SeatHolder, Deputy, LiaisonOfficer)]
    kinds.append(user.groups.filter(name=STAFF_GROUP).order_by())
    first, *others = (rows.values_list("pk", flat=True) for rows in kinds)
    return bool(first.union(*others, all=True)[:1])


def seat_people(codes: Iterable[str] | None = None) -> list[User]:
    """Today's holders and deputies of these seats, of all without `codes`; each once, closed accounts left out."""
    return _people(_on(SeatHolder, codes) | _on(Deputy, codes))


def voters(national_votes: bool) -> list[User]:
    """Who can vote today: the people of the seats that vote by the rule."""
    return seat_people(None if national_votes else CODES)


def liaison_people(codes: Iterable[str] | None = None) -> list[User]:
    """Today's liaison officers, likewise."""
    return _people(_on(LiaisonOfficer, codes))


def office_people() -> list[User]:
    """Who works in the group's office."""
    return _people(Q(groups__name=STAFF_GROUP))


def group_people() -> list[User]:
    """Whom a meeting concerns: seats, their deputies and liaison officers."""
    return _people(_on(SeatHolder) | _on(Deputy) | _on(LiaisonOfficer))


def _people(among: Q) -> list[User]:
    return list(User.objects.filter(among, is_active=True).order_by("pk").distinct())


def _on(model: type[SeatHolder | Deputy | LiaisonOfficer], codes: Iterable[str] | None = None) -> Q:
    rows = _today(model.objects.exclude(user=None))
    rows = rows if codes is None else rows.filter(seat__in=list(codes))
    return Q(pk__in=rows.order_by().values("user"))


def _today(rows: QuerySet) -> QuerySet:
    return in_force(rows, clock.today())
