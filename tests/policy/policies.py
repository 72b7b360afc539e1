"""Preferential policies, entitlements, parity, and applications for support. Read next: cases.py."""

from datetime import timedelta

from platform_site import clock

from .cases import (
    LEDGER_OFFICE,
    MEMBERS,
    OFFICE,
    OFFICERS,
    PUBLIC,
    READ_ONLY,
    READ_ONLY_PUBLIC,
    WRITE_ONLY,
    Case,
    Data,
    World,
    case,
    placed,
)

#                mo  shen bai guo  he  ad
DRAFT_PAGE = "404 404 404 404 ok 404 404"  # a draft: the officers of its province
MINE = "login 404 404 ok 403 404 404"  # what the applicant does; the office sees it
OFFICE_DOES = "login 404 404 403 ok 404 404"  # what the office of that province does; the applicant sees it
SEEN = "login 404 404 ok ok 404 404"
A_POLICY = {
    "province": "420000", "kind": "rent", "title_zh": "租金减免", "summary_zh": "摘要", "basis_zh": "文件", "kind_of_sum": "fixed",
    "amount": "5000", "stacking": "once", "notice_days": "5", "starts_on": clock.today().isoformat(),
    "rule-TOTAL_FORMS": "12", "rule-INITIAL_FORMS": "0", "rule-0-test": "patent_in_force:is", "rule-0-value": "是",
    "rule-0-clause": "第二条",
}  # fmt: skip
END = {"ends_on": (clock.today() + timedelta(days=3)).isoformat(), "because": "资金用完。"}
WORDS, DECISION = {"words": "同意。"}, {"clause": "第三条", "reason": "不符合。"}
PAYMENT = {"paid_on": clock.today().isoformat(), "amount_cny": "10000", "reference": "凭证1"}


def policy_of(name: str) -> object:
    def place(world: World) -> Data:
        return {"pk": world[name].policy_id}

    return place


def act(name: str, record: str, who: str, data: Data, *, has_page: bool = True) -> tuple[str, list[Case]]:
    """One act on an application."""
    return f"policies:{name}", [case(who if has_page else WRITE_ONLY, who, {"pk": record}, data)]


ROWS: dict[str, list[Case]] = {
    "policies:policy_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "policies:policy_create": [case(OFFICERS, OFFICERS, data=A_POLICY)],
    "policies:policy_detail": [
        placed(PUBLIC, READ_ONLY_PUBLIC, policy_of("pl_version")),
        placed(DRAFT_PAGE, READ_ONLY_PUBLIC, policy_of("pl_draft")),
    ],
    "policies:version_begin": [placed(WRITE_ONLY, LEDGER_OFFICE, policy_of("pl_version"))],
    "policies:version_save": [case(OFFICE, OFFICE, {"pk": "pl_draft"}, A_POLICY)],
    "policies:policy_publish": [case(OFFICE, OFFICE, {"pk": "pl_draft"})],
    "policies:policy_end": [case(LEDGER_OFFICE, LEDGER_OFFICE, {"pk": "pl_version"}, END)],
    "policies:entitlement_list": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "policies:entitlement_profile": [case(MEMBERS, READ_ONLY)],
    "policies:entitlement_listing": [case(PUBLIC, READ_ONLY_PUBLIC, {"number": "market"})],
    "policies:entitlement_visit": [case("login 404 404 ok 404 404 404", READ_ONLY, {"pk": "vs_asked"})],
    "policies:entitlement_exhibit": [case("login 404 ok 404 404 404 404", READ_ONLY, {"pk": "exhibit_asked"})],
    "policies:entitlement_stationing": [case("login 404 ok 404 404 404 404", READ_ONLY, {"pk": "st_asked"})],
    "policies:entitlement_agreement": [case("login 404 ok ok 404 404 404", READ_ONLY, {"pk": "sp_deal"})],
    "policies:parity": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "policies:support_notices": [case(PUBLIC, READ_ONLY_PUBLIC)],
    "policies:support_list": [case(MEMBERS, READ_ONLY)],
    "policies:support_queue": [case(OFFICERS, READ_ONLY)],
    # For which agreement or listing stands in the query: without one there is nothing to apply for.
    "policies:support_make": [case("login 404", "login 404", {"pk": "pl_version"})],
    "policies:objection_detail": [case(OFFICE, READ_ONLY, {"pk": "sp_objection"})],
    "policies:support_detail": [case(SEEN, READ_ONLY, {"pk": "sp_fresh"})],
    "policies:support_file": [case(SEEN, READ_ONLY, {"pk": "sp_file"})],
    **dict(
        [
            act("support_withdraw", "sp_fresh", MINE, {}, has_page=False),
            act("support_correct", "sp_back", MINE, {"note": "已补。"}),
            act("support_appeal", "sp_refused", MINE, WORDS),
            act("support_accept", "sp_fresh", OFFICE_DOES, {}, has_page=False),
            act("support_return", "sp_fresh", OFFICE_DOES, {"reason": "缺材料。"}),
            act("support_decline", "sp_fresh", OFFICE_DOES, DECISION),
            act("support_review", "sp_accepted", OFFICE_DOES, {"amount_cny": "30000", "words": "属实。"}),
            act("support_confirm", "sp_reviewed", OFFICE_DOES, WORDS),
            act("support_approve", "sp_noticed", OFFICE_DOES, {"clause": "第三条"}),
            act("support_pay", "sp_granted", OFFICE_DOES, PAYMENT),
            act("support_recover", "sp_granted", OFFICE_DOES, DECISION),
            act("objection_make", "sp_open", "login ok ok 403 403 ok ok ok ok ok", WORDS),
            act("objection_answer", "sp_objection", OFFICE, WORDS),
            act("support_reopen", "sp_appealed", OFFICE_DOES, WORDS),
            act("support_uphold", "sp_appealed", OFFICE_DOES, DECISION),
        ]
    ),
}
