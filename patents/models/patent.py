"""A patent or application: the right itself, distinct from any offer of it. Read next: listing.py."""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from patents import classification, numbers
from patents.states import GRANTED, OFFERABLE, LegalStatus, PatentKind
from platform_site.regions.workdays import add_months

# Years of protection from the filing date (Patent Law art. 42); designs filed before 2021-06-01 have 10.
TERM_YEARS = {PatentKind.INVENTION: 20, PatentKind.UTILITY_MODEL: 10, PatentKind.DESIGN: 15}
DESIGN_15_FROM = date(2021, 6, 1)


class Patent(models.Model):
    application_number = models.CharField(max_length=20, unique=True)  # canonical: CN201910000000.X
    number_doubtful = models.BooleanField(default=False)  # wrong check digit, kept by explicit confirmation
    kind = models.CharField(max_length=20, choices=PatentKind)
    title_zh = models.CharField(max_length=300)
    title_en = models.CharField(max_length=400, blank=True)
    abstract_zh = models.TextField(blank=True)
    abstract_en = models.TextField(blank=True)
    ipc = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # no spaces, main symbol first
    locarno = models.CharField(max_length=5, blank=True)  # designs only
    applicants = models.CharField(max_length=400)  # names as registered, separated by 、
    inventors = models.CharField(max_length=400, blank=True)
    co_owned = models.BooleanField(default=False)
    province_code = models.CharField(max_length=6, blank=True)  # where the first applicant is, GB/T 2260
    city_code = models.CharField(max_length=6, blank=True)
    filing_date = models.DateField()
    publication_number = models.CharField(max_length=20, blank=True)
    publication_date = models.DateField(null=True, blank=True)
    grant_date = models.DateField(null=True, blank=True)
    legal_status = models.CharField(max_length=20, choices=LegalStatus)
    status_as_of = models.DateField()  # the day on which somebody looked it up: no office feeds us directly
    status_source = models.CharField(max_length=100, blank=True)
    annuity_paid_to = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=PatentKind.values), name="patent_kind_known"),
            models.CheckConstraint(condition=models.Q(legal_status__in=LegalStatus.values), name="patent_status_known"),
            models.CheckConstraint(
                condition=models.Q(application_number__regex=r"^CN(\d{8}(\.[\dX])?|\d{12}\.[\dX])$"),
                name="patent_number_form",
            ),
            models.CheckConstraint(
                condition=models.Q(publication_date=None) | models.Q(publication_date__gte=models.F("filing_date")),
                name="patent_published_after_filing",
            ),
            models.CheckConstraint(
                condition=models.Q(grant_date=None) | models.Q(grant_date__gte=models.F("filing_date")),
                name="patent_granted_after_filing",
            ),
            models.CheckConstraint(
                condition=models.Q(locarno="") | models.Q(kind="design"), name="patent_locarno_for_designs"
            ),
        ]
        triggers = [
            # The listing lapses first, then the patent: at no instant does the market show a dead one.
            pgtrigger.Trigger(
                name="shown_is_alive",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("legal_status"),
                condition=~pgtrigger.Q(new__legal_status__in=sorted(status.value for status in OFFERABLE)),
                func=(
                    "IF EXISTS (SELECT 1 FROM patents_listingpatent bundled JOIN patents_listing listing "
                    "ON listing.id = bundled.listing_id WHERE bundled.patent_id = NEW.id AND bundled.is_open "
                    "AND listing.state = 'published') THEN "
                    "RAISE EXCEPTION 'the patents of a published listing are alive'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_number} {self.title_zh}"

    @property
    def title(self) -> str:
        """The title in the reader's language, the Chinese one where there is no other."""
        return self.title_en if get_language() == "en" and self.title_en else self.title_zh

    @property
    def is_granted(self) -> bool:
        return self.legal_status in GRANTED

    @property
    def shown_number(self) -> str:
        """`ZL …` only after grant: before it, the mark would be passing off (Patent Law art. 68)."""
        return numbers.display(self.application_number, self.is_granted)

    @property
    def main_class(self) -> str:
        return self.locarno or (self.ipc[0] if self.ipc else "")

    @property
    def main_class_title(self) -> str:
        language = "en" if get_language() == "en" else "zh"
        if self.locarno:
            return classification.locarno_title(self.locarno, language)
        return classification.ipc_title(self.ipc[0], language) if self.ipc else ""

    @property
    def expires_on(self) -> date:
        """Last day of protection: term from the filing date, never from priority (Patent Law art. 42)."""
        years = TERM_YEARS[PatentKind(self.kind)]
        if self.kind == PatentKind.DESIGN and self.filing_date < DESIGN_15_FROM:
            years = 10
        return add_months(self.filing_date, 12 * years)
