"""What each act on open licences writes, enters into the ledger, records and tells, and what it refuses."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from patents import gazette
from patents.actions import encumbrances, status, titles
from patents.actions import rights as ledger_acts
from patents.models import Encumbrance, Grant, Patent
from platform_site import clock
from platform_site.accounts.models import Verification
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox.models import OutboxMessage
from platform_site.outbox.queue import drain
from tests.factories import accounts, ledger, offers, opens, patents, postings
from trading.actions import agreements
from trading.actions import opens as acts
from trading.models import Agreement, OpenDeclaration, Signature
from trading.terms import Instalment, TermsChanged, digest

pytestmark = pytest.mark.django_db
REFUSED_BY_DATABASE = (IntegrityError, InternalError)


def last_audit():
    return AuditEntry.objects.order_by("-id").first()


def told(name):
    return list(OutboxMessage.objects.filter(name=name).values_list("payload", flat=True))


def sql(query, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def status_of(patent, officer, kind, **facts):
    """What the gazette says of a patent today."""
    entry = gazette.Entry(kind=kind, happened_on=clock.today(), source="公报", as_of=clock.today(), **facts)
    return status.status_record(patent_id=patent.pk, actor=officer, entry=entry)


# ---- open_declare


def test_a_declaration_waits_and_is_not_in_the_ledger(shen, bai):
    declaration = opens.declared(shen)
    assert (declaration.state, declaration.made_by, declaration.province_id) == ("declared", shen, "420000")
    assert declaration.title == declaration.patent.titles.get(end=None)
    assert not Encumbrance.objects.exists()
    assert last_audit().verb == "trading.open_declare" and last_audit().target_id == str(declaration.pk)
    assert told("trading.open_declare_notify") == [{"declaration_id": declaration.pk}]
    with pytest.raises(Conflict, match="待公告"):
        opens.taken(declaration, bai)


def test_only_the_owner_declares_and_only_verified(shen, bai, guo):
    listing = opens.market(shen)
    for person in (bai, guo):
        with pytest.raises(NotAllowed):
            opens.declared(person, listing=listing)
    Verification.objects.filter(user=shen).update(state="revoked")
    with pytest.raises(Conflict, match="实名核验"):
        opens.declared(shen, listing=listing)
    assert not OpenDeclaration.objects.exists()


@pytest.mark.parametrize(
    ("kind", "words"), [("late_fee", "年费已按期缴纳"), ("terminated", "在架|有效"), ("preserved", "保全")]
)
def test_a_patent_in_trouble_is_not_declared(shen, guo, kind, words):
    listing = opens.market(shen, forms=["ordinary"])
    status_of(patents.patent_of(listing), guo, kind)
    with pytest.raises(Conflict, match=words):
        opens.declared(shen, listing=listing)


def test_an_application_is_not_declared(shen):
    listing = opens.market(shen, forms=["ordinary"], legal_status="pending", grant_date=None)
    with pytest.raises(Conflict, match="专利法》第五十条"):
        opens.declared(shen, listing=listing)


def test_an_exclusive_licence_stands_in_the_way(shen, guo):
    listing = opens.market(shen, forms=["ordinary", "exclusive"])
    ledger.recorded(patents.patent_of(listing), guo, "exclusive", provinces=["430000"])
    with pytest.raises(Conflict, match="独占或排他许可") as refused:
        opens.declared(shen, listing=listing)
    assert "台账上有：独占许可" in refused.value.advice
    assert "八十六条" in refused.value.reason


def test_a_pledge_needs_the_consent_of_the_pledgee(shen, guo):
    listing = opens.market(shen, forms=["ordinary"])
    encumbrances.encumbrance_record(
        patent_id=patents.patent_of(listing).pk, actor=guo, kind="pledge", start=clock.today(), holder="江城银行",
        source="公告", as_of=clock.today(),
    )  # fmt: skip
    with pytest.raises(Conflict, match="质权人"):
        opens.declared(shen, listing=listing)
    declaration = opens.declared(shen, listing=listing, brought={"pledgee_agrees": True})
    assert opens.announced(declaration, guo, days_ago=0).state == "in_force"


def test_co_owners_declare_together(shen):
    listing = opens.market(shen, forms=["ordinary"], applicants="江城研究院、中原公司", co_owned=True, consent=True)
    Patent.objects.filter(listing_patents__listing=listing).update(co_owned=True)
    with pytest.raises(Conflict, match="共有人"):
        opens.declared(shen, listing=listing)
    assert opens.declared(shen, listing=listing, brought={"co_owners_agree": True}).co_owners_agree


def test_a_utility_model_brings_its_evaluation_report(shen):
    number = patents.number(digit="2")
    listing = opens.market(shen, number=number, kind="utility_model")
    with pytest.raises(Conflict, match="评价报告"):
        opens.declared(shen, listing=listing)
    assert opens.declared(shen, listing=listing, report=True).report is not None


def test_a_public_body_posts_the_price_first(shen):
    listing = postings.listing_of_body(shen, forms=["open"])
    with pytest.raises(Conflict, match="公示"):
        opens.declared(shen, listing=listing)
    postings.posted(listing, days_ago=30, form="open")
    assert opens.declared(shen, listing=listing).state == "declared"


def test_one_declaration_of_a_patent_at_a_time(shen, guo):
    first = opens.declared(shen)
    with pytest.raises(Conflict, match="没有另一项声明"):
        opens.declared(shen, listing=first.listing)
    acts.open_declaration_return(declaration_id=first.pk, actor=guo, reason="没有公告。")
    assert opens.declared(shen, listing=first.listing).pk != first.pk


def test_promotional_words_and_impossible_days_are_refused(shen):
    listing = opens.market(shen)
    with pytest.raises(Conflict, match="国内领先.*第八十五条"):
        opens.declared(shen, listing=listing, conditions="国内领先的技术。")
    for days in (-1, 9_000):
        with pytest.raises(Conflict, match="提交声明的日期"):
            opens.declared(shen, listing=listing, days_ago=days)


# ---- open_declaration_announce, open_declaration_return


def test_an_announcement_puts_the_declaration_into_the_ledger(shen, guo):
    declaration = opens.announced(opens.declared(shen), guo)
    lying = Encumbrance.objects.get()
    assert (declaration.state, declaration.encumbrance, declaration.announced_by) == ("in_force", lying, guo)
    assert (lying.kind, lying.start, lying.end, lying.number) == (
        "open_declaration", clock.today() - timedelta(days=1), None, "2026开放0001",
    )  # fmt: skip
    assert lying.fee_terms == "8 万元，一次付清"
    assert last_audit().verb == "trading.open_declaration_announce"
    assert told("trading.open_decide_notify") == [{"declaration_id": declaration.pk}]
    with pytest.raises(MoveRefused):
        opens.announced(declaration, guo)


def test_only_the_office_of_its_province_decides(shen, bai, he, ad, guo):
    declaration = opens.declared(shen)
    for person in (shen, bai, he, ad):
        with pytest.raises(NotAllowed):
            opens.announced(declaration, person)
        with pytest.raises(NotAllowed):
            acts.open_declaration_return(declaration_id=declaration.pk, actor=person, reason="不符。")
    own = opens.declared(accounts.verify(guo).user, listing=opens.market(guo, officer=patents.clerk("420000")))
    with pytest.raises(NotAllowed):
        opens.announced(own, guo)


def test_an_announcement_lies_between_filing_and_today(shen, guo):
    declaration = opens.declared(shen, days_ago=3)
    for days in (4, -1):
        with pytest.raises(Conflict, match="公告日"):
            opens.announced(declaration, guo, days_ago=days)


def test_what_came_into_the_ledger_meanwhile_refuses_the_announcement(shen, guo):
    declaration = opens.declared(shen, listing=opens.market(shen, forms=["ordinary", "exclusive"]))
    ledger.recorded(declaration.patent, guo, "exclusive", provinces=["430000"])
    with pytest.raises(Conflict, match="独占"):
        opens.announced(declaration, guo)
    declaration.refresh_from_db()
    assert declaration.state == "declared"


def test_what_the_gazette_brought_is_taken_over(shen, guo, bai):
    listing = opens.market(shen)
    status_of(patents.patent_of(listing), guo, "open_declared")
    lying = Encumbrance.objects.get(kind="open_declaration")
    declaration = opens.in_force(shen, listing=listing)
    assert declaration.encumbrance == lying and Encumbrance.objects.count() == 1
    assert opens.taken(declaration, bai).state == "signed"


def test_a_return_needs_its_reason_and_is_final(shen, guo):
    declaration = opens.declared(shen)
    with pytest.raises(Conflict, match="原因"):
        acts.open_declaration_return(declaration_id=declaration.pk, actor=guo, reason=" ")
    acts.open_declaration_return(declaration_id=declaration.pk, actor=guo, reason="公告中没有这件专利。")
    declaration.refresh_from_db()
    assert (declaration.state, declaration.reason, declaration.closed_by) == ("returned", "公告中没有这件专利。", guo)
    assert last_audit().verb == "trading.open_declaration_return"
    with pytest.raises(MoveRefused):
        opens.announced(declaration, guo)


# ---- open_take


def test_taking_is_one_step(shen, bai):
    declaration = opens.in_force(shen)
    agreement = opens.taken(declaration, bai)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.owner, agreement.buyer) == ("signed", shen, bai)
    assert (agreement.declaration, agreement.offer, agreement.negotiation) == (declaration, None, None)
    signature = agreement.signatures.get()
    assert (signature.side, signature.user, signature.digest) == ("buyer", bai, agreement.digest)
    grant = agreement.rights.get().grant
    assert (grant.form, grant.state, grant.traded, grant.source) == ("open", "active", True, agreement.number)
    assert (grant.licensee, grant.provinces, grant.start) == ("白经理", [], clock.today())
    assert grant.end == clock.today().replace(year=clock.today().year + 3)
    assert agreement.terms.amount_cny == Decimal(80000) and digest(agreement.terms) == agreement.digest
    assert last_audit().verb == "trading.open_take" and "80000" not in str(last_audit().data)
    assert told("trading.open_take_notify") == [{"agreement_id": agreement.pk}]


def test_yearly_fees_are_reckoned_for_the_whole_licence(shen, bai):
    agreement = opens.taken(opens.in_force(shen, method="yearly", amount_cny=Decimal(5000), years=4), bai)
    terms = agreement.terms
    assert terms.instalments == tuple(Instalment(Decimal(5000), 12 * year) for year in range(4))
    assert (terms.consideration, terms.amount_cny) == ("instalments", Decimal(20000))


def test_a_royalty_may_run_as_long_as_the_patent(shen, bai):
    royalty = {"method": "royalty", "amount_cny": Decimal(0), "percent": Decimal("3.5"), "base": "net_sales"}
    agreement = opens.taken(opens.in_force(shen, years=None, **royalty), bai)
    terms = Agreement.objects.get(pk=agreement.pk).terms
    assert (terms.consideration, terms.royalty_percent, terms.end) == ("royalty", Decimal("3.5"), None)
    assert digest(terms) == agreement.digest


def test_a_licence_never_outlasts_its_patent(shen, bai):
    declaration = opens.in_force(shen, years=20)
    grant = opens.taken(declaration, bai).rights.get().grant
    assert grant.end == declaration.patent.expires_on


def test_ordinary_rights_go_to_everybody_but_once_to_each(shen, bai):
    declaration = opens.in_force(shen)
    first = opens.taken(declaration, bai)
    with pytest.raises(Conflict, match=first.number):
        opens.taken(declaration, bai)
    lin = accounts.member("lin@example.org", name="林经理", verified=True)
    assert opens.taken(declaration, lin).state == "signed"
    assert Grant.objects.filter(form="open", state="active").count() == 2


def test_nobody_takes_their_own_or_unverified(shen, mo, guo, ad):
    declaration = opens.in_force(shen)
    for person in (shen, mo, guo, ad):
        with pytest.raises(NotAllowed):
            opens.taken(declaration, person)
    assert not Agreement.objects.exists()


def test_other_terms_than_those_that_were_shown_are_refused(shen, bai):
    declaration = opens.in_force(shen)
    with pytest.raises(TermsChanged):
        acts.open_take(declaration_id=declaration.pk, actor=bai, digest="0" * 64)
    yesterday = opens.digest_today(declaration)
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(TermsChanged):
        acts.open_take(declaration_id=declaration.pk, actor=bai, digest=yesterday)


def test_the_late_fee_period_rests_and_an_assignment_ends_the_taking(shen, bai, guo):
    declaration = opens.in_force(shen)
    status_of(declaration.patent, guo, "late_fee")
    with pytest.raises(Conflict, match="滞纳期"):
        opens.taken(declaration, bai)
    status_of(declaration.patent, guo, "paid")
    assert opens.taken(declaration, bai).state == "signed"
    titles.title_register(
        patent_id=declaration.patent_id, actor=guo, owners="中原公司", start=clock.today(),
        source="登记簿副本", as_of=clock.today(),
    )  # fmt: skip
    with pytest.raises(Conflict, match="已经转移"):
        opens.taken(declaration, accounts.member("lin@example.org", verified=True))


def test_a_later_pledge_is_not_covered_by_an_older_consent(shen, bai, guo):
    declaration = opens.in_force(shen, brought={"pledgee_agrees": True})
    encumbrances.encumbrance_record(
        patent_id=declaration.patent_id, actor=guo, kind="pledge", start=clock.today(), holder="江城银行",
        source="公告", as_of=clock.today(),
    )  # fmt: skip
    with pytest.raises(Conflict, match="质权人"):
        opens.taken(declaration, bai)


# ---- open_withdraw, open_lapse


def test_a_withdrawal_leaves_earlier_takers_untouched(shen, bai, guo):
    declaration = opens.in_force(shen)
    agreement = opens.taken(declaration, bai)
    before = Grant.objects.filter(form="open").values().get()
    acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="改用普通许可。")
    declaration.refresh_from_db()
    assert (declaration.state, declaration.encumbrance.end) == ("withdrawn", clock.today())
    assert Grant.objects.filter(form="open").values().get() == before
    assert last_audit().verb == "trading.open_withdraw"
    with pytest.raises(Conflict, match="已撤回"):
        opens.taken(declaration, accounts.member("lin@example.org", verified=True))
    drain()
    notice = Notice.objects.get(kind="open_withdrawn")
    assert (notice.recipient, notice.data["agreement"]) == (bai, agreement.number)
    # Recorded afterwards, on the very day of the withdrawal.
    Grant.objects.filter(pk=before["id"]).update(recordal_number="X2026420000001", recordal_on=clock.today())


def test_only_its_maker_withdraws_and_once(shen, bai, guo):
    declaration = opens.declared(shen)
    for person in (bai, guo):
        with pytest.raises(NotAllowed):
            acts.open_withdraw(declaration_id=declaration.pk, actor=person, reason="")
    assert acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="").state == "withdrawn"
    with pytest.raises(MoveRefused):
        acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="")
    assert not Encumbrance.objects.exists()


def test_after_a_withdrawal_exclusive_rights_wait_for_the_takers_alone(shen, bai, guo):
    declaration = opens.in_force(shen, listing=opens.market(shen, forms=["ordinary", "exclusive"]))
    with pytest.raises(Conflict, match="开放许可声明"):
        ledger.recorded(declaration.patent, guo, "exclusive")
    acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="")
    assert ledger.recorded(declaration.patent, guo, "exclusive").state == "active"


def test_a_declaration_lapses_with_its_patent(shen, bai, guo):
    declaration = opens.in_force(shen)
    opens.taken(declaration, bai)
    status_of(declaration.patent, guo, "terminated")
    drain()
    declaration.refresh_from_db()
    assert (declaration.state, declaration.encumbrance.end) == ("lapsed", clock.today())
    assert AuditEntry.objects.filter(verb="trading.open_lapse").count() == 1
    assert Notice.objects.get(kind="open_lapsed").recipient == shen
    with pytest.raises(NotAllowed):
        acts.open_lapse(declaration_id=declaration.pk, actor=shen)


def test_a_living_patent_does_not_lapse(shen, guo):
    declaration = opens.in_force(shen)
    status_of(declaration.patent, guo, "late_fee")
    drain()
    declaration.refresh_from_db()
    assert declaration.state == "in_force"


# ---- who is told


def test_officers_owner_and_taker_are_told_in_turn(shen, bai, guo, he):
    declaration = opens.declared(shen)
    drain()
    assert Notice.objects.get(kind="open_declared", recipient=guo).path == f"/trading/open/{declaration.pk}/"
    assert not Notice.objects.filter(kind="open_declared", recipient__in=[he, shen]).exists()
    agreement = opens.taken(opens.announced(declaration, guo), bai)
    drain()
    assert Notice.objects.get(kind="open_announced").recipient == shen
    until = (clock.today() + timedelta(days=30)).isoformat()
    for person, kind in ((shen, "open_taken"), (bai, "open_taking")):
        notice = Notice.objects.get(kind=kind)
        assert (notice.recipient, notice.path) == (person, f"/trading/open/receipts/{agreement.pk}/")
        assert (notice.data["until"], notice.data["due"]) == (until, "使用费 8 万元")


# ---- what PostgreSQL refuses by itself


def test_a_declaration_is_never_changed_or_removed(shen, guo):
    declaration = opens.declared(shen)
    for change in (
        "amount_cny = 1",
        "years = 9",
        "conditions = 'x'",
        "filed_on = filed_on - 1",
        f"made_by_id = {guo.pk}",
    ):
        with pytest.raises(REFUSED_BY_DATABASE):
            sql(f"UPDATE trading_opendeclaration SET {change} WHERE id = %s", declaration.pk)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("DELETE FROM trading_opendeclaration WHERE id = %s", declaration.pk)
    opens.announced(declaration, guo)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_opendeclaration SET number = 'x' WHERE id = %s", declaration.pk)


def test_a_declaration_is_not_in_force_without_its_announcement(shen):
    declaration = opens.declared(shen)
    with pytest.raises(REFUSED_BY_DATABASE):
        sql("UPDATE trading_opendeclaration SET state = 'in_force' WHERE id = %s", declaration.pk)
    copy = {
        field.name: getattr(declaration, field.name) for field in OpenDeclaration._meta.fields if field.name != "id"
    }
    with pytest.raises(IntegrityError, match="declaration_one_per_patent"), transaction.atomic():
        OpenDeclaration.objects.create(**copy)
    with pytest.raises(REFUSED_BY_DATABASE, match="begins filed"), transaction.atomic():
        OpenDeclaration.objects.create(**{**copy, "state": "in_force"})


def test_a_utility_model_without_a_report_is_refused(shen):
    number = patents.number(digit="2")
    listing = opens.market(shen, number=number, kind="utility_model")
    declaration = opens.declared(shen, listing=listing, report=True)
    acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="")
    copy = {
        field.name: getattr(declaration, field.name) for field in OpenDeclaration._meta.fields if field.name != "id"
    }
    with pytest.raises(REFUSED_BY_DATABASE, match="evaluation report"), transaction.atomic():
        OpenDeclaration.objects.create(**{**copy, "report": None})


def bare(standing, taker, **changes):
    """A taking as a hand at the database would write it: unsigned, with nothing in the ledger."""
    moment = clock.now()
    facts = {
        "number": f"HT6-2026-9{taker.pk:05d}", "code": f"X{taker.pk}", "declaration": standing,
        "listing": standing.listing, "owner": standing.made_by, "buyer": taker, "province_id": "420000",
        "digest": "d" * 64, "made_at": moment, "sign_by": moment + timedelta(days=1),
    }  # fmt: skip
    return Agreement.objects.create(**{**facts, **changes})


SIGN = "UPDATE trading_agreement SET state = 'signed', signed_at = now() WHERE id = %s"


def signature(agreement, side, user):
    Signature.objects.create(
        agreement=agreement, side=side, user=user, name="某", signed_at=clock.now(), digest=agreement.digest
    )


def test_a_taking_needs_its_taker_its_declaration_and_its_licence(shen, bai, mo):
    declaration = opens.in_force(shen)
    agreement = bare(declaration, bai)
    with pytest.raises(REFUSED_BY_DATABASE, match="taker alone"):
        sql(SIGN, agreement.pk)
    signature(agreement, "buyer", bai)
    with pytest.raises(REFUSED_BY_DATABASE, match="has its open licence"):
        sql(SIGN, agreement.pk)
    with pytest.raises(REFUSED_BY_DATABASE, match="taker alone"), transaction.atomic():
        signature(agreement, "owner", shen)
        sql(SIGN, agreement.pk)
    acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="")
    with pytest.raises(REFUSED_BY_DATABASE, match="standing declaration"):
        sql(SIGN, agreement.pk)
    other = bare(declaration, mo)
    signature(other, "buyer", mo)
    with pytest.raises(REFUSED_BY_DATABASE, match="verified"):
        sql(SIGN, other.pk)


def test_an_agreement_is_of_an_offer_or_of_a_declaration_and_begins_unsigned(shen, bai):
    declaration = opens.in_force(shen)
    negotiated = offers.drafted(shen, bai)
    for changes in (
        {"declaration": None},
        {"negotiation": negotiated.negotiation},
        {"declaration": None, "negotiation": negotiated.negotiation},
    ):
        with pytest.raises(IntegrityError, match="agreement_of_offer_or_declaration"), transaction.atomic():
            bare(declaration, bai, **changes)
    with pytest.raises(REFUSED_BY_DATABASE, match="begins unsigned"), transaction.atomic():
        bare(declaration, bai, state="signed")
    with pytest.raises(REFUSED_BY_DATABASE, match="not changed"):
        sql("UPDATE trading_agreement SET declaration_id = %s WHERE id = %s", declaration.pk, negotiated.pk)


def test_a_second_taking_of_the_same_person_is_refused(shen, bai):
    declaration = opens.in_force(shen)
    opens.taken(declaration, bai)
    with pytest.raises(IntegrityError, match="taking_one_at_a_time"), transaction.atomic():
        bare(declaration, bai)


def test_an_open_licence_without_a_declaration_is_refused(shen):
    declaration = opens.in_force(shen)
    acts.open_withdraw(declaration_id=declaration.pk, actor=shen, reason="")
    with pytest.raises(IntegrityError, match="no_declaration"), transaction.atomic():
        ledger.grant(declaration.patent, "open", signed_on=clock.today(), start=clock.today()).save()


# ---- the other acts on agreements


def test_a_taking_is_signed_by_nobody_again(shen, bai):
    agreement = opens.taken(opens.in_force(shen), bai)
    for person in (shen, bai):
        with pytest.raises(NotAllowed, match="取得时已签署"):
            offers.sign(agreement, person)
    assert agreements.agreements_expire() == 0


def test_an_ended_licence_can_be_taken_anew_only_when_its_agreement_has_ended(shen, bai, guo):
    declaration = opens.in_force(shen)
    agreement = opens.taken(declaration, bai)
    ledger_acts.grant_end(grant_id=agreement.rights.get().grant_id, actor=guo, on=clock.today(), note="双方解除。")
    with pytest.raises(Conflict, match="已按这项声明取得"):
        opens.taken(declaration, bai)
    Agreement.objects.filter(pk=agreement.pk).update(state="terminated", closed_at=clock.now())
    assert opens.taken(declaration, bai).pk != agreement.pk
