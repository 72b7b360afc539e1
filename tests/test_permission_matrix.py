"""The matrix of tests/policy/, cell by cell, over the real pages and the real forms. Read next: policy/, world.py."""

import os
import re
from collections.abc import Collection
from itertools import product

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from platform_site.audit.models import AuditEntry
from tests import world as worlds
from tests.addresses import routes
from tests.factories import accounts, trading
from tests.policy import MATRIX, ROLES, Case
from tests.world import made_fixture, undone, world_fixture  # noqa: F401 - a fixture is found by its name

ROWS = [(name, number, row) for name, rows in MATRIX.items() for number, row in enumerate(rows)]
IN_ROOMS = ("shen", "bai")  # the two of every room
MOST_QUERIES = 15  # of one page, whoever reads it
OF_ITS_OWN = {
    "portal:desk": 30,  # reads one kind of work after the other
    "governance:handover_detail": 19,  # the same, of all that is handed over
}
# No reads of a page: what it notes (a view, a session, a refusal) and how often something was tried.
NOT_COUNTED = re.compile(r'(SAVEPOINT|RELEASE|ROLLBACK|INSERT|UPDATE|DELETE)\b|.*[ "]portal_limit', re.DOTALL)
# What a denied write must leave as it was; the rest of the tables follows from these.
WATCHED = (
    *("accounts.User", "accounts.Organisation", "accounts.Membership", "accounts.Verification", "files.StoredFile"),
    *(
        "patents.Listing",
        "patents.ListingVersion",
        "patents.ListingPatent",
        "patents.Patent",
        "patents.Review",
        "patents.Attachment",
        "patents.DraftInput",
    ),
    *("patents.OfferedForm", "patents.Requirement", "patents.SearchRow"),
    *("patents.StatusEvent", "patents.StatusSheet", "patents.StatusSheetRow"),
    *("trading.Negotiation", "trading.Party", "trading.Message", "trading.MessageFile", "trading.Enquiry"),
    *("trading.Offer", "trading.Agreement", "trading.Signature", "patents.Grant", "patents.Encumbrance"),
    *("trading.Undertaking", "trading.FileOpening"),
    *("trading.PaymentMilestone", "trading.RoyaltyStatement", "trading.ConversionReport"),
    *("trading.Ending", "trading.PerformanceDeed"),
    *("trading.Mediation", "trading.MediationRelease", "trading.MediationNote"),
    *("trading.TechnologyNeed", "trading.NeedCondition", "trading.NeedReview", "trading.NeedProposal"),
    *("trading.OpenDeclaration", "trading.Agreement", "trading.Signature", "patents.Grant", "patents.Encumbrance"),
    *("governance.SeatHolder", "governance.Deputy", "governance.LiaisonOfficer", "governance.DirectorTerm"),
    *("governance.Handover", "governance.HandoverSignature"),
    *("governance.Meeting", "governance.AgendaItem", "governance.ItemPaper", "governance.Presence"),
    *("governance.Ballot", "governance.Vote", "governance.Resolution"),
    *("governance.Minutes", "governance.MinutesSignature", "governance.MinutesAnnex"),
    *("governance.AnnualWorkPlan", "governance.ProgressReport", "governance.ReportFile"),
    *("governance.Reminder", "governance.RemindedDuty", "governance.ProgressSubscription"),
    *("governance.IndicatorTarget", "governance.IndicatorSnapshot"),
    *("governance.AnnualWorkPlan", "governance.PlanVersion", "governance.Section", "governance.TaskText"),
    *("governance.PlanTask", "governance.Duty", "governance.PlanComment"),
    *("governance.Policy", "governance.PolicyVersion", "governance.PolicyApplication", "governance.SupportFile"),
    *("governance.SupportStep", "governance.AidEntry", "governance.Disbursement"),
    *("governance.PlanTabling", "governance.PlanSignature", "governance.AgendaItem"),
    *("governance.Facility", "governance.Equipment", "governance.OpeningHours", "governance.FacilityPicture"),
    *("governance.FacilityManager", "governance.FacilitySheet", "governance.Visit", "governance.VisitBundle"),
    *("governance.Stationing", "governance.StationingMilestone", "governance.StationingReport"),
    *("expos.Booth", "expos.BoothHold", "expos.BoothApplication", "expos.BoothAllotment", "expos.AllocationRun"),
    *("expos.Exhibit", "expos.ExhibitCheck", "expos.Complaint"),
    *("expos.MeetingPlan", "expos.MeetingTable", "expos.MeetingProfile", "expos.MeetingAbsence", "expos.MeetingWish"),
    *("expos.MeetingRequest", "expos.ExpoMeeting", "expos.MeetingPerson", "expos.MatchRun", "expos.UnmetWish"),
    *("expos.Registration", "expos.Passage", "expos.ScanBatch", "expos.DoorKeeper", "expos.Lead"),
    *("expos.ExpoResult", "expos.ResultStep", "expos.FollowAnswer", "expos.CeremonyPlace"),
    *("expos.Session", "expos.SessionSpeaker", "expos.SessionFavourite", "expos.Speaker"),
    *("expos.ProgrammeVersion", "expos.ProgrammePage", "expos.ScheduleImport"),
    *("outbox.OutboxMessage", "outbox.WriteKey", "notices.Notice", "notices.MailPreference", "audit.AuditEntry"),
)


