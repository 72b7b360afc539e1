"""How often the public page of a listing was opened, a number a day. Read next: ../page_views.py, which counts."""

from django.db import models


class ViewCount(models.Model):
    """Openings of one listing on one day of mainland China. Who opened it is not known here, nor anywhere."""

    listing = models.ForeignKey("patents.Listing", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    views = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "day"], name="views_once_a_day")]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.day}: {self.views}"
