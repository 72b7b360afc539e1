"""States of patents, listings and their versions, and the legal moves. Read next: models/listing.py."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PatentKind(models.TextChoices):
    INVENTION = "invention", pgettext_lazy("patent kind", "发明")
    UTILITY_MODEL = "utility_model", pgettext_lazy("patent kind", "实用新型")
    DESIGN = "design", pgettext_lazy("patent kind", "外观设计")


class LegalStatus(models.TextChoices):
    """CNIPA's stages as people name them (domain.md 2). Only the statuses of OFFERABLE can stand on a public listing."""

    UNPUBLISHED = "unpublished", pgettext_lazy("legal status", "申请未公开")
    PENDING = "pending", pgettext_lazy("legal status", "审中（已公开）")
    IN_FORCE = "in_force", pgettext_lazy("legal status", "有效")
    LATE_FEE = "late_fee", pgettext_lazy("legal status", "滞纳期")
    TERMINATED = "terminated", pgettext_lazy("legal status", "终止（未缴年费）")
    EXPIRED = "expired", pgettext_lazy("legal status", "期限届满")
    REFUSED = "refused", pgettext_lazy("legal status", "驳回、撤回或放弃")
    INVALID = "invalid", pgettext_lazy("legal status", "宣告无效")
    ABANDONED = "abandoned", pgettext_lazy("legal status", "已放弃")


OFFERABLE = frozenset({LegalStatus.PENDING, LegalStatus.IN_FORCE, LegalStatus.LATE_FEE})
GRANTED = frozenset(
    {
        *(LegalStatus.IN_FORCE, LegalStatus.LATE_FEE, LegalStatus.TERMINATED),
        *(LegalStatus.EXPIRED, LegalStatus.INVALID, LegalStatus.ABANDONED),
    }
)
# A listing of such a patent is over. A terminated one (annuity unpaid) can come back within the time for restoration.
DEAD = frozenset({LegalStatus.EXPIRED, LegalStatus.REFUSED, LegalStatus.INVALID, LegalStatus.ABANDONED})


class EventKind(models.TextChoices):
    """What the gazette announces of a right, in its words (domain.md 2); what each gives and blocks: gazette.py."""

    ACCEPTED = "accepted", pgettext_lazy("gazette", "申请受理")
    PUBLISHED = "published", pgettext_lazy("gazette", "公布")
    EXAMINATION = "examination", pgettext_lazy("gazette", "实质审查的生效")
    GRANT_NOTICE = "grant_notice", pgettext_lazy("gazette", "授予专利权通知")
    GRANTED = "granted", pgettext_lazy("gazette", "授权公告")
    WITHDRAWN = "withdrawn", pgettext_lazy("gazette", "申请撤回")
    DEEMED_WITHDRAWN = "deemed_withdrawn", pgettext_lazy("gazette", "申请视为撤回")
    REJECTED = "rejected", pgettext_lazy("gazette", "申请驳回")
    DEEMED_ABANDONED = "deemed_abandoned", pgettext_lazy("gazette", "视为放弃取得专利权")
    REEXAMINATION = "reexamination", pgettext_lazy("gazette", "复审")
    LATE_FEE = "late_fee", pgettext_lazy("gazette", "年费逾期，进入滞纳期")
    PAID = "paid", pgettext_lazy("gazette", "年费及滞纳金缴清")
    TERMINATED = "terminated", pgettext_lazy("gazette", "未缴年费专利权终止")
    RESTORED = "restored", pgettext_lazy("gazette", "权利恢复")
    EXPIRED = "expired", pgettext_lazy("gazette", "专利权有效期届满")
    ABANDONED = "abandoned", pgettext_lazy("gazette", "主动放弃专利权")
    DOUBLE_ABANDONED = "double_abandoned", pgettext_lazy("gazette", "避免重复授权放弃专利权")
    VOID = "void", pgettext_lazy("gazette", "专利权全部无效")
    PART_VOID = "part_void", pgettext_lazy("gazette", "专利权部分无效")
    UPHELD = "upheld", pgettext_lazy("gazette", "维持专利权有效")
    TRANSFERRED = "transferred", pgettext_lazy("gazette", "专利权的转移")
    LICENCE_RECORDED = "licence_recorded", pgettext_lazy("gazette", "实施许可合同备案的生效")
    LICENCE_CHANGED = "licence_changed", pgettext_lazy("gazette", "实施许可合同备案的变更")
    LICENCE_CANCELLED = "licence_cancelled", pgettext_lazy("gazette", "实施许可合同备案的注销")
    PLEDGE_REGISTERED = "pledge_registered", pgettext_lazy("gazette", "质押合同登记的生效")
    PLEDGE_CHANGED = "pledge_changed", pgettext_lazy("gazette", "质押合同登记的变更")
    PLEDGE_CANCELLED = "pledge_cancelled", pgettext_lazy("gazette", "质押合同登记的注销")
    PRESERVED = "preserved", pgettext_lazy("gazette", "专利权的保全")
    PRESERVATION_LIFTED = "preservation_lifted", pgettext_lazy("gazette", "专利权保全的解除")
    SUSPENDED = "suspended", pgettext_lazy("gazette", "程序的中止")
    SUSPENSION_LIFTED = "suspension_lifted", pgettext_lazy("gazette", "程序的恢复")
    OPEN_DECLARED = "open_declared", pgettext_lazy("gazette", "开放许可声明")
    OPEN_WITHDRAWN = "open_withdrawn", pgettext_lazy("gazette", "开放许可声明的撤回")
    COMPULSORY = "compulsory", pgettext_lazy("gazette", "强制许可")
    COMPENSATED = "compensated", pgettext_lazy("gazette", "专利权期限补偿")
    BIBLIOGRAPHIC = "bibliographic", pgettext_lazy("gazette", "著录事项变更")
    CORRECTION = "correction", pgettext_lazy("gazette", "更正")
    DECLASSIFIED = "declassified", pgettext_lazy("gazette", "解密")
    CHECKED = "checked", pgettext_lazy("gazette", "登记簿查询")


