"""One of everything, made through the portal's own actions: what the matrix and the fuzzing walk over. Read next: policy/."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from governance.actions import progress as progress_actions
from governance.queries import province_of
from patents.actions import inputs, status_sheets
from patents.actions.editions import Basis
from patents.sheets import Table
from platform_site import clock
from platform_site.accounts import actions as accounts_actions
from platform_site.accounts.models import User
from platform_site.notices.actions import notice_tell
from tests.factories import (
    accounts,
    agreements,
    expo_door,
    expo_floor,
    expo_meeting,
    expo_programme,
    expos,
    group,
    ledger,
    meetings,
    needs,
    offers,
    opens,
    patents,
    performance,
    plans,
    policies,
    postings,
    progress,
    resources,
    trading,
)

# Names of tests/conftest.py, in the order of the columns of the matrix.
CAST = {
    "mo": lambda: accounts.member("mo@example.org", name="莫先生", province="410000"),
    "shen": lambda: accounts.member("shen@example.org", name="沈工", province="420000", verified=True),
    "bai": lambda: accounts.member("bai@example.org", name="白经理", province="430000", verified=True),
    "guo": lambda: accounts.officer("guo@example.org", name="郭审核员", province="420000"),
    "he": lambda: accounts.officer("he@example.org", name="何审核员", province="430000"),
    "ad": lambda: accounts.administrator("ad@example.org", name="安管理员"),
    "ju": lambda: group.seated("ju@example.org", province_of(clock.today().year), name="轮值的局长"),
    "wei": lambda: group.seated("wei@example.org", province_of(clock.today().year + 1), name="下一任的局长"),
    "si": lambda: group.staff("si@example.org", name="办公室的人"),
}
RESIDENT = "420106199003071238"
# Said, offered and sent in rooms, and nowhere else; the echo stands beside the canary and is never typed into a search box.
CANARY, ECHO = "云雀七一四", "密约芙蓉"


def build() -> dict[str, Any]:
    """People by their names, and records by what they are."""
    people: dict[str, User] = {name: make() for name, make in CAST.items()}
    shen, bai, guo = people["shen"], people["bai"], people["guo"]
    market = patents.published(shen, forms=["ordinary", "exclusive"], title="在架的技术")
    other = patents.published(shen, title="还没有人询盘的技术")
    draft = patents.draft(shen, title="草稿中的技术")
    paper = patents.listings.attachment_add(
        listing_id=draft.pk, actor=shen, upload=patents.picture(), title="照片", for_office_only=False
    )
    waiting = patents.submitted(shen, title="待审的技术")
    fresh = patents.submitted(shen, title="刚到的技术")
    faultless = patents.faultless(shen, title="挑不出毛病的技术")
    review, _officer = patents.taken(waiting, guo)
    suspended = patents.published(shen, title="暂停的技术")
    patents.listings.listing_suspend(listing_id=suspended.pk, actor=shen, reason="整理材料。")
    revised = patents.published(shen, title="在改的技术")
    patents.listings.listing_revise(listing_id=revised.pk, actor=shen)
    kept = patents.published(shen, title="台账里的技术")
    licence, pledge = ledger.licence_and_pledge(kept, guo)
    body = postings.listing_of_body(shen, forms=["ordinary", "exclusive"], title="高校的技术")
    posting = postings.posted(body)
    room = trading.room(shen, bai, listing=market)
    message = trading.say(room, bai, f"底价是{CANARY}{ECHO}。", uploads=[patents.document(f"{CANARY}.pdf")])
    secret = trading.secret(room, bai, patents.picture(f"{CANARY}.png"))
    closed = trading.room(shen, bai, listing=revised)
    trading.rooms.negotiation_close(negotiation_id=closed.pk, actor=bai)
    contracts = on_the_way(shen, bai, guo)
    offer = offers.made(trading.room(shen, bai), bai, note=f"{CANARY}{ECHO}", other=f"{CANARY}{ECHO}")
    agreement = offers.drafted(shen, bai)
    wanted = wants(bai, shen)
    declaration = opens.in_force(shen, officer=guo)
    led = leading(people)
    work_plans = plans_on_the_way(people["si"], people["ju"], guo)
    notices(people)
    edition = expos.of_all_kinds(guo, market)
    lin, _wu = (trading.colleague(shen, f"{name}@example.org") for name in ("lin", "wu"))
    accounts_actions.verification_submit(
        actor=people["mo"], real_name="莫一", identity_kind="passport", identity_number="E12345678", proof=None
    )
    return {
        **people,
        **led,
        **mediations(people, kept, body),
        **meetings.of_all_kinds(people["ju"], people["wei"], people["si"]),
        "lin": trading.bring(room, shen, lin),
        "secret": secret,
        **verifications(),
        **wanted,
        **carried_out(people),
        **contracts,
        **work_plans,
        **resources.of_all_kinds(shen, bai, guo),
        **expo_floor.of_all_kinds(shen, bai, guo),
        **edition,
        **expo_meeting.of_all_kinds(edition["expo"], guo, shen, bai),
        **expo_door.of_all_kinds(shen, bai, guo, market),
        **expo_programme.of_all_kinds(guo, edition["expo"]),
        "market": market,
        "kept": kept,
        "body": body,
        "posting": posting,
        "objection": postings.objection(posting, bai),
        "sheet": status_sheets.status_sheet_create(actor=guo, table=a_table(market)),
        "licence": licence,
        "pledge": pledge,
        "other": other,
        "draft": draft,
        "typing": typing(shen),
        "paper": paper,
        "waiting": waiting,
        "review": review,
        "fresh": patents.queries.open_review(patents.queries.version_in_work(fresh)),
        "faultless": patents.queries.open_review(patents.queries.version_in_work(faultless)),
        "suspended": suspended,
        "revised": revised,
        "room": room,
        "closed": closed,
        "file": message.files.get(),
        "offer": offer,
        "agreement": agreement,
        **performance.of_all_kinds(shen, bai),
        **policies.of_all_kinds(shen, bai, guo),
        "declaration": declaration,
        "declared": opens.declared(shen, listing=opens.market(shen)),
        "taking": opens.taken(declaration, accounts.member("qu@example.org", name="取得人", verified=True)),
        "undeclared": opens.market(shen, title="还没有声明开放许可的技术"),
    }


def plans_on_the_way(si: User, ju: User, guo: User) -> dict[str, Any]:
    """Work plans of years long past in each of their states; the draft has an empty chapter and last year's plan before it."""
    published, draft = plans.published(si, ju, 2013), plans.draft(si, 2014)
    asked = plans.circulated(si, 2015)
    spare = plans.plan_texts.section_create(
        version_id=plans.version_of(draft).pk, actor=si, values={"title_zh": "空的一章"}
    )
    return {
        "plan_published": published.year,
        "plan_draft": draft.year,
        "plan_asked": asked.year,
        "plan_heard": plans.heard(si, 2016).year,
        "plan_adopted": plans.adopted(si, ju, 2017).year,
        "plan_signed": plans.signed(si, ju, 2018).year,
        "plan_amending": plans.amending(si, ju, 2019).year,
        "plan_meeting": plans.meeting(si),
        "plan_spare": spare.pk,
        "plan_task": plans.lines(draft)[1].task,
        "plan_opinion": plans.opinion(asked, guo),
    }


