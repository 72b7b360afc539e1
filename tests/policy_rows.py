"""The permission matrix as data: what everybody is answered at every address. Read next: test_permission_rows.py.

An address without a row fails the suite, a row without an address too. A row that takes POST has one payload: the
roles that are refused send the very same as those that succeed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from stdnum.cn import uscc

from patents import checklist
from platform_site import clock
from platform_site.accounts import actions as people_actions
from platform_site.accounts import queries as people_queries
from tests.factories import patents as make
from tests.factories.accounts import PASSWORD
from tests.factories.world import ANOTHER_RESIDENT, World

# Visitor; unverified member of Henan; owner, of Hubei; buyer, of Hunan; officers of Hubei and Hunan; administrator; superuser.
ROLES = ("visitor", "mo", "shen", "bai", "guo", "he", "ad", "root")

# Answers. "ok": the page, or the redirect after the work was done; "login": sent to sign in and then back; "start": to
# the beginning of signing in; "password": asked for it again; "again": the form once more, nothing done; else the status.
Answers = dict[str, str]
Payload = dict[str, Any]


def everybody(answer: str = "ok") -> Answers:
    return dict.fromkeys(ROLES, answer)


def members(answer: str = "ok", visitor: str = "login", **special: str) -> Answers:
    return {**everybody(answer), "visitor": visitor, **special}


def only(*roles: str, others: str = "404", visitor: str = "login", **special: str) -> Answers:
    """`ok` for `roles`; a hidden thing is 404 for the rest, a function that is not theirs 403."""
    return {**members(others, visitor), **dict.fromkeys(roles, "ok"), **special}


NEVER = members("405")  # behind the login: a visitor is sent there whatever the method
NEVER_PUBLIC = everybody("405")


@dataclass(frozen=True)
class Row:
    """What GET and POST answer at the address `name`, of the thing `on` (a place of the world).

    `at`: further holes of the address. `sends`: the payload. `writes`: whether success changes rows. `before`: what has
    to happen first. `is_library`: pages of allauth and of Django's admin, whose own tests say what they write.
    """

    name: str
    get: Answers
    post: Answers
    on: str = "nowhere"
    at: tuple[tuple[str, str], ...] = ()
    sends: Payload | Callable[[], Payload] | None = None
    writes: bool = True
    before: Callable[[World], None] | None = None
    is_library: bool = False

    @property
    def label(self) -> str:
        parts = (self.name, "" if self.on == "nowhere" else self.on, *(value for _, value in self.at))
        return "/".join(part for part in parts if part)

    @property
    def post_refused(self) -> bool:
        """Nobody can write here: the address is for reading alone."""
        return set(self.post.values()) <= {"405", "login"}

    def payload(self) -> Payload:
        """Made anew for each request, because a file can be read once."""
        return dict(self.sends() if callable(self.sends) else self.sends or {})


def mo_asks(world: World) -> None:
    """The stranger asks the office of Henan for the mark, once however many rows want it."""
    if people_queries.current_verification(world.people["mo"]) is not None:
        return
    facts = {"real_name": "莫某", "identity_kind": "resident", "identity_number": ANOTHER_RESIDENT}
    asked = people_actions.verification_submit(actor=world.people["mo"], proof=make.document(), **facts)
    world.put("asked_by_mo", pk=asked.pk)


def all_join(world: World) -> None:
    for person in filter(None, world.people.values()):
        people_actions.organisation_save(actor=person, **ORGANISATION)


# ---- payloads

_CODE = "91420100MA4KX1AB2"
ORGANISATION = {
    "credit_code": _CODE + uscc.calc_check_digit(_CODE), "name_zh": "示例技术有限公司", "name_en": "", "kind": "enterprise",
    "province_code": "420000", "city_code": "420100",
}  # fmt: skip
PROFILE = {"display_name": "改名", "phone": "", "language": "en", "province_code": "410000", "office_code": ""}
REASON = {"reason": "材料看不清，请重新上传。"}
GOOD = {f"{item}_verdict": "pass" for item in checklist.ITEMS}
BAD = {**GOOD, "wording_verdict": "problem", "wording_note": "有“国内领先”", "reason": "请删去宣传用语。"}
HAND_OVER = {"to-province": "430000", "to-reason": "权利人在湖南。"}
SUBMIT = {"province": "420000", "declared": "on"}
ASK = {"body": "请问能否连续运行一千小时？", "forms": ["ordinary"], "provinces": ["430000"], "intended_use": "制氢"}
DESCRIPTION = {**make.TEXTS, "title_zh": "改过的标题", "trl": "7"}
OFFERS = {"ordinary-offered": "on", "ordinary-price_basis": "yearly", "ordinary-price_cny": "90000"}
NEEDS = {"need-TOTAL_FORMS": "1", "need-INITIAL_FORMS": "0", "need-0-kind": "area", "need-0-amount": "1200"}
NEW_PASSWORD = "江城的秋天很长 2026"


def verification() -> Payload:
    return {
        "real_name": "莫某", "identity_kind": "resident", "identity_number": ANOTHER_RESIDENT, "proof": make.document(),
        "consent": "on",
    }  # fmt: skip


def patent() -> Payload:
    return {
        "patent": "new", "number": make.number(year=2021), "title_zh": "第二件", "ipc": "B01J23/46", "applicants": "研究院",
        "place": "420100", "filing_date": "2021-03-02", "publication_number": "CN111111112A",
        "publication_date": "2021-08-04", "grant_date": "2022-05-06", "legal_status": "in_force",
        "status_as_of": str(clock.today()),
    }  # fmt: skip


def upload() -> Payload:
    return {"upload": make.document(), "title": "登记簿副本", "for_office_only": "on"}


def message() -> Payload:
    return {"body": "可以面谈。", "uploads": [make.picture()]}


def status() -> Payload:
    return {
        "legal_status": "late_fee", "status_as_of": str(clock.today()), "status_source": "公告",
        "annuity_paid_to": str(clock.today() - timedelta(days=30)),
    }  # fmt: skip


# ---- who, by kind of thing

OFFICE = only("guo", others="403", he="404")  # of Hubei's queue: another office finds nothing, others have no queue
OWNER, OWNER_SHOWN = only("shen"), only("shen", others="403")
OWNER_KNOWN_TO_OFFICE = only("shen", guo="403")
OWNER_OR_OFFICE, OWNER_OR_OFFICE_SHOWN = only("shen", "guo"), only("shen", "guo", others="403")
PARTIES = only("shen", "bai")
ASKERS, NO_ASKERS = members(shen="403"), members("404", shen="403")  # nobody enquires about their own


def _plain() -> list[Row]:
    """What anybody may read."""
    names = ("healthz", "readyz", "metrics", "robots", "sitemap", "portal:home", "portal:search", "portal:statistics")
    pages = [Row(name, everybody(), NEVER_PUBLIC) for name in (*names, "portal:help_index", "patents:listing_search")]
    maps = [
        Row("sitemap_section", everybody(), NEVER_PUBLIC, at=(("section", name),)) for name in ("pages", "listings")
    ]
    helps = [Row("portal:help_page", everybody(), NEVER_PUBLIC, at=(("slug", "rules"),))]
    face = {"theme": "dark", "size": "large", "next": ""}
    return [*pages, *maps, *helps, Row("ui:preferences", everybody(), everybody(), sends=face, writes=False)]


def _desk() -> list[Row]:
    return [
        Row("portal:desk", members(), NEVER),
        Row("portal:inbox", members(), NEVER),
        Row("portal:inbox_read", NEVER, members(), sends={"all": "1"}),
        Row("portal:notice_preferences", members(), members(), sends={}),
        Row("portal:audit_list", only("ad", others="403"), NEVER),
        Row("portal:mail_list", only("ad"), NEVER),
        Row("ui:specimen", only("ad", "root"), NEVER),
    ]


def _accounts() -> list[Row]:
    marked = members(shen="again", bai="again")  # whoever has the mark cannot ask for it
    return [
        Row("accounts:profile_edit", members(), members(), sends=PROFILE),
        Row("accounts:organisation_edit", members(), members(), sends=ORGANISATION),
        Row("accounts:organisation_leave", NEVER, members(), before=all_join),
        Row("accounts:verification_submit", members(), marked, sends=verification),
        Row("accounts:verification_withdraw", NEVER, only("mo", shen="409", bai="409"), before=mo_asks),
        Row("accounts:verification_queue", only("guo", "he", others="403"), NEVER),
        Row("accounts:verification_detail", only("guo"), NEVER, on="asked"),
        Row("accounts:verification_detail", only("guo"), NEVER, on="mark"),
        Row("accounts:verification_approve", NEVER, only("guo"), on="asked"),
        Row("accounts:verification_refuse", only("guo"), only("guo"), on="asked", sends=REASON),
        Row("accounts:verification_revoke", only("guo"), only("guo"), on="mark", sends=REASON),
        Row("accounts:verification_proof", only("guo"), NEVER, on="asked"),
        Row("accounts:verification_proof", only("mo"), NEVER, on="asked_by_mo", before=mo_asks),
    ]


def _reviews() -> list[Row]:
    verbs = (("check", BAD), ("approve", GOOD), ("request_changes", BAD), ("reject", BAD), ("hand_over", HAND_OVER))
    details = ("waiting.review", "taken.review", "published.review")
    return [
        Row("patents:review_queue", only("guo", "he", others="403"), NEVER),
        *(Row("patents:review_detail", OFFICE, NEVER, on=place) for place in details),
        Row("patents:review_take", NEVER, OFFICE, on="waiting.review"),
        Row("patents:review_release", NEVER, OFFICE, on="taken.review"),
        *(Row(f"patents:review_{verb}", OFFICE, OFFICE, on="taken.review", sends=sends) for verb, sends in verbs),
    ]


def _wizard() -> list[Row]:
    steps = {
        "patent": patent, "ownership": {"on_behalf": "self", "consent_stated": "on"}, "description": DESCRIPTION,
        "forms": OFFERS, "requirements": NEEDS, "files": upload,
    }  # fmt: skip
    text = (("step", "description"),)
    return [
        Row("patents:listing_new", members(), members()),
        Row("patents:listing_mine", members(), NEVER),
        *(
            Row(f"patents:{name}", answers, NEVER, on=place)
            for name in ("listing_edit", "listing_answers", "listing_receipt")
            for place, answers in (("draft", OWNER), ("waiting", OWNER_KNOWN_TO_OFFICE), ("revised", OWNER_SHOWN))
        ),
        *(
            Row("patents:listing_step", OWNER, OWNER, on="draft", at=(("step", step),), sends=steps[step])
            for step in steps
        ),
        *(
            Row("patents:listing_step", answers, answers, on=place, at=text, sends=DESCRIPTION)
            for place, answers in (("returned", OWNER_KNOWN_TO_OFFICE), ("revised", OWNER_SHOWN))
        ),
        Row("patents:patent_remove", NEVER, OWNER, on="draft.patent"),
        Row("patents:listing_submit", NEVER, OWNER, on="draft", sends=SUBMIT),
        Row("patents:listing_submit", NEVER, OWNER_SHOWN, on="revised", sends=SUBMIT),
    ]


def _listings() -> list[Row]:
    def seen(place: str, *roles: str) -> Row:
        """The page is public, this listing is not."""
        return Row("patents:listing_detail", only(*roles, visitor="404"), NEVER_PUBLIC, on=place)

    def both(verb: str, place: str, answers: Answers, sends: Any = None) -> Row:
        return Row(f"patents:{verb}", answers, answers, on=place, sends=sends)

    return [
        Row("patents:listing_detail", everybody(), NEVER_PUBLIC, on="published"),
        seen("draft", "shen"),
        *(seen(place, "shen", "guo") for place in ("waiting", "returned", "suspended", "withheld")),
        Row("patents:listing_revise", NEVER, OWNER_SHOWN, on="published"),
        Row("patents:listing_revise", NEVER, OWNER_KNOWN_TO_OFFICE, on="suspended"),
        Row("patents:revision_withdraw", NEVER, OWNER_SHOWN, on="revised"),
        both("listing_withdraw", "draft", OWNER),
        both("listing_withdraw", "waiting", OWNER_KNOWN_TO_OFFICE),
        both("listing_withdraw", "published", OWNER_SHOWN, REASON),
        both("listing_suspend", "published", OWNER_OR_OFFICE_SHOWN, REASON),
        both("listing_resume", "suspended", OWNER_KNOWN_TO_OFFICE),
        both("listing_resume", "withheld", only("guo", shen="403"), REASON),
        both("patent_status", "published.patent", OWNER_OR_OFFICE_SHOWN, status),
        both("patent_status", "suspended.patent", OWNER_OR_OFFICE, status),
    ]


def _papers() -> list[Row]:
    def read(place: str, answers: Answers) -> Row:
        return Row("patents:attachment_detail", answers, NEVER_PUBLIC, on=place)

    owner, insiders = only("shen", visitor="404"), only("shen", "guo", visitor="404")
    with_office = ("published.paper", "waiting.picture", "waiting.paper", "suspended.picture", "suspended.paper")
    return [
        read("published.picture", everybody()),
        *(read(place, insiders) for place in with_office),
        *(read(place, owner) for place in ("draft.picture", "draft.paper")),
        Row("patents:attachment_remove", NEVER, OWNER, on="draft.paper"),
        Row("patents:attachment_remove", NEVER, members("403", shen="409"), on="published.picture"),
        Row("patents:attachment_remove", NEVER, members("404", guo="403", shen="409"), on="waiting.paper"),
    ]


def _trading() -> list[Row]:
    verbs = (("message_send", message), ("negotiation_read", {"read_to": ""}), ("negotiation_close", {}))
    return [
        Row("trading:enquiry_create", ASKERS, ASKERS, on="published", sends=ASK),
        *(Row("trading:enquiry_create", NO_ASKERS, NO_ASKERS, on=place, sends=ASK) for place in ("draft", "waiting")),
        Row("trading:negotiation_list", members(), NEVER),
        *(Row("trading:negotiation_detail", PARTIES, NEVER, on=place) for place in ("room", "closed")),
        *(Row(f"trading:{verb}", PARTIES, PARTIES, on="room", sends=sends) for verb, sends in verbs),
        Row("trading:negotiation_reopen", PARTIES, PARTIES, on="closed"),
        *(Row("trading:message_file", PARTIES, NEVER, on=place) for place in ("room", "closed")),
    ]


def _library() -> list[Row]:
    """Signing in and out, password, second factor; Django's admin by its two doors."""

    def row(name: str, get: Answers, post: Answers, at: tuple[tuple[str, str], ...] = (), **sends: Any) -> Row:
        return Row(name, get, post, at=at, sends=sends, is_library=True)

    signup = {"email": "new@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "display_name": "新"}
    change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    # Nobody is in the middle of signing in: a visitor is sent to its beginning, whoever is signed in to the desk.
    midway, proof = members(visitor="start"), members("password")
    staff, door = only("ad", "root", others="login"), only("ad", "root", others="403")
    return [
        row("account_login", everybody(), everybody(), login="bai@example.org", password=PASSWORD),
        row("account_logout", everybody(), everybody()),
        row("account_inactive", everybody(), NEVER_PUBLIC),
        row("account_signup", everybody(), everybody(), **signup),
        row("account_reauthenticate", members(), members(), password=PASSWORD),
        row("account_email", members(), members(), action_add="", email="second@example.org"),
        row("account_email_verification_sent", midway, midway),
        row("account_change_password", members(), members(), **change),
        row("account_set_password", members(), members(), password1=NEW_PASSWORD, password2=NEW_PASSWORD),
        row("account_reset_password", everybody(), everybody(), email="bai@example.org"),
        row("account_confirm_login_code", midway, midway, code="x"),
        row("account_reset_password_from_key_done", everybody(), NEVER_PUBLIC),
        row(
            "account_reset_password_from_key", everybody(), everybody("again"), at=(("uidb36", "zzzzz"), ("key", "x-y"))
        ),
        row("account_reset_password_done", everybody(), NEVER_PUBLIC),
        row("mfa_index", members(), NEVER),
        row("mfa_authenticate", midway, midway, code="000000"),
        row("mfa_reauthenticate", proof, proof, code="000000"),
        row("mfa_activate_totp", proof, proof, code="000000"),
        row("mfa_deactivate_totp", members("404"), members("404")),
        row("mfa_view_recovery_codes", members("404"), NEVER),
        row("mfa_generate_recovery_codes", proof, proof),
        row("mfa_download_recovery_codes", members("404"), members("404")),
        row("admin:index", staff, {**staff, "ad": "again", "root": "again"}),
        row(
            "admin:login", door, {**door, "ad": "again", "root": "again"}, username="bai@example.org", password=PASSWORD
        ),
    ]


ROWS: list[Row] = [
    *_plain(), *_desk(), *_accounts(), *_reviews(), *_wizard(), *_listings(), *_papers(), *_trading(), *_library()
]  # fmt: skip
# The same by address, for the house tests; Django's admin is no address of ours.
MATRIX: dict[str, list[Row]] = {}
for _row in ROWS:
    if not _row.name.startswith("admin:"):
        MATRIX.setdefault(_row.name, []).append(_row)
