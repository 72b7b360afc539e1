"""Kinds of notices of policies and applications for support. A part of kinds.py."""

from django.utils.translation import gettext_lazy as _

from .kind import Kind

POLICY_KINDS: dict[str, Kind] = {
    "policy_published": Kind(
        _("优惠政策"), _("%(province)s公布政策：%(title)s"), _("自 %(first)s 起施行，条件和标准见政策页面。")
    ),
    "policy_ended": Kind(
        _("优惠政策"), _("%(province)s终止政策：%(title)s"), _("自 %(day)s 起不再施行，此前提出的申报继续办理。")
    ),
    "support_waiting": Kind(
        _("支持事项申报待办"), _("%(number)s（%(state)s）：%(title)s"), _("申请人是%(name)s，请在 %(due)s 前办理。")
    ),
    "objection_waiting": Kind(
        _("公示异议待办"), _("%(number)s 收到异议"), _("“%(title)s”的公示收到异议，核实答复后才能批准。")
    ),
    "objection_answered": Kind(_("公示异议答复"), _("%(number)s 的异议已答复"), _("“%(title)s”的办理机关已核实答复。")),
    "support_moved": Kind(_("我的申报"), _("%(number)s：%(state)s"), _("“%(title)s”的办理情况和依据见申报页面。")),
}
