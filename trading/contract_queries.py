"""Reads that gather what a contract says from the records of the day: parties, patents, ledger. Read next: contract_papers.py."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patents import ledger, ledger_words
from patents.ledger_queries import book_of
from patents.models import Encumbrance, Grant, Patent
from patents.states import EncumbranceKind, GrantForm, GrantState, LegalStatus, PatentKind
from patents.twin_queries import disclosures
from platform_site import clock
from platform_site.accounts.models import User, Verification
from platform_site.accounts.models.verification import IdentityKind
from platform_site.accounts.queries import organisation_of
from platform_site.accounts.states import VerificationState
from platform_site.ui.formats import listed

from . import terms_words
from .contract import About, Row, Two, Who, both, contract, dated
from .models import Agreement, AgreementRight, ContractText, OfferPatent
from .queries import shown_name

CREDIT_CODE = Two("统一社会信用代码", "Unified social credit code")
UNVERIFIED = Two("未核验", "not verified")
# Who stands behind these is in the public register once the national office has given a number.
REGISTERED = frozenset({EncumbranceKind.PLEDGE, EncumbranceKind.PRESERVATION, EncumbranceKind.SUSPENSION})


def agreement_whole(pk: int) -> Agreement:
    """One agreement with all that its papers need, in four queries; for the worker and for pages behind a gate."""
    rows = Agreement.objects.select_related(
        "owner",
        "buyer",
        "listing__public_version",
        "province",
        "paper",
        "form_paper",
        "offer",
        "declaration__patent",
        "text",
        "recordal__proof",
    )
    patents = Prefetch("offer__offer_patents", OfferPatent.objects.select_related("patent"))
    rights = Prefetch("rights", AgreementRight.objects.select_related("grant", "encumbrance"))
    return rows.prefetch_related(patents, "signatures", rights).get(pk=pk)


def lock_for_paper(pk: int) -> Agreement:
    """The agreement alone: keeping a paper touches no right."""
    rows = Agreement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("paper", "form_paper").get(pk=pk)


def text_of(agreement: Agreement) -> dict[str, Any]:
    """The text as it was drafted; before the first paper, as it would be drafted today."""
    kept = ContractText.objects.filter(agreement=agreement).first()
    return kept.data if kept else contract(agreement.terms, about(agreement))


def who_is(user: User) -> Who:
    """A party by what an office has verified: the organisation that they stand for, or the person, masked."""
    organisation = organisation_of(user)
    if organisation is not None:
        return Who(organisation.name_zh, CREDIT_CODE, organisation.credit_code)
    mark = Verification.objects.filter(user=user, state=VerificationState.VERIFIED).first()
    if mark is None:
        return Who(shown_name(user), UNVERIFIED, "—")
    kind = both(lambda: IdentityKind(mark.identity_kind).label)
    return Who(mark.real_name, kind, f"**************{mark.identity_tail}")


def legal_name(user: User) -> str:
    """The name under which somebody contracts and signs, wherever it is written: what who_is answers with."""
    return who_is(user).name


def parties_in(agreement: Agreement) -> tuple[Who, Who]:
    """Owner and buyer as the contract names them: as they were on the day of drafting, whatever they joined since."""
    if "text" in agreement._state.fields_cache:
        text = getattr(agreement, "text", None)
        kept = text.data["parties"] if text else None
    else:
        kept = ContractText.objects.filter(agreement=agreement).values_list("data__parties", flat=True).first()
    if kept is None:
        return who_is(agreement.owner), who_is(agreement.buyer)
    first, second = (Who(one["name"], Two(**one["identity"]["label"]), one["identity"]["value"]) for one in kept)
    return first, second


def about(agreement: Agreement) -> About:
    """Everything of the day of drafting that the contract states beside the terms."""
    assert agreement.offer is not None  # nothing is drawn up of a taken open licence
    patents = agreement.patents
    books = {patent.pk: book_of(patent) for patent in patents}
    own = own_rows(agreement)
    twins = _in_both(lambda: disclosures(patents))
    return About(
        number=agreement.number,
        version=agreement.offer.number,
        digest=agreement.digest,
        owner=who_is(agreement.owner),
        buyer=who_is(agreement.buyer),
        kinds=tuple(sorted({patent.kind for patent in patents})),
        pending=any(patent.legal_status == LegalStatus.PENDING for patent in patents),
        patents=tuple(patent_rows(patent) for patent in patents),
        grants=tuple(_grant_rows(patent, row) for patent in patents for row in _standing(books[patent.pk].grants, own)),
        burdens=tuple(
            _burden_rows(patent, row) for patent in patents for row in _standing(books[patent.pk].encumbrances, own)
        ),
        twins=twins,
        titles=tuple(patent.title_zh for patent in patents),
    )


def own_rows(agreement: Agreement) -> set[tuple[str, int]]:
    """The rows of the ledger that this agreement itself has written."""
    found = set()
    for right in agreement.rights.all():
        found |= {("grant", right.grant_id), ("encumbrance", right.encumbrance_id)}
    return {(kind, pk) for kind, pk in found if pk is not None}


def patent_rows(patent: Patent) -> tuple[Row, ...]:
    """One patent as the schedule and the recordal form print it."""
    return (
        (both(lambda: _("名称")), Two(patent.title_zh, patent.title_en or patent.title_zh)),
        (both(lambda: _("专利号") if patent.is_granted else _("申请号")), patent.shown_number),
        (both(lambda: _("类型")), both(lambda: PatentKind(patent.kind).label)),
        (both(lambda: _("公开号或授权公告号")), patent.publication_number or "—"),
        (both(lambda: _("申请日")), dated(patent.filing_date)),
        (both(lambda: _("授权公告日")), dated(patent.grant_date)),
        (both(lambda: _("期限届满日")), dated(patent.expires_on)),
        (both(lambda: _("主分类号")), patent.main_class or "—"),
    )


# ---- the ledger


def _standing(rows: Sequence[Any], own: set[tuple[str, int]]) -> Iterator[Any]:
    """What holds today or later, this agreement's own rows left out."""
    today = clock.today()
    for row in rows:
        kind = "grant" if isinstance(row, Grant) else "encumbrance"
        if (kind, row.pk) not in own and ledger.last_day(row) > max(today, row.start):
            yield row