@pytest.fixture(name="browsers")
def browsers_fixture(world, settings, tmp_path):
    """Each role signed in once, so that a cell writes nothing by signing in. Mails are files, as in the demonstration."""
    settings.EMAIL_BACKEND, settings.MAIL_DIR = "platform_site.notices.backends.FolderBackend", tmp_path / "mail"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 3600
    found = {role: Client() for role in ROLES}
    for role in ROLES[1:]:
        found[role].force_login(world[role])
        accounts.confirmed(found[role], world[role])
    return found


def ask(world: dict, signed_in: Client, name: str, row: Case, method: str):
    browser = Client()  # of its own: some pages end the session
    browser.cookies.update(signed_in.cookies)
    cache.clear()  # the limits on tries count over all roles
    address = routes()[name].at(**row.at(world))
    connection.queries_log.clear()  # it holds 9,000 queries, and the whole matrix asks more
    with CaptureQueriesContext(connection) as asked:
        response = getattr(browser, method)(address, row.sent(world) if method == "post" else None)
    response.reads = [query["sql"] for query in asked if not NOT_COUNTED.match(query["sql"])]
    return response


def answer_of(response) -> str:
    """The cell that an answer stands for."""
    if 300 <= response.status_code < 400:
        return "login" if "/accounts/login/" in response["Location"] else "ok"
    return "ok" if response.status_code < 300 else str(response.status_code)


WATCHED_TABLES = sorted({apps.get_model(label)._meta.db_table for label in WATCHED})


def fingerprint(tables: Collection[str]) -> dict[str, tuple]:
    """How many rows each of these has and which was written last, but the rows that say that somebody was denied.

    A row's xmin is the (sub)transaction that wrote it: these are numbered upwards, and what is undone is gone.
    """
    last = "SELECT '{0}', count(*), max(t.xmin::text::bigint) FROM {0} t"
    aside = {"audit_auditentry": " WHERE verb <> 'portal.denied'"}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(last.format(table) + aside.get(table, "") for table in tables))
        return {table: rest for table, *rest in cursor.fetchall()}


