"""Each indicator equals a count written differently; a changed record changes it; targets are frozen, figures kept at the close."""

from datetime import timedelta
from decimal import Decimal
from statistics import median

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance import indicator_queries, indicator_words
from governance.actions import progress as plans
from governance.indicator_queries import ALL, Figure
from governance.indicator_records import records
from governance.indicators import BY_SLUG, INDICATORS
from governance.models import IndicatorSnapshot, IndicatorTarget
from patents.models import Listing, Review
from platform_site import clock
from platform_site.errors import Conflict, NotAllowed
from platform_site.regions.queries import working_days_left
from tests.factories import agreements, needs, opens, patents, progress, trading
from tests.factories.counts import INDEPENDENT, independent
from tests.factories.progress import HENAN, HUBEI

pytestmark = pytest.mark.django_db
YEAR = clock.today().year


@pytest.fixture
def world(shen, bai, guo, he):
    """A little of everything that is counted, some of it of last year, and what must not be counted."""
    market = patents.published(shen, title="在架的技术")
    patents.submitted(shen, title="还没有审的技术")
    room = trading.room(shen, bai, listing=market)
    needs.published(bai, province="430000")
    needs.submitted(bai, province="430000")
    agreements.signed(shen, bai)
    agreements.recorded(shen, bai, guo)
    opens.in_force(shen, officer=guo)
    old = patents.published(shen, title="去年审的技术")
    last_year = clock.now() - timedelta(days=366)
    Review.objects.filter(version__listing=old).update(decided_at=last_year, opened_at=last_year)
    return {"market": market, "room": room, "old": old}


def test_each_count_equals_one_that_is_written_differently(world):
    figures = indicator_queries.figures(YEAR).by_slug
    for slug in INDEPENDENT:
        assert figures[slug].values == independent(slug), slug
        assert figures[slug].total > 0, slug
        if BY_SLUG[slug].is_flow:
            assert figures[slug].until(12) == figures[slug].total, slug
    decided = Review.objects.filter(decided_at__year=YEAR, decision__in=["approved", "changes_requested", "rejected"])
    days = [working_days_left(clock.day_of(r.opened_at), clock.day_of(r.decided_at)) for r in decided]
    assert figures["review_days"].total == Decimal(median(days)).quantize(Decimal("0.1"))
    assert figures["cross_province_share"].total == 100, "Hubei sells to Hunan"
    assert figures["contract_amount"].values[HUBEI] is None and HUBEI in figures["contract_amount"].few


def test_one_statement_whatever_there_is(world):
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        indicator_queries.counted(YEAR)
    assert len(asked) == 1


def test_altering_one_record_changes_the_figure_and_nothing_is_stored(world):
    before = indicator_queries.figures(YEAR).by_slug["listings_approved"].total
    review = Review.objects.filter(decided_at__year=YEAR, decision="approved").first()
    Review.objects.filter(pk=review.pk).update(decision="rejected", reason="改为不通过。")
    caches["pages"].clear()
    assert indicator_queries.figures(YEAR).by_slug["listings_approved"].total == before - 1
    assert not IndicatorSnapshot.objects.exists()


def test_what_contracts_are_worth_is_told_in_fives():
    rows = [(HUBEI, None, Decimal(500), Decimal(7)), (HENAN, None, None, Decimal(4))]
    figure = indicator_queries._money(rows)
    assert figure.values[HUBEI] == 500 and figure.values[HENAN] is None and figure.total == 500
    assert figure.few == {HENAN} and figure.values["140000"] == 0
    few = indicator_queries._money([(HENAN, None, None, Decimal(4))])
    assert few.total is None and ALL in few.few
    one = BY_SLUG["contract_amount"]
    assert (
        indicator_words.written(one, None, is_few=True) == "<5"
        and indicator_words.written(one, Decimal(120000)) == "12 万元"
    )


def test_the_records_behind_a_figure_are_as_many_and_seen_by_right(world, shen, bai, guo, he, mo):
    figures = indicator_queries.figures(YEAR).by_slug
    for slug in INDEPENDENT:
        for code in ("", HUBEI):
            assert records(mo, slug, YEAR, code).rows.count() == figures[slug].values[code or ALL], slug
    seen = lambda user, slug: records(user, slug, YEAR).seen.count()  # noqa: E731
    assert seen(mo, "negotiations_opened") == 0 == seen(guo, "negotiations_opened")
    assert seen(shen, "negotiations_opened") == records(mo, "negotiations_opened", YEAR).rows.count()
    assert (seen(mo, "agreements_signed"), seen(bai, "agreements_signed")) == (0, 2)
    assert (seen(guo, "agreements_signed"), seen(he, "agreements_signed")) == (1, 0), "what was filed with the office"
    assert seen(mo, "listings_approved") == figures["listings_approved"].total


def test_the_page_shows_definition_records_and_how_many_are_hidden(client, world, bai):
    address = f"/zh-hans/governance/indicators/negotiations_opened/?year={YEAR}&province={HUBEI}"
    text = client.get(address).content.decode()
    assert "内容仅洽谈双方可见" in text and "您无权查看" in text and world["market"].number not in text
    browser = Client()
    browser.force_login(bai)
    assert world["market"].number in browser.get(address).content.decode()
    browser.get("/zh-hans/help/")
    for one in INDICATORS:
        with CaptureQueriesContext(connection) as asked:
            response = browser.get(f"/zh-hans/governance/indicators/{one.slug}/")
        assert response.status_code == 200 and str(one.definition) in response.content.decode()
        assert len(asked) <= 15, one.slug
    assert client.get("/zh-hans/governance/indicators/").status_code == 200
    for wrong in (
        "nothing/",
        "review_days/?year=2006",
        "review_days/?province=999999",
        f"review_days/?year={YEAR + 1}",
    ):
        assert client.get(f"/zh-hans/governance/indicators/{wrong}").status_code == 404, wrong


