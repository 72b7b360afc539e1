"""Kinds of notices of the expos. A part of kinds.py."""

from django.utils.translation import gettext_lazy as _

from .kind import Kind

_EXPO = _("展会")
EXPO_KINDS: dict[str, Kind] = {
    "expo_applications_open": Kind(_EXPO, _("%(year)s 年展会开始招展"), _("请组织本省代表团报名，%(until)s 截止。")),
    "expo_allocating": Kind(_EXPO, _("%(year)s 年展会开始排位"), _("报名已经截止，展位正在分配。")),
    "expo_programme_published": Kind(_EXPO, _("%(year)s 年展会公布日程"), _("展位和日程已经排定，请通知本省参展商。")),
    "expo_running": Kind(_EXPO, _("%(year)s 年展会开展"), _("展会今天开展。")),
    "expo_closed": Kind(_EXPO, _("%(year)s 年展会闭幕"), _("展会已经闭幕，请登记成果，意向跟踪十二个月。")),
    "expo_reported": Kind(_EXPO, _("%(year)s 年展会公布总结"), _("总结已经公布，与历届按同一口径比较。")),
    "expo_meetings_proposed": Kind(
        _("对接洽谈"), _("%(year)s 年展会为您安排了 %(count)s 次会面"), _("请在我的会面中逐一确认，双方都确认后不再改动。")
    ),
    "meeting_request_pending": Kind(
        _("对接洽谈"), _("%(other)s 约您在 %(moment)s 会面"), _("%(year)s 年展会，%(table)s 号桌。请在 %(until)s 之前答复，逾时时段自动放开。")
    ),
    "meeting_request_accepted": Kind(
        _("对接洽谈"), _("%(other)s 接受了您的约见"), _("%(year)s 年展会，%(moment)s，%(table)s 号桌。")
    ),
    "meeting_request_declined": Kind(
        _("对接洽谈"), _("%(other)s 谢绝了您的约见"), _("%(year)s 年展会，%(moment)s。可以另选时段或者约见别人。")
    ),
    "meeting_request_lapsed": Kind(
        _("对接洽谈"), _("您约见 %(other)s 的请求已逾时"), _("%(year)s 年展会，%(moment)s。对方没有按时答复，时段已经放开。")
    ),
    "meeting_request_withdrawn": Kind(
        _("对接洽谈"), _("%(other)s 撤回了约见"), _("%(year)s 年展会，%(moment)s。这个时段又空出来了。")
    ),
    "expo_meeting_confirmed": Kind(
        _("对接洽谈"), _("与 %(other)s 的会面双方已确认"), _("%(year)s 年展会，%(moment)s，%(table)s 号桌。")
    ),
    "expo_meeting_cancelled": Kind(
        _("对接洽谈"), _("与 %(other)s 的会面已取消"), _("%(year)s 年展会，%(moment)s。原因见会面页面。")
    ),
    "expo_meeting_soon": Kind(
        _("对接洽谈"), _("%(moment)s 与 %(other)s 会面"), _("%(year)s 年展会，%(table)s 号桌，半小时内开始。")
    ),
}  # fmt: skip
