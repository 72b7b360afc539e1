"""Checks that no library knows: passwords made of this platform's words, and the credit code's sentence. Read next: forms.py."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError as NumberInvalid

_WORDS = ("zhuanli", "patent", "shanxi", "henan", "hubei", "hunan", "anhui", "jiangxi", "zhongbu", "password", "qwerty")


class PlatformWordsValidator:
    """Refuse a password that is mostly a word everybody here would try first (ASVS 5.0 V6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = password.lower()
        for word in _WORDS:
            rest = rest.replace(word, "")
        if len(set(rest)) < 5:
            raise ValidationError(_("这个密码太容易猜到：请不要用省名、“zhuanli”一类的词或重复字符组成密码。"), code="platform_words")

    def get_help_text(self) -> str:
        return _("不要用省名、“zhuanli”一类容易猜到的词。")


def clean_credit_code(text: str) -> str:
    """The code upper-case without spaces, or ValidationError that says which character was expected (GB 32100)."""
    code = uscc.compact(text or "").upper()
    try:
        return str(uscc.validate(code))
    except InvalidChecksum as error:
        expected = uscc.calc_check_digit(code[:-1])
        raise ValidationError(
            _("统一社会信用代码的最后一位校验码不符，应为 %(expected)s。请对照营业执照核对全部 18 位。") % {"expected": expected}, code="checksum"
        ) from error
    except (NumberInvalid, ValueError, KeyError, IndexError) as error:
        raise ValidationError(_("统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）。"), code="form") from error