def test_a_figure_is_judged_against_the_share_of_the_year():
    flow, stock, less = BY_SLUG["needs_published"], BY_SLUG["listings_on_market"], BY_SLUG["review_days"]
    half = Decimal("0.5")
    table = [
        (flow, 52, "green", "较时序进度 +4.0%"), (flow, 40, "yellow", "较时序进度 −20.0%"),
        (flow, 39, "red", "较时序进度 −22.0%"), (flow, 100, "done", "已达到目标"), (stock, 52, "red", "较目标值 −48.0%"),
        (less, 90, "done", "已达到目标"), (less, 110, "yellow", "较目标值 −10.0%"),
    ]  # fmt: skip
    for one, actual, state, words in table:
        found = indicator_words.judged(one, Decimal(actual), Decimal(100), half)
        assert (found.state, found.words) == (state, words)
    nothing = indicator_words.shown(flow, Figure({ALL: None}), {ALL: Decimal(5)}, half)
    assert nothing["state"] == "" and nothing["bar"]["width"] == 0


# ---- targets and what is kept


def test_the_office_sets_targets_until_the_plan_is_tabled(si, guo, ju):
    plan = progress.draft(year=YEAR + 1)
    address = f"/zh-hans/governance/plans/{plan.year}/targets/"
    browser = Client()
    browser.force_login(si)
    typed = {"listings_approved-420000": "300", "review_days-all": "8", "contract_amount-410000": "2亿"}
    assert browser.get(address).status_code == 200 and browser.post(address, typed).status_code == 302
    found = indicator_queries.targets_of(plan)
    assert found["listings_approved"] == {HUBEI: 300, ALL: 300} and found["review_days"] == {ALL: 8}
    assert found["contract_amount"][HENAN] == 200_000_000
    boxes = browser.get(address).content.decode()
    assert 'value="300"' in boxes and 'value="200000000"' in boxes and ".00" not in boxes.split("<form")[-1]
    wrong = browser.post(address, {"listings_approved-420000": "三百"})
    assert (
        wrong.status_code == 200 and "三百" in wrong.content.decode() and len(indicator_queries.targets_of(plan)) == 3
    )
    for actor in (guo, ju):
        with pytest.raises(NotAllowed):
            plans.targets_save(plan_id=plan.pk, actor=actor, targets={})
        other = Client()
        other.force_login(actor)
        assert other.get(address).status_code == 403
    progress.publish(plan)
    with pytest.raises(Conflict):
        plans.targets_save(plan_id=plan.pk, actor=si, targets={})
    assert browser.post(address, typed).status_code == 409
    for statement in ("DELETE FROM governance_indicatortarget", "UPDATE governance_indicatortarget SET target = 1"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert IndicatorTarget.objects.count() == 3


def test_figures_are_kept_at_the_close_and_not_before_or_after(world, si, guo, client):
    plan = progress.published(tasks=[progress.task(due=60)], targets={"listings_approved": {HUBEI: 100}})
    with pytest.raises(Conflict):
        plans.plan_close(plan_id=plan.pk, actor=si)  # the year goes on and something is open
    with pytest.raises(NotAllowed):
        plans.plan_close(plan_id=plan.pk, actor=guo)
    live = indicator_queries.figures(YEAR).by_slug
    with clock.at(clock.now() + timedelta(days=60)):
        plans.plan_close(plan_id=plan.pk, actor=si)
    plan.refresh_from_db()
    kept = indicator_queries.figures_of(plan)
    assert kept.by_slug["listings_approved"].values == live["listings_approved"].values
    assert IndicatorSnapshot.objects.count() == len(INDICATORS) * 7 and kept.as_of == plan.closed_at
    Listing.objects.update(updated_at=clock.now())
    Review.objects.filter(decision="approved").update(decision="rejected", reason="改为不通过。")
    assert indicator_queries.figures_of(plan).by_slug["listings_approved"].total == live["listings_approved"].total
    insert = (
        "INSERT INTO governance_indicatorsnapshot (plan_id, slug, version, value, as_of) SELECT id, 'x', 1, 1, {} FROM"
        " governance_annualworkplan"
    )
    for statement in (
        "UPDATE governance_indicatorsnapshot SET value = 1", "DELETE FROM governance_indicatorsnapshot", insert.format("now()"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    text = client.get(f"/zh-hans/governance/plans/{plan.year}/").content.decode()
    assert "已总结" in text and "总结于" in text
    # The curve is that of the close, whatever has become of the records since.
    months = indicator_queries.figures_of(plan).by_slug["listings_approved"]
    assert months.until(12) == live["listings_approved"].total and months.months[1] == live["listings_approved"].until(
        1
    )
    assert 'class="curve"' in text and 'class="hi"' in text and "审核通过的上架技术" in text
    assert IndicatorSnapshot.objects.filter(months__isnull=False, province=None).count() == sum(
        one.is_flow and not one.is_money for one in INDICATORS
    )
