"""Declarations of open licences in words: the fee, the duration, the conditions of the law. Read next: open_terms.py."""

from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from platform_site.ui.formats import cny

from .open_terms import Declared
from .performance import PAY_DAYS
from .states import FeeMethod, RoyaltyBase


def fee(declared: Declared) -> str:
    """The declared fee in one line: public by law (Patent Law art. 50)."""
    if declared.method == FeeMethod.ROYALTY:
        rate = _("%(base)s的 %(rate)s") % {
            "base": RoyaltyBase(declared.base).label,
            "rate": f"{(declared.percent or Decimal(0)).normalize():f}%",
        }
        if not declared.amount_cny:
            return _("提成：%(rate)s") % {"rate": rate}
        return _("入门费 %(fee)s，加提成：%(rate)s") % {"fee": cny(declared.amount_cny), "rate": rate}
    if declared.method == FeeMethod.YEARLY:
        return _("每年 %(fee)s") % {"fee": cny(declared.amount_cny)}
    return _("%(fee)s，一次付清") % {"fee": cny(declared.amount_cny)} if declared.amount_cny else _("免费")


def fee_in_chinese(declared: Declared) -> str:
    """The same as the ledger keeps it, whatever the language of who enters it."""
    with translation.override("zh-hans"):
        return fee(declared)


def due(declared: Declared) -> str:
    """What is to be paid first, within performance.PAY_DAYS days."""
    if not declared.amount_cny:
        return _("现在没有应付的费用")
    names = {FeeMethod.FIXED: _("使用费"), FeeMethod.YEARLY: _("第一年使用费"), FeeMethod.ROYALTY: _("入门费")}
    return f"{names[FeeMethod(declared.method)]} {cny(declared.amount_cny)}"


def duration(declared: Declared) -> str:
    """How long each licence lasts."""
    if declared.years is None:
        return _("自取得之日起，至专利权终止")
    return ngettext(
        "自取得之日起 %(n)d 年，不超过专利权期限", "自取得之日起 %(n)d 年，不超过专利权期限", declared.years
    ) % {"n": declared.years}


def rows(declared: Declared) -> list[tuple[str, Any]]:
    """The declaration as terms and values, as everybody reads it."""
    found = [
        (_("许可方式"), _("开放许可（普通许可），全国，全部领域，不可以分许可")),
        (_("使用费"), fee(declared)),
        (_("许可期限"), duration(declared)),
        (_("支付"), _("取得后 %(days)d 日内付清首笔应付的费用") % {"days": PAY_DAYS}),
    ]
    return [*found, (_("其他条件"), declared.conditions)] if declared.conditions else found
