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
    "programme_moved": Kind(_("展会日程变动"), _("您收藏的“%(title)s”改了时间或会场"), _("现在是 %(starts)s，%(room)s。")),
    "programme_cancelled": Kind(_("展会日程变动"), _("您收藏的“%(title)s”已取消"), _("%(year)s 年展会的这场活动不再举行。%(reason)s")),
}  # fmt: skip
