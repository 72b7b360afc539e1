"""How numbers, money and days are written in either language; pure functions, used as template filters. Read next: templatetags/ui.py."""

import datetime
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

THIN_SPACE = "\u2009"
HAN_DIGITS = "零一二三四五六七八九"
WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def reads_chinese() -> bool:
    """True when the page being written is a Chinese one (also when no language is active)."""
    return (get_language() or "zh-hans").startswith("zh")


def listed(words: Iterable[str]) -> str:
    """Words in a row, parted as the language of the page parts them."""
    return ("、" if reads_chinese() else ", ").join(words)


def _decimal(value: object) -> Decimal | None:
    """The value as a finite Decimal, None for nothing or for what is no number."""
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(number: Decimal) -> str:
    """Digits without exponent and without trailing zeros after the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grouped(text: str, mark: str) -> str:
    """Thousands marked, from five digits on in Chinese pages (a thin space) and from four in English (a comma)."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    if mark == THIN_SPACE and len(whole) < 5:
        return text
    groups = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    return sign + mark.join([whole, *groups]) + point + rest


def grouped(value: object) -> str:
    """A count or measure: 12 637 in Chinese (thin space), 12,637 in English; anything else unchanged."""
    number = _decimal(value)
    if number is None:
        return "" if value is None else str(value)
    return _grouped(_plain(number), THIN_SPACE if reads_chinese() else ",")


def cny(value: object) -> str:
    """An amount of yuan, never rounded: 12 万元, 8 000 元, 1.5 亿元; CNY 120,000 in English; nothing set is 面议."""
    number = _decimal(value)
    if number is None:
        return _("面议")
    if not reads_chinese():
        cents = number != number.to_integral_value()
        return f"CNY {_grouped(f'{number:.2f}' if cents else f'{number:.0f}', ',')}"
    # A larger unit is used only where at most four decimals write the amount exactly.
    for unit, name in ((YI, "亿元"), (WAN, "万元")):
        scaled = number / unit
        if abs(number) >= unit and scaled == round(scaled, 4):
            return f"{_grouped(_plain(scaled), THIN_SPACE)} {name}"
    cents = number != number.to_integral_value()
    return f"{_grouped(f'{number:.2f}' if cents else f'{number:.0f}', THIN_SPACE)} 元"


def _day(value: object) -> datetime.date | None:
    """The day in the portal's own time zone; None for what is no day."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, datetime.date) else None


def date_iso(value: object) -> str:
    """2026-11-24, the way days are written everywhere but in official texts."""
    day = _day(value)
    return day.isoformat() if day else ""


def date_official(value: object) -> str:
    """2026年11月24日, in English 24 November 2026: the way official texts write a day."""
    day = _day(value)
    if day is None:
        return ""
    return f"{day.year}年{day.month}月{day.day}日" if reads_chinese() else date_format(day, "j F Y")


def minute_iso(value: object) -> str:
    """2026-11-24 14:32 in the portal's own time zone."""
    if not isinstance(value, datetime.datetime):
        return date_iso(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%Y-%m-%d %H:%M")


def percent(value: object, places: int = 1) -> str:
    """A share between 0 and 1 as per cent, without needless zeros: 0.256 is 25.6%; nothing is a dash."""
    number = _decimal(value)
    if number is None:
        return "—"
    return f"{_plain(round(number * 100, int(places)))}%"


def _han_below_ten_thousand(number: int) -> str:
    """Han numerals for 1 to 9999: zeros inside are said once, none at the end, and 12 is 十二."""
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if not digit:
            gap = bool(text)
            continue
        if gap:
            text, gap = text + HAN_DIGITS[0], False
        text += unit if digit == 1 and power == 10 and not text else HAN_DIGITS[digit] + unit
    return text


def han_num(value: object) -> str:
    """20 is 二十 in Chinese (第二十届), digits in English; zero to 9999, anything else unchanged."""
    number = _decimal(value)
    whole = number is not None and number == number.to_integral_value() and 0 <= number < WAN
    if number is None or not whole or not reads_chinese():
        return "" if value is None else str(value)
    return _han_below_ten_thousand(int(number)) if number else HAN_DIGITS[0]


def working_days_left(days: int | None) -> str:
    """The words beside a clock: overdue, due today, days left; None is a clock that stands still."""
    if days is None:
        return _("计时暂停")
    if days < 0:
        return ngettext("已超期 %(days)d 个工作日", "已超期 %(days)d 个工作日", -days) % {"days": -days}
    if days == 0:
        return _("今日到期")
    return ngettext("剩 %(days)d 个工作日", "剩 %(days)d 个工作日", days) % {"days": days}
