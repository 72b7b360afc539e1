"""Open licences in the words of their pages; pure, on what open_queries.py has fetched. Read next: opens.py."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from patents.ledger_words import described
from patents.states import PUBLIC
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.regions.models import Province
from platform_site.ui.formats import grouped, minute_iso
from trading import open_checks, open_terms, open_words
from trading.codes import printed
from trading.contract_queries import legal_name
from trading.models import Agreement, OpenDeclaration
from trading.open_checks import Case, Check
from trading.performance import PAY_DAYS
from trading.states import DeclarationState
from trading.terms import digest
from trading.terms_words import clauses

TONES = {DeclarationState.IN_FORCE: "jade", DeclarationState.DECLARED: "ochre", DeclarationState.RETURNED: "cinn"}


def tag(declaration: OpenDeclaration) -> tuple[str, str]:
    state = DeclarationState(declaration.state)
    return str(state.label), TONES.get(state, "")


def row(declaration: OpenDeclaration) -> dict[str, Any]:
    """One declaration of the public list, as the component `item` takes it."""
    patent = declaration.patent
    return {
        "title": patent.title,
        "href": declaration.get_absolute_url(),
        "price": open_words.fee(declaration.declared),
        "meta": [
            patent.shown_number, declaration.title.owners, open_words.duration(declaration.declared), taken(declaration),
        ],
    }  # fmt: skip


def taken(declaration: OpenDeclaration) -> str:
    """How many have taken it; never who."""
    count: int = declaration.takers  # type: ignore[attr-defined] # open_queries.with_takers
    return ngettext("已有 %(n)s 人取得", "已有 %(n)s 人取得", count) % {"n": grouped(count)}


def province_filter(path: str, typed: str, chosen: str, offices: Sequence[Province]) -> list[tuple[str, str, bool]]:
    """The list of one province, what was typed being kept."""

    def address(code: str) -> str:
        asked = {name: value for name, value in (("q", typed), ("province", code)) if value}
        return f"{path}?{urlencode(asked)}" if asked else path

    every = (pgettext("province", "全部"), address(""), not chosen)
    return [every, *((one.name, address(one.code), one.code == chosen) for one in offices)]


def page(declaration: OpenDeclaration, *, is_owner: bool = False, is_office: bool = False) -> dict[str, Any]:
    """One declaration with what everybody reads; its owner and its office see what waits and what is unusual besides."""
    in_force = declaration.state == DeclarationState.IN_FORCE
    return {
        "declaration": declaration,
        "patent": declaration.patent,
        "tag": tag(declaration),
        "terms": open_words.rows(declaration.declared),
        "announcement": _announcement(declaration),
        "taken": taken(declaration),
        "in_force": in_force,
        "takable": in_force and declaration.title.end is None,
        "late": declaration.patent.legal_status == "late_fee",
        "waiting": declaration.state == DeclarationState.DECLARED,
        "withdrawable": is_owner and declaration.state in (DeclarationState.DECLARED, DeclarationState.IN_FORCE),
        "unusual": open_terms.unusual(declaration.declared) if is_owner or is_office else [],
        "is_owner": is_owner,
        "is_office": is_office,
        "listing_open": is_owner or is_office or declaration.listing.state in PUBLIC,
        "inside": _inside(declaration) if is_owner or is_office else [],
    }


def terms_today(declaration: OpenDeclaration) -> dict[str, Any]:
    """The terms of a licence taken today, with the fee reckoned and their digest."""
    start, end = open_terms.period_from(declaration.declared, clock.today(), declaration.patent.expires_on)
    terms = declaration.terms(start, end)
    return {
        "clauses": [(clause.name, clause.words) for clause in clauses(terms)],
        "digest": digest(terms),
        "due": open_words.due(declaration.declared),
        "pay_days": PAY_DAYS,
    }


def receipt(agreement: Agreement, reader: User) -> dict[str, Any]:
    """The receipt of a taking."""
    declaration = agreement.declaration
    assert declaration is not None and agreement.signed_at is not None  # open_queries.receipt_for
    signature = agreement.signatures.all()[0]
    return {
        "agreement": agreement,
        "patent": declaration.patent,
        "head": [
            (_("合同编号"), agreement.number),
            (_("核验码"), printed(agreement.code)),
            (_("许可人"), legal_name(agreement.owner)),
            (_("取得人"), signature.name),
            (_("取得时间"), minute_iso(signature.signed_at)),
            (_("现在应付"), open_words.due(declaration.declared)),
            (_("付款期限"), open_terms.pay_until(agreement.signed_at).isoformat()),
            (_("台账"), " ".join(described(right.grant) for right in agreement.rights.all())),
        ],
        "clauses": [(clause.name, clause.words) for clause in clauses(agreement.terms)],
        "is_taker": reader.pk == agreement.buyer_id,
    }


def checklist(case: Case) -> list[Check]:
    return list(open_checks.checks(case))


def conditions(checks: Sequence[Check]) -> dict[str, Any]:
    """The conditions as the form's page draws them, and whether one stands in the way that the form cannot bring."""
    rows = [
        {
            "name": one.name,
            "provision": one.provision,
            "light": "done" if one.met else "yellow" if one.in_form else "red",
            "words": _("满足") if one.met else _("在本表中提供") if one.in_form else _("不满足"),
            "advice": "" if one.met else one.advice,
        }
        for one in checks
    ]
    return {"checks": rows, "barred": any(not one.met and not one.in_form for one in checks)}


def _announcement(declaration: OpenDeclaration) -> list[tuple[str, str]]:
    rows = [(_("提交声明"), declaration.filed_on.isoformat())]
    if declaration.announced_on is not None:
        rows += [(_("公告号"), declaration.number), (_("公告日"), declaration.announced_on.isoformat())]
    if declaration.state == DeclarationState.WITHDRAWN and declaration.is_public:
        rows.append((_("撤回"), minute_iso(declaration.closed_at)))
    return rows


def _inside(declaration: OpenDeclaration) -> list[tuple[str, str]]:
    """What the owner brought and the office answered."""
    rows = [(_("办理机构"), declaration.province.office), (_("登记时间"), minute_iso(declaration.made_at))]
    if declaration.co_owners_agree:
        rows.append((_("共有人"), _("全体共有人共同声明")))
    if declaration.pledgee_agrees:
        rows.append((_("质权人"), _("已取得书面同意")))
    if declaration.reason:
        rows.append((_("理由"), declaration.reason))
    return rows
