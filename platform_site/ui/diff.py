"""What changed between two texts, as pieces that a template marks with ins and del; used where an officer compares versions."""

import difflib
import re
from dataclasses import dataclass

# A Han character is a word of its own; Latin words and numbers stay whole, or the marks would be unreadable.
PIECE = re.compile(r"[A-Za-z]+|\d[\d.,]*|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A run of text that both versions have (`same`), or only the new (`ins`) or the old one (`del`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class DiffRow:
    """One term before and after. `pieces` gives the change inside long texts; short terms are shown whole."""

    term: str
    old: str
    new: str

    @property
    def changed(self) -> bool:
        return self.old != self.new

    @property
    def pieces(self) -> list[Piece]:
        return text_pieces(self.old, self.new)


# Below this length two values are easier to read whole, one after the other.
WHOLE_BELOW = 40


def text_pieces(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; a removed run always stands before the one that replaces it."""
    if len(old) < WHOLE_BELOW and len(new) < WHOLE_BELOW and old != new:
        return [Piece(kind, text) for kind, text in (("del", old), ("ins", new)) if text]
    before, after = PIECE.findall(old), PIECE.findall(new)
    pieces: list[Piece] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[i:j])))
            continue
        if j > i:
            pieces.append(Piece("del", "".join(before[i:j])))
        if m > k:
            pieces.append(Piece("ins", "".join(after[k:m])))
    return pieces
