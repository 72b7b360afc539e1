"""Who works on plans: their seats, the offices, the chair; who gives an opinion, who reports, who is told. Read next: plan_queries.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import officers_of
from platform_site.accounts.roles import STAFF_GROUP
from platform_site.errors import NotAllowed
from platform_site.regions.queries import codes_where, provinces

from . import queries
from .models import Deputy, DirectorTerm, LiaisonOfficer, ProgressReport, Seat, SeatHolder
from .people_queries import group_people, office_people

TOKEN, REPORTS = "plan_comment", "task_report"


@dataclass(frozen=True)
class Reader:
    """What somebody is to the plans and their tasks today. Codes are of seats: a province's, or 000000."""

    pk: int | None = None
    is_office: bool = False
    seat: str = ""  # held, or acted for
    liaison: str = ""
    officer: tuple[str, ...] = ()  # provinces for which they comment as an officer
    reports: tuple[str, ...] = ()  # provinces for which they report on tasks
    directs: bool = False  # what is offered on a page; the act itself asks again, under the lock

    @property
    def is_inside(self) -> bool:
        """Sees plans that are not published."""
        return self.is_office or bool(self.voice)

    @property
    def voice(self) -> str:
        """The seat for which they give an opinion; empty for everybody else, the group's office included."""
        return self.seat or self.liaison or (self.officer[0] if self.officer else "")

    @property
    def reads_evidence(self) -> bool:
        """The officers of the six, the seats and the group's office read all reports with their evidence."""
        return self.is_office or bool(self.reports or self.seat)

    def verifies(self, report: ProgressReport) -> bool:
        """As rules.report_accept, from what is known of the reader already."""
        of_another = report.made_by_id != self.pk and report.province_id not in self.reports
        return of_another and (self.is_office or bool(self.reports))


def roles_of(user: User) -> dict[str, Any]:
    """What somebody is today, as columns of any query: one question instead of five."""
    today, now = clock.today(), clock.now()
    terms = DirectorTerm.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), begins_at__lte=now)
    chair = queries.in_force(SeatHolder.objects.filter(seat__in=terms.values("seat")), today)
    office = User.groups.through._default_manager.filter(user=user.pk, group__name=STAFF_GROUP)
    held = queries.in_force(SeatHolder.objects.filter(seat=OuterRef("seat")), today)
    own: dict[str, QuerySet[Any]] = {
        "held": SeatHolder.objects.all(), "acted": Deputy.objects.filter(Exists(held)),
        "liaises": LiaisonOfficer.objects.all(),
    }  # fmt: skip
    found: dict[str, Any] = {
        name: Subquery(queries.in_force(rows.filter(user=user.pk), today).values("seat")[:1])
        for name, rows in own.items()
    }
    return found | {"in_office": Exists(office), "chair": Subquery(chair.values("seat")[:1])}


def reader_from(row: dict[str, Any], officer: Sequence[str], **more: Any) -> Reader:
    """From the columns of roles_of and the provinces for which they comment; asks again while the director's seat is vacant."""
    seat, chair = row["held"] or row["acted"] or "", row["chair"]
    if seat and chair is None:
        directing = queries.directorship_at()
        chair = directing.seat.pk if directing and directing.seat else None
    return Reader(
        is_office=row["in_office"], seat=seat, liaison=row["liaises"] or "", officer=tuple(officer),
        directs=bool(seat) and seat == chair, **more,
    )  # fmt: skip


def reader_of(user: Any) -> Reader:
    """Two queries, whatever they are, a few more while the director's seat is vacant; none for a visitor."""
    if not user.is_authenticated or not user.is_active:
        return Reader()
    roles = roles_of(user)
    row = User.objects.filter(pk=user.pk).annotate(**roles).values(*roles).get()
    codes = codes_where(user, (TOKEN, REPORTS))
    return reader_from(row, codes[TOKEN], reports=tuple(codes[REPORTS]), pk=user.pk)


def lock_voice(user: User) -> tuple[Seat, dict[str, Any]]:
    """For which seat they give an opinion, and under which mandate if under one; NotAllowed for everybody else."""
    reader = reader_of(user)
    if reader.seat:
        mandate = queries.lock_mandate(user)
        return mandate.seat, mandate.by
    if not reader.voice:
        raise NotAllowed(
            _("只有各席位、联络员和六省经办人可以提意见。"), _("领导小组办公室起草文本、答复意见，不代各省提意见。")
        )
    return Seat.objects.get(pk=reader.voice), {}


# ---- who is told


def everybody_of_plans() -> list[User]:
    """Seats, liaison officers, the officers who comment, the group's office; each once."""
    people = group_people() + office_people()
    for province in provinces():
        people += officers_of(province, TOKEN)
    return list({person.pk: person for person in people}.values())