class Block(models.TextChoices):
    """What an event or a status stands in the way of."""

    DISPLAY = "display", pgettext_lazy("block", "公开展示")
    ASSIGN = "assign", pgettext_lazy("block", "转让登记")
    EXCLUSIVE = "exclusive", pgettext_lazy("block", "独占和排他许可")
    RECORD = "record", pgettext_lazy("block", "许可备案")
    OPEN = "open", pgettext_lazy("block", "开放许可")
    PLEDGE = "pledge", pgettext_lazy("block", "质押登记")
    CONSENT = "consent", pgettext_lazy("block", "未经质权人同意的转让和许可")


class Form(models.TextChoices):
    """Forms of transfer that a listing may offer (domain.md 4); the values are those of the address `form=`."""

    ASSIGNMENT = "assignment", pgettext_lazy("form of transfer", "专利权转让")
    EXCLUSIVE = "exclusive", pgettext_lazy("form of transfer", "独占许可")
    SOLE = "sole", pgettext_lazy("form of transfer", "排他许可")
    ORDINARY = "ordinary", pgettext_lazy("form of transfer", "普通许可")
    OPEN = "open", pgettext_lazy("form of transfer", "开放许可")


# A co-owner may grant an ordinary licence alone; all else needs all of them (Patent Law art. 14).
CONSENT_NEEDED = tuple(form for form in Form if form != Form.ORDINARY)


class GrantForm(models.TextChoices):
    """Forms of licence that the rights ledger holds (domain.md 4); an assignment is a title, not a grant."""

    EXCLUSIVE = "exclusive", pgettext_lazy("form of transfer", "独占许可")
    SOLE = "sole", pgettext_lazy("form of transfer", "排他许可")
    ORDINARY = "ordinary", pgettext_lazy("form of transfer", "普通许可")
    OPEN = "open", pgettext_lazy("form of transfer", "开放许可")
    COMPULSORY = "compulsory", pgettext_lazy("form of transfer", "强制许可")


class GrantState(models.TextChoices):
    RESERVED = "reserved", pgettext_lazy("grant", "已预留")
    ACTIVE = "active", pgettext_lazy("grant", "有效")
    ENDED = "ended", pgettext_lazy("grant", "已终止")


GRANT_MOVES = {
    GrantState.RESERVED: frozenset({GrantState.ACTIVE, GrantState.ENDED}),
    GrantState.ACTIVE: frozenset({GrantState.ENDED}),
    GrantState.ENDED: frozenset(),
}


class EncumbranceKind(models.TextChoices):
    """What lies on the whole patent (domain.md 5, rows that are not licences)."""

    PLEDGE = "pledge", pgettext_lazy("encumbrance", "质押")
    PRESERVATION = "preservation", pgettext_lazy("encumbrance", "保全")
    SUSPENSION = "suspension", pgettext_lazy("encumbrance", "中止")
    OPEN_DECLARATION = "open_declaration", pgettext_lazy("encumbrance", "开放许可声明")
    ASSIGNMENT_SIGNED = "assignment_signed", pgettext_lazy("encumbrance", "转让已签约、未登记")
    OPTION = "option", pgettext_lazy("encumbrance", "期权或优先受让权")


class PriceBasis(models.TextChoices):
    LUMP = "lump", pgettext_lazy("price basis", "一次总付")
    YEARLY = "yearly", pgettext_lazy("price basis", "每年")
    PER_UNIT = "per_unit", pgettext_lazy("price basis", "按件提成")
    ENTRY = "entry", pgettext_lazy("price basis", "入门费，另收提成")
    NEGOTIABLE = "negotiable", pgettext_lazy("price basis", "面议")


class PriceMethod(models.TextChoices):
    """How a public research body or university arrives at a price (S&T Transformation Law art. 18)."""

    AGREEMENT = "agreement", pgettext_lazy("price method", "协议定价")
    MARKET = "market", pgettext_lazy("price method", "在技术交易市场挂牌交易")
    AUCTION = "auction", pgettext_lazy("price method", "拍卖")


