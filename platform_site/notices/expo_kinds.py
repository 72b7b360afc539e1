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
    "application_submitted": Kind(_EXPO, _("参展申请待预审：%(fascia)s"), _("有参展商报名参加本省代表团，请预审。")),
    "application_pre_reviewed": Kind(_EXPO, _("%(year)s 年展会的参展申请预审通过"), _("报名截止后参加排位，结果会通知您。")),
    "application_refused": Kind(_EXPO, _("%(year)s 年展会的参展申请未通过"), _("理由：%(reason)s")),
    "application_allotted": Kind(_EXPO, _("%(year)s 年展会已为您分配展位"), _("请在 %(until)s 当天以前确认，逾期让给候补。")),
    "application_waiting": Kind(_EXPO, _("%(year)s 年展会的参展申请转入候补"), _("有合适的展位空出时按次序自动递补。")),
    "application_confirmed": Kind(_EXPO, _("%(year)s 年展会的展位已确认"), _("请按布展时间进馆，展品标签可以在申请页打印。")),
    "application_declined": Kind(_EXPO, _("参展商放弃了展位：%(fascia)s"), _("空出的展位已按次序让给候补。")),
    "application_expired": Kind(_EXPO, _("展位逾期未确认：%(fascia)s"), _("展位已经让给候补。")),
    "exhibit_barred": Kind(_EXPO, _("展品 %(number)s 停止展出"), _("核对时不符合参展条件，原因见展品页。恢复有效后自动恢复展出。")),
    "exhibit_accepted": Kind(_EXPO, _("展品 %(number)s 恢复展出"), _("重新核对符合参展条件。")),
    "complaint_received": Kind(_EXPO, _("收到第 %(number)s 号展品投诉"), _("投诉站将在时限内答复，参展商可以陈述一次。")),
    "complaint_accepted": Kind(_EXPO, _("第 %(number)s 号展品投诉已受理"), _("投诉站正在处理。")),
    "complaint_refused": Kind(_EXPO, _("第 %(number)s 号展品投诉不予受理"), _("理由见投诉页。")),
    "complaint_handed_over": Kind(_EXPO, _("第 %(number)s 号展品投诉已移交"), _("已移交承办省的知识产权局处理。")),
    "complaint_settled": Kind(_EXPO, _("第 %(number)s 号展品投诉已协商解决"), _("结果见投诉页。")),
    "complaint_withdrawn": Kind(_EXPO, _("第 %(number)s 号展品投诉已撤回"), _("投诉人撤回了投诉。")),
    "complaint_stated": Kind(_EXPO, _("第 %(number)s 号展品投诉有了陈述"), _("参展商已经陈述意见。")),
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
    "programme_moved": Kind(_("展会日程变动"), _("您收藏的“%(title)s”改了时间或会场"), _("现在是 %(starts)s，%(room)s。")),
    "programme_cancelled": Kind(_("展会日程变动"), _("您收藏的“%(title)s”已取消"), _("%(year)s 年展会的这场活动不再举行。%(reason)s")),
}  # fmt: skip
