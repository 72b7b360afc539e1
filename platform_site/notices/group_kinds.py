"""Kinds of notices of the Leading Group: seats, deputies, the handover. A part of kinds.py."""

from django.utils.translation import gettext_lazy as _

from .kind import Kind

GROUP_KINDS: dict[str, Kind] = {
    "seat_appointed": Kind(
        _("领导小组席位"),
        _("您自 %(day)s 起担任领导小组%(seat)s"),
        _("依据：%(act)s。自这一天起，您可以以该席位名义表决、委托代理人。"),
    ),
    "seat_ended": Kind(
        _("领导小组席位"),
        _("您自 %(day)s 起不再担任领导小组%(seat)s"),
        _("依据：%(act)s。您此前办理的事项仍然有效。"),
    ),
    "deputy_named": Kind(
        _("席位代理"),
        _("%(holder)s 委托您代理领导小组%(seat)s"),
        _("代理自 %(day)s 至 %(until)s。依据：%(act)s。"),
    ),
    "deputy_ended": Kind(
        _("席位代理"),
        _("您对领导小组%(seat)s的代理已经结束"),
        _("席位的担任者已撤回委托，您不能再以该席位名义办理。"),
    ),
    "liaison_named": Kind(
        _("联络员"), _("您自 %(day)s 起任领导小组%(seat)s联络员"), _("联络员传送文件，没有表决权。依据：%(act)s。")
    ),
    "term_begun": Kind(_("轮值主任交接"), _("%(year)s 年轮值任期已登记"), _("本年由%(seat)s轮值。")),
    "handover_opened": Kind(
        _("轮值主任交接"),
        _("向 %(year)s 年轮值主任的交接已经启动"),
        _("请移交方%(out)s、接任方%(into)s核对交接清单并签署。清单随记录自动更新，双方签署时定稿。"),
    ),
    "handover_signed": Kind(
        _("轮值主任交接"), _("%(year)s 年轮值主任交接：%(seat)s已签署"), _("还等另一方签署，职权此前不变。")
    ),
    "handover_to_pass": Kind(
        _("轮值主任交接"), _("%(year)s 年轮值主任交接：双方已签署"), _("轮值主任的职权将于 %(moment)s 转移到%(into)s。")
    ),
    "handover_passed": Kind(
        _("轮值主任交接"),
        _("%(into)s已接任 %(year)s 年轮值主任"),
        _("职权已于 %(moment)s 转移，原轮值主任不能再行使。"),
    ),
}
