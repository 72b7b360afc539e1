"""An amount of yuan in the capital numerals of Chinese contracts and cheques; pure. Read next: contract.py.

They cannot be altered by a stroke of the pen. Source: rules for filling in bills (正确填写票据和结算凭证的基本规定): one
零 for any run of zeros inside, 整 after 元 and 角, never after 分.
"""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_SECTIONS = ((100_000_000, "亿"), (10_000, "万"), (1, ""))
LIMIT = Decimal(1_000_000_000_000)  # more than the columns of money hold


def capitals(amount_cny: Decimal) -> str:
    """人民币壹佰贰拾叁万元整 for 1230000.

    Raises: ValueError for a negative amount, one of a trillion or more, or one with a fraction of a 分.
    """
    fen = amount_cny * 100
    if not 0 <= amount_cny < LIMIT or fen != fen.to_integral_value():
        raise ValueError("an amount of yuan with at most two decimals is needed")
    yuan, rest = divmod(int(fen), 100)
    jiao, single = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif single and yuan:
        text += DIGITS[0]
    return f"人民币{text}{DIGITS[single]}分" if single else f"人民币{text}整"


def _whole(number: int) -> str:
    """Yuan, in sections of four digits."""
    text, gap = "", False
    for size, unit in _SECTIONS:
        part = number // size % 10_000
        if not part:
            gap = True
            continue
        if text and (gap or part < 1000):
            text += DIGITS[0]
        text, gap = text + _section(part) + unit, False
    return text or DIGITS[0]


def _section(number: int) -> str:
    """1 to 9999; zeros inside are said once, none at either end."""
    text, gap = "", False
    for size, unit in _PLACES:
        digit = number // size % 10
        if not digit:
            gap = bool(text)
            continue
        text += (DIGITS[0] if gap else "") + DIGITS[digit] + unit
        gap = False
    return text
