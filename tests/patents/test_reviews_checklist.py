"""The machine checks one by one, and what counts as a complete checklist."""

from datetime import timedelta

import pytest

from patents import checklist, review_queries
from patents.models import Patent, Review
from platform_site import clock
from tests.factories import patents

GOOD = {item: {"ok": True, "note": ""} for item in checklist.ITEMS}


def found(listing, **changes):
    """The checks of a submitted listing after its patent's facts changed, by token."""
    if changes:
        Patent.objects.filter(listing_patents__listing=listing).update(**changes)
    review = Review.objects.select_related("version__listing__organisation").get(version__listing=listing, decision="")
    checks = checklist.machine_checks(review_queries.submissions_of([review])[review.pk])
    return {check.token: check for check in checks}


def test_a_good_submission_passes_all_but_what_needs_papers(shen):
    checks = found(patents.submitted(shen, applicants="沈工"))
    assert [token for token, check in checks.items() if not check.passed] == ["papers"]
    assert checklist.passed(list(checks.values())) == (len(checks) - 1, len(checks))
    assert checklist.stops(list(checks.values())) == []


@pytest.mark.parametrize(
    ("token", "state", "changes"),
    [
        ("number", "ask", {"number_doubtful": True}),
        ("number", "ask", {"application_number": "CN202010000001.2"}),
        ("kind", "fail", {"kind": "utility_model"}),
        ("classes", "ask", {"ipc": ["Z99Z9/99"]}),
        ("classes", "ask", {"ipc": []}),
        ("dates", "ask", {"filing_date": "2021-01-01", "publication_date": "2021-02-01"}),
        ("dates", "ask", {"grant_date": None}),
        ("dates", "ask", {"grant_date": clock.today() + timedelta(days=2)}),
        ("status", "fail", {"legal_status": "terminated"}),
        ("status", "fail", {"legal_status": "unpublished"}),
        ("status", "fail", {"filing_date": "1990-01-01"}),
        ("status", "ask", {"status_as_of": clock.today() - timedelta(days=91)}),
        ("status", "ask", {"legal_status": "late_fee"}),
        ("status", "ask", {"annuity_paid_to": clock.today() - timedelta(days=1)}),
        ("forms", "pass", {"co_owned": True}),
        ("title", "ask", {"applicants": "别的单位、又一个单位"}),
        ("title", "pass", {"applicants": "别的单位、沈工"}),
    ],
)
def test_each_finding(token, state, changes, shen):
    check = found(patents.submitted(shen, applicants="沈工"), **changes)[token]
    assert check.state == state, check.detail
    assert check.detail


def test_sections_of_the_law_are_found_again_at_review(shen):
    listing = patents.submitted(shen, forms=["exclusive"])
    assert found(listing, co_owned=True)["consent"].stops


def test_the_owner_without_a_mark_stops(shen):
    listing = patents.submitted(shen)
    shen.verifications.update(state="revoked")
    assert found(listing)["owner"].stops


def test_a_patent_that_left_the_bundle_stops(shen):
    listing = patents.submitted(shen)
    listing.listing_patents.update(is_open=False)
    assert found(listing)["one_listing"].stops


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("国内领先，效率最佳。", "ask"),
        ("a world-leading catalyst", "ask"),
        ("第一电极与第二电极之间设有隔膜。", "pass"),
        ("", "ask"),
    ],
)
def test_praise_is_pointed_out(text, state, shen):
    listing = patents.draft(shen, complete=False)
    version = listing.versions.get()
    texts = {**patents.TEXTS, "title_zh": "名称", "effect_zh": text, "effect_en": ""}
    for name, words in texts.items():
        setattr(version, name, words)
    submission = checklist.Submission(version, (), (), (), True, frozenset(), clock.today())
    assert {check.token: check.state for check in checklist.machine_checks(submission)}["wording"] == state


def test_nothing_bundled_stops_without_breaking(shen):
    version = patents.draft(shen, complete=False).versions.get()
    submission = checklist.Submission(version, (), (), (), True, frozenset(), clock.today())
    states = {check.token: check.state for check in checklist.machine_checks(submission)}
    assert states["status"] == states["forms"] == states["one_listing"] == "fail"


def test_only_five_real_yeses_are_complete():
    assert checklist.is_complete(checklist.cleaned(GOOD))
    for item in checklist.ITEMS:
        for wrong in ({"ok": False}, {"ok": "true"}, {"ok": 1}, None, "yes"):
            assert not checklist.is_complete(checklist.cleaned({**GOOD, item: wrong}))
    assert checklist.problems(checklist.cleaned({"wording": {"ok": False}, "other": {"ok": False}})) == ["wording"]


def test_every_check_and_reason_belongs_to_an_item():
    assert {canned.item for canned in checklist.CANNED} <= set(checklist.ITEMS)
    assert {item for _token, _label, item, _find in checklist._CHECKS} == set(checklist.ITEMS)
