"""Public research bodies post their price before they conclude (S&T Transformation Law art. 18)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from patents import posting_queries, tasks
from patents.actions import postings as actions
from patents.actions import rights, titles
from patents.models import PriceObjection
from platform_site import clock
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from tests.factories import ledger as rows
from tests.factories import patents, postings

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(shen):
    return postings.listing_of_body(shen, forms=["exclusive", "ordinary"])


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def agreed(**changes):
    return rows.evidence(price_method="agreement", **changes)


def conclude(listing, officer, form="exclusive", **shown):
    return rights.grant_record(
        patent_id=patents.patent_of(listing).pk, actor=officer, terms=rows.terms(form), evidence=agreed(**shown)
    )


# ---- posting


def test_a_price_is_posted_for_fifteen_days(listing, shen):
    posting = postings.posted(listing)
    assert posting.until - posting.posted_on == timedelta(days=15)
    assert (posting.body, posting.name_zh) == ("江城大学", listing.public_version.title_zh)
    assert AuditEntry.objects.filter(verb="patents.posting_create").count() == 1
    with pytest.raises(Conflict, match="已有公示"):
        postings.posted(listing)


def test_who_posts_and_what(listing, shen, bai):
    with pytest.raises(NotAllowed):
        actions.posting_create(listing_id=listing.pk, actor=bai, price=postings.price())
    with pytest.raises(Conflict, match="没有提供“排他许可”"):
        postings.posted(listing, form="sole")
    own = patents.published(shen, title="个人的技术")
    with pytest.raises(NotAllowed, match="第十八条"):
        postings.posted(own)
    patents.listings.listing_suspend(listing_id=listing.pk, actor=shen, reason="整理。")
    with pytest.raises(Conflict, match="在架"):
        postings.posted(listing)


@pytest.mark.parametrize(
    ("code", "kind", "public"),
    [("12", "university", True), ("12", "institute", True), ("52", "university", False), ("91", "institute", False)],
)
def test_which_bodies_are_public(code, kind, public):
    assert postings.public_body(credit_code=f"{code}42000042000123XW", kind=kind).is_public_body is public


def test_what_was_posted_is_kept(listing, shen, bai):
    posting = postings.posted(listing)
    objection = postings.objection(posting, bai)
    for statement in (
        "UPDATE patents_priceposting SET price_cny = 1",
        "UPDATE patents_priceposting SET until = until - 9",
        "DELETE FROM patents_priceobjection",
        "UPDATE patents_priceobjection SET text = 'x'",
    ):
        with pytest.raises(InternalError, match="kept"):
            sql(statement)
    actions.objection_answer(objection_id=objection.pk, actor=shen, answer="见评估报告。")
    with pytest.raises(InternalError, match="answered once"):
        sql("UPDATE patents_priceobjection SET answer = 'x'")
    with pytest.raises(IntegrityError, match="posting_closed_by_somebody"):
        sql("UPDATE patents_priceposting SET state = 'withdrawn'")
    actions.posting_withdraw(posting_id=posting.pk, actor=shen, reason="价格有变。")
    with pytest.raises(InternalError):
        sql("UPDATE patents_priceposting SET state = 'posted', closed_at = NULL, closed_by_id = NULL")


# ---- objections


def test_an_objection_and_its_answer(listing, shen, bai, mo):
    posting = postings.posted(listing)
    objection = postings.objection(posting, bai)
    with pytest.raises(Conflict, match="您已提出异议"):
        postings.objection(posting, bai)
    with pytest.raises(NotAllowed, match="自己的公示"):
        postings.objection(posting, shen)
    with pytest.raises(NotAllowed):
        actions.objection_answer(objection_id=objection.pk, actor=bai, answer="好。")
    actions.objection_answer(objection_id=objection.pk, actor=shen, answer="见评估报告。")
    with pytest.raises(Conflict, match="已经答复"):
        actions.objection_answer(objection_id=objection.pk, actor=shen, answer="再答。")
    told = set(OutboxMessage.objects.values_list("name", flat=True))
    assert {"patents.objection_file_notify", "patents.objection_answer_notify"} <= told
    postings.objection(posting, bai, text="补充一点。")


def test_objections_come_in_time(listing, shen, mo):
    with pytest.raises(Conflict, match="已经结束"):
        postings.objection(postings.posted(listing, days_ago=16), mo)
    assert postings.objection(postings.posted(listing, form="ordinary", days_ago=15), mo).pk


# ---- the guard


def test_the_time_runs_out_before_one_may_conclude(listing, mo, shen):
    assert not posting_queries.posting_done(listing, "exclusive")
    posting = postings.posted(listing, days_ago=15)
    assert not posting_queries.posting_done(listing, "exclusive")
    assert posting_queries.posting_done(listing, "exclusive", clock.today() + timedelta(days=1))
    assert not posting_queries.posting_done(listing, "ordinary", clock.today() + timedelta(days=1))
    objection = postings.objection(posting, mo)
    assert not posting_queries.posting_done(listing, "exclusive", clock.today() + timedelta(days=1))
    actions.objection_answer(objection_id=objection.pk, actor=shen, answer="见评估报告。")
    assert posting_queries.posting_done(listing, "exclusive", clock.today() + timedelta(days=1))


def test_a_licence_at_an_agreed_price_waits_for_the_posting(listing, guo):
    with pytest.raises(Conflict, match="第十八条"):
        conclude(listing, guo)
    postings.posted(listing, days_ago=15)
    with pytest.raises(Conflict, match="第十八条"):
        conclude(listing, guo)


def test_a_finished_posting_is_found_and_kept_with_the_licence(listing, guo):
    posting = postings.posted(listing, days_ago=16)
    with pytest.raises(Conflict, match="第十八条"):
        conclude(listing, guo, "ordinary")
    assert conclude(listing, guo).price_posting == posting


@pytest.mark.parametrize(
    "shown",
    [
        {"price_method": "market"},
        {"price_method": "auction"},
        {"price_method": ""},
        {"price_method": "agreement", "price_posted_on": clock.today(), "price_posted_where": "校园网与公告栏"},
    ],
)
def test_other_ways_to_a_price_and_postings_elsewhere(shown, listing, guo):
    patent = patents.patent_of(listing)
    rights.grant_record(patent_id=patent.pk, actor=guo, terms=rows.terms("exclusive"), evidence=rows.evidence(**shown))


def test_a_named_posting_is_of_this_patent_and_form(listing, shen, guo):
    posting = postings.posted(listing, form="ordinary", days_ago=16)
    with pytest.raises(Conflict, match="不是这件专利"):
        conclude(listing, guo, price_posting=posting)
    assert conclude(listing, guo, "ordinary", price_posting=posting).price_posting == posting


def test_private_owners_and_compulsory_licences_are_not_asked(listing, shen, guo):
    own = patents.published(shen, title="个人的技术")
    assert conclude(own, guo).price_posting is None
    assert conclude(listing, guo, "compulsory").price_posting is None


def test_an_assignment_waits_too(listing, guo):
    patent = patents.patent_of(listing)
    facts = {
        "owners": "中原公司", "start": clock.today(), "source": "登记簿", "as_of": clock.today(),
        "registration_number": "2026980000001", "price_method": "agreement",
    }  # fmt: skip
    with pytest.raises(Conflict, match="第十八条"):
        titles.title_register(patent_id=patent.pk, actor=guo, **facts)
    title = titles.title_register(
        patent_id=patent.pk, actor=guo, **facts, price_posted_on=clock.today(), price_posted_where="校园网"
    )
    assert title.price_posted_where == "校园网"


# ---- pages


def test_the_list_is_paged_and_costs_the_same_for_many(client, shen, django_assert_max_num_queries):
    assert "还没有公示" in client.get("/zh-hans/patents/postings/").content.decode()
    body = postings.public_body()
    first = postings.listing_of_body(shen, body=body, forms=["ordinary", "exclusive", "sole"])
    postings.posted(first, form="ordinary")

    def queries():
        with connection.execute_wrapper(counted := Counter()):
            page = client.get("/zh-hans/patents/postings/").content.decode()
        return counted.number, page

    alone, _page = queries()
    postings.posted(first, form="exclusive")
    postings.posted(first, form="sole")
    many, page = queries()
    assert many == alone <= 15
    assert page.count("公示中") == 3 and "36 万元" in page


class Counter:
    number = 0

    def __call__(self, execute, *args):
        self.number += 1
        return execute(*args)


def test_an_objection_is_public_once_it_is_answered(client, listing, shen, bai, mo):
    posting = postings.posted(listing)
    objection = postings.objection(posting, bai, text="评估依据不足。")

    def page(reader=None):
        client.force_login(reader) if reader else client.logout()
        return client.get(posting.get_absolute_url()).content.decode()

    assert "评估依据不足" not in page() and "评估依据不足" not in page(mo) and "1 项待答复" in page()
    assert "评估依据不足" in page(bai)
    assert "评估依据不足" in page(shen) and "白经理" in page(shen)
    actions.objection_answer(objection_id=objection.pk, actor=shen, answer="评估报告已附。")
    assert "评估依据不足" in page(mo) and "评估报告已附" in page(mo) and "白经理" not in page(mo)


def test_the_owner_posts_from_the_page_of_the_listing(client, listing, shen):
    client.force_login(shen)
    address = f"/zh-hans/patents/{listing.number}/postings/new/"
    assert address in client.get(listing.get_absolute_url()).content.decode()
    sent = {
        "form": "exclusive",
        "price_cny": "36万",
        "price_basis": "lump",
        "method": "agreement",
        "note": "评估报告一号",
    }
    answer = client.post(address, sent)
    posting = listing.postings.get()
    assert answer.status_code == 302 and answer.url == posting.get_absolute_url()
    client.logout()
    page = client.get(listing.get_absolute_url()).content.decode()
    assert posting.get_absolute_url() in page and "拟交易价格公示" in page


def test_objections_through_the_pages(client, listing, shen, mo):
    posting = postings.posted(listing)
    client.force_login(mo)
    client.post(f"/zh-hans/patents/postings/{posting.pk}/object/", {"text": "价格偏低。"})
    objection = PriceObjection.objects.get()
    client.force_login(shen)
    client.post(f"/zh-hans/patents/postings/objections/{objection.pk}/answer/", {"answer": "见报告。"})
    client.post(f"/zh-hans/patents/postings/{posting.pk}/withdraw/", {"reason": "重新定价。"})
    objection.refresh_from_db()
    posting.refresh_from_db()
    assert (objection.answer, posting.state) == ("见报告。", "withdrawn")
    assert "重新定价" in client.get(posting.get_absolute_url()).content.decode()


def test_both_sides_are_told_once(listing, shen, bai):
    posting = postings.posted(listing)
    objection = postings.objection(posting, bai)
    for _twice in range(2):
        tasks.objection_file_notify(objection.pk)
    actions.objection_answer(objection_id=objection.pk, actor=shen, answer="见报告。")
    tasks.objection_answer_notify(objection.pk)
    told = Notice.objects.filter(kind__startswith="objection").order_by("pk")
    assert [(one.recipient_id, one.kind) for one in told] == [
        (shen.pk, "objection_filed"),
        (bai.pk, "objection_answered"),
    ]
