"""The six provinces (object permissions stand on these rows alone) and the days that differ from the calendar. Read next: queries.py."""

from django.db import models
from django.utils.translation import get_language
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from . import facts


class Province(models.Model):
    """One of the six. Its code is its key, so records and addresses say the same."""

    code = models.CharField(max_length=6, primary_key=True)  # GB/T 2260
    slug = models.SlugField(unique=True)
    name_zh = models.CharField(max_length=20)
    name_en = models.CharField(max_length=20)
    short = models.CharField(max_length=1)
    rotation_place = models.PositiveSmallIntegerField(unique=True)
    office_zh = models.CharField(max_length=60)
    office_en = models.CharField(max_length=80)
    office_phone = models.CharField(max_length=40, blank=True)
    office_email = models.EmailField(blank=True)

    class Meta:
        ordering = ["code"]
        default_permissions = ()
        # Each codename is the token of an action that this province's officers may take (house-style B1.1).
        permissions = [
            ("listing_review", "Review listings filed with this province"),
            ("right_record", "Keep the rights ledger of patents of this province"),
            ("agreement_examine", "Examine agreements filed with this province"),
            ("mediation_handle", "Mediate in rooms about listings of this province, where a party asks"),
            ("member_verify", "Verify members who chose this province's office"),
            ("plan_comment", "Comment on draft work plans for this province"),
            ("task_report", "Report on work-plan tasks of this province"),
            ("policy_keep", "Keep the preferential policies of this province"),
            ("support_decide", "Decide on applications for support of this province"),
            ("facility_keep", "Keep the shared facilities of this province"),
            ("expo_run", "Run the expo in the year that this province hosts it"),
            ("exhibit_review", "Review the exhibitors of this province's delegation to an expo"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__in=facts.CODES), name="province_one_of_the_six"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh

    @property
    def office(self) -> str:
        return self.office_en if get_language() == "en" else self.office_zh


class ProvinceUserObjectPermission(UserObjectPermissionBase):
    """Guardian's table with a real foreign key: no grant outlives its province (security.md 1.1, rule 6)."""

    content_object = models.ForeignKey(Province, on_delete=models.CASCADE)


class ProvinceGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Province, on_delete=models.CASCADE)


class DayOverride(models.Model):
    """A day on which the published calendar is corrected, or a year not published yet is filled in by staff."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    note = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.is_working else '-'}"
