"""Every kind of notice with its wording; data fills the placeholders. Read next: actions.py.

A sentence may use the keys of the notice's data. Add a kind here, tell it with `actions.notice_tell`, nothing more.
"""

from django.utils.translation import gettext_lazy as _

from .expo_kinds import EXPO_KINDS
from .group_kinds import GROUP_KINDS
from .impl_kinds import IMPL_KINDS
from .kind import Kind
from .plan_kinds import PLAN_KINDS
from .policy_kinds import POLICY_KINDS
from .resource_kinds import RESOURCE_KINDS

KINDS: dict[str, Kind] = {
    "verification_submitted": Kind(
        _("有会员申请核验"), _("%(name)s 申请实名核验"), _("请在 %(due)s 前核对材料并作出决定。")
    ),
    "verification_verified": Kind(
        _("实名核验结果"),
        _("您已通过实名核验"),
        _("%(office)s 已核对您的材料。您现在可以提交技术上架、发出和接受报价。"),
    ),
    "verification_refused": Kind(
        _("实名核验结果"), _("您的实名核验未通过"), _("%(office)s 的意见：%(reason)s 您可以改正后重新申请。")
    ),
    "verification_revoked": Kind(_("实名核验结果"), _("您的实名核验已被撤销"), _("%(office)s 的意见：%(reason)s")),
    "listing_submitted": Kind(_("有技术提交审核"), _("%(number)s 提交审核：%(title)s"), _("请在 %(due)s 前完成审核。")),
    "listing_approved": Kind(
        _("技术上架审核结果"), _("%(number)s 已上架"), _("“%(title)s”已公开，任何人都可以检索到。")
    ),
    "listing_changes_requested": Kind(
        _("技术上架审核结果"), _("%(number)s 需要修改"), _("%(office)s 的意见：%(reason)s 改好后请重新提交。")
    ),
    "listing_rejected": Kind(_("技术上架审核结果"), _("%(number)s 未获通过"), _("%(office)s 的意见：%(reason)s")),
    "listing_handed_over": Kind(
        _("技术转由另一省审核"), _("%(number)s 转由%(office)s审核"), _("原因：%(reason)s 新的办理期限是 %(due)s。")
    ),
    "listing_withdrawn": Kind(
        _("技术已下架"), _("%(number)s 已由权利人下架"), _("“%(title)s”不再需要审核或展示。原因：%(reason)s")
    ),
    "listing_lapsed": Kind(
        _("技术已失效"),
        _("%(number)s 已失效"),
        _("“%(title)s”的专利法律状态已变化，不能继续展示。恢复后可以重新上架。"),
    ),
    "listing_concluded": Kind(
        _("技术已成交"), _("%(number)s 已成交下架"), _("“%(title)s”所提供的权利已全部许可或转让，页面作为记录保留。")
    ),
    "right_changed": Kind(_("可用权利变化"), _("%(number)s 可用的权利有变化"), _("“%(title)s”%(changes)s")),
    "room_listing_concluded": Kind(
        _("洽谈中的技术已成交"),
        _("%(number)s 已成交下架"),
        _("您正在洽谈的“%(title)s”，所提供的权利已全部许可或转让。洽谈室仍可使用。"),
    ),
    "offer_made": Kind(
        _("报价"),
        _("%(number)s：%(sender)s 提出第 %(version)s 版报价"),
        _("请在 %(until)s 前答复：接受、还价或谢绝。条款只在洽谈室内可见。"),
    ),
    "offer_declined": Kind(
        _("报价"), _("%(number)s：第 %(version)s 版报价被谢绝"), _("理由在洽谈室内可见，您可以重新报价。")
    ),
    "offer_withdrawn": Kind(
        _("报价"), _("%(number)s：第 %(version)s 版报价已撤回"), _("洽谈可以继续，双方都可以再报价。")
    ),
    "offer_expired": Kind(
        _("报价"), _("%(number)s：第 %(version)s 版报价已过期"), _("没有在有效期内答复。双方都可以再报价。")
    ),
    "offer_impossible": Kind(
        _("报价"),
        _("%(number)s：第 %(version)s 版报价已不能成交"),
        _("报价所要的权利刚刚由另一方取得或预留。仍空闲的省份和方式可在权利台账查看，您可以改条款重新报价。"),
    ),
    "offer_accepted": Kind(
        _("成交与合同"),
        _("%(number)s：报价已被接受"),
        _("合同 %(agreement)s 已生成，所约定的权利已预留。请在 %(until)s 前签署。"),
    ),
    "agreement_countersign": Kind(
        _("成交与合同"),
        _("合同 %(agreement)s 待您签署"),
        _("对方已经签署。请在 %(until)s 前签署，逾期所预留的权利将释放。"),
    ),
    "agreement_signed": Kind(
        _("成交与合同"),
        _("合同 %(agreement)s 双方已签署"),
        _("所约定的权利已登入权利台账。请按合同履行，并在三个月内办理备案或登记。"),
    ),
    "agreement_to_examine": Kind(
        _("合同备案预审"), _("合同 %(agreement)s 提交预审"), _("请核对条款、合同文本和预检结果，并作出决定。")
    ),
    "agreement_filed": Kind(_("备案与登记"), _("合同 %(agreement)s 已提交省知识产权局"), _("预审结果会另行通知双方。")),
    "agreement_examined": Kind(
        _("备案与登记"),
        _("合同 %(agreement)s 预审通过"),
        _("请双方向国家知识产权局办理，办结后由省知识产权局登入备案号或登记号。"),
    ),
    "agreement_correction": Kind(
        _("备案与登记"), _("合同 %(agreement)s 需要补正"), _("需要补正的内容在合同页面可见，补正后请重新提交。")
    ),
    "agreement_recorded": Kind(
        _("备案与登记"), _("合同 %(agreement)s 已完成备案或登记"), _("备案号或登记号已登入平台，权利台账随之更新。")
    ),
    "recordal_due": Kind(
        _("备案与登记"),
        _("合同 %(agreement)s 的备案期限是 %(due)s"),
        _("许可合同应在生效之日起三个月内备案。请尽快在合同页面提交。"),
    ),
    "agreement_expired": Kind(
        _("成交与合同"), _("合同 %(agreement)s 未在期限内签署"), _("为它预留的权利已释放，双方可以重新报价。")
    ),
    "payment_claimed": Kind(
        _("合同履行"),
        _("合同 %(agreement)s：对方声明已履行%(what)s"),
        _("%(sender)s 已提交声明，请核对后确认或提出异议。"),
    ),
    "payment_confirmed": Kind(
        _("合同履行"), _("合同 %(agreement)s：%(what)s已确认"), _("%(sender)s 已确认，这一项已了结。")
    ),
    "payment_disputed": Kind(
        _("合同履行"),
        _("合同 %(agreement)s：%(what)s有异议"),
        _("%(sender)s 提出异议，理由在履约页面可见。请核对后重新声明。"),
    ),
    "payment_waived": Kind(
        _("合同履行"), _("合同 %(agreement)s：%(what)s已免除"), _("%(sender)s 已免除，这一项无需再履行。")
    ),
    "payment_due": Kind(
        _("合同履行提醒"), _("合同 %(agreement)s：%(what)s将于 %(until)s 到期"), _("履行后请在平台上声明，由对方确认。")
    ),
    "payment_overdue": Kind(
        _("合同履行提醒"),
        _("合同 %(agreement)s：%(what)s已逾期"),
        _("应于 %(until)s 前履行。请双方核对，已履行的请声明并确认。"),
    ),
    "statement_made": Kind(
        _("合同履行"),
        _("合同 %(agreement)s：%(what)s 年提成已申报"),
        _("%(sender)s 已提交申报，请核对后认可；有疑问的可以质询，并要求查阅账目。"),
    ),
    "statement_accepted": Kind(
        _("合同履行"),
        _("合同 %(agreement)s：%(what)s 年提成申报已认可"),
        _("%(sender)s 已认可，应付金额和日期见履约页面。"),
    ),
    "statement_questioned": Kind(
        _("合同履行"),
        _("合同 %(agreement)s：%(what)s 年提成申报被质询"),
        _("%(sender)s 有疑问，内容在履约页面可见。请核对后重新申报。"),
    ),
    "statement_due": Kind(
        _("合同履行提醒"), _("合同 %(agreement)s：请申报 %(what)s 年提成"), _("请在 %(until)s 前申报，由权利人认可。")
    ),
    "statement_overdue": Kind(
        _("合同履行提醒"), _("合同 %(agreement)s：%(what)s 年提成逾期未申报"), _("应于 %(until)s 前申报。")
    ),
    "report_written": Kind(
        _("转化情况"),
        _("合同 %(agreement)s：%(year)s 年转化情况已报告"),
        _("%(sender)s 已提交报告，您可以查看；有误的可以更正。"),
    ),
    "report_due": Kind(
        _("转化情况"),
        _("合同 %(agreement)s：请报告 %(what)s 年转化情况"),
        _("请在 %(until)s 前报告是否投产、产值、就业和税收。"),
    ),
    "report_overdue": Kind(
        _("转化情况"),
        _("合同 %(agreement)s：%(what)s 年转化情况逾期未报告"),
        _("应于 %(until)s 前报告，双方都可以填写。"),
    ),
    "completion_proposed": Kind(
        _("合同终结"), _("合同 %(agreement)s：对方提议确认履行完毕"), _("%(sender)s 认为款项均已了结，请核对后答复。")
    ),
    "termination_proposed": Kind(
        _("合同终结"), _("合同 %(agreement)s：对方提议解除"), _("%(sender)s 的理由和日期在履约页面可见，请答复。")
    ),
    "breach_notified": Kind(
        _("合同终结"),
        _("合同 %(agreement)s：收到违约催告"),
        _("%(sender)s 发出催告，内容和期限在履约页面可见。期满未纠正的，对方可以解除合同。"),
    ),
    "ending_agreed": Kind(
        _("合同终结"), _("合同 %(agreement)s：对方同意“%(what)s”"), _("%(sender)s 已同意，生效日期见履约页面。")
    ),
    "ending_declined": Kind(
        _("合同终结"),
        _("合同 %(agreement)s：对方不同意“%(what)s”"),
        _("%(sender)s 的理由在履约页面可见，合同继续有效。"),
    ),
    "ending_withdrawn": Kind(
        _("合同终结"), _("合同 %(agreement)s：“%(what)s”已收回"), _("%(sender)s 已收回，合同继续有效。")
    ),
    "agreement_completed": Kind(
        _("合同终结"), _("合同 %(agreement)s 已履行完毕"), _("款项均已了结。许可在约定的期限内继续有效。")
    ),
    "agreement_terminated": Kind(
        _("合同终结"), _("合同 %(agreement)s 已解除"), _("所约定的权利已在权利台账上释放；解除前到期的款项仍应支付。")
    ),
    "licence_expired": Kind(
        _("合同终结"),
        _("合同 %(agreement)s 已到期"),
        _("许可期已满，权利已释放。未了结的款项和申报仍可在履约页面办理。"),
    ),
    "licence_died": Kind(
        _("合同终结"),
        _("合同 %(agreement)s 随专利权终止而终结"),
        _(
            "专利权自 %(until)s 起不再有效，许可同日终止。已支付的款项不退还；此后到期的款项不再支付，之前的申报和付款仍可在履约页面办理。"
        ),
    ),
    "open_declared": Kind(
        _("开放许可"),
        _("%(patent)s 提交了开放许可声明"),
        _("“%(title)s”的权利人已向国家知识产权局提交声明。公告后请登记公告号和公告日，声明才能生效。"),
    ),
    "open_announced": Kind(
        _("开放许可"), _("%(patent)s 的开放许可声明已生效"), _("“%(title)s”的声明已登入权利台账，任何会员都可以取得。")
    ),
    "open_returned": Kind(
        _("开放许可"), _("%(patent)s 的开放许可声明被退回"), _("“%(title)s”的声明没有登记。原因：%(reason)s")
    ),
    "open_lapsed": Kind(
        _("开放许可"), _("%(patent)s 的开放许可声明已失效"), _("“%(title)s”的专利权已不在有效状态，声明随之失效。")
    ),
    "open_withdrawn": Kind(
        _("开放许可"),
        _("%(patent)s 的开放许可声明已撤回"),
        _("您此前取得的开放许可（合同 %(agreement)s）不受影响，继续有效（《专利法》第五十条）。"),
    ),
    "open_taken": Kind(
        _("开放许可"),
        _("%(taker)s 取得了 %(patent)s 的开放许可"),
        _("合同 %(agreement)s 已生效。对方应在 %(until)s 前支付：%(due)s。双方均可在三个月内办理备案。"),
    ),
    "open_taking": Kind(
        _("开放许可"),
        _("您已取得 %(patent)s 的开放许可"),
        _("合同 %(agreement)s 已生效，凭据可打印。请在 %(until)s 前支付：%(due)s。双方均可在三个月内办理备案。"),
    ),
    "patent_late_fee": Kind(
        _("专利法律状态变化"),
        _("%(patent)s 已进入年费滞纳期"),
        _("%(number)s “%(title)s”仍在架，开放许可暂不提供。请在 %(until)s 前补缴年费和滞纳金，逾期专利权终止。"),
    ),
    "patent_terminated": Kind(
        _("专利法律状态变化"),
        _("%(patent)s 已终止，%(number)s 暂停展示"),
        _("“%(title)s”的专利权因未缴年费终止。请在 %(until)s 前请求恢复权利；恢复登记后自动重新展示，逾期失效。"),
    ),
    "patent_restored": Kind(
        _("专利法律状态变化"),
        _("%(patent)s 已恢复，%(number)s 重新展示"),
        _("“%(title)s”又可以被检索到了，开放许可等方式按现在的法律状态提供。"),
    ),
    "patent_status_changed": Kind(
        _("专利法律状态变化"),
        _("%(patent)s：%(event)s"),
        _("%(number)s “%(title)s”的专利现在是“%(status)s”。"),
    ),
    "room_status_changed": Kind(
        _("洽谈中的专利法律状态变化"),
        _("%(patent)s：%(event)s"),
        _("您正在洽谈的 %(number)s，其专利现在是“%(status)s”。请双方据此核对洽谈条件。"),
    ),
    "status_sheet_done": Kind(
        _("批量更新法律状态"),
        _("“%(name)s”已写入"),
        _("写入 %(written)s 行，不能写入 %(refused)s 行，原因见表格页面。"),
    ),
    "listing_suspended": Kind(_("技术暂停展示"), _("%(number)s 已暂停展示"), _("原因：%(reason)s")),
    "listing_resumed": Kind(_("技术恢复展示"), _("%(number)s 已恢复展示"), _("“%(title)s”又可以被检索到了。")),
    "objection_filed": Kind(
        _("价格公示收到异议"), _("%(number)s 的价格公示收到异议"), _("请在签约前答复，答复后双方的话一并公开。")
    ),
    "objection_answered": Kind(
        _("价格公示的异议已答复"), _("您对 %(number)s 的异议已获答复"), _("权利人的答复已在公示页面公开。")
    ),
    "enquiry_received": Kind(
        _("收到询盘"),
        _("%(sender)s 就 %(number)s 向您询盘"),
        _("“%(title)s”收到一条询盘。洽谈室仅双方可见，请尽快答复。"),
    ),
    "message_received": Kind(_("洽谈室新消息"), _("%(sender)s 在洽谈室给您留言"), _("关于 %(number)s “%(title)s”。")),
    "room_party_added": Kind(
        _("加入洽谈室"),
        _("%(sender)s 将您加入 %(number)s 的洽谈室"),
        _("关于“%(title)s”。您可以查看此前的留言，并代表本方答复。"),
    ),
    "room_answer_overdue": Kind(
        _("洽谈室等待答复"),
        _("%(number)s 的洽谈在等您答复"),
        _("“%(title)s”的留言已超过 %(days)s 个工作日未答复。这是双方之间的礼节，不是法定期限。"),
    ),
    "mediation_asked": Kind(
        _("洽谈调解"),
        _("%(sender)s 就 %(number)s 的洽谈请求调解"),
        _("受理机关是%(office)s。对方向调解人员公开了哪些留言，可在洽谈室的调解页面查看；未公开的内容调解人员看不到。"),
    ),
    "mediation_released": Kind(
        _("洽谈调解"),
        _("%(sender)s 向调解人员公开了留言"),
        _("关于 %(number)s “%(title)s”。公开了哪些，可在洽谈室的调解页面查看。"),
    ),
    "mediation_withdrawn": Kind(
        _("洽谈调解"),
        _("%(sender)s 撤回了 %(number)s 的调解请求"),
        _("%(office)s 不再能查看已公开的留言。"),
    ),
    "mediation_accepted": Kind(
        _("洽谈调解"), _("%(number)s 的调解已受理"), _("%(office)s 已受理“%(title)s”的洽谈调解。")
    ),
    "mediation_answered": Kind(
        _("洽谈调解"), _("%(number)s 的调解有新的答复"), _("%(office)s 的答复在洽谈室的调解页面。")
    ),
    "mediation_declined": Kind(
        _("洽谈调解"), _("%(number)s 的调解未予受理"), _("%(office)s 的理由在洽谈室的调解页面。")
    ),
    "mediation_closed": Kind(
        _("洽谈调解"), _("%(number)s 的调解已办结"), _("%(office)s 的调解结果在洽谈室的调解页面。")
    ),
    "mediation_waiting": Kind(
        _("有洽谈请求调解"), _("%(number)s 的洽谈请求调解"), _("“%(title)s”的一方请求贵局调解，请查看是否受理。")
    ),
    "mediation_released_office": Kind(
        _("有洽谈请求调解"), _("%(number)s 的调解有新公开的留言"), _("关于“%(title)s”，请在调解页面查看。")
    ),
    "need_submitted": Kind(
        _("有技术需求提交审核"), _("%(number)s 提交审核：%(title)s"), _("请在 %(due)s 前完成审核。")
    ),
    "need_published": Kind(
        _("技术需求审核结果"), _("%(number)s 已公开征集"), _("“%(title)s”已公开，权利人可以向您提出方案。")
    ),
    "need_changes_requested": Kind(
        _("技术需求审核结果"), _("%(number)s 需要修改"), _("%(office)s 的意见：%(reason)s 改好后请重新提交。")
    ),
    "need_rejected": Kind(_("技术需求审核结果"), _("%(number)s 未获通过"), _("%(office)s 的意见：%(reason)s")),
    "need_closed": Kind(
        _("提出过方案的需求已结束"),
        _("%(number)s %(state)s"),
        _("您曾向“%(title)s”提出方案，这项需求已不再征集。"),
    ),
    "need_expired": Kind(
        _("技术需求已到期"), _("%(number)s 已到期"), _("“%(title)s”已过截止日期。仍需要的，可以复制为新的草稿再提交。")
    ),
    "need_proposal_received": Kind(
        _("需求收到方案"), _("%(number)s 收到一个方案"), _("有权利人用 %(listing)s 回应“%(title)s”，请查看并答复。")
    ),
    "need_proposal_accepted": Kind(
        _("方案的答复"), _("%(number)s 接受了您的方案"), _("关于 %(listing)s 的洽谈室已建立，请在洽谈室继续。")
    ),
    "need_proposal_declined": Kind(
        _("方案的答复"), _("%(number)s 谢绝了您用 %(listing)s 提出的方案"), _("原因见“我提出的方案”页面。")
    ),
    "digest_listings": Kind(
        _("每周：与我的需求相符的新技术"), _("本周与您的需求相符的新技术：%(count)s 项"), _("其中有：%(titles)s")
    ),
    "digest_needs": Kind(
        _("每周：与我的技术相符的新需求"), _("本周与您的技术相符的新需求：%(count)s 项"), _("其中有：%(titles)s")
    ),
    **GROUP_KINDS,
    **PLAN_KINDS,
    **IMPL_KINDS,
    **POLICY_KINDS,
    **RESOURCE_KINDS,
    **EXPO_KINDS,
}
