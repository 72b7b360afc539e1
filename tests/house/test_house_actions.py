"""Every action: keyword-only, atomic, recorded under its own token, ruled, tested. Read next: house-style B1, B5."""

import ast
from pathlib import Path

import pytest

from tests.house.source import ROOT, all_tests, calls, functions, named, texts, tree

# Writes that are no deed of a person on a record of their own: called inside an action, or by the clock.
PARTS = {
    "patents.listing_publish": "part of review_approve, which holds the locks",
    "patents.search_row_write": "part of publishing",
    "patents.search_row_remove": "part of closing",
    "patents.rows_write": "the bulk form of search_row_write",
    "patents.rows_rebuild": "a derived table, rebuilt by a command",
    "patents.rows_prune": "a derived table, rebuilt by a command",
    "patents.summary_rebuild": "a derived table, rebuilt by a command",
    "patents.history_begin": "part of patent_attach",
    "patents.event_of": "part of status_record: the row, not yet saved",
    "patents.listing_close_for_status": "part of status_record and listing_follow_status",
    "patents.listing_open_for_status": "part of status_record",
    "patents.ledger_follows": "part of status_record",
    "patents.version_to_edit": "part of the steps of the wizard",
    "patents.touch": "part of the steps of the wizard",
    "patents.version_withdraw": "part of revision_withdraw and listing_withdraw",
    "patents.version_copy": "part of listing_revise",
    "patents.review_open": "part of listing_submit",
    "patents.grant_write": "part of grant_record and grant_correct, which ask and record",
    "patents.ledger_open": "part of offer_make and offer_accept",
    "patents.grant_refusal": "asked by trading before terms are offered; writes no licence",
    "patents.grant_activate": "part of agreement_sign",
    "patents.grant_release": "part of the end of an agreement that was not signed",
    "patents.encumbrance_release": "part of the end of an agreement that was not signed",
    "patents.grant_recorded": "part of agreement_record",
    "patents.grant_cease": "part of the end of a signed agreement",
    "trading.cease": "part of the end of a signed agreement",
    "trading.die": "part of the end of a licence with its patent",
    "trading.milestones_plan": "part of agreement_sign and open_take",
    "trading.deed_write": "part of every act on what an agreement makes due: its history",
    "trading.paper": "part of milestone_claim and statement_make: the file",
    "patents.encumbrance_close": "part of open_withdraw, open_lapse and the end of a signed agreement",
    "trading.held": "part of offer_make and offer_accept: what the ledger holds",
    "trading.co_owners_agree": "part of offer_make and offer_accept: a look-up",
    "trading.reserve": "part of offer_accept",
    "trading.activate": "part of agreement_sign",
    "trading.release": "part of the end of an agreement that was not signed",
    "patents.reservations_clear": "the clock's, one patent after the other",
    "patents.encumbrance_write": "part of encumbrance_record",
    "patents.title_of": "part of whatever writes the ledger first",
    "patents.market_leave": "part of listing_conclude and of a lapse",
    "patents.market_pause": "part of listing_suspend, listing_resume and of a status that comes and goes",
    "patents.market_follows": "part of every act on the ledger",
    "patents.listing_conclude": "part of market_follows; records itself",
    "governance.follow": "part of every act on who acts for a seat: the group that asks for a second factor",
    "governance.require_free": "asked by seat_appoint and deputy_name; writes nothing",
    "governance.exceptions_write": "part of a ballot's close: what a resolution does to the rotation",
    "governance.order_write": "part of a ballot's close",
    "governance.rotation_refusal": "asked before a proposal and a ballot's effect; writes nothing",
    "governance.order_refusal": "asked before a proposal and a ballot's effect; writes nothing",
    "governance.item_write": "part of item_propose and of tabling a plan, which ask and record",
    "governance.items_close": "part of meeting_close",
    "governance.items_drop": "part of meeting_cancel",
    "governance.resolution_write": "part of ballot_close",
    "governance.effect_refusal": "part of item_propose: asked, writes nothing",
    "governance.effect_apply": "part of ballot_close",
    "governance.effect_miss": "part of ballot_close, item_decline and the end of a meeting",
    "governance.version_adopt": "part of ballot_close: its effect",
    "governance.version_return": "part of ballot_close, item_decline and the end of a meeting",
    "governance.ballots_close_due": "the clock's, one ballot after the other",
    "governance.version_freeze": "part of plan_table and amendment_table",
    "governance.earliest_last_day": "a look-up",
    "governance.task_begin": "part of task_carry",
    "governance.text_begin": "part of task_create and task_carry",
    "governance.text_copy": "part of amendment_begin",
    "governance.duty_of": "part of whatever writes duties: the row, not yet saved",
    "governance.visits_move_up": "part of every act that frees room for visitors; records itself",
    "governance.stationings_move_up": "part of every act that frees places; records itself",
    "governance.stationing_line_run": "the clock's, one facility after the other",
    "expos.meetings_leave": "part of registration_cancel",
    "expos.meeting_move": "part of every act on a meeting",
    "expos.check_write": "part of application_make, application_approve and exhibit_check: the row of one look",
    "expos.allot": "part of every act that gives a booth; each records itself",
    "expos.require_open": "asked by the acts on meetings and on a programme; writes nothing",
    "expos.meeting_write": "part of meeting_request_make",
    "expos.meeting_request_lapse": "the clock's, one request after the other; records itself",
    "expos.meeting_remind": "the clock's, one meeting after the other",
    "expos.match_run_work": "the worker's: what match_run_ask has asked for",
    "expos.match_run_fail": "the clock's: a run whose worker is gone",
    "expos.new_code": "part of registering; writes nothing",
    "expos.passages_sync": "one scan after the other, each its own transaction; batch_keep records the whole",
    "notices.notice_tell": "told by tasks; the deed itself is recorded",
    "notices.mail_send": "the clock's, one mail after the other",
}
# A person's own inbox and its settings, and what is typed but not saved: nobody's record changes.
UNRECORDED = {
    "expos.favourite_set",
    "notices.notices_read",
    "notices.preferences_set",
    "patents.input_keep",
    "patents.input_drop",
}
# Nobody but the person it is about is asked: the actor is the subject.
OWN = {
    "accounts.profile_save": "one's own profile",
    "accounts.organisation_save": "asks whether the organisation has other members",
    "accounts.organisation_leave": "one's own membership",
    "notices.notices_read": "one's own inbox",
    "notices.preferences_set": "one's own inbox",
    "patents.listing_create": "any member may begin a draft",
    "trading.need_create": "any member may begin a draft",
    "governance.progress_subscribe": "one's own subscription",
    "governance.progress_unsubscribe": "one's own subscription",
}
HELPERS_THAT_ASK = (
    "require",
    "lock_mandate",
    "lock_directorship",
    "_end",
    "_lock_to_decide",
    "_require_judge",
    "_may_ask",
    "_require_editor",
    "lock_directorship",
    "lock_mandate",
    "lock_voice",
    "_require_officer",
    "_require_party",
)


