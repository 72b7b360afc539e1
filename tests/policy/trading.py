"""Needs, rooms, offers, agreements, open licences. Read next: group.py."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import needs

from .cases import (
    LEDGER_OFFICE,
    MEMBERS,
    OFFICE,
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
    Data,
    World,
    agreed,
    case,
    patent,
    placed,
)

PARTIES = "login 404 ok ok 404 404 404"  # a room: two people, and no officer or administrator
GIVER = "login 404 ok 404 404 404 404"  # an open licence, taken by somebody else
PARTIES_AND_OFFICE = "login 404 ok ok ok 404 404"  # an agreement from its filing on
OFFERED = "login 404 ok 403 404 404 404"  # an offer of the buyer: for the other side to answer
BUYER_HIDDEN = "login 404 404 ok 404 404 404"  # the same of a need, whose owner is the buyer
BUYER_SEEN = "login 403 403 ok 403 403 403"
BUYER_OFFICE_KNOWS = "login 404 404 ok 403 404 404"
PROPOSED_TO = "login 404 403 ok 404 404 404"  # a proposal: read by two, answered by one
PAYEE, PAYER = OFFERED, "login 404 403 ok 404 404 404"  # the owner is owed, the buyer owes
DECIDED = {"outcome": "双方同意另行委托评估后再谈。"}
A_NEED = needs.form_data()
THREE_POINTS = ["real", "criteria", "disclosure"]


def offer_typed(world: World) -> Data:
    """An ordinary licence in Hunan for the listing of the room."""
    patents = [row.patent.application_number for row in world["market"].listing_patents.select_related("patent")]
    return {
        "form": "ordinary", "patents": patents, "provinces": ["430000"], "start": TODAY, "consideration": "lump_sum",
        "amount_cny": "36万", "confidentiality_years": "5", "improvements": "maker", "dispute": "court_owner", "days": "10",
    }  # fmt: skip


DECLARED = {
    "method": "fixed", "amount_cny": "8万", "years": "3", "conditions": "取得人自备试验条件。", "filed_on": TODAY,
    "truthful": "on",
}  # fmt: skip


class AnAnnouncement(dict[str, Any]):
    """The same for the proof of an announcement."""

    def items(self) -> Any:
        page = SimpleUploadedFile("公告.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
        return {"number": "2026开放0002", "announced_on": TODAY, "proof": page}.items()


class AProof(dict[str, Any]):
    """What the national office has recorded, with its paper made anew for each sending."""

    def items(self) -> Any:
        paper = SimpleUploadedFile("备案证明.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
        return {"number": "X2026420000999", "recorded_on": TODAY, "proof": paper}.items()


ROWS: dict[str, list[Case]] = {
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
    "trading:agreement_file": [
        case(PARTIES, PARTIES, {"pk": "contract"}),
        case(GIVER, GIVER, {"pk": "taking"}),
    ],
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
        case(GIVER, READ_ONLY, {"pk": "taking"}),
        case("login 404", READ_ONLY, {"pk": "agreement"}),
    ],
    "trading:performance_file": [case(PARTIES, READ_ONLY, {"pk": "yearly", "deed_pk": "receipt"})],
    "trading:agreement_report": [case(PARTIES, PARTIES, {"pk": "yearly"}, {"year": "2025", "in_production": "no"})],
    "trading:agreement_complete": [
        case(WRITE_ONLY, PARTIES, {"pk": "free"}),
        case(WRITE_ONLY, "login 404 409 409 404 404 404", {"pk": "yearly"}),
    ],
    "trading:agreement_terminate": [case(PARTIES, PARTIES, {"pk": "free"}, {**REASON, "on_day": TODAY})],
    "trading:agreement_breach": [
        case(PARTIES, PARTIES, {"pk": "free"}, REASON),
        case(GIVER, GIVER, {"pk": "taking"}, REASON),
    ],
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
    "trading:open_receipt": [case(GIVER, READ_ONLY, {"pk": "taking"})],
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
}
