"""The narrow search table and the summary for browsing (performance.md 4, points 1 to 3). Read next: ../search.py."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchRow(models.Model):
    """One published listing as search sees it. `id` is the order of publication; sets are bit masks."""

    listing = models.OneToOneField("patents.Listing", on_delete=models.CASCADE, related_name="search_row")
    province_code = models.CharField(max_length=6)
    kinds = models.SmallIntegerField()  # bit mask over PatentKind
    sections = models.SmallIntegerField()  # bit mask over IPC sections A to H
    forms = models.SmallIntegerField()  # bit mask over Form
    offers = models.IntegerField(
        default=0
    )  # bit mask over Form in each province: offered and, on the day of writing, free
    trl = models.SmallIntegerField(null=True)
    price_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # the lowest on offer
    published_at = models.DateTimeField()
    ipc = ArrayField(
        models.CharField(max_length=20), default=list
    )  # symbols with their ancestors: a prefix is an element
    doc = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["doc"], name="search_doc", fastupdate=False),
            GinIndex(fields=["ipc"], name="search_ipc", fastupdate=False),
            models.Index(fields=["-published_at", "-id"], name="search_newest"),
            models.Index(fields=["province_code", "-published_at", "-id"], name="search_by_province"),
            models.Index(fields=["price_cny", "id"], name="search_by_price"),
        ]
        # The summary follows in the same transaction, whoever writes the row: one row-level trigger.
        triggers = [
            pgtrigger.Trigger(
                name="count_rows",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP <> 'INSERT' THEN
                        UPDATE patents_searchsummary SET total = total - 1
                        WHERE (province_code, kinds, sections, forms) = (OLD.province_code, OLD.kinds, OLD.sections, OLD.forms);
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        INSERT INTO patents_searchsummary (province_code, kinds, sections, forms, total)
                        VALUES (NEW.province_code, NEW.kinds, NEW.sections, NEW.forms, 1)
                        ON CONFLICT (province_code, kinds, sections, forms)
                        DO UPDATE SET total = patents_searchsummary.total + 1;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}"


class SearchSummary(models.Model):
    """How many published listings share one combination of facets; what browsing without words is counted from."""

    province_code = models.CharField(max_length=6)
    kinds = models.SmallIntegerField()
    sections = models.SmallIntegerField()
    forms = models.SmallIntegerField()
    total = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_code", "kinds", "sections", "forms"], name="summary_combination_once"
            ),
            models.CheckConstraint(condition=models.Q(total__gte=0), name="summary_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.province_code} {self.kinds}/{self.sections}/{self.forms}: {self.total}"
