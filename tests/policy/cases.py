"""What a row of the matrix is, and the words for who may. Read next: site.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from platform_site import clock

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
OWNER_OFFICE_KNOWS = "login 404 ok 404 403 404 404"  # with the office, or suspended: the office sees it
OFFICE = "login 404 404 404 ok 404 404"  # the queue item of one province
REVIEWERS = "login 403 403 403 ok 404 403"  # the same for who reviews nothing at all: not their work
OFFICERS = "login 403 403 403 ok ok 403"
LEDGER_OFFICE = "login 403 403 403 ok 403 403"  # seen by all, entered by the offices that keep it
DIRECTOR = "login 403 403 403 403 403 403 ok 403 403"
REASON = {"reason": "经核实，需要先整理材料。"}
TODAY = clock.today().isoformat()


def agreed(record: Any) -> Data:
    """What the page of an offer or an agreement sends back: the digest of what was shown."""
    return {"digest": record.digest, "agreed": "on"}


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
