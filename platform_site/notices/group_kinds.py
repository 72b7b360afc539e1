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
    "meeting_called": Kind(
        _("领导小组会议"),
        _("通知开会：%(meeting)s"),
        _("时间 %(when)s，地点 %(place)s。议程和材料见会议页面。加入日历：%(ics)s"),
    ),
    "meeting_changed": Kind(
        _("领导小组会议"), _("会议有变动：%(meeting)s"), _("现在的时间 %(when)s，地点 %(place)s。更新日历：%(ics)s")
    ),
    "meeting_cancelled": Kind(_("领导小组会议"), _("会议取消：%(meeting)s"), _("原因：%(reason)s")),
    "ballot_opened": Kind(
        _("领导小组表决"),
        _("请投票：%(item)s"),
        _("“%(meeting)s”的表决已开始，%(until)s 截止，每席一票，投出后不能更改。"),
    ),
    "ballot_closed": Kind(_("领导小组表决"), _("表决结束：%(item)s"), _("%(outcome)s")),
    "minutes_to_sign": Kind(
        _("领导小组会议纪要"), _("请签署纪要：%(meeting)s"), _("纪要已整理，请核对后签署，全部出席的席位签署后公开。")
    ),
}
