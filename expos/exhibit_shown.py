"""Exhibits, slips and fascias as they are shown and printed. Read next: views/exhibits.py."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from platform_site.accounts.models import User
from platform_site.ui.formats import minute_iso
from platform_site.ui.languages import han_marked

from . import edition_page, exhibit_checks, exhibit_queries, floor_rules, queries, rules
from . import floor_queries as floor
from .application_shown import EXHIBIT_TONES, booth_words
from .models import Booth, Exhibit, Expo
from .states import EXPO_OVER, ApplicationState, ExhibitState, ExpoState


def choices(expo: Expo) -> dict[str, list[tuple[str, str]]]:
    return {
        "halls": [(hall.code, f"{hall.code} {hall.name}") for hall in expo.halls.all()],
        "provinces": [(one.province_id, one.province.name) for one in floor.delegations_of(expo)],
    }


def items(rows: Collection[Exhibit]) -> list[dict[str, Any]]:
    """Rows as the component `item` draws them, each with what its patent is today."""
    verdicts = exhibit_queries.verdicts_of(rows)
    return [_item(one, exhibit_checks.today_words(verdicts[one.pk])) for one in rows]


def title_of(exhibit: Exhibit) -> str:
    """Of its listing, as the public reads it."""
    version = exhibit.listing.public_version
    return han_marked(version.title if version else exhibit.listing.number)


def _item(one: Exhibit, today: str) -> dict[str, Any]:
    row = one.application
    booths = booth_words(getattr(row, "has", ()))
    meta = [one.delegation.province.name, han_marked(row.fascia) if row else "", booths, one.listing.number, today]
    return {
        "title": title_of(one), "href": one.get_absolute_url(), "meta": [part for part in meta if part],
        "tags": [(one.get_state_display(), "cinn")] if one.state == ExhibitState.BARRED else [],
    }  # fmt: skip


def page(user: User, exhibit: Exhibit) -> dict[str, Any]:
    """One exhibit today: the answer of the QR code."""
    expo = exhibit.expo
    verdict = exhibit_queries.verdict_of(exhibit)
    booths = []
    if exhibit.application_id:
        rows = Booth.objects.filter(allotments__application=exhibit.application_id, allotments__released_at=None)
        booths = list(rows.select_related("hall", "expo"))
    complained = expo.state != ExpoState.PLANNED and expo.state not in EXPO_OVER
    return {
        **edition_page.shared(user, expo, "expos:exhibit_list"), "exhibit": exhibit, "listing": exhibit.listing,
        "version": exhibit.listing.public_version, "booths": booths,
        "exhibit_tag": (exhibit.get_state_display(), EXHIBIT_TONES[exhibit.state]),
        "today": exhibit_checks.today_words(verdict), "in_force": verdict.status in exhibit_checks.IN_FORCE,
        "reason": exhibit_checks.reason_words(exhibit.reason),
        "patents": exhibit_queries.patents_of(exhibit.listing_id), "checked": checks(exhibit),
        "may_complain": complained and exhibit.state in exhibit_queries.SHOWN and exhibit.exhibitor_id != user.pk,
        "reviews": rules.delegation_save(user, exhibit.delegation),
        "own": floor_rules.exhibit_own(user, exhibit),
    }  # fmt: skip


def checks(exhibit: Exhibit) -> list[dict[str, Any]]:
    """The looks at it, the latest first, as the component `line` draws them."""
    return [
        {
            "when": one.at,
            "title": _("%(occasion)s核对：%(result)s") % {
                "occasion": one.get_occasion_display(), "result": _("可以参展") if one.passed else _("不能参展"),
            },
        }
        for one in exhibit_queries.checks_of(exhibit)[:10]
    ]  # fmt: skip


def slips_for(user: User, expo: Expo) -> list[Exhibit]:
    """All for the host, their own delegation's for an office, one's own for everybody else."""
    if rules.expo_run(user, expo):
        return exhibit_queries.slips(expo, None)
    if codes := queries.reviewing_codes(user):
        return exhibit_queries.slips(expo, codes)
    return [one for one in exhibit_queries.slips(expo, None) if one.exhibitor_id == user.pk]


@dataclass(frozen=True)
class Fascia:
    """What is written over the booths of one exhibitor."""

    hall: str
    booths: str
    size: str
    sides: int
    power: int
    zh: str
    en: str
    province: str
    application: int

    @property
    def cells(self) -> list[object]:
        return [
            self.hall, self.booths, self.size, self.sides, self.power, self.zh, self.en, self.province, self.application
        ]  # fmt: skip


def fascias(expo: Expo, codes: Collection[str] | None) -> list[Fascia]:
    """In the order of halls and numbers; of some provinces, or of all."""
    rows = floor.applications_of(expo).filter(state__in=[ApplicationState.ALLOTTED, ApplicationState.CONFIRMED])
    found = []
    for row in rows if codes is None else rows.filter(delegation__province__in=list(codes)):
        booths = [one.booth for one in row.has]  # type: ignore[attr-defined]
        if booths:
            found.append(
                Fascia(
                    booths[0].hall.code, " ".join(one.number for one in booths),
                    " + ".join(f"{one.width}x{one.depth}" for one in booths), max(one.open_sides for one in booths),
                    sum(one.power_kw for one in booths), row.fascia_zh, row.fascia_en, row.delegation.province_id, row.pk,
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.hall, len(one.booths.split()[0]), one.booths))


def safe(cell: object) -> object:
    """What a person typed never becomes a formula in a spreadsheet."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell


def complaint_rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Complaints as the component `item` draws them."""
    return [
        {
            "title": han_marked(f"{one.pk} {one.exhibit.listing.public_version.title}"), "href": one.get_absolute_url(),
            "tags": [(one.get_state_display(), COMPLAINT_TONES[one.state])],
            "meta": [minute_iso(one.made_at), _("答复截止 %(due)s") % {"due": minute_iso(one.due_at)}]
            if one.state == "received" else [minute_iso(one.made_at)],
        }
        for one in rows
    ]  # fmt: skip


COMPLAINT_TONES = {
    "received": "ochre", "accepted": "blue", "refused": "", "handed_over": "cinn", "settled": "jade", "withdrawn": "",
}  # fmt: skip
