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


OFFERABLE = frozenset({LegalStatus.PENDING, LegalStatus.IN_FORCE, LegalStatus.LATE_FEE})
GRANTED = frozenset(
    {LegalStatus.IN_FORCE, LegalStatus.LATE_FEE, LegalStatus.TERMINATED, LegalStatus.EXPIRED, LegalStatus.INVALID}
)


class Form(models.TextChoices):
    """Forms of transfer that a listing may offer (domain.md 4); the values are those of the address `form=`."""

    ASSIGNMENT = "assignment", pgettext_lazy("form of transfer", "专利权转让")
    EXCLUSIVE = "exclusive", pgettext_lazy("form of transfer", "独占许可")
    SOLE = "sole", pgettext_lazy("form of transfer", "排他许可")
    ORDINARY = "ordinary", pgettext_lazy("form of transfer", "普通许可")
    OPEN = "open", pgettext_lazy("form of transfer", "开放许可")


class PriceBasis(models.TextChoices):
    LUMP = "lump", pgettext_lazy("price basis", "一次总付")
    YEARLY = "yearly", pgettext_lazy("price basis", "每年")
    PER_UNIT = "per_unit", pgettext_lazy("price basis", "按件提成")
    ENTRY = "entry", pgettext_lazy("price basis", "入门费，另收提成")
    NEGOTIABLE = "negotiable", pgettext_lazy("price basis", "面议")


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


L = ListingState
LISTING_MOVES = {
    L.DRAFT: frozenset({L.SUBMITTED, L.WITHDRAWN}),
    L.SUBMITTED: frozenset({L.PUBLISHED, L.CHANGES_REQUESTED, L.REJECTED, L.WITHDRAWN}),
    L.CHANGES_REQUESTED: frozenset({L.SUBMITTED, L.WITHDRAWN}),
    L.PUBLISHED: frozenset({L.SUSPENDED, L.WITHDRAWN, L.CONCLUDED, L.LAPSED}),
    L.SUSPENDED: frozenset({L.PUBLISHED, L.WITHDRAWN, L.LAPSED}),
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
