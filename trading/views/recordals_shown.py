"""Filing and examining in the words of their pages; on what recordal_queries.py has fetched. Read next: recordals.py."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patents.states import Form
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.queries import overrides
from platform_site.regions.workdays import working_days_between
from platform_site.ui.formats import minute_iso
from trading import recordal_queries, rules
from trading.contract_queries import parties_in
from trading.models import Agreement
from trading.precheck import Ground, hard_problems
from trading.states import ENDED, AgreementState, Side
from trading.terms_words import clauses

from .agreements_shown import tag

CLOCK_WORKING_DAYS = 64  # about as many as lie in three months: what the face of the clock counts from


def queue_row(agreement: Agreement) -> dict[str, Any]:
    """One agreement of the queue, as the component `item` takes it; the list says nothing of its price."""
    version = agreement.listing.public_version
    return {
        "title": version.title if version else agreement.listing.number,
        "href": agreement.get_absolute_url(),
        "tags": [tag(agreement)],
        "meta": [
            agreement.number,
            str(Form(agreement.form).label),
            _("提交于 %(when)s") % {"when": minute_iso(agreement.recordal.filed_at)},
        ],
    }


def queue_filter(path: str, show: str) -> list[tuple[str, str, bool]]:
    """Waiting for examination, waiting for the national office, sent back, all."""
    labels = {
        "waiting": pgettext("agreement queue", "待预审"),
        "examined": pgettext("agreement queue", "待登入备案号"),
        "returned": pgettext("agreement queue", "待补正"),
        "all": pgettext("agreement queue", "全部"),
    }
    current = show if show in labels else "all"
    return [(label, f"{path}?show={key}", key == current) for key, label in labels.items()]


def office(agreement: Agreement, officer: User) -> dict[str, Any]:
    """The page of the office."""
    grounds = recordal_queries.precheck_of(agreement)
    waiting = agreement.state == AgreementState.FILED
    return {
        **filing(agreement, grounds),
        "parties": _parties(agreement),
        "clauses": [(clause.name, clause.words) for clause in clauses(agreement.terms)],
        "may": not rules.has_interest(officer, agreement),
        "waiting": waiting,
        "examined": agreement.state == AgreementState.PRE_EXAMINED,
        "blocked": bool(hard_problems(grounds)),
    }


def filing(agreement: Agreement, grounds: Sequence[Ground]) -> dict[str, Any]:
    """What party and officer both see of the way to recordal."""
    return {
        "agreement": agreement,
        "listing": agreement.listing,
        "tag": tag(agreement),
        "is_licence": agreement.form != Form.ASSIGNMENT,
        "grounds": grounds,
        "open_grounds": [ground for ground in grounds if not ground.passed],
        **recordal_panel(agreement),
        **papers_panel(agreement, is_officer=True),
    }


def recordal_panel(agreement: Agreement) -> dict[str, Any]:
    """The clock and where the papers lie, for the page of the agreement."""
    recordal = recordal_queries.recordal_of(agreement)
    unfiled = agreement.state in recordal_queries.UNFILED
    days = overrides() if unfiled else {}
    due = recordal_queries.due_on(agreement, days) if unfiled or recordal else None
    left = working_days_between(clock.today(), due, days) if due and unfiled else None
    return {
        "recordal": recordal,
        "due": due,
        "left": left,
        "clock_total": CLOCK_WORKING_DAYS,
        "to_file": unfiled,
        "returned": agreement.state == AgreementState.CORRECTION_REQUESTED,
        "shows_recordal": agreement.signed_at is not None and (recordal is not None or agreement.state not in ENDED),
    }


def papers_panel(agreement: Agreement, *, is_officer: bool = False) -> dict[str, Any]:
    """The papers with their addresses; one that the worker is still making has none."""
    current = recordal_queries.paper_is_current(agreement)
    rows = []
    if agreement.offer_id is not None:  # a taking has its receipt; nothing is drawn up
        rows.append(_paper(_("合同文本"), "trading:agreement_paper", agreement, current))
    if agreement.signed_at is not None:
        ready = agreement.form_paper_id is not None
        rows.append(_paper(_("备案或登记信息表"), "trading:agreement_form", agreement, ready))
    if recordal_queries.proof_of(agreement) is not None:
        rows.append(_paper(_("国家知识产权局的证明"), "trading:agreement_proof", agreement, True))
    if not is_officer:
        words = _("合同、签名、报价各版本等全部文件（zip）")
        rows.append(_paper(words, "trading:agreement_archive", agreement, True))
    return {"papers": rows}


def _paper(name: str, url: str, agreement: Agreement, ready: bool) -> dict[str, str]:
    words = "" if ready else _("正在生成，约几秒，请刷新页面")
    return {"name": name, "url": reverse(url, args=[agreement.pk]) if ready else "", "meta": words}


def _parties(agreement: Agreement) -> list[tuple[str, str, str]]:
    sides = zip((Side.OWNER, Side.BUYER), parties_in(agreement), strict=True)
    return [(str(side.label), who.name, who.number) for side, who in sides]