def on_the_way(shen: User, bai: User, guo: User) -> dict[str, Any]:
    """Contracts in four states of their way to recordal, with their papers."""
    found = {
        "contract": agreements.signed(shen, bai),
        "filed": agreements.filed(shen, bai),
        "examined": agreements.examined(shen, bai, guo),
        "recorded": agreements.recorded(shen, bai, guo),
    }
    return {name: agreements.papers(agreement) for name, agreement in found.items()}


def mediations(people: dict[str, User], kept: Any, body: Any) -> dict[str, Any]:
    """One that waits with Hubei, with a message of the buyer's released, and one that Hubei has accepted."""
    shen, bai, guo = people["shen"], people["bai"], people["guo"]
    room = trading.room(shen, bai, listing=kept)
    message = trading.say(room, bai, uploads=[patents.picture("流程图.png")])
    accepted = trading.accepted(trading.room(shen, bai, listing=body), bai, guo)
    return {"mediation": trading.asked(room, bai, message), "accepted": accepted, "released": message.files.get()}


def a_table(listing: Any) -> Table:
    """One row about a patent on the market of Hubei."""
    number = patents.patent_of(listing).application_number
    return Table("状态.csv", ["专利号", "法律状态"], [[number, "滞纳期"]], [2])


def typing(owner: User) -> Any:
    """A draft of which one step was kept as it was typed, and is not saved."""
    listing = patents.draft(owner, complete=False)
    inputs.input_keep(
        listing_id=listing.pk, actor=owner, step="description", part="", typed={"title_zh": ["写了一半"]},
        basis=Basis(0),
    )  # fmt: skip
    return listing


