"""Kinds of notices of the annual work plan. A part of kinds.py."""

from django.utils.translation import gettext_lazy as _

from .kind import Kind

IMPL_KINDS: dict[str, Kind] = {
    "progress_reported": Kind(
        _("计划进展待核验"),
        _("%(unit)s 报告了 %(task)s"),
        _("%(year)s 年度工作计划。请核对佐证材料，核验通过或者退回。"),
    ),
    "progress_accepted": Kind(
        _("计划进展核验结果"), _("%(task)s 的报告已核验通过"), _("%(year)s 年度工作计划，%(unit)s 的报告已公开。")
    ),
    "progress_returned": Kind(
        _("计划进展核验结果"), _("%(task)s 的报告被退回"), _("%(year)s 年度工作计划，%(unit)s 的报告。理由：%(reason)s")
    ),
    "progress_reminder": Kind(
        _("催办函"),
        _("催办：%(year)s 年度工作计划有 %(count)s 项分工逾期"),
        _("请查看催办函，抓紧办理贵单位承担或牵头的任务，并提交进展报告和佐证材料。"),
    ),
    "progress_digest": Kind(
        _("每周：订阅的计划进展"),
        _("%(year)s 年度工作计划一周进展"),
        _("核验通过 %(accepted)s 份报告（%(titles)s），新逾期 %(late)s 个分项，完成率 %(share)s。"),
    ),
    "plan_closed": Kind(
        _("年度工作计划总结"), _("%(year)s 年度工作计划已总结"), _("目标与实际、未完成事项和结转情况见总结报告。")
    ),
}
