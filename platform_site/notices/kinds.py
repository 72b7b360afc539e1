"""Every kind of notice with its wording; data fills the placeholders. Read next: actions.py.

A sentence may use the keys of the notice's data. Add a kind here, tell it with `actions.notice_tell`, nothing more.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(NamedTuple):
    label: str | Promise  # what the preference page calls it
    subject: str | Promise
    text: str | Promise


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
    "agreement_expired": Kind(
        _("成交与合同"), _("合同 %(agreement)s 未在期限内签署"), _("为它预留的权利已释放，双方可以重新报价。")
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
}
