"""The code of a contract: what the QR on the paper carries and a reader types; pure. Read next: verification.py.

Twelve random characters of Crockford's base 32 (60 bits: not to be guessed, and not to be told from the number of the
contract) and one check character by ISO 7064 MOD 37,2, so that one wrong character or two exchanged ones are told as a
slip of the hand, before anything is looked up.
"""

import re
import secrets
import unicodedata

from stdnum.exceptions import ValidationError as Wrong
from stdnum.iso7064 import mod_37_2

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
RANDOM = 12
LENGTH = RANDOM + 1
_READ_AS = str.maketrans("OIL", "011")  # what the eye takes one for the other
_BETWEEN = re.compile(r"[\s\-‐-―−_.·]+")


def new_code() -> str:
    """A code that nobody can foresee, as it is stored: 13 characters without separators.

    The check character may be one that the alphabet lacks; then another number is drawn (about one in seven).
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
        check = mod_37_2.calc_check_digit(body)
        if check in ALPHABET:
            return body + check


def normalised(typed: str) -> str:
    """What somebody typed or scanned, as it is stored; may still be no code (see is_code)."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", typed).upper()).translate(_READ_AS)


def is_code(code: str) -> bool:
    """Whether a normalised code has the right length, letters and check character."""
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    try:
        mod_37_2.validate(code)
    except Wrong:
        return False
    return True


def printed(code: str) -> str:
    """In groups of four, as on the paper; the check character stands with the last group."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"