def action_files() -> list[Path]:
    found = []
    for package in ("patents", "trading", "expos", "governance", "platform_site/accounts", "platform_site/notices"):
        found += [ROOT / package / "actions.py", *sorted((ROOT / package / "actions").glob("*.py"))]
    return [path for path in found if path.exists()]


def app_of(path: Path) -> str:
    return path.parent.parent.name if path.parent.name == "actions" else path.parent.name


def imported(path: Path) -> set[str]:
    return {
        alias.asname or alias.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


ALL = [
    (f"{app_of(path)}.{node.name}", node, path)
    for path in action_files()
    for node in functions(path)
    if node.name[0] != "_"
]
# What takes no actor writes nothing by itself (a reader or a part).
ACTIONS = {
    name: (node, path)
    for name, node, path in ALL
    if name not in PARTS and any(argument.arg == "actor" for argument in (*node.args.args, *node.args.kwonlyargs))
}


@pytest.fixture(params=sorted(ACTIONS))
def action(request):
    node, path = ACTIONS[request.param]
    return request.param, node, path


def test_the_lists_name_what_exists():
    known = {name for name, _node, _path in ALL}
    assert {name for name in (*PARTS, *UNRECORDED, *OWN) if name not in known} == set()
    assert len(ACTIONS) >= 25


def test_arguments_are_named(action):
    name, node, _path = action
    assert not node.args.args and not node.args.posonlyargs and not node.args.vararg, f"{name}: def f(*, ...)"


def test_the_action_is_the_transaction(action):
    name, node, _path = action
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    assert {"transaction.atomic"} & decorators, f"{name} is not @transaction.atomic"


def test_it_is_recorded_under_its_own_token(action):
    name, node, _path = action
    if name in UNRECORDED:
        return
    assert name in texts(node), f"{name} records no row with verb={name!r}"


def test_somebody_is_asked_whether_the_actor_may(action):
    name, node, _path = action
    asked = any(next(calls(node, helper), None) for helper in HELPERS_THAT_ASK)
    may = any(isinstance(found, ast.Name) and found.id == "NotAllowed" for found in ast.walk(node))
    assert asked or may or name in OWN, f"{name} asks no rule"


def test_it_is_typed_and_says_what_it_does(action):
    name, node, _path = action
    assert node.returns is not None, name
    assert all(argument.annotation for argument in node.args.kwonlyargs), name
    assert ast.get_docstring(node), name


def test_a_test_names_it(action):
    name, node, _path = action
    assert f"{node.name}(" in all_tests() or f".{node.name}" in all_tests(), f"no test calls {name}"


def test_nobody_imports_a_request():
    """The actor is an argument: no request, no thread-local."""
    guilty = [named(path) for path in action_files() if {"HttpRequest", "get_current_user"} & imported(path)]
    assert guilty == []
