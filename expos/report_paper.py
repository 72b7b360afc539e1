"""The report of an edition as data: what a page and a PDF show alike. Read next: views/results.py.

Counts from records alone; what is compared is compared on the definitions of edition_figures.py.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from patents.exports import demonstration_sentence
from platform_site import clock
from platform_site.files import typeset
from platform_site.ui.formats import date_iso, reads_chinese

from . import edition_figures, result_page
from . import result_queries as queries
from .models import Expo

Block = dict[str, Any]


def blocks(expo: Expo, expos: Sequence[Expo]) -> list[Block]:
    """Headings, sentences and tables, in the language of the reader."""
    results = list(queries.public_results(expo))
    compared = result_page.comparison(expos)
    began, converted = queries.conversion(results)
    return [
        _heading(_("一、概况")), _text(_opening(expo)),
        _heading(_("二、与历届比较")),
        _table(
            [_("指标"), *(str(one.year) for one in expos)],
            [
                *([str(line["figure"].name), *map(str, line["cells"])] for line in compared["lines"]),
                [_("意向转化率"), *compared["rates"]],
            ],
        ),
        _text(_("各届按同一口径由平台记录统计，没有记录的计为零。")),
        _heading(_("三、成果")), _text(str(result_page.RULE)),
        _table(
            [_("级别"), _("停留在此级"), _("到达此级及以上")],
            [[row["rung"], str(row["here"]), str(row["least"])] for row in result_page.ladder_rows(queries.ranks_of(expo))],
        ),
        _text(
            _("本届以意向登记的成果 %(began)d 项，签署后十二个月内已有 %(converted)d 项到达合同或以上级别。")
            % {"began": began, "converted": converted}
        ),
        _text(str(result_page.FOLLOW_RULE)),
        _heading(_("四、指标口径")),
        *(_text(_("%(name)s：%(words)s") % {"name": one.name, "words": one.definition}) for one in edition_figures.FIGURES),
    ]  # fmt: skip


def _opening(expo: Expo) -> str:
    return _("本届展会由%(host)s承办，%(first)s至%(last)s在%(venue)s举行，主题为“%(theme)s”。") % {
        "host": expo.host.office, "first": date_iso(expo.starts_on), "last": date_iso(expo.last_on),
        "venue": expo.venue.name if expo.venue else "", "theme": expo.theme,
    }  # fmt: skip


def title(expo: Expo) -> str:
    return _("%(year)d 年专利技术展示交易会总结报告") % {"year": expo.year}


def pdf(expo: Expo, expos: Sequence[Expo]) -> bytes:
    """PDF/A through the same template as the papers of the group."""
    day, office = clock.today(), str(expo.host.office)
    return typeset.pdf(
        "report.typ",
        {
            "maker": office, "made": [day.year, day.month, day.day], "mark": None,
            "banner": {"zh": demonstration_sentence(), "en": ""} if demonstration_sentence() else None,
            "title": {"zh": title(expo), "en": ""}, "heading": office, "number": "", "short": f"expo-{expo.year}",
            "issuer": office, "day": day.isoformat(), "blocks": blocks(expo, expos),
        },
    )  # fmt: skip


def file_name(expo: Expo) -> str:
    return f"{title(expo)}.pdf" if reads_chinese() else f"Expo {expo.year} report.pdf"


def _heading(text: str) -> Block:
    return {"kind": "heading", "text": text, "head": [], "rows": [], "wide": 0}


def _text(text: str) -> Block:
    return {"kind": "text", "text": text, "head": [], "rows": [], "wide": 0}


def _table(head: list[str], rows: list[list[str]]) -> Block:
    return {"kind": "table", "text": "", "head": head, "rows": rows, "wide": 0}
