"""Kinds of notices of the annual work plan. A part of kinds.py."""

from django.utils.translation import gettext_lazy as _

from .kind import Kind

PLAN_KINDS: dict[str, Kind] = {
    "plan_circulated": Kind(
        _("年度工作计划"),
        _("%(year)s 年度工作计划（草案）征求意见"),
        _("请在 %(until)s 以前对每项任务或整个草案提出意见，领导小组办公室会逐条答复。"),
    ),
    "plan_recalled": Kind(
        _("年度工作计划"),
        _("%(year)s 年度工作计划（草案）收回修改"),
        _("已提出的意见保留，仍会逐条答复；改好后会再次征求意见。"),
    ),
    "plan_comment_answered": Kind(
        _("年度工作计划"),
        _("%(year)s 年度工作计划：您的意见已答复（%(state)s）"),
        _("%(about)s 处理情况和理由见草案页面。"),
    ),
    "plan_tabled": Kind(
        _("年度工作计划"),
        _("%(year)s 年度工作计划提请审议"),
        _("列入%(meeting)s（%(day)s）。文本已经冻结，请在会前阅读。"),
    ),
    "plan_adopted": Kind(
        _("年度工作计划"), _("%(year)s 年度工作计划已通过"), _("轮值主任签署以后，由领导小组办公室编号发布。")
    ),
    "plan_returned": Kind(
        _("年度工作计划"), _("%(year)s 年度工作计划未通过"), _("草案退回领导小组办公室修改，改好后再次征求意见。")
    ),
    "plan_amendment_dropped": Kind(
        _("年度工作计划"), _("%(year)s 年度工作计划的修订未通过"), _("现行文本不变，修订稿作为记录保留。")
    ),
    "plan_signed": Kind(_("年度工作计划"), _("%(year)s 年度工作计划已签署"), _("轮值主任已经签署，请编号发布。")),
    "plan_published": Kind(
        _("年度工作计划"), _("%(year)s 年度工作计划已发布"), _("文号：%(number)s。各省承担的任务见计划页面。")
    ),
    "plan_amended": Kind(
        _("年度工作计划"), _("%(year)s 年度工作计划已修订"), _("第 %(number)s 版已经生效，改动见计划页面的对照。")
    ),
}
