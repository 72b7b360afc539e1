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
    # Doors, leads and results.
    "expo_registration_confirmed": Kind(_EXPO, _("%(year)s 年展会：%(name)s的登记已确认"), _("承办省已经确认，凭证件入场。")),
    "expo_registration_cancelled": Kind(_EXPO, _("%(year)s 年展会：%(name)s的登记已取消"), _("证件已经失效。")),
    "expo_lead_asked": Kind(
        _EXPO, _("展品 %(number)s 的参展商希望与您联系"), _("参展商在 %(year)s 年展会上扫了您的证件。您同意之后才会建立洽谈室。")
    ),
    "expo_lead_agreed": Kind(_EXPO, _("观众同意就 %(number)s 与您联系"), _("洽谈室已经建立，请尽快答复。")),
    "expo_result_recorded": Kind(
        _EXPO, _("%(year)s 年展会成果待您确认：%(parties)s"), _("知识产权局登记了这项成果。请核对并确认，不属实的提出异议。")
    ),
    "expo_result_confirmed": Kind(_EXPO, _("%(year)s 年展会成果已确认：%(parties)s"), _("当事人已经确认您登记的成果。")),
    "expo_result_disputed": Kind(_EXPO, _("%(year)s 年展会成果有异议：%(parties)s"), _("当事人认为登记不属实，这项成果不再计入。")),
    "expo_result_climbed": Kind(_EXPO, _("%(year)s 年展会成果有进展：%(parties)s"), _("成果升到了更高一级。")),
    "expo_result_followed": Kind(
        _EXPO, _("%(year)s 年展会意向跟踪：%(parties)s"), _("签署已满 %(months)s 个月，请答复这项意向的进展。")
    ),
}  # fmt: skip
