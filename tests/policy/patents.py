"""Patents, listings, reviews, the rights ledger. Read next: trading.py."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from platform_site import clock

from .cases import (
    LEDGER_OFFICE,
    MEMBERS,
    OFFICERS,
    OWNER_HIDDEN,
    OWNER_OFFICE_KNOWS,
    OWNER_SEEN,
    PUBLIC,
    READ_ONLY,
    READ_ONLY_PUBLIC,
    REASON,
    REVIEWERS,
    TODAY,
    WRITE_ONLY,
    Case,
    World,
    case,
    patent,
    placed,
)

OWNER_AND_OFFICE = "login 403 ok 403 ok 403 403"
OWN_SHEET = "login 403 403 403 ok 404 403"  # of the officer who brought it; not a colleague's of another province
VERDICTS = {f"{item}_verdict": "pass" for item in ("ownership", "legal_state", "filing", "documents", "wording")}

PROBLEM = {
    **VERDICTS,
    "documents_verdict": "problem",
    "documents_note": "缺检测报告",
    "reason": "请补充检测报告，并说明批次。",
}

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


def ledger_of(name: str) -> Callable[[World], Any]:
    return lambda world: {"number": world[name].listing_patents.get().patent.application_number}


class ASheet(dict[str, Any]):
    """A table of one row, made anew for each sending: a file is read once."""

    def items(self) -> Any:
        row = "专利号,法律状态\nCN202310000001.0,有效\n".encode()
        return {"upload": SimpleUploadedFile("状态.csv", row, content_type="text/csv")}.items()


ROWS: dict[str, list[Case]] = {
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
}
