"""Whatever code says: what is public has the consents it needs, offers what the ledger has left, and is published.

The guards of PostgreSQL are asked by themselves, through SQL; the portal's own checks with their sentences beside them.
"""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from patents import checks, queries
from patents.actions import listings, reviews
from patents.actions.titles import title_of
from patents.models import ListingVersion, OfferedForm, Patent
from patents.states import CONSENT_NEEDED
from platform_site import clock
from platform_site.errors import Conflict
from tests.factories import ledger as rows
from tests.factories import patents

pytestmark = pytest.mark.django_db
FORMS = ("assignment", "exclusive", "sole", "ordinary", "open")


def sql(statement, *values):
    """As a rival program would write: nothing of the portal's own code in between."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def make_public(listing, form, *, provinces=(), consents=()):
    """A new text of a published listing, made public by SQL alone."""
    version = ListingVersion.objects.create(
        listing=listing,
        number=listing.versions.count() + 1,
        state="approved",
        created_at=clock.now(),
        saved_at=clock.now(),
        consents=list(consents),
    )
    with pgtrigger.ignore("patents.OfferedForm:frozen_form"):
        OfferedForm.objects.create(version=version, form=form, provinces=list(provinces))
    sql("UPDATE patents_listing SET public_version_id = %s WHERE id = %s", version.pk, listing.pk)


def granted(patent, form, **what):
    """A licence that stands in the ledger."""
    title_of(patent, patent.created_by)
    rows.grant(patent, form, **what).save(force_insert=True)


# ---- consents


def test_a_form_without_consent_of_the_co_owners_is_not_made_public(shen):
    listing = patents.published(shen, co_owned=True)
    for form in FORMS:
        if form != "ordinary":
            with pytest.raises(InternalError, match="co-owners"):
                make_public(listing, form, consents=[other for other in CONSENT_NEEDED if other != form])
        make_public(listing, form, consents=[form] if form != "ordinary" else [])


def test_a_consent_for_one_form_is_none_for_another(shen):
    listing = patents.draft(shen, co_owned=True, forms=["sole", "exclusive", "ordinary"], consent=["sole"])
    with pytest.raises(Conflict, match="独占许可.*第十四条"):
        listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")


def test_unknown_consents_are_refused_by_the_database(shen):
    listing = patents.draft(shen)
    for wrong in ("ordinary", "pledge"):
        with pytest.raises(IntegrityError, match="version_consents_known"):
            sql("UPDATE patents_listingversion SET consents = ARRAY[%s] WHERE listing_id = %s", wrong, listing.pk)


def test_a_form_that_is_not_negotiable_names_its_price(shen):
    listing = patents.draft(shen)
    for wrong in ("price_basis = 'lump', price_cny = NULL", "price_basis = 'negotiable', price_cny = 1"):
        with pytest.raises(IntegrityError, match="form_price_or_negotiable"):
            sql(
                f"UPDATE patents_offeredform SET {wrong} WHERE version_id IN (SELECT id FROM patents_listingversion WHERE listing_id = %s)",
                listing.pk,
            )


# ---- rights that are gone


GONE = {
    "exclusive": {"exclusive", "sole", "ordinary", "open"},
    "sole": {"exclusive", "sole", "ordinary", "open"},
    "ordinary": {"exclusive", "sole"},
    "compulsory": set(),
}


@pytest.mark.parametrize("existing", GONE)
def test_what_is_granted_is_not_offered_anew(existing, shen):
    listing = patents.published(shen)
    patent = patents.patent_of(listing)
    granted(patent, existing, provinces=["430000"])
    books = queries.draft_to_judge(listing.public_version).books
    for form in FORMS:
        found = checks.gone_problems([(form, [])], [patent], books)
        assert bool(found) is (form in GONE[existing]), form
        if not found:
            make_public(listing, form)
            continue
        assert "湖南" in found[0][1] and (form == "open" or "去掉湖南" in found[0][1])
        with pytest.raises(InternalError, match="has not given away"):
            make_public(listing, form)


def test_another_province_is_still_free_and_an_open_licence_is_nowhere(shen):
    listing = patents.published(shen)
    patent = patents.patent_of(listing)
    granted(patent, "exclusive", provinces=["430000"])
    books = queries.draft_to_judge(listing.public_version).books
    assert checks.gone_problems([("exclusive", ["420000"])], [patent], books) == []
    assert "第八十六条" in checks.gone_problems([("open", ["420000"])], [patent], books)[0][1]
    make_public(listing, "exclusive", provinces=["420000"])


@pytest.mark.parametrize(
    ("changes", "stands"),
    [
        ({"state": "reserved", "reserved_until": timedelta(days=2)}, False),
        ({"state": "reserved", "reserved_until": timedelta(days=-1)}, True),
        ({"start": timedelta(days=3)}, True),
        ({"start": timedelta(days=-9), "end": timedelta(0)}, True),
    ],
)
def test_only_what_holds_today_counts(changes, stands, shen):
    listing = patents.published(shen)
    patent = patents.patent_of(listing)
    moment, today = clock.now(), clock.today()
    facts = {
        name: (moment if name == "reserved_until" else today) + value if isinstance(value, timedelta) else value
        for name, value in changes.items()
    }
    if "start" in facts and facts["start"] < today:
        facts["signed_on"] = facts["start"]
    granted(patent, "exclusive", **facts)
    books = queries.draft_to_judge(listing.public_version).books
    assert (checks.gone_problems([("ordinary", [])], [patent], books) == []) is stands
    if stands:
        make_public(listing, "ordinary")
    else:
        with pytest.raises(InternalError, match="has not given away"):
            make_public(listing, "ordinary")


def test_an_open_declaration_bars_exclusive_offers(shen):
    listing = patents.published(shen)
    patent = patents.patent_of(listing)
    rows.encumbrance(patent, "open_declaration").save(force_insert=True)
    books = queries.draft_to_judge(listing.public_version).books
    assert "第五十一条" in checks.gone_problems([("sole", [])], [patent], books)[0][1]
    with pytest.raises(InternalError, match="has not given away"):
        make_public(listing, "sole")
    make_public(listing, "ordinary")


@pytest.mark.parametrize("status", ["pending", "late_fee"])
def test_an_open_licence_is_of_a_granted_patent_whose_annuity_is_paid(status, shen):
    listing = patents.published(shen)
    Patent.objects.filter(listing_patents__listing=listing).update(legal_status=status)
    with pytest.raises(InternalError, match="an open licence"):
        make_public(listing, "open")


def test_what_is_public_shrinks_with_the_ledger_and_stays(shen, guo):
    listing = patents.published(shen, forms=[patents.form_row(provinces=["420000", "430000"])])
    granted(patents.patent_of(listing), "exclusive", provinces=["430000"])
    sql("UPDATE patents_listing SET closing_reason = '' WHERE id = %s", listing.pk)
    listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="整理材料。")
    assert listings.listing_resume(listing_id=listing.pk, actor=shen).state == "published"


def test_submission_and_approval_ask_the_ledger(shen, guo):
    listing = patents.draft(shen, forms=["ordinary"])
    granted(patents.patent_of(listing), "exclusive", provinces=["430000"])
    with pytest.raises(Conflict, match="台账上已有：独占许可 · 湖南.*去掉湖南"):
        listings.listing_submit(listing_id=listing.pk, actor=shen, province_code="420000")
    waiting = patents.submitted(shen, title="另一项技术")
    granted(patents.patent_of(waiting), "exclusive", provinces=["430000"])
    with pytest.raises(Conflict, match="独占许可 · 湖南"):
        patents.approve(waiting, officer=guo)


def test_publication_asks_by_itself(shen, guo):
    waiting = patents.submitted(shen)
    granted(patents.patent_of(waiting), "sole")
    with pytest.raises(Conflict, match="排他许可 · 全国.*请去掉“普通许可”"):
        listings.listing_publish(listing=waiting, version=queries.version_in_work(waiting), actor=guo)


# ---- unpublished applications


def test_an_unpublished_application_never_joins_what_is_public(shen):
    listing = patents.published(shen)
    secret = patents.patent_of(patents.draft(shen, legal_status="unpublished", grant_date=None))
    secret.listing_patents.update(is_open=False)
    with pytest.raises(InternalError, match="alive"):
        sql(
            "INSERT INTO patents_listingpatent (listing_id, patent_id, is_open, place) VALUES (%s, %s, true, 1)",
            listing.pk,
            secret.pk,
        )
    closed = secret.listing_patents.get()
    with pytest.raises(InternalError, match="alive"):
        sql("UPDATE patents_listingpatent SET listing_id = %s, is_open = true WHERE id = %s", listing.pk, closed.pk)


def test_a_public_patent_never_turns_unpublished(shen):
    listing = patents.published(shen)
    with pytest.raises(InternalError, match="alive"):
        sql("UPDATE patents_patent SET legal_status = 'unpublished' WHERE id = %s", patents.patent_of(listing).pk)


def test_a_listing_of_an_unpublished_application_never_becomes_public(shen):
    waiting = patents.submitted(shen)
    Patent.objects.filter(listing_patents__listing=waiting).update(legal_status="unpublished")
    version = queries.version_in_work(waiting)
    with pytest.raises(InternalError, match="alive"):
        sql(
            "UPDATE patents_listing SET state = 'published', public_version_id = %s, published_at = now() WHERE id = %s",
            version.pk,
            waiting.pk,
        )


def test_the_office_is_stopped_too(shen, guo):
    waiting = patents.submitted(shen)
    Patent.objects.filter(listing_patents__listing=waiting).update(legal_status="unpublished")
    review, officer = patents.taken(waiting, guo)
    judged = {item: {"ok": True, "note": ""} for item in patents.checklist.ITEMS}
    with pytest.raises(Conflict, match="申请未公开"):
        reviews.review_approve(review_id=review.pk, actor=officer, checklist=judged)
