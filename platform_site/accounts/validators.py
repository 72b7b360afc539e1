"""Checks that no library knows: passwords made of this platform's words, and the credit code's sentence. Read next: forms.py."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent
from stdnum.exceptions import ValidationError as NumberInvalid

_WORDS = ("zhuanli", "patent", "shanxi", "henan", "hubei", "hunan", "anhui", "jiangxi", "zhongbu", "password", "qwerty")


class PlatformWordsValidator:
    """Refuse a password that is mostly a word everybody here would try first (ASVS 5.0 V6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = password.lower()
        for word in _WORDS:
            rest = rest.replace(word, "")
        if len(set(rest)) < 5:
            raise ValidationError(
                _("这个密码太容易猜到：请不要用省名、“zhuanli”一类的词或重复字符组成密码。"), code="platform_words"
            )

    def get_help_text(self) -> str:
        return _("不要用省名、“zhuanli”一类容易猜到的词。")


def clean_credit_code(text: str) -> str:
    """The code upper-case without spaces, or ValidationError that says which character was expected (GB 32100)."""
    code = uscc.compact(unicodedata.normalize("NFKC", text or "")).upper()
    try:
        return str(uscc.validate(code))
    except InvalidChecksum as error:
        expected = uscc.calc_check_digit(code[:-1])
        raise ValidationError(
            _("统一社会信用代码的最后一位校验码不符，应为 %(expected)s。请对照营业执照核对全部 18 位。")
            % {"expected": expected},
            code="checksum",
        ) from error
    except (NumberInvalid, ValueError, KeyError, IndexError) as error:
        raise ValidationError(
            _("统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）。"), code="form"
        ) from error


def clean_resident_number(text: str) -> str:
    """The 18 characters of a resident identity card (GB 11643), or ValidationError; no sentence repeats the number."""
    number = _compact(text)
    try:
        return str(ric.validate(number))
    except InvalidChecksum as error:
        expected = ric.calc_check_digit(number)
        raise ValidationError(
            _("身份证号码的最后一位校验码不符，按前 17 位算应为 %(expected)s。请对照证件核对全部 18 位。")
            % {"expected": expected},
            code="checksum",
        ) from error
    except InvalidComponent as error:
        raise ValidationError(
            _("身份证号码中的地区或出生日期不存在，请对照证件核对前 14 位。"), code="component"
        ) from error
    except (NumberInvalid, ValueError) as error:
        raise ValidationError(_("身份证号码应为 17 位数字加 1 位数字或字母 X。"), code="form") from error


def clean_passport_number(text: str) -> str:
    """A passport or permit of any country: letters and digits, 5 to 20 of them, upper-case."""
    number = _compact(text)
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number):
        raise ValidationError(_("证件号码应为 5 至 20 位字母或数字。"), code="form")
    return number


def clean_phone(text: str) -> str:
    """A telephone number as people write it, or nothing; half-width."""
    number = unicodedata.normalize("NFKC", text or "").strip()
    if number and not re.fullmatch(r"\+?[0-9][0-9 ()\-]{4,28}", number):
        raise ValidationError(
            _("电话号码只能由数字、空格、括号、连字符和开头的加号组成，例如 027-8765 4321。"), code="phone"
        )
    return number


def _compact(text: str) -> str:
    return re.sub(r"[\s\-·]", "", unicodedata.normalize("NFKC", text or "")).upper()
