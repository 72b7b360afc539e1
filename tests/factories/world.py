"""One of everything, seen by eight roles: what the permission matrix walks over. Read next: ../policy_rows.py."""

from dataclasses import dataclass, field
from typing import Any

from patents import queries
from patents.actions import listings, reviews
from patents.models import Listing, Review
from platform_site.accounts import actions as people_actions
from platform_site.accounts.models import User, Verification
from platform_site.notices.actions import mail_send, notice_tell
from platform_site.outbox import queue
from tests.factories import accounts, patents, trading
from trading import actions as rooms
from trading.models import MessageFile, Negotiation

# Words that stand in one place each and nowhere else.
IN_DRAFT, IN_SUBMISSION, IN_ROOM, IN_REQUEST = "暗语青枣", "暗语石榴", "暗语芙蓉", "暗语杜仲"
RESIDENT, ANOTHER_RESIDENT = "420102199003071232", "420102199003071240"


@dataclass
class World:
    """`people`: role to account. `places`: what stands somewhere, to the values of the holes in its addresses."""

    people: dict[str, User | None] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, **values: Any) -> None:
        self.places[name] = values

    def put_listing(self, name: str, listing: Listing) -> None:
        """The listing by its number, its patent, and the review and the papers of its latest text."""
        version = queries.latest_version(listing)
        assert version is not None
        self.put(name, number=listing.number)
        self.put(f"{name}.patent", number=listing.number, pk=patents.patent_of(listing).pk)
        for paper in version.attachments.all():
            self.put(f"{name}.{'paper' if paper.for_office_only else 'picture'}", pk=paper.pk)
        review = Review.objects.filter(version=version).order_by("-id").first()
        if review is not None:
            self.put(f"{name}.review", pk=review.pk)


def build() -> World:
    world = World(people={"visitor": None, **_cast()})
    world.put("nowhere")
    _listings(world)
    _requests(world)
    _rooms(world)
    everybody = [person for person in world.people.values() if person]
    notice_tell(recipients=everybody, kind="listing_approved", key="world", path="/patents/", number="CN6", title="题")
    queue.drain()
    mail_send()
    return world


def _cast() -> dict[str, User]:
    root = accounts.member("root@example.org", name="超级用户")
    root.is_staff = root.is_superuser = root.is_demonstration = True
    root.save()
    return {
        "mo": accounts.member("mo@example.org", name="莫先生", province="410000"),
        "shen": accounts.member("shen@example.org", name="沈工", province="420000", verified=True),
        "bai": accounts.member("bai@example.org", name="白经理", province="430000", verified=True),
        "guo": accounts.officer("guo@example.org", name="郭审核员", province="420000"),
        "he": accounts.officer("he@example.org", name="何审核员", province="430000"),
        "ad": accounts.administrator("ad@example.org", name="安管理员"),
        "root": root,
    }


def _with_papers(shen: User, word: str) -> Listing:
    """A draft that holds `word` in its title and its text, with a public picture and a paper for the office."""
    draft = patents.draft(shen, title=f"{word}催化剂", texts={"problem_zh": f"{word}：能耗高。"})
    listings.attachment_add(listing_id=draft.pk, actor=shen, upload=patents.picture(), title=f"{word}图")
    listings.attachment_add(
        listing_id=draft.pk, actor=shen, upload=patents.document(), title=f"{word}证明", for_office_only=True
    )
    return draft


def _listings(world: World) -> None:
    shen, guo = world.people["shen"], world.people["guo"]
    assert shen is not None and guo is not None

    def submitted(word: str) -> Listing:
        draft = _with_papers(shen, word)
        return listings.listing_submit(listing_id=draft.pk, actor=shen, province_code="420000")

    def published(word: str = "公开的") -> Listing:
        return patents.approve(submitted(word), officer=guo)

    world.put_listing("draft", _with_papers(shen, IN_DRAFT))
    world.put_listing("waiting", submitted(IN_SUBMISSION))
    taken = submitted(IN_SUBMISSION)
    reviews.review_take(review_id=queries.open_review(queries.version_in_work(taken)).pk, actor=guo)
    world.put_listing("taken", taken)
    world.put_listing("returned", patents.send_back(submitted(IN_SUBMISSION), officer=guo))
    world.put_listing("published", published())
    revised = published()
    listings.listing_revise(listing_id=revised.pk, actor=shen)
    world.put_listing("revised", revised)
    for name, who in (("suspended", shen), ("withheld", guo)):
        listing = published(IN_SUBMISSION)
        listings.listing_suspend(listing_id=listing.pk, actor=who, reason="核对权属。")
        world.put_listing(name, listing)


def _requests(world: World) -> None:
    """A request of a member of Hubei with a paper, the mark of Shen, and a request of Mo at Henan."""
    asking = accounts.member("li@example.org", name="李女士", province="420000")
    facts = {"identity_kind": "resident", "proof": patents.document(f"{IN_REQUEST}.pdf")}
    asked = people_actions.verification_submit(
        actor=asking, real_name=f"李{IN_REQUEST}", identity_number=RESIDENT, **facts
    )
    world.put("asked", pk=asked.pk)
    world.put("mark", pk=Verification.objects.get(user=world.people["shen"]).pk)


def _rooms(world: World) -> None:
    shen, bai = world.people["shen"], world.people["bai"]
    assert shen is not None and bai is not None

    def room() -> Negotiation:
        opened = trading.room(
            shen,
            bai,
            body=f"{IN_ROOM}，请介绍一下这项技术。",
            use=IN_ROOM,
            uploads=[patents.document(f"{IN_ROOM}.pdf")],
        )
        trading.say(opened, shen, f"答复：{IN_ROOM}")
        return opened

    def put(name: str, opened: Negotiation) -> None:
        file = MessageFile.objects.filter(message__negotiation=opened).first()
        assert file is not None
        world.put(name, pk=opened.pk, file_pk=file.pk)

    put("room", room())
    closed = room()
    rooms.negotiation_close(negotiation_id=closed.pk, actor=bai)
    put("closed", closed)
