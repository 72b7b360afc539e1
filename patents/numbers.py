"""Chinese patent numbers: what was typed, which right it names, what is wrong with it; read next: classification.py.

One form is stored everywhere: `CN` + 8 or 12 digits + `.` + check character (`CN202320000001.0`).
Sources: ZC 0006-2003 (application numbers), ZC 0007 and ZC 0008 (document numbers, kind codes); domain.md 1.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

INVENTION, UTILITY_MODEL, DESIGN = "invention", "utility_model", "design"
KINDS = (INVENTION, UTILITY_MODEL, DESIGN)

# Nothing that a person types as a number is longer, labels and blanks included; what is longer is not read at all.
LONGEST_TYPED = 200

# The digit after the year. CNIPA holds the others in reserve, so they are reported, never called malformed.
KIND_DIGITS = {"1": INVENTION, "2": UTILITY_MODEL, "3": DESIGN, "8": INVENTION, "9": UTILITY_MODEL}
PCT_DIGITS = frozenset("89")

_WEIGHTS = {8: (2, 3, 4, 5, 6, 7, 8, 9), 12: (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)}
_LETTER_KINDS = {"A": "1", "B": "1", "C": "1", "U": "2", "Y": "2", "S": "3", "D": "3"}
LETTERS = tuple(_LETTER_KINDS)
_DOCUMENT_KINDS = {"1": INVENTION, "2": UTILITY_MODEL, "3": DESIGN}

# The two-digit years of 8-digit numbers. Before 1989 a number is the same right with or without its check digit.
_OLD_YEARS = {f"{year % 100:02d}": year for year in range(1985, 2004)}
_LAST_YEAR_WITHOUT_CHECK = 1988
_FIRST_LONG_YEAR = 2003

# Crosses and the Cyrillic and Greek letters that look like X, as keyboards and scanned papers give them.
_LOOKALIKES = str.maketrans(dict.fromkeys("×✕✖⨯ХхΧχ", "X"))
_NOISE = re.compile(r"[\s.。·・•‧∙⋅●,、'`\-‐‑‒–—―−_~]+")
_LABEL = re.compile(
    r"^(?:中国)?(?:申请号/专利号|专利申请号|申请号|专利号|公开号|公告号|公开\(公告\)号|授权公告号"
    r"|(?:PATENT|APPLICATION|APPL|PUBLICATION|PUB)?(?:NUMBER|NO))码?[:：]?(?=.*\d)"
)
_SCIENTIFIC = re.compile(r"^(?:CN|ZL)*\d(?:\.\d+)?E\+?\d{1,3}$", re.ASCII)
_PCT = re.compile(r"^(?:PCT/?[A-Z]{2}\d|WO/?\d)", re.ASCII)
_FOREIGN = re.compile(r"^(?!CN|ZL)[A-Z]{2}\d{4}", re.ASCII)
_APPLICATION = re.compile(r"^(\d{8}|\d{12})([\dX])?$", re.ASCII)
_PUBLICATION = re.compile(r"^(\d{7,9})(?:([ABCDUSY])(\d?))?$", re.ASCII)
_BARE_PUBLICATION = re.compile(r"^(?:[123]\d{6}|[123]\d{8})$", re.ASCII)
_SEARCHABLE = re.compile(r"^\d{7,13}(?:X|[ABCDUSY]\d?)?$", re.ASCII)
_CANONICAL = re.compile(r"^CN(?:(\d{2})(\d)(\d{5})|(\d{4})(\d)(\d{7}))(?:\.([\dX]))?$", re.ASCII)
# Listings bear numbers of the portal's own, `CN6-2026-000123`.
_LISTING = re.compile(r"^\s*CN6\s*-\s*\d{4}\s*-", re.IGNORECASE)

_MESSAGES = {
    "empty": _("请填写编号。"),
    "too_long": _("内容太长，不是专利编号；请只填写一个编号，例如 2023 1 1042871.5。"),
    "letters": _("编号中有不能识别的字符“%(characters)s”；申请号由8位或12位数字加1位校验位组成，校验位是数字或X。"),
    "scientific": _("这个编号已被电子表格改成科学计数法，末尾的数字丢失了；请把单元格设为文本后重新填写完整的编号。"),
    "pct": _("这是国际申请或国际公布的编号；请填写进入中国国家阶段后的申请号，例如 2007 8 0012345.7。"),
    "foreign": _("这是其他国家或地区的编号；这里只接受中国专利的编号。"),
    "length": _("数到%(count)s位数字；申请号应为8位（2003年9月以前）或12位数字，再加1位校验位。"),
    "year": _("“%(year)s”不是申请号的年份；8位申请号以85至99或00至03开头，12位申请号以2003及以后的年份开头。"),
    "future": _("年份%(year)s晚于今年；请核对申请号的前4位。"),
    "kind_digit": _(
        "申请号的第%(place)s位是“%(digit)s”，国家知识产权局尚未公布这一种类代码；"
        "已知的是1发明、2实用新型、3外观设计、8和9为国际申请。请核对；如无误，请确认专利种类。"
    ),
    "check_digit": _(
        "校验位是“%(typed)s”，按前面的数字计算应为“%(expected)s”；请核对编号，如与证书一致，可以确认保留。"
    ),
    "publication_number": _("这是公开号或公告号，不是申请号；请填写申请号，它由8位或12位数字加1位校验位组成。"),
    "application_number": _("这是申请号或专利号，不是公开号或公告号；公开号形如 CN112256133A。"),
    "publication_length": _(
        "数到%(count)s位数字；公开号或公告号应为“CN”加7位或9位数字（1988年以前为8位），再加种类字母。"
    ),
    "publication_kind": _("公开号或公告号的首位“%(digit)s”不是专利种类；应为1发明、2实用新型或3外观设计。"),
    "kind_letter": _("种类字母“%(letter)s”与编号的首位不符；发明用A、B、C，实用新型用U、Y，外观设计用S、D。"),
}


class NumberError(ValueError):
    """What is wrong with a typed number, as a stable `code` and a sentence that also says what would be right.

    `message` is rendered in the language active when it is read. A wrong check digit carries `expected` (the right
    character) and `canonical_as_typed` (what is stored if the patentee confirms the number as it stands).
    """

    def __init__(self, code: str, *, expected: str = "", canonical_as_typed: str = "", **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = {"expected": expected, **params}
        self.expected = expected
        self.canonical_as_typed = canonical_as_typed

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.code]) % self.params

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class ApplicationNumber:
    """A Chinese application number; `check` is empty for 1985 to 1988, `kind` is one of KINDS."""

    canonical: str
    year: int
    kind_digit: str
    serial: str
    check: str
    kind: str
    is_pct: bool
    # False only when a person confirmed a number whose check digit does not verify.
    is_verified: bool = True
    # `ZL` may be borne by granted patents alone (Patent Law art. 68); a form can warn whoever typed it too early.
    typed_as_granted: bool = field(default=False, compare=False)

    @property
    def url_form(self) -> str:
        """The number as it stands in addresses: the canonical form, which needs no escaping."""
        return self.canonical

    def __str__(self) -> str:
        return self.canonical


@dataclass(frozen=True, slots=True)
class PublicationNumber:
    """A Chinese document number; `letter` is empty where an old source left it out, `correction` is `8` in `A8`.

    `is_grant` says whether the document announces a grant, None where number and letter do not tell.
    """

    canonical: str
    digits: str
    letter: str
    correction: str
    kind: str
    is_grant: bool | None

    def __str__(self) -> str:
        return self.canonical


def check_digit(digits: str) -> str:
    """The check character of 8 or 12 ASCII digits: weighted sum modulo 11, ten written `X` (ZC 0006-2003)."""
    if not isinstance(digits, str) or not re.fullmatch(r"[0-9]{8}|[0-9]{12}", digits):
        raise NumberError("length", count=len(digits) if isinstance(digits, str) else 0)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[len(digits)], strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def parse_application_number(
    text: str, *, keep_check_digit: bool = False, reserved_kind: str | None = None, today: date | None = None
) -> ApplicationNumber:
    """Read an application or patent number in any usual spelling; a missing check digit is computed.

    keep_check_digit: the patentee confirmed a check digit that does not verify; it is kept as typed.
    reserved_kind: the kind (one of KINDS) a person named for a type digit that CNIPA holds in reserve.
    today: the last possible filing day, by default the present day in China.
    Raises: NumberError, with a code of _MESSAGES, and no other exception whatever the text.
    """
    bare, typed_as_granted = _strip(text)
    match = _APPLICATION.match(bare)
    if match is None or _is_bare_publication(bare):
        raise _explain(bare)
    digits, typed = match[1], match[2] or ""
    year, kind_digit = _year_and_kind_digit(digits, today)
    kind = KIND_DIGITS.get(kind_digit) or (reserved_kind if reserved_kind in KINDS else None)
    expected = check_digit(digits)
    has_check = year > _LAST_YEAR_WITHOUT_CHECK
    check = (typed or expected) if has_check else ""
    canonical = f"CN{digits}.{check}" if check else f"CN{digits}"
    if kind is None:
        place = 3 if len(digits) == 8 else 5
        raise NumberError("kind_digit", canonical_as_typed=canonical, place=place, digit=kind_digit)
    is_verified = typed in ("", expected)
    if not (is_verified or keep_check_digit):
        raise NumberError("check_digit", expected=expected, canonical_as_typed=canonical, typed=typed)
    return ApplicationNumber(
        canonical=canonical,
        year=year,
        kind_digit=kind_digit,
        serial=digits[3:] if len(digits) == 8 else digits[5:],
        check=check,
        kind=kind,
        is_pct=kind_digit in PCT_DIGITS,
        is_verified=is_verified or not has_check,
        typed_as_granted=typed_as_granted,
    )


def parse_publication_number(text: str) -> PublicationNumber:
    """Read the number of a published or granted document (公开号, 公告号); the kind letter may be missing.

    Raises: NumberError. An application number typed in its place is recognised and said so.
    """
    bare, _granted = _strip(text)
    match = _PUBLICATION.match(bare)
    if match is None:
        if _APPLICATION.match(bare):
            raise NumberError("application_number")
        error = _explain(bare)
        raise NumberError("publication_length", count=error.params["count"]) if error.code == "length" else error
    digits, letter, correction = match.groups(default="")
    if len(digits) == 8 and _OLD_YEARS.get(digits[:2], 0) not in range(1985, _LAST_YEAR_WITHOUT_CHECK + 1):
        raise NumberError("application_number" if digits[:2] in _OLD_YEARS else "publication_length", count=8)
    # Until 1988 a document bore the number of its application, whose third digit is the kind.
    kind_digit = digits[2] if len(digits) == 8 else digits[0]
    if kind_digit not in _DOCUMENT_KINDS:
        if len(digits) == 9 and digits[:2] in _OLD_YEARS:
            raise NumberError("application_number")
        raise NumberError("publication_kind", digit=kind_digit)
    if letter and _LETTER_KINDS[letter] != kind_digit:
        raise NumberError("kind_letter", letter=letter)
    return PublicationNumber(
        canonical=f"CN{digits}{letter}{correction}",
        digits=digits,
        letter=letter,
        correction=correction,
        kind=_DOCUMENT_KINDS[kind_digit],
        is_grant=_is_grant(digits, letter, kind_digit),
    )


def canonical_of(text: str) -> str | None:
    """The stored form of any spelling of an application number, or None; a wrong check digit is left as it stands."""
    try:
        return parse_application_number(text, keep_check_digit=True).canonical
    except NumberError as error:
        return error.canonical_as_typed or None


def display(canonical: str, granted: bool) -> str:
    """The number as papers print it: `ZL 2023 1 1042871.5` once granted, without `ZL` before (Patent Law art. 68).

    The label, 专利号 or 申请号, is the template's. What is no canonical number comes back unchanged.
    """
    match = _CANONICAL.match(canonical)
    if match is None:
        return canonical
    year, kind, serial = match.group(1, 2, 3) if match[1] else match.group(4, 5, 6)
    number = f"{year} {kind} {serial}" + (f".{match[7]}" if match[7] else "")
    return f"ZL {number}" if granted else number


def looks_like_number(text: str) -> bool:
    """Whether the search box should try the text as a patent number: at least 7 digits, perhaps prefix and letter."""
    try:
        bare, _granted = _strip(text)
    except NumberError:
        return False
    return bool(_SEARCHABLE.match(bare)) and not _LISTING.match(text)


def _strip(text: str) -> tuple[str, bool]:
    """Take labels, prefixes, blanks, dots and hyphens off; the second value says whether `ZL` was typed."""
    if not isinstance(text, str):
        raise NumberError("empty")
    if len(text) > LONGEST_TYPED:
        raise NumberError("too_long")
    folded = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES).upper()
    # Invisible marks (zero-width blanks, byte order marks) come along with text copied from pages.
    folded = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    compact = re.sub(r"\s+", "", folded)
    if _SCIENTIFIC.match(_LABEL.sub("", compact)):
        raise NumberError("scientific")
    bare = _LABEL.sub("", _NOISE.sub("", folded))
    if not bare:
        raise NumberError("empty")
    prefix = re.match(r"^(?:\(?(?:CN|ZL)\)?)*", bare)
    taken = prefix[0] if prefix else ""
    return bare[len(taken) :], "ZL" in taken


def _explain(bare: str) -> NumberError:
    """Why the stripped text is no application number."""
    if not bare:
        return NumberError("empty")
    if (_PUBLICATION.match(bare) and not bare.isdigit()) or _is_bare_publication(bare):
        return NumberError("publication_number")
    if _PCT.match(bare):
        return NumberError("pct")
    if _FOREIGN.match(bare):
        return NumberError("foreign")
    strange = "".join(dict.fromkeys(re.sub(r"[0-9]|X$", "", bare)))[:5]
    if strange:
        shown = "".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in strange)
        return NumberError("letters", characters=shown)
    return NumberError("length", count=sum(sign.isdigit() for sign in bare))


def _is_bare_publication(bare: str) -> bool:
    """7 or 9 digits that begin with 1, 2 or 3 name a document: no 8-digit application number begins so."""
    return bool(_BARE_PUBLICATION.match(bare))


def _year_and_kind_digit(digits: str, today: date | None) -> tuple[int, str]:
    """The filing year and the type digit; raises NumberError for a year that no number can bear."""
    if len(digits) == 8:
        if digits[:2] not in _OLD_YEARS:
            raise NumberError("year", year=digits[:2])
        return _OLD_YEARS[digits[:2]], digits[2]
    year = int(digits[:4])
    if year < _FIRST_LONG_YEAR:
        raise NumberError("year", year=digits[:4])
    if year > (today or _today_in_china()).year:
        raise NumberError("future", year=digits[:4])
    return year, digits[4]


def _today_in_china() -> date:
    return (datetime.now(UTC) + timedelta(hours=8)).date()


def _is_grant(digits: str, letter: str, kind_digit: str) -> bool | None:
    """A grant announced? B and U meant examined or laid-open documents before 1993, when numbers had 7 or 8 digits."""
    if letter in ("C", "Y", "D"):
        return True
    if letter == "A":
        return False
    if len(digits) == 9:
        # Utility models and designs are published on grant only; an invention without its letter may be either.
        return True if letter or kind_digit != "1" else None
    return False if letter else None
