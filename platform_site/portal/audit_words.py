"""The audit log as an administrator reads it: wording from the verb, never the words of a person. Read next: views/administration.py."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platform_site.audit.models import AuditEntry
from platform_site.regions.names import province_name

from .expo_audit_words import EXPO_TARGETS, EXPO_WORDS

PAGE = 50
# Numbers, codes and ids are shown; anything that somebody may have typed is not.
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")

WORDS: dict[str, str | Promise] = {
    **EXPO_WORDS,
    "accounts.profile_save": gettext_lazy("保存个人资料"),
    "accounts.organisation_save": gettext_lazy("登记所在单位"),
    "accounts.organisation_leave": gettext_lazy("退出所在单位"),
    "accounts.verification_submit": gettext_lazy("申请实名核验"),
    "accounts.verification_withdraw": gettext_lazy("撤回实名核验申请"),
    "accounts.verification_approve": gettext_lazy("通过实名核验"),
    "accounts.verification_refuse": gettext_lazy("退回实名核验申请"),
    "accounts.verification_revoke": gettext_lazy("撤销实名核验"),
    "accounts.verification_proof_read": gettext_lazy("查看核验证明材料"),
    "accounts.session_end": gettext_lazy("结束一处登录"),
    "accounts.sessions_end_others": gettext_lazy("结束其他所有登录"),
    "accounts.admin_add": gettext_lazy("在管理后台新增"),
    "accounts.admin_change": gettext_lazy("在管理后台修改"),
    "accounts.admin_delete": gettext_lazy("在管理后台删除"),
    "patents.listing_create": gettext_lazy("新建技术上架"),
    "patents.patent_attach": gettext_lazy("添加专利"),
    "patents.patent_status_save": gettext_lazy("更新法律状态"),
    "patents.status_record": gettext_lazy("记载法律状态事务"),
    "patents.status_advance": gettext_lazy("按日历推进法律状态"),
    "patents.listing_follow_status": gettext_lazy("技术随法律状态变动"),
    "patents.status_sheet_create": gettext_lazy("上传法律状态表格"),
    "patents.status_sheet_apply": gettext_lazy("写入法律状态表格"),
    "patents.status_sheet_finish": gettext_lazy("法律状态表格写入完毕"),
    "patents.patent_detach": gettext_lazy("移除专利"),
    "patents.version_save": gettext_lazy("保存上架内容"),
    "patents.version_fill": gettext_lazy("一次写入上架内容"),
    "patents.attachment_add": gettext_lazy("添加材料"),
    "patents.attachment_remove": gettext_lazy("移除材料"),
    "patents.listing_submit": gettext_lazy("提交审核"),
    "patents.listing_revise": gettext_lazy("开始修订"),
    "patents.revision_withdraw": gettext_lazy("撤回修订"),
    "patents.listing_publish": gettext_lazy("上架"),
    "patents.listing_withdraw": gettext_lazy("下架"),
    "patents.listing_suspend": gettext_lazy("暂停展示"),
    "patents.listing_resume": gettext_lazy("恢复展示"),
    "patents.posting_create": gettext_lazy("公示拟交易价格"),
    "patents.posting_withdraw": gettext_lazy("撤回价格公示"),
    "patents.objection_file": gettext_lazy("对公示价格提出异议"),
    "patents.objection_answer": gettext_lazy("答复对公示价格的异议"),
    "patents.listing_conclude": gettext_lazy("成交下架"),
    "patents.grant_record": gettext_lazy("登记许可"),
    "patents.grant_end": gettext_lazy("终止许可"),
    "patents.grant_correct": gettext_lazy("更正许可记录"),
    "patents.grant_annul": gettext_lazy("撤销许可记录"),
    "patents.grant_expire": gettext_lazy("预留到期释放"),
    "patents.title_register": gettext_lazy("登记转让"),
    "patents.encumbrance_record": gettext_lazy("登记权利负担"),
    "patents.encumbrance_end": gettext_lazy("解除权利负担"),
    "patents.encumbrance_consent": gettext_lazy("登记质权人或权利人的同意"),
    "patents.review_take": gettext_lazy("接手审核"),
    "patents.review_release": gettext_lazy("放回审核队列"),
    "patents.review_check": gettext_lazy("保存核对清单"),
    "patents.review_approve": gettext_lazy("审核通过"),
    "patents.review_request_changes": gettext_lazy("退回修改"),
    "patents.review_reject": gettext_lazy("不予通过"),
    "patents.review_hand_over": gettext_lazy("转由另一省审核"),
    "patents.listings_grow": gettext_lazy("批量生成演示技术"),
    "governance.seat_appoint": gettext_lazy("登记席位任职"),
    "governance.seat_vacate": gettext_lazy("登记席位离任"),
    "governance.deputy_name": gettext_lazy("委托席位代理人"),
    "governance.deputy_revoke": gettext_lazy("撤回席位代理"),
    "governance.liaison_name": gettext_lazy("登记联络员"),
    "governance.liaison_end": gettext_lazy("结束联络员工作"),
    "governance.term_begin": gettext_lazy("登记首个轮值任期"),
    "governance.handover_open": gettext_lazy("启动轮值主任交接"),
    "governance.handover_sign": gettext_lazy("签署轮值主任交接书"),
    "portal.denied": gettext_lazy("访问被拒绝"),
    "portal.demo_build": gettext_lazy("建立演示数据"),
    "trading.enquiry_create": gettext_lazy("发出询盘"),
    "trading.message_send": gettext_lazy("在洽谈室留言"),
    "trading.negotiation_read": gettext_lazy("阅读洽谈室"),
    "trading.negotiation_close": gettext_lazy("结束洽谈"),
    "trading.negotiation_reopen": gettext_lazy("恢复洽谈"),
    "trading.offer_make": gettext_lazy("提出报价"),
    "trading.offer_decline": gettext_lazy("谢绝报价"),
    "trading.offer_withdraw": gettext_lazy("撤回报价"),
    "trading.offer_expire": gettext_lazy("报价过期"),
    "trading.offer_accept": gettext_lazy("接受报价"),
    "trading.agreement_sign": gettext_lazy("签署合同"),
    "trading.agreement_paper_keep": gettext_lazy("生成合同文本"),
    "trading.agreement_file": gettext_lazy("提交备案或登记"),
    "trading.agreement_examine": gettext_lazy("备案预审通过"),
    "trading.agreement_correction_request": gettext_lazy("要求补正备案材料"),
    "trading.agreement_record": gettext_lazy("登入备案号或登记号"),
    "trading.agreement_expire": gettext_lazy("合同逾期未签"),
    "trading.milestone_claim": gettext_lazy("声明已付款"),
    "trading.milestone_confirm": gettext_lazy("确认收款"),
    "trading.milestone_dispute": gettext_lazy("对付款提出异议"),
    "trading.milestone_waive": gettext_lazy("免除付款"),
    "trading.statement_make": gettext_lazy("申报提成"),
    "trading.statement_accept": gettext_lazy("认可提成申报"),
    "trading.statement_question": gettext_lazy("质询提成申报"),
    "trading.agreement_report": gettext_lazy("报告转化情况"),
    "trading.agreement_complete": gettext_lazy("提议确认履行完毕"),
    "trading.agreement_terminate": gettext_lazy("提议解除合同"),
    "trading.agreement_breach": gettext_lazy("发出违约催告"),
    "trading.ending_accept": gettext_lazy("同意终结合同"),
    "trading.ending_decline": gettext_lazy("不同意终结合同"),
    "trading.ending_withdraw": gettext_lazy("收回终结合同的提议"),
    "trading.ending_enforce": gettext_lazy("催告后解除合同"),
    "trading.ending_carry_out": gettext_lazy("合同按约定日期解除"),
    "trading.agreement_lapse": gettext_lazy("合同期满"),
    "trading.licence_die": gettext_lazy("许可随专利权终止"),
    "trading.undertaking_accept": gettext_lazy("接受保密承诺"),
    "trading.file_open": gettext_lazy("打开保密资料"),
    "trading.party_add": gettext_lazy("加入同事到洽谈室"),
    "trading.party_remove": gettext_lazy("退出或移出洽谈室"),
    "trading.mediation_ask": gettext_lazy("请求调解"),
    "trading.mediation_release": gettext_lazy("向调解人员公开留言"),
    "trading.mediation_withdraw": gettext_lazy("撤回调解请求"),
    "trading.mediation_accept": gettext_lazy("受理调解"),
    "trading.mediation_answer": gettext_lazy("答复调解"),
    "trading.mediation_close": gettext_lazy("办结调解"),
    "trading.mediation_decline": gettext_lazy("不予受理调解"),
    "trading.need_create": gettext_lazy("新建技术需求"),
    "trading.need_save": gettext_lazy("保存技术需求"),
    "trading.need_submit": gettext_lazy("提交技术需求"),
    "trading.need_copy": gettext_lazy("复制技术需求"),
    "trading.need_withdraw": gettext_lazy("撤回技术需求"),
    "trading.need_meet": gettext_lazy("技术需求已解决"),
    "trading.need_expire": gettext_lazy("技术需求到期"),
    "trading.need_review_take": gettext_lazy("领取需求审核"),
    "trading.need_review_release": gettext_lazy("放回需求审核"),
    "trading.need_review_approve": gettext_lazy("公开技术需求"),
    "trading.need_review_request_changes": gettext_lazy("退回技术需求"),
    "trading.need_review_reject": gettext_lazy("不予公开技术需求"),
    "trading.need_propose": gettext_lazy("向需求提出方案"),
    "trading.proposal_accept": gettext_lazy("接受方案"),
    "trading.proposal_decline": gettext_lazy("谢绝方案"),
    "trading.proposal_withdraw": gettext_lazy("撤回方案"),
    "trading.open_declare": gettext_lazy("提交开放许可声明"),
    "trading.open_declaration_announce": gettext_lazy("登记开放许可声明的公告"),
    "trading.open_declaration_return": gettext_lazy("退回开放许可声明"),
    "trading.open_withdraw": gettext_lazy("撤回开放许可声明"),
    "trading.open_take": gettext_lazy("取得开放许可"),
    "trading.open_lapse": gettext_lazy("开放许可声明失效"),
    "governance.meeting_create": gettext_lazy("筹备会议"),
    "governance.meeting_change": gettext_lazy("修改会议"),
    "governance.meeting_call": gettext_lazy("通知开会"),
    "governance.meeting_open": gettext_lazy("开始会议"),
    "governance.meeting_close": gettext_lazy("结束会议"),
    "governance.meeting_cancel": gettext_lazy("取消会议"),
    "governance.item_propose": gettext_lazy("提出议题"),
    "governance.item_list": gettext_lazy("列入议程"),
    "governance.item_decline": gettext_lazy("不列入议程"),
    "governance.paper_add": gettext_lazy("添加会议材料"),
    "governance.presence_enter": gettext_lazy("登记到会"),
    "governance.presence_leave": gettext_lazy("登记离会"),
    "governance.ballot_open": gettext_lazy("交付表决"),
    "governance.vote_cast": gettext_lazy("投票"),
    "governance.ballot_close": gettext_lazy("结束表决"),
    "governance.resolution_close": gettext_lazy("办结决议"),
    "governance.minutes_assemble": gettext_lazy("整理会议纪要"),
    "governance.minutes_sign": gettext_lazy("签署会议纪要"),
    "governance.annex_add": gettext_lazy("添加补充记录"),
    "governance.minutes_paper_keep": gettext_lazy("生成会议纪要文件"),
    "governance.report_make": gettext_lazy("报告计划进展"),
    "governance.report_accept": gettext_lazy("核验通过计划进展"),
    "governance.report_return": gettext_lazy("退回计划进展"),
    "governance.report_withdraw": gettext_lazy("撤回计划进展报告"),
    "governance.targets_save": gettext_lazy("填写指标目标值"),
    "governance.reminder_send": gettext_lazy("发出催办函"),
    "governance.progress_subscribe": gettext_lazy("订阅计划进展"),
    "governance.progress_unsubscribe": gettext_lazy("取消订阅计划进展"),
    "governance.plan_close": gettext_lazy("总结年度工作计划"),
    "governance.plan_create": gettext_lazy("起草年度工作计划"),
    "governance.plan_circulate": gettext_lazy("年度工作计划征求意见"),
    "governance.plan_recall": gettext_lazy("收回年度工作计划草案"),
    "governance.plan_table": gettext_lazy("年度工作计划提请审议"),
    "governance.plan_sign": gettext_lazy("签署年度工作计划"),
    "governance.plan_publish": gettext_lazy("发布年度工作计划"),
    "governance.preface_save": gettext_lazy("修改年度工作计划的前言"),
    "governance.section_create": gettext_lazy("年度工作计划新增一章"),
    "governance.section_save": gettext_lazy("修改年度工作计划的章名"),
    "governance.section_remove": gettext_lazy("年度工作计划删去一章"),
    "governance.section_move": gettext_lazy("年度工作计划调整章的次序"),
    "governance.task_create": gettext_lazy("年度工作计划新增任务"),
    "governance.task_carry": gettext_lazy("结转上一年度的任务"),
    "governance.task_save": gettext_lazy("修改年度工作计划的任务"),
    "governance.task_remove": gettext_lazy("年度工作计划删去任务"),
    "governance.task_move": gettext_lazy("年度工作计划调整任务的次序"),
    "governance.comment_make": gettext_lazy("对年度工作计划提出意见"),
    "governance.comment_answer": gettext_lazy("答复对年度工作计划的意见"),
    "governance.amendment_begin": gettext_lazy("起草年度工作计划的修订"),
    "governance.amendment_table": gettext_lazy("年度工作计划的修订提请审议"),
    "governance.amendment_drop": gettext_lazy("放弃年度工作计划的修订"),
    "governance.policy_create": gettext_lazy("起草政策"),
    "governance.version_save": gettext_lazy("修改政策草稿"),
    "governance.version_begin": gettext_lazy("起草政策新版"),
    "governance.policy_publish": gettext_lazy("公布政策"),
    "governance.policy_end": gettext_lazy("终止政策"),
    "governance.support_make": gettext_lazy("申报支持"),
    "governance.support_correct": gettext_lazy("补正申报"),
    "governance.support_withdraw": gettext_lazy("撤回申报"),
    "governance.support_return": gettext_lazy("要求补正申报"),
    "governance.support_accept": gettext_lazy("受理申报"),
    "governance.support_review": gettext_lazy("申报初审通过"),
    "governance.support_confirm": gettext_lazy("申报复审通过并公示"),
    "governance.support_approve": gettext_lazy("批准申报"),
    "governance.support_decline": gettext_lazy("不予支持申报"),
    "governance.support_pay": gettext_lazy("登记兑现"),
    "governance.support_appeal": gettext_lazy("对申报决定提出申诉"),
    "governance.support_reopen": gettext_lazy("申诉成立，重新审核"),
    "governance.support_recover": gettext_lazy("收回支持"),
    "governance.objection_make": gettext_lazy("对公示提出异议"),
    "governance.objection_answer": gettext_lazy("答复公示异议"),
    "governance.support_uphold": gettext_lazy("申诉维持原决定"),
    "governance.facility_create": gettext_lazy("登记共享资源"),
    "governance.facility_save": gettext_lazy("修改共享资源"),
    "governance.facility_close": gettext_lazy("共享资源停止开放"),
    "governance.facility_reopen": gettext_lazy("共享资源恢复开放"),
    "governance.facility_sheet_create": gettext_lazy("上传共享资源表格"),
    "governance.facility_sheet_write": gettext_lazy("批量登记共享资源"),
    "governance.picture_add": gettext_lazy("共享资源添加图片"),
    "governance.picture_remove": gettext_lazy("共享资源删去图片"),
    "governance.manager_name": gettext_lazy("指定共享资源管理员"),
    "governance.manager_end": gettext_lazy("撤销共享资源管理员"),
    "governance.visit_book": gettext_lazy("预约参观"),
    "governance.visit_bundle": gettext_lazy("一并预约参观"),
    "governance.visit_move_up": gettext_lazy("候补预约递补"),
    "governance.visit_confirm": gettext_lazy("确认预约"),
    "governance.visit_decline": gettext_lazy("不接受预约"),
    "governance.visit_counter": gettext_lazy("建议预约改期"),
    "governance.visit_agree": gettext_lazy("接受预约改期"),
    "governance.visit_cancel": gettext_lazy("取消预约"),
    "governance.visit_mark": gettext_lazy("登记到访"),
    "governance.visit_lapse": gettext_lazy("预约过期"),
    "governance.stationing_apply": gettext_lazy("申请入驻"),
    "governance.stationing_accept": gettext_lazy("同意入驻"),
    "governance.stationing_queue": gettext_lazy("入驻申请列入排队"),
    "governance.stationing_move_up": gettext_lazy("入驻申请递补"),
    "governance.stationing_decline": gettext_lazy("不同意入驻"),
    "governance.stationing_withdraw": gettext_lazy("撤回入驻申请"),
    "governance.stationing_sign": gettext_lazy("登记入驻合同"),
    "governance.stationing_report": gettext_lazy("报告入驻进展"),
    "governance.milestone_reach": gettext_lazy("确认入驻里程碑"),
    "governance.stationing_graduate": gettext_lazy("入驻毕业"),
    "governance.stationing_exit": gettext_lazy("入驻退出"),
}
TARGETS: dict[str, str | Promise] = {
    **EXPO_TARGETS,
    "accounts.user": gettext_lazy("账号"),
    "accounts.organisation": gettext_lazy("单位"),
    "accounts.membership": gettext_lazy("单位成员"),
    "accounts.verification": gettext_lazy("实名核验申请"),
    "regions.province": gettext_lazy("省"),
    "regions.dayoverride": gettext_lazy("工作日调整"),
    "patents.listing": gettext_lazy("技术上架"),
    "patents.patent": gettext_lazy("专利"),
    "patents.review": gettext_lazy("审核"),
    "patents.statussheet": gettext_lazy("法律状态表格"),
    "governance.seatholder": gettext_lazy("席位任职"),
    "governance.deputy": gettext_lazy("席位代理"),
    "governance.liaisonofficer": gettext_lazy("联络员"),
    "governance.directorterm": gettext_lazy("轮值任期"),
    "governance.handover": gettext_lazy("轮值主任交接"),
    "governance.policy": gettext_lazy("优惠政策"),
    "governance.supportobjection": gettext_lazy("公示异议"),
    "governance.policyapplication": gettext_lazy("支持事项申报"),
    "trading.negotiation": gettext_lazy("洽谈室"),
    "trading.offer": gettext_lazy("报价"),
    "trading.agreement": gettext_lazy("合同"),
    "trading.mediation": gettext_lazy("调解"),
    "trading.technologyneed": gettext_lazy("技术需求"),
    "trading.needreview": gettext_lazy("需求审核"),
    "trading.needproposal": gettext_lazy("方案"),
    "trading.opendeclaration": gettext_lazy("开放许可声明"),
    "governance.annualworkplan": gettext_lazy("年度工作计划"),
    "governance.progressreport": gettext_lazy("计划进展报告"),
    "governance.reminder": gettext_lazy("催办函"),
    "governance.facility": gettext_lazy("共享资源"),
    "governance.facilitysheet": gettext_lazy("共享资源表格"),
    "governance.visit": gettext_lazy("预约"),
    "governance.visitbundle": gettext_lazy("一并预约"),
    "governance.stationing": gettext_lazy("入驻"),
}


@dataclass(frozen=True)
class Line:
    """One row as shown."""

    pk: int
    at: datetime
    actor: str
    words: str | Promise
    target: str
    target_key: str  # as the filter takes it
    province: str
    facts: str


def verb_choices() -> list[tuple[str, str | Promise]]:
    return list(WORDS.items())


def page(*, before: str, verb: str, target: str) -> tuple[list[Line], int | None]:
    """The newest fifty rows, or those before the row `before`; and before which row there are more.

    `target` is a kind of record ("patents.listing") or one record ("patents.listing:12").
    """
    rows = AuditEntry.objects.select_related("actor").order_by("-id")
    if before.isascii() and before.isdigit() and len(before) <= 18:
        rows = rows.filter(pk__lt=int(before))
    if verb:
        rows = rows.filter(verb=verb)
    kind, _colon, key = target.partition(":")
    if kind:
        rows = rows.filter(target_type=kind)
    if key:
        rows = rows.filter(target_id=key)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    return [_line(row) for row in shown], shown[-1].pk if len(found) > PAGE else None


def _line(row: AuditEntry) -> Line:
    kind = TARGETS.get(row.target_type, row.target_type)
    province = province_name(row.province_code)
    return Line(
        pk=row.pk,
        at=row.at,
        actor=str(row.actor) if row.actor else _("平台系统"),
        words=WORDS.get(row.verb, row.verb),
        target=f"{kind} {row.target_id}".strip(),
        target_key=f"{row.target_type}:{row.target_id}" if row.target_type else "",
        province=province,
        facts="，".join(f"{name}={shown}" for name, value in row.data.items() if (shown := _shown(value))),
    )


def _shown(value: Any) -> str:
    """Numbers, yes and no, codes, and lists of these; free text is left out."""
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, str):
        return value if _CODE.fullmatch(value) else ""
    if isinstance(value, list) and value and len(value) <= 20:
        parts = [_shown(part) for part in value]
        return "+".join(parts) if all(parts) else ""
    return ""