def wants(buyer: User, owner: User) -> dict[str, Any]:
    """Needs of the buyer in every state that has a page of its own, with the office of Hubei, and a proposal to one."""
    need = needs.published(buyer, province="420000")
    listing = patents.published(owner, title="可以提出的技术")
    waiting = needs.submitted(buyer, province="420000")
    judged = needs.submitted(buyer, province="420000")
    return {
        "need": need,
        "need_draft": needs.draft(buyer),
        "need_waiting": waiting,
        "need_over": needs.refused(needs.submitted(buyer, province="420000"), "rejected"),
        "need_fresh": waiting.reviews.get(),
        "need_review": needs.taken(judged, User.objects.get(email="guo@example.org"))[0],
        "proposal": needs.proposal(need, listing),
    }


def leading(people: dict[str, User]) -> dict[str, Any]:
    """This year's term with its handover to wei, ju's seat, a deputy of wei's, a liaison officer."""
    term = group.directing()
    fu = accounts.member("fu@example.org", name="傅代理")
    return {
        "seat": term.seat,
        "deputy": group.deputy(people["wei"], fu),
        "liaison": group.liaison(people["si"], term.seat, accounts.member("lian@example.org", name="连联络员")),
        "handover": group.opened(people["si"]),
        "next_year": term.year + 1,
    }


def carried_out(people: dict[str, User]) -> dict[str, Any]:
    """This year's plan with a report of Hubei that waits and a letter, last year's that is not closed, next year's draft."""
    year = clock.today().year
    plan = progress.published(
        tasks=[progress.task(due=-9), progress.task("未报告的任务", due=-5), progress.task(due=40)]
    )
    reported, task, _later = plan.tasks.order_by("id")
    report = progress.reported(reported, people["guo"])
    return {
        "plan": plan,
        "plan_old": progress.published(year - 1, tasks=[progress.task(due=-300, support=[])]),
        "plan_drafted": progress.draft(year + 1),
        "task": task,
        "report": report,
        "evidence": report.files.get(),
        "reminder": progress_actions.reminder_send(plan_id=plan.pk, actor=people["si"], task_id=reported.pk),
    }


def verifications() -> dict[str, Any]:
    """One request that waits with Hubei, with its paper, and one that Hubei has granted."""
    asking = accounts.member("xin@example.org", name="辛会员", province="420000")
    waiting = accounts_actions.verification_submit(
        actor=asking, real_name="辛一", identity_kind="resident", identity_number=RESIDENT, proof=patents.picture()
    )
    granted = accounts.member("yu@example.org", name="于会员", province="420000", verified=True)
    return {"xin": asking, "asked": waiting, "granted": granted.verifications.get()}


def notices(people: dict[str, User]) -> None:
    words = {"number": "CN6-2026-000001", "title": "某技术"}
    notice_tell(recipients=people.values(), kind="listing_approved", key="world", path="/patents/", **words)


@pytest.fixture(name="made", scope="module")
def made_fixture(module_db: None) -> dict[str, Any]:
    """Dear to build: once for a module."""
    return build()


@pytest.fixture(name="world")
def world_fixture(made: dict[str, Any], db: None) -> dict[str, Any]:
    """A test walks over many cells of it, each inside `undone`."""
    return made


@contextmanager
def undone() -> Iterator[None]:
    """What is done to the world below this is taken back."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.get_connection().needs_rollback = False
        transaction.savepoint_rollback(mark)