def _grant_rows(patent: Patent, row: Grant) -> tuple[Row, ...]:
    """A licence without its licensee, unless the national office has recorded it and so published who it is."""
    rows: list[Row] = [
        (both(lambda: _("专利")), patent.shown_number),
        (both(lambda: _("方式")), both(lambda: GrantForm(row.form).label)),
        (both(lambda: _("许可地域")), both(lambda: ledger_words.places(list(row.provinces)))),
        (both(lambda: _("许可领域")), both(lambda: listed(row.field) or _("全部领域"))),
        (both(lambda: _("期限")), both(lambda: _until(row))),
        (both(lambda: pgettext("ledger", "状态")), both(lambda: GrantState(row.state).label)),
    ]
    if row.recordal_number:
        rows += [
            (both(lambda: _("被许可人")), row.licensee),
            (both(lambda: _("备案号")), row.recordal_number),
        ]
    return tuple(rows)


def _burden_rows(patent: Patent, row: Encumbrance) -> tuple[Row, ...]:
    rows: list[Row] = [
        (both(lambda: _("专利")), patent.shown_number),
        (both(lambda: pgettext("ledger", "负担")), both(lambda: EncumbranceKind(row.kind).label)),
        (both(lambda: _("期限")), both(lambda: _until(row))),
    ]
    if row.kind in REGISTERED and row.number:
        rows.append((both(lambda: _("登记号")), row.number))
        rows.append((both(lambda: pgettext("ledger", "权利人或机关")), row.holder or "—"))
    return tuple(rows)


def _until(row: Grant | Encumbrance) -> str:
    if row.end is None:
        return _("%(start)s 起") % {"start": row.start.isoformat()}
    return _("%(start)s 至 %(end)s（不含）") % {"start": row.start.isoformat(), "end": row.end.isoformat()}


def _in_both(sentences: Callable[[], list[str]]) -> tuple[Two, ...]:
    """Lists of the same length in each language, sentence by sentence."""
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(sentences())
    return tuple(Two(*pair) for pair in zip(*said, strict=True))


# ---- the form for the national office


def form_blocks(agreement: Agreement) -> list[tuple[Two, Sequence[Row]]]:
    """The particulars of a signed agreement that the national office asks for: parties, patents, contract."""
    owner, buyer = parties_in(agreement)
    blocks: list[tuple[Two, Sequence[Row]]] = [
        (both(lambda: _("许可人或转让人")), _party_rows(agreement.owner, owner)),
        (both(lambda: _("被许可人或受让人")), _party_rows(agreement.buyer, buyer)),
    ]
    blocks += [(both(lambda: _("专利")), patent_rows(patent)) for patent in agreement.patents]
    return [*blocks, (both(lambda: _("合同")), _contract_rows(agreement))]


def _party_rows(user: User, who: Who) -> Sequence[Row]:
    office = user.office
    place = both(lambda: office.name) if office is not None else Two("—", "—")
    return ((both(lambda: _("名称")), who.name), (who.identity, who.number), (both(lambda: _("所在省")), place))


def _contract_rows(agreement: Agreement) -> Sequence[Row]:
    terms = agreement.terms
    signed = agreement.signed_at
    facts: list[Row] = [
        (both(lambda: _("合同编号")), agreement.number),
        (both(lambda: _("签署并生效之日")), dated(timezone.localdate(signed)) if signed else "—"),
    ]
    kept = ("form", "provinces", "field", "period", "sublicensable", "consideration", "amount", "instalments")
    told = ("royalty", "minimum", "cap", "equity", "trial")
    said: dict[str, dict[str, Any]] = {"zh-hans": {}, "en": {}}
    for language, clauses in said.items():
        with translation.override(language):
            clauses.update({clause.key: clause for clause in terms_words.clauses(terms)})
    for key in (*kept, *told):
        if key in said["zh-hans"]:
            zh, en = said["zh-hans"][key], said["en"].get(key, said["zh-hans"][key])
            facts.append((Two(zh.name, en.name), Two(zh.words, en.words)))
    return facts
