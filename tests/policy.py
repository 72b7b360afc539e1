"""Who may do what, as data: every named address, every role, reading and writing. Read next: test_permission_matrix.py.

A cell is what the portal answers: `ok` (the page, or a redirect to what was done), `login`, `403` (seen, but not
theirs to do), `404` (not theirs to see), `405` (no such method), `409` (not in this state). An address without a row
fails the suite; so does a row without an address.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from governance.queries import mandate_of
from platform_site import clock
from tests.factories import needs, plans

ROLES = ("visitor", "mo", "shen", "bai", "guo", "he", "ad", "ju", "wei", "si")
SEATS = ("ju", "wei", "si")  # the rotating director, another director, the group's office
World = dict[str, Any]
Data = dict[str, Any]


def cells(text: str) -> dict[str, str]:
    """`visitor` first; one word for all members, or nine: mo shen bai guo he ad ju wei si.

    Six where a seat on the Leading Group opens nothing: those three are answered as the stranger Mo is.
    """
    visitor, *members = text.split()
    if len(members) == 1:
        members *= len(ROLES) - 1
    elif len(members) < len(ROLES) - 1:
        members += members[:1] * len(SEATS)
    return dict(zip(ROLES, (visitor, *members), strict=True))


@dataclass(frozen=True)
class Case:
    """One record at one address: where, what is sent, and the answer for each role."""

    get: dict[str, str]
    post: dict[str, str]
    at: Callable[[World], Data] = field(default=lambda world: {})
    data: Data | Callable[[World], Data] = field(default_factory=dict)

    def sent(self, world: World) -> Data:
        """What the form sends."""
        return self.data(world) if callable(self.data) else self.data

    @property
    def post_refused(self) -> bool:
        """Nobody can write here: the address is for reading alone."""
        return set(self.post.values()) <= {"405", "login"}


def case(get: str, post: str, at: Any = None, data: Any = None) -> Case:
    """Where each hole of the address is filled from a record: {"number": "market", "pk": "review"}."""

    def place(world: World) -> Data:
        found = {}
        for hole, name in (at or {}).items():
            record = world[name]
            found[hole] = record.number if hole == "number" else record.pk if hasattr(record, "pk") else record
        return found

    return Case(cells(get), cells(post), place, data or {})


PUBLIC, MEMBERS = "ok ok", "login ok"
READ_ONLY_PUBLIC, READ_ONLY = "405 405", "login 405"
WRITE_ONLY = "login 405"
#                 mo  shen bai guo  he  ad
OWNER_HIDDEN = "login 404 ok 404 404 404 404"  # a draft: nobody else knows of it
OWNER_SEEN = "login 403 ok 403 403 403 403"  # on the market: seen by all, changed by one
OWNER_AND_OFFICE = "login 403 ok 403 ok 403 403"
OWNER_OFFICE_KNOWS = "login 404 ok 404 403 404 404"  # with the office, or suspended: the office sees it
OFFICE = "login 404 404 404 ok 404 404"  # the queue item of one province
REVIEWERS = "login 403 403 403 ok 404 403"  # the same for who reviews nothing at all: not their work
OFFICERS = "login 403 403 403 ok ok 403"
LEDGER_OFFICE = "login 403 403 403 ok 403 403"  # seen by all, entered by the offices that keep it
OWN_SHEET = "login 403 403 403 ok 404 403"  # of the officer who brought it; not a colleague's of another province
PARTIES = "login 404 ok ok 404 404 404"  # a room: two people, and no officer or administrator
PARTIES_AND_OFFICE = "login 404 ok ok ok 404 404"  # an agreement from its filing on
OFFERED = "login 404 ok 403 404 404 404"  # an offer of the buyer: for the other side to answer
BUYER_HIDDEN = "login 404 404 ok 404 404 404"  # the same of a need, whose owner is the buyer
BUYER_SEEN = "login 403 403 ok 403 403 403"
BUYER_OFFICE_KNOWS = "login 404 404 ok 403 404 404"
PROPOSED_TO = "login 404 403 ok 404 404 404"  # a proposal: read by two, answered by one
PAYEE, PAYER = OFFERED, "login 404 403 ok 404 404 404"  # the owner is owed, the buyer owes
GROUP_OFFICE = "login 403 403 403 403 403 403 403 403 ok"  # seats and the rotation: entered by the group's office
GROUP_OFFICE_LATE = "login 403 403 403 403 403 403 403 403 409"  # the same, of what was done already
DIRECTOR = "login 403 403 403 403 403 403 ok 403 403"
NEXT_DIRECTOR = "login 403 403 403 403 403 403 403 ok 403"
TWO_DIRECTORS = "login 403 403 403 403 403 403 ok ok 403"
#                   mo  shen bai guo  he  ad  ju  wei si
INSIDE = "login 404 404 404 ok ok 404 ok ok ok"  # the officers of the six, the seats, the group's office
OTHER_UNIT = "login 404 404 404 403 ok 404 403 403 ok"  # a report of Hubei: verified by another unit
DUTY = "login 403 403 403 ok 403 403 403 403 403"  # of Hubei
#                 mo  shen bai guo  he  ad  ju  wei  si
PLAN_INSIDE = "404 404 404 404 ok ok 404 ok ok ok"  # a plan under way: the seats, the six offices, the group's office
PLAN_OFFICE = "login 404 404 404 403 403 404 403 403 ok"
PLAN_DIRECTOR = "login 404 404 404 403 403 404 ok 403 403"
PLAN_VOICE = "login 404 404 404 ok ok 404 ok ok 403"
ADMINISTRATOR = "login 403 403 403 403 403 ok"

A_TASK = {"revision": "0", "title_zh": "改写的任务", "role_420000": "lead"}


def plan_signature(world: World) -> Data:
    """What the page of the adopted plan sends back: the digest of what was shown."""
    return {"digest": plans.digest_of(world["plan_adopted"]), "agreed": "on"}


def plan_meeting(world: World) -> Data:
    return {"meeting": world["plan_meeting"].pk}


def plan_carried(world: World) -> Data:
    """A task of the year before, into the empty chapter."""
    return {"task": plans.task_of(world["plan_published"]), "section": world["plan_spare"], "because": "场馆未建成。"}


VERDICTS = {f"{item}_verdict": "pass" for item in ("ownership", "legal_state", "filing", "documents", "wording")}
PROBLEM = {
    **VERDICTS,
    "documents_verdict": "problem",
    "documents_note": "缺检测报告",
    "reason": "请补充检测报告，并说明批次。",
}
DECIDED = {"outcome": "双方同意另行委托评估后再谈。"}
A_NEED = needs.form_data()
THREE_POINTS = ["real", "criteria", "disclosure"]
REASON = {"reason": "经核实，需要先整理材料。"}
DRAFT_TEXT = {
    "title_zh": "低温氨分解制氢用钌基催化剂",
    "problem_zh": "能耗高。",
    "solution_zh": "锚定亚纳米簇。",
    "effect_zh": "转化率 98.6%。",
    "uses_zh": "加氢站。",
    "support_zh": "培训。",
    "trl": "8",
}
REGISTER = {"legal_status": "late_fee", "status_as_of": clock.today().isoformat(), "status_source": "登记簿副本"}


TODAY = clock.today().isoformat()
LICENCE = {
    "form": "ordinary", "licensee": "中原试验设备公司", "provinces": ["430000"], "signed_on": TODAY, "start": TODAY,
    "pledgee_agrees": "on", "source": "合同原件", "as_of": TODAY, "note": "首次登记。",
}  # fmt: skip
ENDED = {"on": TODAY, "note": "双方签订了终止协议。"}
ASSIGNED = {
    "owners": "中原新材料公司", "start": TODAY, "registration_number": "2026110100123", "pledgee_agrees": "on",
    "source": "登记簿副本", "as_of": TODAY,
}  # fmt: skip
FROZEN = {"kind": "preservation", "holder": "江城中级人民法院", "start": TODAY, "source": "裁定书", "as_of": TODAY}


def agreed(record: Any) -> Data:
    """What the page of an offer or an agreement sends back: the digest of what was shown."""
    return {"digest": record.digest, "agreed": "on"}


def offer_typed(world: World) -> Data:
    """An ordinary licence in Hunan for the listing of the room."""
    patents = [row.patent.application_number for row in world["market"].listing_patents.select_related("patent")]
    return {
        "form": "ordinary", "patents": patents, "provinces": ["430000"], "start": TODAY, "consideration": "lump_sum",
        "amount_cny": "36万", "confidentiality_years": "5", "improvements": "maker", "dispute": "court_owner", "days": "10",
    }  # fmt: skip


APPOINTED = {"name": "新任", "post_zh": "局长", "starts_on": TODAY, "act": "任职通知"}
NAMED = {"user": "mo@example.org", "starts_on": TODAY, "last_on": TODAY, "act": "代理函"}
DECLARED = {
    "method": "fixed", "amount_cny": "8万", "years": "3", "conditions": "取得人自备试验条件。", "filed_on": TODAY,
    "truthful": "on",
}  # fmt: skip


class AnAnnouncement(dict[str, Any]):
    """The same for the proof of an announcement."""

    def items(self) -> Any:
        page = SimpleUploadedFile("公告.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
        return {"number": "2026开放0002", "announced_on": TODAY, "proof": page}.items()


def ledger_of(name: str) -> Callable[[World], Any]:
    return lambda world: {"number": world[name].listing_patents.get().patent.application_number}


class ASheet(dict[str, Any]):
    """A table of one row, made anew for each sending: a file is read once."""

    def items(self) -> Any:
        row = "专利号,法律状态\nCN202310000001.0,有效\n".encode()
        return {"upload": SimpleUploadedFile("状态.csv", row, content_type="text/csv")}.items()


class AProof(dict[str, Any]):
    """What the national office has recorded, with its paper made anew for each sending."""

    def items(self) -> Any:
        paper = SimpleUploadedFile("备案证明.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
        return {"number": "X2026420000999", "recorded_on": TODAY, "proof": paper}.items()


def patent(name: str) -> Callable[[World], Any]:
    return lambda world: {
        "number": world[name].number,
        "pk": world[name].listing_patents.get().patent_id,
    }


def placed(get: str, post: str, at: Callable[[World], Data], data: Any = None) -> Case:
    return Case(cells(get), cells(post), at, data or {})


SIX_403, SIX_404 = "403 " * 6, "404 " * 6
#                     mo..ad    ju  wei si
GROUP_OFFICE = f"login {SIX_403} 403 403 ok"  # what everybody sees and the group's office does
GROUP_OFFICE_HIDDEN = f"login {SIX_404} 403 403 ok"  # what the group alone sees
GROUP_MEMBERS, GROUP_MEMBERS_HIDDEN = f"login {SIX_403} ok ok ok", f"login {SIX_404} ok ok ok"
GROUP_ALONE = f"404 {SIX_404} ok ok ok"  # the same on a page that is public otherwise
GROUP_SEATS = f"login {SIX_404} ok ok 403"  # by the seats, never by the office
GROUP_LATE = f"login {SIX_403} 403 403 409"
A_MEETING = {
    "kind": "regular", "title_zh": "领导小组例会", "place_zh": "南昌",
    "starts_at": f"{(clock.today() + timedelta(days=40)).isoformat()}T09:00",
}  # fmt: skip
AN_ITEM = {"title_zh": "建立联络机制", "text_zh": "建立季度联络机制。"}
A_VOTE = {"choice": "for", "agreed": "on"}


class APaper(dict[str, Any]):
    """A paper of an agenda item, made anew for each sending."""

    def items(self) -> Any:
        page = SimpleUploadedFile("说明.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
        return {"title": "说明", "upload": page}.items()


def seat_of(name: str) -> Callable[[World], Data]:
    return lambda world: {"seat": mandate_of(world[name]).seat.pk}


def of_year(name: str) -> Callable[[World], Any]:
    return lambda world: {"year": world[name].year}


MATRIX: dict[str, list[Case]] = {
    "healthz": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "readyz": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "metrics": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "robots": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "sitemap": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "sitemap_section": [case(PUBLIC, READ_ONLY_PUBLIC)],
    # --- portal
    "portal:home": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:search": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:statistics": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:help_index": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:help_page": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "portal:desk": [case(MEMBERS, READ_ONLY)],
    "portal:inbox": [case(MEMBERS, READ_ONLY)],
    "portal:inbox_read": [case(WRITE_ONLY, MEMBERS, data={"all": "1"})],
    "portal:notice_preferences": [case(MEMBERS, MEMBERS, data={"by_mail": []})],
    "portal:audit_list": [case(ADMINISTRATOR, READ_ONLY)],
    "portal:mail_list": [case("login 404 404 404 404 404 ok", READ_ONLY)],
    # --- the face
    "ui:specimen": [case("login 404 404 404 404 404 ok", READ_ONLY)],
    "ui:preferences": [case(PUBLIC, PUBLIC, data={"theme": "dark", "size": "large"})],
    # --- accounts
    "accounts:profile_edit": [
        case(MEMBERS, MEMBERS, data={"display_name": "某人", "phone": "", "language": "en", "province_code": "410000"})
    ],
    "accounts:organisation_edit": [
        case(
            MEMBERS,
            MEMBERS,
            data={
                "credit_code": "91350100M000100Y43",
                "name_zh": "江城先进材料研究院",
                "kind": "institute",
                "province_code": "420000",
            },
        )
    ],
    "accounts:organisation_leave": [case(WRITE_ONLY, "login 409 ok 409 409 409 409")],
    "accounts:session_list": [case(MEMBERS, READ_ONLY)],
    "accounts:session_end": [case(WRITE_ONLY, MEMBERS, data={"session": "0" * 32})],
    "accounts:sessions_end_others": [case(WRITE_ONLY, MEMBERS)],
    "accounts:session_stay": [case(MEMBERS, READ_ONLY)],
    "accounts:verification_submit": [
        case(
            MEMBERS,
            MEMBERS,
            data={"real_name": "某一", "identity_kind": "passport", "identity_number": "E87654321", "consent": "on"},
        )
    ],
    "accounts:verification_withdraw": [case(WRITE_ONLY, "login ok 409 409 404 404 404 404 404 404")],
    "accounts:verification_queue": [case(OFFICERS, READ_ONLY)],
    "accounts:verification_detail": [case(OFFICE, READ_ONLY, {"pk": "asked"})],
    "accounts:verification_approve": [case(WRITE_ONLY, OFFICE, {"pk": "asked"})],
    "accounts:verification_refuse": [case(OFFICE, OFFICE, {"pk": "asked"}, REASON)],
    "accounts:verification_revoke": [case(OFFICE, OFFICE, {"pk": "granted"}, REASON)],
    "accounts:verification_proof": [case(OFFICE, READ_ONLY, {"pk": "asked"})],
    # --- patents
    "patents:listing_search": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "patents:listing_new": [case(MEMBERS, MEMBERS)],
    "patents:listing_mine": [case(MEMBERS, READ_ONLY)],
    "patents:listing_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"number": "market"}),
        case("404 404 ok 404 404 404 404", READ_ONLY_PUBLIC, {"number": "draft"}),
        case("404 404 ok 404 ok 404 404", READ_ONLY_PUBLIC, {"number": "waiting"}),
        case("404 404 ok 404 ok 404 404", READ_ONLY_PUBLIC, {"number": "suspended"}),
    ],
    "patents:attachment_detail": [case("404 404 ok 404 404 404 404", READ_ONLY_PUBLIC, {"pk": "paper"})],
    "patents:attachment_remove": [case(WRITE_ONLY, OWNER_HIDDEN, {"pk": "paper"})],
    "patents:listing_edit": [
        case(OWNER_HIDDEN, READ_ONLY, {"number": "draft"}),
        case(OWNER_SEEN, READ_ONLY, {"number": "revised"}),
    ],
    "patents:listing_step": [
        case(OWNER_HIDDEN, OWNER_HIDDEN, {"number": "draft"}, DRAFT_TEXT),
        case(OWNER_SEEN, OWNER_SEEN, {"number": "revised"}, DRAFT_TEXT),
    ],
    "patents:input_keep": [
        case(WRITE_ONLY, OWNER_HIDDEN, {"number": "draft"}, DRAFT_TEXT),
        case(WRITE_ONLY, OWNER_SEEN, {"number": "revised"}, DRAFT_TEXT),
    ],
    "patents:input_drop": [case(WRITE_ONLY, OWNER_HIDDEN, {"number": "typing"})],
    "patents:patent_remove": [placed(WRITE_ONLY, OWNER_HIDDEN, patent("draft"))],
    "patents:listing_answers": [case(OWNER_HIDDEN, READ_ONLY, {"number": "draft"})],
    "patents:listing_submit": [
        case(WRITE_ONLY, OWNER_HIDDEN, {"number": "draft"}, {"province": "420000", "declared": "on"}),
        case(WRITE_ONLY, OWNER_SEEN, {"number": "revised"}, {"province": "420000", "declared": "on"}),
    ],
    "patents:listing_receipt": [case(OWNER_OFFICE_KNOWS, READ_ONLY, {"number": "waiting"})],
    "patents:listing_revise": [case(WRITE_ONLY, OWNER_SEEN, {"number": "market"})],
    "patents:revision_withdraw": [case(WRITE_ONLY, OWNER_SEEN, {"number": "revised"})],
    "patents:listing_withdraw": [
        case(OWNER_SEEN, OWNER_SEEN, {"number": "market"}, REASON),
        case(OWNER_HIDDEN, OWNER_HIDDEN, {"number": "draft"}, REASON),
        case(OWNER_OFFICE_KNOWS, OWNER_OFFICE_KNOWS, {"number": "waiting"}, REASON),
    ],
    "patents:listing_suspend": [case(OWNER_AND_OFFICE, OWNER_AND_OFFICE, {"number": "market"}, REASON)],
    "patents:listing_resume": [case(OWNER_OFFICE_KNOWS, OWNER_OFFICE_KNOWS, {"number": "suspended"}, REASON)],
    "patents:posting_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "patents:posting_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "posting"})],
    "patents:posting_create": [
        case(
            OWNER_SEEN,
            OWNER_SEEN,
            {"number": "body"},
            {"form": "ordinary", "price_cny": "80000", "price_basis": "lump", "method": "agreement"},
        )
    ],
    "patents:posting_withdraw": [case(OWNER_SEEN, OWNER_SEEN, {"pk": "posting"}, REASON)],
    # One who waits for an answer to an objection does not file another.
    "patents:objection_file": [
        case(
            "login ok 403 ok ok ok ok",
            "login ok 403 409 ok ok ok",
            {"pk": "posting"},
            {"text": "价格明显偏低，请说明评估依据。"},
        )
    ],
    "patents:objection_answer": [case(OWNER_SEEN, OWNER_SEEN, {"pk": "objection"}, {"answer": "评估报告已附。"})],
    "patents:patent_status": [placed(OWNER_AND_OFFICE, OWNER_AND_OFFICE, patent("market"), REGISTER)],
    "patents:right_list": [case(OFFICERS, READ_ONLY)],
    "patents:right_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, ledger_of("kept")),
        placed("404 404 ok 404 404 404 404", READ_ONLY_PUBLIC, ledger_of("draft")),
        placed("404 404 ok 404 ok 404 404", READ_ONLY_PUBLIC, ledger_of("waiting")),
    ],
    "patents:right_proof": [
        placed("login 404 404 404 ok 404 404", READ_ONLY, lambda world: {"entry": "grant", "pk": world["licence"].pk})
    ],
    "patents:grant_record": [
        placed(LEDGER_OFFICE, LEDGER_OFFICE, ledger_of("kept"), LICENCE),
        placed("login 404 403 404 404 404 404", "login 404 403 404 404 404 404", ledger_of("draft"), LICENCE),
    ],
    "patents:grant_correct": [case(LEDGER_OFFICE, LEDGER_OFFICE, {"pk": "licence"}, LICENCE)],
    "patents:grant_end": [case(LEDGER_OFFICE, LEDGER_OFFICE, {"pk": "licence"}, ENDED)],
    "patents:grant_annul": [case(LEDGER_OFFICE, LEDGER_OFFICE, {"pk": "licence"}, ENDED)],
    "patents:title_register": [placed(LEDGER_OFFICE, LEDGER_OFFICE, ledger_of("kept"), ASSIGNED)],
    "patents:encumbrance_record": [placed(LEDGER_OFFICE, LEDGER_OFFICE, ledger_of("kept"), FROZEN)],
    "patents:encumbrance_end": [case(LEDGER_OFFICE, LEDGER_OFFICE, {"pk": "pledge"}, ENDED)],
    "patents:encumbrance_consent": [case(LEDGER_OFFICE, LEDGER_OFFICE, {"pk": "pledge"}, {"consents": ["ordinary"]})],
    "patents:status_import": [case(OFFICERS, OFFICERS, data=ASheet(upload="made anew"))],
    "patents:status_sheet": [case(OWN_SHEET, READ_ONLY, {"pk": "sheet"})],
    "patents:status_sheet_apply": [case(WRITE_ONLY, OWN_SHEET, {"pk": "sheet"})],
    "patents:status_sheet_refused": [case(OWN_SHEET, READ_ONLY, {"pk": "sheet"})],
    "patents:review_queue": [case(OFFICERS, READ_ONLY)],
    "patents:review_detail": [case(REVIEWERS, READ_ONLY, {"pk": "review"})],
    "patents:review_take": [case(WRITE_ONLY, REVIEWERS, {"pk": "fresh"})],
    "patents:review_release": [case(WRITE_ONLY, REVIEWERS, {"pk": "review"})],
    "patents:review_check": [case(REVIEWERS, REVIEWERS, {"pk": "review"}, VERDICTS)],
    "patents:review_approve": [case(REVIEWERS, REVIEWERS, {"pk": "review"}, VERDICTS)],
    "patents:review_approve_many": [case(REVIEWERS, REVIEWERS, {"picks": "faultless"}, {"declared": "on"})],
    "patents:review_request_changes": [case(REVIEWERS, REVIEWERS, {"pk": "review"}, PROBLEM)],
    "patents:review_reject": [case(REVIEWERS, REVIEWERS, {"pk": "review"}, PROBLEM)],
    "patents:review_hand_over": [
        case(REVIEWERS, REVIEWERS, {"pk": "review"}, {"to-province": "430000", "to-reason": REASON["reason"]})
    ],
    # --- governance: the annual work plan
    "governance:plan_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:plan_create": [case(GROUP_OFFICE, GROUP_OFFICE, data={"year": "2012"})],
    "governance:plan_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_published"}),
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_amending"}),
        placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan")),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_draft"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_asked"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_signed"}),
    ],
    "governance:plan_text": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_published"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_heard"}),
    ],
    "governance:plan_changes": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"year": "plan_amending"}),
        case(PLAN_INSIDE, READ_ONLY_PUBLIC, {"year": "plan_draft"}),
    ],
    "governance:plan_circulate": [
        case(
            PLAN_OFFICE,
            PLAN_OFFICE,
            {"year": "plan_draft"},
            lambda world: {"last_day": plans.plans.earliest_last_day()},
        )
    ],
    "governance:plan_recall": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_asked"})],
    "governance:plan_table": [case(PLAN_DIRECTOR, PLAN_DIRECTOR, {"year": "plan_heard"}, plan_meeting)],
    "governance:plan_sign": [case(PLAN_DIRECTOR, PLAN_DIRECTOR, {"year": "plan_adopted"}, plan_signature)],
    "governance:plan_publish": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_signed"}, {"serial": "99"})],
    "governance:amendment_begin": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"year": "plan_published"}, {"because_zh": "会期调整。"})
    ],
    "governance:amendment_table": [case(DIRECTOR, DIRECTOR, {"year": "plan_amending"}, plan_meeting)],
    "governance:amendment_drop": [case(GROUP_OFFICE, GROUP_OFFICE, {"year": "plan_amending"})],
    "governance:comment_make": [case(PLAN_VOICE, PLAN_VOICE, {"year": "plan_asked"}, {"body": "建议提前到十月。"})],
    "governance:comment_answer": [
        case(
            PLAN_OFFICE,
            PLAN_OFFICE,
            {"year": "plan_asked", "pk": "plan_opinion"},
            {"state": "accepted", "answer": "已改。"},
        )
    ],
    "governance:plan_edit": [
        case(PLAN_OFFICE, READ_ONLY, {"year": "plan_draft"}),
        case(GROUP_OFFICE, READ_ONLY, {"year": "plan_amending"}),
        case("login 404 404 404 403 403 404 403 403 409", READ_ONLY, {"year": "plan_adopted"}),
    ],
    "governance:preface_save": [
        case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft"}, {"revision": "1", "thought_zh": "新的指导思想。"})
    ],
    "governance:section_create": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft"}, {"title_zh": "新的一章"})],
    "governance:section_save": [
        case(
            PLAN_OFFICE,
            PLAN_OFFICE,
            {"year": "plan_draft", "pk": "plan_spare"},
            {"revision": "0", "title_zh": "新章名"},
        )
    ],
    "governance:section_move": [
        case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_spare"}, {"by": "up"})
    ],
    "governance:section_remove": [case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_spare"})],
    "governance:task_create": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_spare"}, A_TASK)],
    "governance:task_save": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_task"}, A_TASK)],
    "governance:task_move": [case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_task"}, {"by": "up"})],
    "governance:task_remove": [case(WRITE_ONLY, PLAN_OFFICE, {"year": "plan_draft", "pk": "plan_task"})],
    "governance:task_carry": [case(PLAN_OFFICE, PLAN_OFFICE, {"year": "plan_draft"}, plan_carried)],
    # --- trading
    "trading:enquiry_create": [
        case(
            "login ok 403 ok ok ok ok",
            "login ok 403 ok ok ok ok",
            {"number": "other"},
            {"body": "请问该催化剂能否连续运行一千小时？", "forms": ["ordinary"]},
        ),
        case("login 404 403 404 404 404 404", "login 404 403 404 404 404 404", {"number": "draft"}),
    ],
    "trading:negotiation_list": [case(MEMBERS, READ_ONLY)],
    "trading:negotiation_detail": [case(PARTIES, READ_ONLY, {"pk": "room"})],
    "trading:message_send": [case(PARTIES, PARTIES, {"pk": "room"}, {"body": "可以，附上试验报告。"})],
    "trading:offer_scenario": [case(PARTIES, READ_ONLY, {"pk": "offer"})],
    "trading:negotiation_read": [case(PARTIES, PARTIES, {"pk": "room"})],
    "trading:negotiation_close": [case(PARTIES, PARTIES, {"pk": "room"})],
    "trading:negotiation_reopen": [case(PARTIES, PARTIES, {"pk": "closed"})],
    "trading:agreement_paper": [
        case(PARTIES, READ_ONLY, {"pk": "contract"}),
        case(PARTIES_AND_OFFICE, READ_ONLY, {"pk": "filed"}),
    ],
    "trading:agreement_form": [
        case(PARTIES, READ_ONLY, {"pk": "contract"}),
        case(PARTIES_AND_OFFICE, READ_ONLY, {"pk": "filed"}),
    ],
    "trading:agreement_proof": [case(PARTIES_AND_OFFICE, READ_ONLY, {"pk": "recorded"})],
    "trading:agreement_archive": [case(PARTIES, READ_ONLY, {"pk": "recorded"})],
    "trading:agreement_queue": [case(OFFICERS, READ_ONLY)],
    "trading:agreement_file": [case(PARTIES, PARTIES, {"pk": "contract"})],
    "trading:agreement_examine": [case(OFFICE, OFFICE, {"pk": "filed"})],
    "trading:agreement_correction_request": [
        case(OFFICE, OFFICE, {"pk": "filed"}, {"note": "请补正许可期限的起止日。"})
    ],
    "trading:agreement_record": [case(OFFICE, OFFICE, {"pk": "examined"}, AProof(proof="made anew"))],
    "trading:verify_form": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "trading:verify_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, lambda world: {"code": world["contract"].code}),
        placed(PUBLIC, READ_ONLY_PUBLIC, lambda world: {"code": "0" * 13}),
    ],
    "trading:offer_make": [case(PARTIES, PARTIES, {"pk": "room"}, offer_typed)],
    "trading:offer_detail": [case(PARTIES, READ_ONLY, {"pk": "offer"})],
    "trading:offer_accept": [case(OFFERED, OFFERED, {"pk": "offer"}, lambda world: agreed(world["offer"]))],
    "trading:offer_decline": [case(OFFERED, OFFERED, {"pk": "offer"}, REASON)],
    "trading:offer_withdraw": [case(PARTIES, "login 404 403 ok 404 404 404", {"pk": "offer"})],
    "trading:agreement_list": [case(MEMBERS, READ_ONLY)],
    "trading:agreement_detail": [
        case(PARTIES, READ_ONLY, {"pk": "agreement"}),
        case(PARTIES_AND_OFFICE, READ_ONLY, {"pk": "filed"}),
    ],
    "trading:agreement_sign": [case(PARTIES, PARTIES, {"pk": "agreement"}, lambda world: agreed(world["agreement"]))],
    "trading:agreement_performance": [
        case(PARTIES, READ_ONLY, {"pk": "yearly"}),
        case("login 404", READ_ONLY, {"pk": "agreement"}),
    ],
    "trading:performance_file": [case(PARTIES, READ_ONLY, {"pk": "yearly", "deed_pk": "receipt"})],
    "trading:agreement_report": [case(PARTIES, PARTIES, {"pk": "yearly"}, {"year": "2025", "in_production": "no"})],
    "trading:agreement_complete": [
        case(WRITE_ONLY, PARTIES, {"pk": "free"}),
        case(WRITE_ONLY, "login 404 409 409 404 404 404", {"pk": "yearly"}),
    ],
    "trading:agreement_terminate": [case(PARTIES, PARTIES, {"pk": "free"}, {**REASON, "on_day": TODAY})],
    "trading:agreement_breach": [case(PARTIES, PARTIES, {"pk": "free"}, REASON)],
    "trading:milestone_claim": [case(PAYER, PAYER, {"pk": "owed"}, {"paid_on": TODAY, "paid_cny": "36万"})],
    "trading:milestone_confirm": [case(WRITE_ONLY, PAYEE, {"pk": "claimed"})],
    "trading:milestone_dispute": [case(PAYEE, PAYEE, {"pk": "claimed"}, REASON)],
    "trading:milestone_waive": [case(PAYEE, PAYEE, {"pk": "owed"}, REASON)],
    "trading:statement_make": [case(PAYER, PAYER, {"pk": "unstated"}, {"base_cny": "100万"})],
    "trading:statement_accept": [case(WRITE_ONLY, PAYEE, {"pk": "stated"})],
    "trading:statement_question": [case(PAYEE, PAYEE, {"pk": "stated"}, REASON)],
    "trading:ending_accept": [case(PAYEE, PAYEE, {"pk": "ending"}, {"agreed": "on"})],
    "trading:ending_decline": [case(PAYEE, PAYEE, {"pk": "ending"}, REASON)],
    "trading:ending_withdraw": [case(WRITE_ONLY, PAYER, {"pk": "ending"})],
    "trading:ending_enforce": [case(PAYEE, PAYEE, {"pk": "notice"}, {"agreed": "on"})],
    "trading:message_file": [
        case(PARTIES, READ_ONLY, {"pk": "room", "file_pk": "file"}),
        case(PARTIES, READ_ONLY, {"pk": "room", "file_pk": "secret"}),
    ],
    "trading:undertaking_accept": [case(PARTIES, PARTIES, {"pk": "room"}, {"version": "2026-1", "accepted": "on"})],
    "trading:negotiation_log": [case(PARTIES, READ_ONLY, {"pk": "room"})],
    # A colleague of the owner's: the buyer has none of that address, and removes nobody of the other side.
    "trading:party_add": [case(PARTIES, "login 404 ok 409 404 404 404", {"pk": "room"}, {"email": "wu@example.org"})],
    "trading:party_remove": [case(PARTIES, "login 404 ok 403 404 404 404", {"pk": "room", "party_pk": "lin"})],
    "trading:negotiation_mediation": [case(PARTIES, READ_ONLY, {"pk": "room"})],
    "trading:mediation_ask": [case(PARTIES, PARTIES, {"pk": "room"}, {"reason": "双方对许可费的计算有分歧。"})],
    "trading:mediation_release": [case(PARTIES, PARTIES, {"pk": "mediation"}, {"message_ids": []})],
    "trading:mediation_withdraw": [case(PARTIES, "login 404 403 ok 404 404 404", {"pk": "mediation"})],
    "trading:mediation_list": [case(OFFICERS, READ_ONLY)],
    "trading:mediation_detail": [case(OFFICE, READ_ONLY, {"pk": "mediation"})],
    "trading:mediation_file": [case(OFFICE, READ_ONLY, {"pk": "mediation", "file_pk": "released"})],
    "trading:mediation_accept": [case(OFFICE, OFFICE, {"pk": "mediation"})],
    "trading:mediation_decline": [case(OFFICE, OFFICE, {"pk": "mediation"}, DECIDED)],
    "trading:mediation_answer": [case(OFFICE, OFFICE, {"pk": "accepted"}, {"body": "请双方各提出一个计算方案。"})],
    "trading:mediation_close": [case(OFFICE, OFFICE, {"pk": "accepted"}, DECIDED)],
    "trading:need_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "trading:need_create": [case(MEMBERS, MEMBERS, data=A_NEED)],
    "trading:need_mine": [case(MEMBERS, READ_ONLY)],
    "trading:need_for_listings": [case(MEMBERS, READ_ONLY)],
    "trading:need_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"number": "need"}),
        case("404 404 404 ok 404 404 404", READ_ONLY_PUBLIC, {"number": "need_draft"}),
        case("404 404 404 ok ok 404 404", READ_ONLY_PUBLIC, {"number": "need_waiting"}),
    ],
    "trading:need_save": [
        case(BUYER_HIDDEN, BUYER_HIDDEN, {"number": "need_draft"}, A_NEED),
        case(BUYER_SEEN, "login 403 403 409 403 403 403", {"number": "need"}, A_NEED),
    ],
    "trading:need_submit": [
        case(WRITE_ONLY, BUYER_HIDDEN, {"number": "need_draft"}, {"province": "420000", "declared": "on"})
    ],
    "trading:need_copy": [
        case(WRITE_ONLY, "login 404 404 ok 403 404 404", {"number": "need_over"}),
        case(WRITE_ONLY, "login 403 403 409 403 403 403", {"number": "need"}),
    ],
    "trading:need_withdraw": [
        case(BUYER_HIDDEN, BUYER_HIDDEN, {"number": "need_draft"}, REASON),
        case(BUYER_OFFICE_KNOWS, BUYER_OFFICE_KNOWS, {"number": "need_waiting"}, REASON),
        case(BUYER_SEEN, BUYER_SEEN, {"number": "need"}, REASON),
    ],
    "trading:need_meet": [
        case(BUYER_SEEN, BUYER_SEEN, {"number": "need"}, REASON),
        case(BUYER_HIDDEN, "login 404 404 409 404 404 404", {"number": "need_draft"}, REASON),
    ],
    "trading:need_matches": [
        case(BUYER_SEEN, READ_ONLY, {"number": "need"}),
        case(BUYER_HIDDEN, READ_ONLY, {"number": "need_draft"}),
    ],
    "trading:need_propose": [
        case(
            "login ok ok 403 ok ok ok",
            "login ok ok 403 ok ok ok",
            {"number": "need"},
            {"listing": "0", "text": "这项技术正好针对所求的工况。"},
        ),
        case("login 404 404 403 404 404 404", "login 404 404 403 404 404 404", {"number": "need_draft"}),
    ],
    "trading:need_proposals": [case(BUYER_SEEN, READ_ONLY, {"number": "need"})],
    "trading:proposal_mine": [case(MEMBERS, READ_ONLY)],
    "trading:proposal_accept": [
        case(PROPOSED_TO, PROPOSED_TO, {"pk": "proposal"}, {"body": "能否先寄样品来看看？", "forms": ["ordinary"]})
    ],
    "trading:proposal_decline": [case(PROPOSED_TO, PROPOSED_TO, {"pk": "proposal"}, REASON)],
    "trading:proposal_withdraw": [case(WRITE_ONLY, "login 404 ok 403 404 404 404", {"pk": "proposal"})],
    "trading:need_review_queue": [case(OFFICERS, READ_ONLY)],
    "trading:need_review_detail": [case(REVIEWERS, READ_ONLY, {"pk": "need_review"})],
    "trading:need_review_take": [case(WRITE_ONLY, REVIEWERS, {"pk": "need_fresh"})],
    "trading:need_review_release": [case(WRITE_ONLY, REVIEWERS, {"pk": "need_review"})],
    "trading:need_review_approve": [case(REVIEWERS, REVIEWERS, {"pk": "need_review"}, {"checked": THREE_POINTS})],
    "trading:need_review_request_changes": [case(REVIEWERS, REVIEWERS, {"pk": "need_review"}, REASON)],
    "trading:need_review_reject": [case(REVIEWERS, REVIEWERS, {"pk": "need_review"}, REASON)],
    "trading:open_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "trading:open_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "declaration"}),
        case("404 404 ok 404 ok 404 404", READ_ONLY_PUBLIC, {"pk": "declared"}),
    ],
    "trading:open_declare": [
        placed(OWNER_SEEN, OWNER_SEEN, patent("undeclared"), DECLARED),
        placed(OWNER_HIDDEN, "login 404 409 404 404 404 404", patent("draft"), DECLARED),
    ],
    "trading:open_withdraw": [
        case(OWNER_SEEN, OWNER_SEEN, {"pk": "declaration"}, {"filed": "on"}),
        case(OWNER_OFFICE_KNOWS, OWNER_OFFICE_KNOWS, {"pk": "declared"}, {"filed": "on"}),
    ],
    # The password is asked for first, behind the gate: the one who may take is sent there.
    "trading:open_take": [
        case("login 403 403 ok 403 403 403", "login 403 403 ok 403 403 403", {"pk": "declaration"}),
        case("login 404 403 404 403 404 404", "login 404 403 404 403 404 404", {"pk": "declared"}),
    ],
    "trading:open_receipt": [case("login 404 ok 404 404 404 404", READ_ONLY, {"pk": "taking"})],
    "trading:open_queue": [case(OFFICERS, READ_ONLY)],
    "trading:open_declaration_announce": [
        case(
            "login 404 403 404 ok 404 404",
            "login 404 403 404 ok 404 404",
            {"pk": "declared"},
            AnAnnouncement(proof="made anew"),
        ),
        case(LEDGER_OFFICE, "login 403 403 403 409 403 403", {"pk": "declaration"}, AnAnnouncement(proof="made anew")),
    ],
    "trading:open_declaration_return": [
        case("login 404 403 404 ok 404 404", "login 404 403 404 ok 404 404", {"pk": "declared"}, REASON)
    ],
    "trading:open_file": [
        placed(
            "login 403 ok 403 ok 403 403", READ_ONLY, lambda world: {"entry": "proof", "pk": world["declaration"].pk}
        )
    ],
    # --- governance: meetings, ballots, resolutions, minutes
    "governance:meeting_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:meeting_create": [case(GROUP_OFFICE, GROUP_OFFICE, data=A_MEETING)],
    "governance:meeting_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_called"}),
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_room"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "mt_preparing"}),
    ],
    "governance:meeting_change": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "mt_called"}, A_MEETING),
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "mt_preparing"}, A_MEETING),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "mt_room"}, A_MEETING),
    ],
    "governance:meeting_call": [
        case(f"login {SIX_404} ok 403 403", f"login {SIX_404} ok 403 403", {"pk": "mt_preparing"}, {"agreed": "on"}),
        case(f"login {SIX_403} ok 403 403", f"login {SIX_403} 409 403 403", {"pk": "mt_called"}, {"agreed": "on"}),
    ],
    "governance:meeting_open": [
        case(WRITE_ONLY, GROUP_OFFICE, {"pk": "mt_today"}),
        case(WRITE_ONLY, GROUP_LATE, {"pk": "mt_called"}),
    ],
    "governance:meeting_close": [
        case(WRITE_ONLY, GROUP_OFFICE, {"pk": "mt_room"}),
        case(WRITE_ONLY, GROUP_LATE, {"pk": "mt_written"}),
    ],
    "governance:meeting_cancel": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "mt_called"}, REASON),
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "mt_preparing"}, REASON),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "mt_room"}, REASON),
    ],
    "governance:presence_enter": [
        case(WRITE_ONLY, f"login {SIX_403} ok 403 ok", {"pk": "mt_room"}, seat_of("ju")),
        case(WRITE_ONLY, f"login {SIX_403} 409 403 409", {"pk": "mt_called"}, seat_of("ju")),
    ],
    "governance:presence_leave": [case(WRITE_ONLY, f"login {SIX_403} 403 ok ok", {"pk": "mt_room"}, seat_of("wei"))],
    "governance:item_propose": [
        case(GROUP_MEMBERS, GROUP_MEMBERS, {"pk": "mt_called"}, AN_ITEM),
        case(GROUP_MEMBERS_HIDDEN, GROUP_MEMBERS_HIDDEN, {"pk": "mt_preparing"}, AN_ITEM),
        case(GROUP_MEMBERS, f"login {SIX_403} 409 409 409", {"pk": "mt_room"}, AN_ITEM),
    ],
    "governance:item_list": [
        case(WRITE_ONLY, GROUP_OFFICE_HIDDEN, {"pk": "it_waiting"}),
        case(WRITE_ONLY, f"login {SIX_404} 403 403 409", {"pk": "it_listed"}),
    ],
    "governance:item_decline": [
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "it_waiting"}, REASON),
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "it_listed"}, REASON),
    ],
    "governance:paper_add": [
        case(
            f"login {SIX_404} 403 ok ok", f"login {SIX_404} 403 ok ok", {"pk": "it_waiting"}, APaper(upload="made anew")
        )
    ],
    "governance:paper_detail": [case(GROUP_MEMBERS_HIDDEN, READ_ONLY, {"pk": "it_paper"})],
    "governance:ballot_open": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "it_vote"}, {"lasts": "2", "unit": "days"}),
        case(GROUP_OFFICE_HIDDEN, f"login {SIX_404} 403 403 409", {"pk": "it_listed"}, {"lasts": "2", "unit": "days"}),
    ],
    "governance:ballot_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "bt_closed"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "bt_open"}),
    ],
    "governance:vote_cast": [
        case(GROUP_SEATS, GROUP_SEATS, {"pk": "bt_open"}, A_VOTE),
        case(f"login {SIX_403} ok ok 403", f"login {SIX_403} 409 409 403", {"pk": "bt_closed"}, A_VOTE),
        case(GROUP_SEATS, f"login {SIX_404} 409 409 403", {"pk": "bt_over"}, A_VOTE),
    ],
    "governance:ballot_close": [
        case(WRITE_ONLY, GROUP_OFFICE_HIDDEN, {"pk": "bt_over"}),
        case(WRITE_ONLY, f"login {SIX_404} 403 403 409", {"pk": "bt_open"}),
    ],
    "governance:resolution_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:resolution_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "rs_open"})],
    "governance:resolution_close": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "rs_open"}, {"no_task_because": "自通过之日起施行。"}),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "rs_closed"}, {"no_task_because": "自通过之日起施行。"}),
    ],
    "governance:minutes_detail": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_signed"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "mt_fresh"}),
        case("404 404", READ_ONLY_PUBLIC, {"pk": "mt_room"}),
    ],
    "governance:minutes_paper": [
        case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "mt_signed"}),
        case(GROUP_ALONE, READ_ONLY_PUBLIC, {"pk": "mt_fresh"}),
    ],
    "governance:minutes_assemble": [
        case(GROUP_OFFICE_HIDDEN, GROUP_OFFICE_HIDDEN, {"pk": "mt_over"}),
        case(GROUP_OFFICE, GROUP_LATE, {"pk": "mt_signed"}),
    ],
    "governance:minutes_sign": [
        case(GROUP_SEATS, GROUP_SEATS, {"pk": "mt_fresh"}, lambda world: agreed(world["mn_fresh"])),
        case(
            f"login {SIX_403} ok ok 403",
            f"login {SIX_403} 409 409 403",
            {"pk": "mt_signed"},
            lambda world: agreed(world["mn_signed"]),
        ),
    ],
    "governance:annex_add": [
        case(GROUP_OFFICE, GROUP_OFFICE, {"pk": "mt_signed"}, {"text_zh": "数字更正为 12。"}),
        case(GROUP_OFFICE_HIDDEN, f"login {SIX_404} 403 403 409", {"pk": "mt_fresh"}, {"text_zh": "更正。"}),
    ],
    # --- governance: plans that are carried out
    "governance:targets_save": [
        placed(GROUP_OFFICE, GROUP_OFFICE, of_year("plan_drafted"), {"listings_approved-420000": "300"}),
        placed(GROUP_OFFICE, GROUP_OFFICE.replace("ok", "409"), of_year("plan"), {"listings_approved-420000": "300"}),
    ],
    "governance:reminder_send": [placed(WRITE_ONLY, GROUP_OFFICE, of_year("plan"))],
    "governance:progress_subscribe": [placed(WRITE_ONLY, MEMBERS, of_year("plan"))],
    "governance:progress_unsubscribe": [placed(WRITE_ONLY, MEMBERS, of_year("plan"))],
    "governance:plan_report": [placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan"))],
    "governance:plan_closing": [
        placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan")),
        placed(PUBLIC, READ_ONLY_PUBLIC, of_year("plan_old")),
    ],
    "governance:plan_close": [
        placed(WRITE_ONLY, GROUP_OFFICE, of_year("plan_old")),
        placed(WRITE_ONLY, GROUP_OFFICE.replace("ok", "409"), of_year("plan")),
    ],
    "governance:reminder_detail": [case(INSIDE, READ_ONLY, {"pk": "reminder"})],
    "governance:task_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"pk": "task"})],
    "governance:report_make": [
        placed(
            DUTY,
            DUTY,
            lambda world: {"pk": world["task"].pk, "code": "420000"},
            {"kind": "interim", "words": "已完成初稿。"},
        ),
    ],
    "governance:report_accept": [case(WRITE_ONLY, OTHER_UNIT, {"pk": "report"})],
    "governance:report_return": [case(OTHER_UNIT, OTHER_UNIT, {"pk": "report"}, REASON)],
    "governance:report_withdraw": [case(WRITE_ONLY, "login 404 404 404 ok 403 404 403 403 403", {"pk": "report"})],
    "governance:report_file": [case(INSIDE, READ_ONLY, {"pk": "evidence"})],
    "governance:indicator_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:indicator_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, lambda world, slug=slug: {"indicator": slug})
        for slug in ("listings_approved", "negotiations_opened", "grants_recorded", "conversion_output")
    ],
    # --- allauth: signing in and out, the password, the second factor
    "account_login": [case(PUBLIC, PUBLIC)],
    "account_logout": [case(PUBLIC, PUBLIC)],
    "account_inactive": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "account_signup": [case(PUBLIC, PUBLIC)],
    "account_reauthenticate": [case(MEMBERS, MEMBERS)],
    "account_email": [case(MEMBERS, MEMBERS)],
    "account_email_verification_sent": [case(MEMBERS, MEMBERS)],
    "account_change_password": [case(MEMBERS, MEMBERS)],
    "account_set_password": [case(MEMBERS, MEMBERS)],
    "account_reset_password": [case(PUBLIC, PUBLIC)],
    "account_reset_password_done": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "account_reset_password_from_key": [case(PUBLIC, PUBLIC)],
    "account_reset_password_from_key_done": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "account_confirm_login_code": [case(MEMBERS, MEMBERS)],
    "mfa_index": [case(MEMBERS, READ_ONLY)],
    "mfa_authenticate": [case(MEMBERS, MEMBERS)],
    "mfa_reauthenticate": [case(MEMBERS, MEMBERS)],
    "mfa_activate_totp": [case(MEMBERS, MEMBERS)],
    "mfa_deactivate_totp": [case("login 404", "login 404")],  # nobody of the cast has a second factor
    "mfa_view_recovery_codes": [case("login 404", READ_ONLY)],
    "mfa_generate_recovery_codes": [case(MEMBERS, MEMBERS)],
    "mfa_download_recovery_codes": [case("login 404", "login 404")],
    # --- governance: the agreement, seats, rotation, handover
    "governance:overview": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:agreement": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:seat_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:seat_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"code": "seat"})],
    "governance:seat_appoint": [case(GROUP_OFFICE, GROUP_OFFICE, {"code": "seat"}, APPOINTED)],
    "governance:seat_vacate": [case(GROUP_OFFICE, GROUP_OFFICE, {"code": "seat"}, {"ends_on": TODAY, "act": "通知"})],
    "governance:deputy_name": [case(DIRECTOR, DIRECTOR, {"code": "seat"}, NAMED)],
    "governance:deputy_revoke": [case(WRITE_ONLY, NEXT_DIRECTOR, {"pk": "deputy"})],
    "governance:liaison_name": [case(GROUP_OFFICE, GROUP_OFFICE, {"code": "seat"}, NAMED)],
    "governance:liaison_end": [case(WRITE_ONLY, GROUP_OFFICE, {"pk": "liaison"})],
    "governance:rotation": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "governance:term_begin": [case(WRITE_ONLY, GROUP_OFFICE_LATE)],
    "governance:handover_detail": [case(PUBLIC, READ_ONLY_PUBLIC, {"year": "next_year"})],
    "governance:handover_open": [case(WRITE_ONLY, GROUP_OFFICE_LATE, {"year": "next_year"})],
    "governance:handover_sign": [case(TWO_DIRECTORS, TWO_DIRECTORS, {"year": "next_year"}, {"agreed": "on"})],
}