def writes() -> dict[str, int]:
    """How often this transaction has tried to write to each watched table, what was undone included: cheap to ask."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables WHERE relname = ANY (%s)",
            [WATCHED_TABLES],
        )
        return dict(cursor.fetchall())


def is_changed(before: dict[str, tuple], tried: dict[str, int]) -> bool:
    """Whether something was written that still stands; `before` holds all tables, `tried` what was tried until then."""
    tables = [table for table, count in writes().items() if count != tried.get(table, 0)]
    return bool(tables) and any(now != before[table] for table, now in fingerprint(tables).items())


def denials() -> int:
    return AuditEntry.objects.filter(verb="portal.denied").count()


def asked(cells: dict[str, str]) -> tuple[str, ...]:
    """The roles to ask: all, or a few where every member is answered alike; MATRIX=all asks all everywhere."""
    members = {cells[role] for role in ROLES[1:]}
    if len(members) > 1 or os.environ.get("MATRIX") == "all":
        return ROLES
    return ("visitor", "mo", "ad") if members <= {"405"} else ("visitor", "mo", "guo", "ad", "si")


def read(response) -> str:
    """The text of a page, or of what is downloaded as text."""
    if not response.streaming:
        return response.content.decode(errors="replace")
    return b"".join(response.streaming_content).decode(errors="replace")


def test_reading(world, browsers):
    """Who may read what, that nobody else finds the words of a room, and that no page costs more than fifteen queries."""
    odd = {}
    for role in ROLES:
        browsers[role].get("/zh-hans/help/")  # the log-in is noted here, and not counted below
    for name, number, row in ROWS:
        answers = {}
        for role in asked(row.get):
            with undone():
                response = ask(world, browsers[role], name, row, "get")
            answers[role] = answer_of(response)
            if role not in IN_ROOMS and worlds.CANARY in read(response):
                odd[name, number, role, "canary"] = "reads what was said, offered or sent in a room"
            if response.status_code == 200 and len(response.reads) > OF_ITS_OWN.get(name, MOST_QUERIES):
                many = [str(len(response.reads)), *(sql[:160] for sql in response.reads)]
                odd[name, number, role, "queries"] = "\n  ".join(many)
        if differ := differences(answers, row.get):
            odd[name, number] = differ
    assert not odd, lines(odd)


def test_writing(world, browsers):
    """Each denied cell has a twin in the same row: the same form, sent by whom it is meant for, is accepted and changes something."""
    odd, before = {}, fingerprint(WATCHED_TABLES)
    for name, number, row in ROWS:
        answers, wrote, told = {}, {}, {}
        for role in asked(row.post):
            with undone():
                tried = writes()
                answers[role] = answer_of(ask(world, browsers[role], name, row, "post"))
                wrote[role] = is_changed(before, tried)
                told[role] = denials()
        if differ := differences(answers, row.post):
            odd[name, number] = differ
        for role, answer in answers.items():
            if told[role] != (answer == "403") and (answer != "404" or told[role] > 1):
                odd[name, number, role, "audit"] = f"{answer} with {told[role]} rows of a denial"
            if answer != "ok" and wrote[role]:
                odd[name, number, role] = f"was denied ({answer}), and something was written all the same"
            if (
                answer == "ok"
                and routes()[name].is_ours
                and not wrote[role]
                and role not in NOTHING_TO_CHANGE.get(name, ())
            ):
                odd[name, number, role] = "was let in, and nothing was written"
    assert not odd, lines(odd)


def lines(odd: dict) -> str:
    return "\n" + "\n".join(f"{key}: {words}" for key, words in odd.items())


def differences(found: dict[str, str], wanted: dict[str, str]) -> str:
    return ", ".join(
        f"{role}: {answer} instead of {wanted[role]}" for role, answer in found.items() if answer != wanted[role]
    )


# Whose form is accepted and changes no watched row: a cookie of the reader's; a member who is told that it is done already.
NOTHING_TO_CHANGE = {
    "expos:hold_release": set(ROLES) - {"shen"},  # who holds a booth
    "resources:stationing_apply": {"bai"},  # the same
    "expos:application_make": {"bai"},  # the technology that is sent is not hers: the form is shown again
    "ui:preferences": ROLES,
    "accounts:verification_submit": ("mo", "shen", "bai"),
    "governance:progress_unsubscribe": ROLES,  # nobody has subscribed: test_progress_views.py
    "trading:open_take": ("bai",),  # asked for the password again
    "policies:policy_create": ("he",),  # the form names another province than theirs
    "accounts:session_end": ROLES,  # of a sign-in that has ended already
    "trading:mediation_release": ("shen", "bai"),  # nothing is chosen
    "trading:need_propose": ROLES,  # one's own listing is chosen, which the row does not know: test_needs_review_views.py
}


def test_other_methods_are_for_nobody(world, browsers):
    odd = {}
    for name, rows in MATRIX.items():
        if not routes()[name].is_ours:
            continue
        for role, method in product(("visitor", "guo"), ("put", "patch", "delete")):
            with undone():
                answer = answer_of(ask(world, browsers[role], name, rows[0], method))
            if answer not in {"405", "login"}:
                odd[name, role, method] = answer
    assert not odd, lines(odd)


def test_head_says_no_more_than_get(world, browsers):
    odd = {}
    for name, rows in MATRIX.items():
        with undone():
            head = answer_of(ask(world, browsers["mo"], name, rows[0], "head"))
        if head not in {rows[0].get["mo"], "405", "429"}:
            odd[name] = head
    assert not odd, lines(odd)


def test_not_yours_and_not_there_are_the_same_page(world):
    """Whoever is denied learns nothing: the page for somebody else's record is that for one that does not exist."""
    for role, real, missing in (
        ("mo", f"/zh-hans/trading/negotiations/{world['room'].pk}/", "/zh-hans/trading/negotiations/987654/"),
        ("ad", f"/zh-hans/trading/negotiations/{world['room'].pk}/", "/zh-hans/trading/negotiations/987654/"),
        ("he", f"/zh-hans/patents/review/{world['review'].pk}/", "/zh-hans/patents/review/987654/"),
        ("he", f"/zh-hans/accounts/verifications/{world['asked'].pk}/", "/zh-hans/accounts/verifications/987654/"),
        ("bai", f"/zh-hans/patents/{world['draft'].number}/", "/zh-hans/patents/CN6-2026-987654/"),
        ("visitor", f"/zh-hans/patents/{world['draft'].number}/", "/zh-hans/patents/CN6-2026-987654/"),
    ):
        browser = Client()
        if role != "visitor":
            browser.force_login(world[role])
        one, other = browser.get(real), browser.get(missing)
        assert (one.status_code, other.status_code) == (404, 404)
        assert stripped(one, real) == stripped(other, missing), role


