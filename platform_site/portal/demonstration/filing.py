"""What became of signed deals at the offices and in production, and open licences with their takers. Read next: deals.py."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from patents.models import Listing, Patent
from patents.queries import patents_of
from patents.states import LegalStatus, PatentKind
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.files import store
from trading.actions import conversions, ending, opens, performing, recordals
from trading.contract_queries import agreement_whole
from trading.models import Agreement, OpenDeclaration
from trading.open_terms import Declared, period_from
from trading.performance_queries import report_years, unsettled_of
from trading.recordal_queries import precheck_of
from trading.states import MilestoneState
from trading.terms import digest

# How far the n-th signed deal has come, repeated; the rest is with its parties.
COURSES = ("recorded", "filed", "", "examined", "recorded", "returned", "terminated", "recorded", "completed")
Moment = Callable[[float], datetime]


def file(agreement: Agreement, course: str, officer: User, moment: Moment, signed_ago: float) -> None:
    """Take a signed agreement as far as the course says; nothing lies in the future."""
    if course == "terminated":
        _terminate(agreement, moment, signed_ago / 2)
    elif course == "completed":
        _complete(agreement, moment)
    elif course and all(ground.passed or not ground.is_hard for ground in precheck_of(agreement_whole(agreement.pk))):
        _hand_in(agreement, course, officer, moment, min(signed_ago - 3, 60))


def _hand_in(agreement: Agreement, course: str, officer: User, moment: Moment, days: float) -> None:
    with clock.at(moment(days)):
        recordals.agreement_file(agreement_id=agreement.pk, actor=agreement.owner)
    if course == "filed":
        return
    with clock.at(moment(days - 4)):
        if course == "returned":
            note = "请在合同中补充专利的法律状态查询日期，并核对被许可人名称与营业执照是否一致。"
            recordals.agreement_correction_request(agreement_id=agreement.pk, actor=officer, note=note)
            return
        recordals.agreement_examine(agreement_id=agreement.pk, actor=officer)
    if course == "recorded":
        with clock.at(moment(days - 25)):
            recordals.agreement_record(
                agreement_id=agreement.pk, actor=officer, number=f"X{clock.today().year}{agreement.province_id}{agreement.pk:06d}",
                recorded_on=clock.today(), proof=paper("备案证明（演示）.pdf"),
            )  # fmt: skip
        _report(agreement, moment)


def _report(agreement: Agreement, moment: Moment) -> None:
    """A yearly report for each year that is over."""
    with clock.at(moment(2)):
        for year in report_years(agreement, clock.today()):
            facts = conversions.Facts(
                in_production=True, since=clock.today().replace(year=year, month=9, day=1), province_id=agreement.buyer.province_id,
                output_cny=Decimal(2_600_000 + 130_000 * (agreement.pk % 9)), jobs=12 + agreement.pk % 20,
                tax_cny=Decimal(180_000), note="一条生产线已投产。",
            )  # fmt: skip
            conversions.agreement_report(agreement_id=agreement.pk, actor=agreement.buyer, year=year, facts=facts)


def _terminate(agreement: Agreement, moment: Moment, days: float) -> None:
    with clock.at(moment(days)):
        proposal = ending.agreement_terminate(
            agreement_id=agreement.pk, actor=agreement.buyer, on_day=clock.today(),
            reason="产品方向调整，不再使用这项技术，已到期的款项照付。",
        )  # fmt: skip
        ending.ending_accept(ending_id=proposal.pk, actor=agreement.owner)


def _complete(agreement: Agreement, moment: Moment) -> None:
    """What is still unsettled is waived as in kind; then both hold the contract to be completed."""
    unsettled = list(unsettled_of(agreement))
    if any(one.amount_cny is None or one.state == MilestoneState.CLAIMED for one in unsettled):
        return  # sales still to be stated, or a payment to be confirmed: not over yet
    with clock.at(moment(3)):
        for milestone in unsettled:
            performing.milestone_waive(
                milestone_id=milestone.pk, actor=agreement.owner, reason="以联合试验的投入抵付，双方已对账。"
            )
        proposal = ending.agreement_complete(agreement_id=agreement.pk, actor=agreement.buyer)
    with clock.at(moment(1)):
        ending.ending_accept(ending_id=proposal.pk, actor=agreement.owner)


def open_licences(
    listings: Sequence[Listing], officers: dict[str, User], takers: Sequence[User], moment: Moment
) -> None:
    """One declaration that was taken twice, one that nobody has taken, one that waits for its announcement."""
    found = [(listing, patent) for listing in listings for patent in patents_of(listing.pk)[:1] if _untouched(patent)]
    stories = (takers[:2], (), None)
    for (listing, patent), people in zip(found, stories, strict=False):
        declaration = _declared(listing, patent, moment)
        if people is None:
            continue
        officer = officers[listing.province_id or ""]
        with clock.at(moment(12)):
            proof = store.store(upload=paper("开放许可声明公告（演示）.pdf"), owner=officer)
            announcement = opens.Announcement(f"演示公告{declaration.pk:04d}", clock.today(), proof)
            opens.open_declaration_announce(declaration_id=declaration.pk, actor=officer, announcement=announcement)
        for days, taker in enumerate((one for one in people if one.pk != listing.owner_id), start=2):
            with clock.at(moment(days)):
                start, end = period_from(declaration.declared, clock.today(), patent.expires_on)
                terms = declaration.terms(start, end)
                opens.open_take(declaration_id=declaration.pk, actor=taker, digest=digest(terms))


def _declared(listing: Listing, patent: Patent, moment: Moment) -> OpenDeclaration:
    fee = Declared(
        method="yearly", amount_cny=Decimal("60000.00"), years=3, conditions="取得人自备生产条件；技术资料随许可提供。"
    )
    with clock.at(moment(20)):
        return opens.open_declare(
            listing_id=listing.pk, patent_id=patent.pk, actor=listing.owner, declared=fee,
            brought=opens.Brought(clock.today() - timedelta(days=2)),
        )  # fmt: skip


def _untouched(patent: Patent) -> bool:
    """An invention in force of which nothing is granted and on which nothing lies."""
    plain = patent.legal_status == LegalStatus.IN_FORCE and patent.kind == PatentKind.INVENTION and not patent.co_owned
    return plain and not patent.grants.exists() and not patent.encumbrances.exists()


def paper(name: str) -> SimpleUploadedFile:
    """One empty page: the demonstration forges no document of an office."""
    page = PdfWriter()
    page.add_blank_page(595, 842)
    written = io.BytesIO()
    page.write(written)
    return SimpleUploadedFile(name, written.getvalue(), content_type="application/pdf")
