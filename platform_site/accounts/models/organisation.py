"""Organisations by unified social credit code (GB 32100), and who belongs to them. Read next: verification.py."""

from django.db import models
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    ENTERPRISE = "enterprise", pgettext_lazy("organisation", "企业")
    UNIVERSITY = "university", pgettext_lazy("organisation", "高等院校")
    INSTITUTE = "institute", pgettext_lazy("organisation", "科研院所")
    OTHER = "other", pgettext_lazy("organisation", "其他单位")


class Organisation(models.Model):
    credit_code = models.CharField(max_length=18, unique=True)  # unified social credit code, check digit verified
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind, default=OrganisationKind.ENTERPRISE)
    province = models.ForeignKey("regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    city_code = models.CharField(max_length=6, blank=True)  # GB/T 2260
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="organisation_credit_code_form",
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def is_public_body(self) -> bool:
        """Whether the State set it up as a research body or university: a public institution by its code (domain.md 7).

        Such a one posts its price before it concludes (S&T Transformation Law art. 18).
        """
        return self.credit_code.startswith("12") and self.kind != OrganisationKind.ENTERPRISE


class Membership(models.Model):
    """A person belongs to at most one organisation at a time; history is kept by `left_at`."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(left_at=None), name="membership_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