def stripped(response, address: str) -> str:
    text = response.content.decode().replace(response["X-Request-Id"], "")
    for part in (address, address.replace("/zh-hans/", "/en/"), address.replace("/", "%2F")):
        text = text.replace(part, "")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_words_of_a_room_are_found_by_no_search_of_a_stranger(world, browsers):
    """Typed into every page that takes words; test_reading looks for them on the pages themselves."""
    for name, rows in MATRIX.items():
        with undone():
            response = browsers["mo"].get(routes()[name].at(**rows[0].at(world)), {"q": worlds.CANARY})
        assert response.status_code != 200 or worlds.ECHO not in read(response), name


def test_the_admin_is_for_staff_and_opens_no_room(world):
    for role in ROLES:
        browser = Client()
        if role != "visitor":
            browser.force_login(world[role])
        with undone():
            expected = 200 if role == "ad" else 302
            assert browser.get("/admin/").status_code == expected, role
            for model in ("trading/negotiation", "trading/message", "audit/auditentry", "patents/listing"):
                assert browser.get(f"/admin/{model}/").status_code in {302, 404}, (role, model)


def test_a_role_that_is_taken_away_is_gone_with_the_next_request(world):
    with undone():
        browser = Client()
        browser.force_login(world["guo"])
        address = routes()["patents:review_detail"].at(pk=world["review"].pk)
        assert browser.get(address).status_code == 200
        world["guo"].groups.clear()
        assert browser.get(address).status_code == 403
        assert browser.post(address + "approve/", MATRIX["patents:review_approve"][0].data).status_code == 403


def test_a_party_that_has_left_reads_no_more(world):
    with undone():
        browser = Client()
        browser.force_login(world["bai"])
        address = routes()["trading:negotiation_detail"].at(pk=world["room"].pk)
        assert browser.get(address).status_code == 200
        trading.leave(world["room"], world["bai"])
        assert browser.get(address).status_code == 404
        assert browser.post(address + "send/", {"body": "还在吗？"}).status_code == 404


def test_a_closed_account_is_out_at_once(world):
    with undone():
        browser = Client()
        browser.force_login(world["shen"])
        world["shen"].is_active = False
        world["shen"].save(update_fields=["is_active"])
        assert answer_of(browser.get("/zh-hans/desk/")) == "login"
        world["shen"].is_active = True


def test_a_superuser_is_no_party_and_no_officer(world):
    with undone():
        boss = world["ad"]
        boss.is_superuser = True
        boss.save(update_fields=["is_superuser"])
        browser = Client()
        browser.force_login(boss)
        for address, status in (
            (routes()["trading:negotiation_detail"].at(pk=world["room"].pk), 404),
            (routes()["patents:review_detail"].at(pk=world["review"].pk), 403),
            (routes()["accounts:verification_detail"].at(pk=world["asked"].pk), 404),
        ):
            assert browser.get(address).status_code == status, address
        boss.is_superuser = False


def test_the_queues_of_hubei_are_closed_to_hunan():
    """What the two tests above prove cell by cell, read out: no page or act of Hubei's queues for Hunan, each one for Hubei."""
    queues = ("patents:review_", "accounts:verification_")
    own = {"patents:review_queue", "accounts:verification_queue"}  # everybody's own queue: Hunan sees Hunan's
    own |= {"accounts:verification_submit", "accounts:verification_withdraw"}  # and a member's own request
    rows = [(name, row) for name, _number, row in ROWS if name.startswith(queues) and name not in own]
    assert len(rows) >= 13
    for name, row in rows:
        assert {row.get["he"], row.post["he"]} <= {"403", "404", "405"}, name
        assert "ok" in {row.get["guo"], row.post["guo"]}, name
