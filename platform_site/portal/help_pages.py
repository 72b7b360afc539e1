"""The pages of the in-portal help; each slug has templates/portal/help/<slug>.zh.html and <slug>.en.html."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class HelpPage(NamedTuple):
    slug: str
    title: str | Promise
    summary: str | Promise


PAGES = (
    HelpPage("start", _("五分钟上手"), _("注册、核验、上架、检索、询盘各要做什么。")),
    HelpPage("search", _("检索与排序"), _("可以输入什么、结果怎样排序、为什么这一条在前面。")),
    HelpPage("listing", _("发布一项技术"), _("六个步骤、专利号校验位、审核看什么、多久答复。")),
    HelpPage("review", _("审核规则"), _("五项核对、办理时限、退回与转办。")),
    HelpPage("deal", _("报价、合同与履约"), _("报价怎样成为合同，怎样签署、备案和履行。")),
    HelpPage("rights", _("权利台账"), _("一件专利在各省还能取得什么权利，为什么，谁来登记。")),
    HelpPage("progress", _("年度工作计划与指标"), _("灯号怎样算出、谁来报告和核验、指标计什么。")),
    HelpPage("policies", _("优惠政策与申报"), _("怎样测算和申报、谁来办理、同等待遇怎样计算。")),
    HelpPage("plan", _("年度工作计划"), _("怎样起草、征求意见、表决、发布和修订，谁可以做什么。")),
    HelpPage("resources", _("共享资源"), _("怎样预约参观、申请入驻，谁来答复，次序怎样排。")),
    HelpPage("expos", _("展会"), _("怎样参展、参观、约谈和签约，谁来办理，成果怎样计。")),
    HelpPage("data", _("开放数据与接口"), _("JSON、CSV、Atom 的地址与字段。")),
    HelpPage("rules", _("交易规则"), _("谁可以做什么，平台不做什么。")),
    HelpPage("about", _("关于平台"), _("六省协议与八项约定。")),
    HelpPage("privacy", _("隐私与数据"), _("保存哪些个人信息、为什么、谁能看到。")),
    HelpPage("accessibility", _("无障碍声明"), _("键盘、读屏、长者版与深色显示。")),
    HelpPage("contact", _("联系我们"), _("六省知识产权局的联系方式。")),
    HelpPage("sitemap", _("网站地图"), _("所有公开栏目。")),
)
BY_SLUG = {page.slug: page for page in PAGES}
