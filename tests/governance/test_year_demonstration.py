"""The demonstration's meetings and work plans: every state there is, all from acts; each indicator equals another count."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db.models import F

from governance import indicator_queries, lights, plan_changes, plan_queries
from governance import progress_queries as progress
from governance.ballot_queries import count_of
from governance.models import (
    AgendaItem,
    AnnualWorkPlan,
    Ballot,
    IndicatorSnapshot,
    IndicatorTarget,
    Meeting,
    Minutes,
    PlanComment,
    PlanTask,
    PlanVersion,
    ProgressReport,
    Reminder,
    Resolution,
    TaskText,
    Vote,
)
from governance.states import BallotState, CommentState, ItemState, MeetingKind, MeetingState, ReportState
from platform_site import clock
from platform_site.outbox import queue
from platform_site.portal.demonstration.group import SEATS, Group
from platform_site.portal.demonstration.people import Cast
from platform_site.portal.demonstration.plan_year import PlanYear
from platform_site.portal.demonstration.plans import FIRST, Plans
from tests.factories import agreements, needs, patents, trading
from tests.factories.counts import INDEPENDENT, independent

pytestmark = pytest.mark.django_db
REAL = clock.today()
TODAY = date(REAL.year - (date(REAL.year, 11, 30) > REAL), 11, 29)  # the last one: in November everything is there
EVENING = datetime.combine(TODAY, time(18), tzinfo=clock.SHANGHAI)


@pytest.fixture
def year():
    """2007, last year and this one, as the demonstration makes all of them."""
    with clock.at(EVENING):
        with clock.at(EVENING - timedelta(days=570)):
            cast = Cast().make()
        Group(cast, lambda: None).fill(TODAY)
        made = Plans(cast, queue.drain, TODAY)
        made.past([FIRST, TODAY.year - 1])
        PlanYear(made).fill()
    return TODAY.year


def states(model):
    return set(model.objects.values_list("state", flat=True))


def test_every_state_is_there_and_every_figure_is_counted(year, shen, bai, guo):
    with clock.at(EVENING):
        _every_state(year)
        _the_first_plan(year)
        _this_years_plan(year)
        _meetings()
    _indicators(shen, bai, guo)


def _every_state(year):
    """All that can stand beside the others."""
    plans = dict(AnnualWorkPlan.objects.values_list("year", "state"))
    assert plans == {
        FIRST: "closed",
        year - 1: "closed",
        year: "published",
        year + 1: "consultation",
    }
    assert states(PlanVersion) == {"working", "tabled", "in_force", "superseded", "dropped"}
    assert states(Meeting) == set(MeetingState) and states(AgendaItem) == set(ItemState)
    assert set(Meeting.objects.values_list("kind", flat=True)) == set(MeetingKind)
    assert states(Ballot) == set(BallotState) and states(ProgressReport) == set(ReportState)
    assert states(Resolution) == {"adopted", "closed"} and states(PlanComment) == set(CommentState)
    assert set(Vote.objects.values_list("choice", flat=True)) == {"for", "against", "abstain"}
    assert Vote.objects.exclude(reservation="").exists() and Vote.objects.exclude(deputy=None).exists()


def _the_first_plan(year):
    """The agreement's eight undertakings; every past plan adopted by the seven who held the seats then."""
    first = AnnualWorkPlan.objects.get(year=FIRST)
    assert TaskText.objects.filter(version__plan=first).count() == 8
    assert first.document_number == "中部六省专利工作〔2007〕1号" and first.closed_at.year == FIRST + 1
    ballot = PlanVersion.objects.get(plan=first).resolution.ballot
    assert set(ballot.votes.values_list("seat", flat=True)) == set(SEATS) and count_of(ballot).is_carried
    assert not IndicatorTarget.objects.filter(plan__year__lt=year - 1).exists()
    assert not IndicatorSnapshot.objects.filter(plan__year__lt=year - 1, value__gt=0).exists()
    assert ProgressReport.objects.filter(task__plan=first).exclude(state="accepted").count() == 0
    assert not ProgressReport.objects.filter(decided_by=F("made_by")).exclude(state="withdrawn").exists()
    assert not progress.unfinished_tasks(first)
    carried = PlanTask.objects.exclude(carried_from=None)
    assert all(task.carried_because for task in carried) and carried.filter(plan__year=year + 1).count() == 2


def _this_years_plan(year):
    plan = AnnualWorkPlan.objects.get(year=year)
    board = progress.board_of(plan)
    assert {state for state, n in board.counts.items() if n} == set(lights.STATES) - {lights.GREY}
    assert any(len(row.cells) < 6 for row in board.rows) or lights.GREY in {cell.light.state for cell in board.cells}
    assert len(board.rows) >= 20
    assert {cell.code for cell in board.cells if cell.light.state != lights.GREY} == set(SEATS) - {"000000"}
    assert plan_queries.in_force(plan).number == 2 and Reminder.objects.count() == 1
    old, new = (plan_queries.document_of(plan.versions.get(number=number)) for number in (1, 2))
    assert bool(plan_changes.changes(old, new).tasks)
    targets = indicator_queries.targets_of(plan)
    assert len(targets) == 8 and sum(len(codes) > 6 for codes in targets.values()) == 6


def _meetings():
    for minutes in Minutes.objects.all():
        assert minutes.paper_signatures == minutes.signatures.count() > 0 and minutes.paper is not None
    refused = [ballot for ballot in Ballot.objects.filter(state="closed") if not count_of(ballot).is_carried]
    assert len(refused) == 1 and refused[0].item.meeting.kind == MeetingKind.EXTRAORDINARY
    called = Meeting.objects.get(state="called")
    assert called.starts_at > clock.now() and all(item.papers.exists() for item in called.items.all())


def _indicators(shen, bai, guo):
    """Nothing that the plans have written is counted, only what is done in the trade."""
    figures = indicator_queries.counted(REAL.year).by_slug
    assert all(figures[slug].total == 0 for slug in INDEPENDENT)
    trading.room(shen, bai, listing=patents.published(shen, title="在架的技术"))
    needs.published(bai, province="430000")
    agreements.recorded(shen, bai, guo)
    figures = indicator_queries.counted(REAL.year).by_slug
    for slug in INDEPENDENT:
        assert figures[slug].values == independent(slug), slug
    assert figures["agreements_signed"].total == 1
