"""Kinds of notices of shared resources: visits, stationing. A part of kinds.py."""

from django.utils.translation import gettext_lazy as _

from .kind import Kind

_VISITS, _STAYS = _("共享资源预约"), _("入驻")
RESOURCE_KINDS: dict[str, Kind] = {
    "facility_manager": Kind(_("共享资源管理"), _("您被指定为%(facility)s的管理员"), _("您可以修改资料、答复预约、审批入驻申请。")),
    "visit_requested": Kind(_VISITS, _("%(visitor)s 预约%(facility)s"), _("%(when)s，%(people)s 人。请确认、建议改期或者说明理由不接受。")),
    "visit_moved_up": Kind(_VISITS, _("候补成功：%(facility)s"), _("%(when)s 有了空位，您的预约已按次序递补，等待资源方确认。")),
    "visit_confirmed": Kind(_VISITS, _("预约已确认：%(facility)s"), _("时间 %(when)s，%(people)s 人。加入日历：%(ics)s")),
    "visit_agreed": Kind(_VISITS, _("改期已被接受：%(facility)s"), _("%(visitor)s 将于 %(when)s 到访，%(people)s 人。")),
    "visit_countered": Kind(_VISITS, _("%(facility)s建议改期"), _("原定 %(asked)s，建议改为 %(when)s，名额已为您保留。原因：%(reason)s")),
    "visit_declined": Kind(_VISITS, _("预约未被接受：%(facility)s"), _("%(when)s 的预约未被接受。原因：%(reason)s")),
    "visit_cancelled": Kind(_VISITS, _("预约已取消：%(facility)s"), _("%(visitor)s %(when)s 的预约已取消。%(reason)s")),
    "visit_lapsed": Kind(_VISITS, _("预约已过期：%(facility)s"), _("%(when)s 的预约到时仍未确认，已经过期，可以另行预约。")),
    "stationing_submitted": Kind(_STAYS, _("入驻申请：%(facility)s"), _("%(applicant)s 以 %(number)s 申请 %(places)s 个工位，请在 %(due)s 前答复。")),
    "stationing_withdrawn": Kind(_STAYS, _("入驻申请已撤回：%(facility)s"), _("%(applicant)s 撤回了 %(number)s 的入驻申请。")),
    "stationing_accepted": Kind(_STAYS, _("同意入驻：%(facility)s"), _("%(number)s 自 %(start)s 至 %(until)s，%(places)s 个工位。请与资源方签订入驻合同。")),
    "stationing_moved_up": Kind(_STAYS, _("入驻递补成功：%(facility)s"), _("%(number)s 按次序递补，自 %(start)s 至 %(until)s，%(places)s 个工位。请与资源方签订入驻合同。")),
    "stationing_queued": Kind(_STAYS, _("入驻申请排队：%(facility)s"), _("%(number)s 已列入排队，有空位时按次序自动递补。说明：%(reason)s")),
    "stationing_declined": Kind(_STAYS, _("入驻申请未获同意：%(facility)s"), _("%(number)s 未获同意。原因：%(reason)s")),
    "stationing_signed": Kind(_STAYS, _("入驻合同已登记：%(facility)s"), _("%(number)s 自 %(start)s 起在驻，请按里程碑报告进展。")),
    "stationing_reported": Kind(_STAYS, _("入驻进展报告：%(facility)s"), _("%(applicant)s 报告了 %(number)s 的进展，请查看并确认里程碑。")),
    "stationing_graduated": Kind(_STAYS, _("入驻毕业：%(facility)s"), _("%(number)s 已经毕业。结果：%(reason)s")),
    "stationing_exited": Kind(_STAYS, _("入驻退出：%(facility)s"), _("%(number)s 的入驻已经结束。原因：%(reason)s")),
}  # fmt: skip
