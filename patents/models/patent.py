"""A patent or application: the right itself, distinct from any offer of it. Read next: listing.py."""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language

from patents import annuities, classification, gazette, numbers
from patents.states import GRANTED, OFFERABLE, LegalStatus, PatentKind


class Patent(models.Model):
    named_as_twin = True  # by another patent; `queries.patents_of` knows better, elsewhere it is to be asked

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
    # The present answer of the history in StatusEvent, kept by actions/status.py.
    legal_status = models.CharField(max_length=20, choices=LegalStatus)
    status_as_of = models.DateField()  # the day on which somebody looked it up: no office feeds us directly
    status_source = models.CharField(max_length=100, blank=True)
    annuity_paid_to = models.DateField(null=True, blank=True)  # what the register says
    fee_reduction = models.PositiveSmallIntegerField(default=0, db_default=0)  # percent off annuities, on application
    term_compensation_days = models.PositiveIntegerField(default=0, db_default=0)  # Patent Law art. 42
    # The other of an invention and a utility model that the same applicant filed the same day (Patent Law art. 9): its
    # application number, canonical. A number and no key, for the other one need not stand in the portal.
    twin_number = models.CharField(max_length=20, blank=True, default="", db_default="")
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
            models.CheckConstraint(
                condition=models.Q(twin_number="")
                | models.Q(kind="invention", twin_number__regex=r"^CN(\d{2}[29]\d{5}|\d{4}[29]\d{7})(\.[\dX])?$")
                | models.Q(kind="utility_model", twin_number__regex=r"^CN(\d{2}[18]\d{5}|\d{4}[18]\d{7})(\.[\dX])?$"),
                name="patent_twin_is_the_other_kind",
            ),
            models.UniqueConstraint(
                fields=["twin_number"], condition=~models.Q(twin_number=""), name="patent_twin_of_one"
            ),
            models.CheckConstraint(
                condition=models.Q(fee_reduction__in=annuities.REDUCTIONS), name="patent_fee_reduction_known"
            ),
            models.CheckConstraint(
                condition=models.Q(term_compensation_days=0) | models.Q(kind="invention"),
                name="patent_compensation_for_inventions",
            ),
        ]
        indexes = [models.Index(fields=["filing_date"], name="patent_by_filing_date")]
        triggers = [
            pgtrigger.Trigger(
                name="twin_same_day",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("twin_number"),
                condition=~pgtrigger.Q(new__twin_number=""),
                func=(
                    "IF EXISTS (SELECT 1 FROM patents_patent other WHERE other.application_number = NEW.twin_number "
                    "AND other.filing_date <> NEW.filing_date) THEN "
                    "RAISE EXCEPTION 'a twin is filed the same day'; END IF; RETURN NEW;"
                ),
            ),
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
    def twin_shown(self) -> str:
        """The stated twin's number for whoever wrote or reviews it; readers get the sentence of ../twins.py."""
        return numbers.display(self.twin_number, False) if self.twin_number else ""

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
        """The day on which protection ends: term from the filing date, never from priority (Patent Law art. 42)."""
        return annuities.end_of_term(PatentKind(self.kind), self.filing_date, self.term_compensation_days)

    @property
    def source_words(self) -> str:
        """Where the present status comes from, in the reader's language."""
        return gazette.source_words(self.status_source)

    def right(self, *, open_licensed: bool = False) -> annuities.Right:
        """What fees and term depend on; whether an open licence stands is known by the history."""
        return annuities.Right(
            kind=PatentKind(self.kind),
            filed=self.filing_date,
            granted=self.grant_date,
            reduction=self.fee_reduction,
            compensation_days=self.term_compensation_days,
            paid_to=self.annuity_paid_to,
            open_licensed=open_licensed,
        )