class PostingState(models.TextChoices):
    POSTED = "posted", pgettext_lazy("posting", "公示")
    WITHDRAWN = "withdrawn", pgettext_lazy("posting", "已撤回")


POSTING_MOVES = {
    PostingState.POSTED: frozenset({PostingState.WITHDRAWN}),
    PostingState.WITHDRAWN: frozenset(),
}


class RequirementKind(models.TextChoices):
    EQUIPMENT = "equipment", pgettext_lazy("requirement", "设备")
    AREA = "area", pgettext_lazy("requirement", "场地面积")
    POWER = "power", pgettext_lazy("requirement", "用电容量")
    PERMIT = "permit", pgettext_lazy("requirement", "许可与资质")


class ListingState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("listing", "草稿")
    SUBMITTED = "submitted", pgettext_lazy("listing", "审核中")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("listing", "待修改")
    REJECTED = "rejected", pgettext_lazy("listing", "未通过")
    PUBLISHED = "published", pgettext_lazy("listing", "在架")
    SUSPENDED = "suspended", pgettext_lazy("listing", "暂停展示")
    WITHDRAWN = "withdrawn", pgettext_lazy("listing", "已下架")
    CONCLUDED = "concluded", pgettext_lazy("listing", "已成交")
    LAPSED = "lapsed", pgettext_lazy("listing", "已失效")


class SuspendedBy(models.TextChoices):
    """For whose reason a listing is out of sight: that one alone brings it back."""

    OWNER = "owner", pgettext_lazy("suspended by", "权利人")
    OFFICE = "office", pgettext_lazy("suspended by", "省知识产权局")
    STATUS = "status", pgettext_lazy("suspended by", "专利法律状态")


L = ListingState
LISTING_MOVES = {
    L.DRAFT: frozenset({L.SUBMITTED, L.WITHDRAWN}),
    L.SUBMITTED: frozenset({L.PUBLISHED, L.CHANGES_REQUESTED, L.REJECTED, L.WITHDRAWN}),
    L.CHANGES_REQUESTED: frozenset({L.SUBMITTED, L.WITHDRAWN}),
    L.PUBLISHED: frozenset({L.SUSPENDED, L.WITHDRAWN, L.CONCLUDED, L.LAPSED}),
    L.SUSPENDED: frozenset({L.PUBLISHED, L.WITHDRAWN, L.CONCLUDED, L.LAPSED}),
    L.REJECTED: frozenset(),
    L.WITHDRAWN: frozenset(),
    L.CONCLUDED: frozenset(),
    L.LAPSED: frozenset(),
}
# A patent is in at most one listing that is not over.
OVER = frozenset({L.REJECTED, L.WITHDRAWN, L.CONCLUDED, L.LAPSED})
# What a visitor can open by its number: the market, and what has been on it.
PUBLIC = frozenset({L.PUBLISHED, L.CONCLUDED, L.LAPSED})
# The same and what is out of sight for a while: the facts of their patents are not rewritten any more.
SHOWN = PUBLIC | {L.SUSPENDED}


class VersionState(models.TextChoices):
    """A version is what the patentee writes and the officer judges; it is never changed once submitted."""

    EDITING = "editing", pgettext_lazy("version", "编辑中")
    SUBMITTED = "submitted", pgettext_lazy("version", "审核中")
    CHANGES_REQUESTED = "changes_requested", pgettext_lazy("version", "退回修改")
    REJECTED = "rejected", pgettext_lazy("version", "未通过")
    APPROVED = "approved", pgettext_lazy("version", "已通过")
    WITHDRAWN = "withdrawn", pgettext_lazy("version", "已撤回")


V = VersionState
VERSION_MOVES = {
    V.EDITING: frozenset({V.SUBMITTED, V.WITHDRAWN}),
    V.SUBMITTED: frozenset({V.APPROVED, V.CHANGES_REQUESTED, V.REJECTED, V.WITHDRAWN}),
    V.CHANGES_REQUESTED: frozenset(),
    V.REJECTED: frozenset(),
    V.APPROVED: frozenset(),
    V.WITHDRAWN: frozenset(),
}

IN_WORK = frozenset({V.EDITING, V.SUBMITTED})  # at most one of a listing's


class SheetState(models.TextChoices):
    """A sheet of statuses: read and judged, being written row by row, done."""

    CHECKED = "checked", pgettext_lazy("sheet", "已核对，待写入")
    RUNNING = "running", pgettext_lazy("sheet", "正在写入")
    DONE = "done", pgettext_lazy("sheet", "已写入")


SHEET_MOVES = {
    SheetState.CHECKED: frozenset({SheetState.RUNNING}),
    SheetState.RUNNING: frozenset({SheetState.DONE}),
    SheetState.DONE: frozenset(),
}


class RowFate(models.TextChoices):
    """What becomes of one row of a sheet."""

    NEW = "new", pgettext_lazy("sheet row", "将写入")
    UNCHANGED = "unchanged", pgettext_lazy("sheet row", "无变化")
    REFUSED = "refused", pgettext_lazy("sheet row", "不能写入")
    WRITTEN = "written", pgettext_lazy("sheet row", "已写入")
