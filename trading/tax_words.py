"""The tax meter in the words of its card: a figure, its provision, and that it is an estimate. Read next: tax.py."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.ui.formats import cny, reads_chinese

from .tax import EXEMPT_CNY, VAT_UNTIL, Bar, IncomeTax, Meter, Vat

BARS = {
    Bar.NO_ENTERPRISE: gettext_lazy("权利人是个人，不适用企业所得税；个人所得税请向税务机关咨询。"),
    Bar.SHORT_LICENCE: gettext_lazy("许可不满五年，收入不计入。"),
    Bar.NOT_GRANTED: gettext_lazy("有尚未授权的专利申请，是否计入请向税务机关咨询。"),
    Bar.RELATED: gettext_lazy("双方有百分之百的持股关系，收入不计入。"),
    Bar.SHARES: gettext_lazy("技术入股另有规定，不在此估算。"),
}


def card(found: Meter) -> dict[str, Any]:
    """Props of trading/_agreement_tax.html: rows (term, value, provision), and how far the exempt amount is used, in hundredths."""
    used = None
    if found.income_tax:
        used = min(float(100 * found.income_tax.received_cny / EXEMPT_CNY), 100.0)
    return {"rows": _rows(found), "used": round(used, 1) if used is not None else None, "year": found.year}


def _rows(found: Meter) -> list[tuple[str, str, str]]:
    kind = _("技术转让合同") if found.is_assignment else _("技术许可合同")
    rows = [
        (
            _("认定登记"),
            _("可以认定登记（%(kind)s）") % {"kind": kind},
            _("在权利人所在地的技术合同登记机构办理；登记后才能享受下列税收优惠。来源：《技术合同认定登记管理办法》。"),
        ),
        _vat(found),
        *_income(found),
        _stamp(found),
    ]
    return rows + _inventors(found)


def _vat(found: Meter) -> tuple[str, str, str]:
    source = _("来源：财税〔2016〕36号附件3第一条第（二十六）项。")
    if found.vat == Vat.EXEMPT:
        return _("增值税"), _("技术转让收入免征"), source
    words = _("《增值税法》自 %(day)s 起施行，免税是否延续以国务院的规定为准。") % {"day": VAT_UNTIL.isoformat()}
    return _("增值税"), _("请向税务机关核实"), _said(words, source)


def _income(found: Meter) -> list[tuple[str, str, str]]:
    source = _("来源：《企业所得税法实施条例》第九十条，财税〔2010〕111号，财税〔2015〕116号。")
    name = _("企业所得税（%(year)d 年）") % {"year": found.year}
    tax: IncomeTax | None = found.income_tax
    if tax is None:
        return [(name, _("不计入减免"), _said(*(str(BARS[bar]) for bar in found.bars), source))]
    used = _("本年已收 %(received)s，其中不超过 %(most)s 的部分免征，还可免征 %(left)s") % {
        "received": cny(tax.received_cny), "most": cny(EXEMPT_CNY), "left": cny(tax.left_cny)
    }  # fmt: skip
    rows = [(name, used, _said(_("未扣成本，按收款估算。"), source))]
    if tax.halved_cny:
        words = _("%(halved)s 减半征收，约 %(tax)s") % {"halved": cny(tax.halved_cny), "tax": cny(tax.tax_cny)}
        rows.append((_("超过部分"), words, _("按 12.5% 估算。")))
    rows.append((_("约可少缴"), cny(tax.saved_cny), _("与按 25% 全额缴纳相比。")))
    return rows


def _stamp(found: Meter) -> tuple[str, str, str]:
    source = _("双方各缴，税率为价款的万分之三。来源：《印花税法》税目税率表。")
    if found.stamp_cny is None:
        return _("印花税"), _("合同没有列明金额的，实际结算时计算"), source
    return _("印花税"), _("每方约 %(amount)s") % {"amount": cny(found.stamp_cny)}, source


def _inventors(found: Meter) -> list[tuple[str, str, str]]:
    source = _(
        "国家设立的研究开发机构和高等院校：不低于净收入（或股份）的 50%。来源：《促进科技成果转化法》第四十五条。"
    )
    rows = []
    if found.inventors_cny is not None:
        words = _("不低于净收入的一半，按合同金额最多 %(amount)s") % {"amount": cny(found.inventors_cny)}
        rows.append((_("完成人报酬"), words, source))
    if found.inventors_shares_percent is not None:
        words = _("不低于公司股份的 %(share)s") % {"share": _percent(found.inventors_shares_percent)}
        rows.append((_("完成人报酬"), words, source))
    return rows


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}%"


def _said(*sentences: str) -> str:
    """Sentences one after another, as the language of the page parts them."""
    return ("" if reads_chinese() else " ").join(sentences)
