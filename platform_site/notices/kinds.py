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
    "listing_suspended": Kind(_("技术暂停展示"), _("%(number)s 已暂停展示"), _("原因：%(reason)s")),
    "listing_resumed": Kind(_("技术恢复展示"), _("%(number)s 已恢复展示"), _("“%(title)s”又可以被检索到了。")),
    "enquiry_received": Kind(
        _("收到询盘"),
        _("%(sender)s 就 %(number)s 向您询盘"),
        _("“%(title)s”收到一条询盘。洽谈室仅双方可见，请尽快答复。"),
    ),
    "message_received": Kind(_("洽谈室新消息"), _("%(sender)s 在洽谈室给您留言"), _("关于 %(number)s “%(title)s”。")),
}
