"""Gates, locks and reads over open-licence declarations. Read next: actions/opens.py.

Lock order: Verification, Patent, Listing, Declaration, Agreement; ascending key inside a kind.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from patents.ledger_queries import book_of
from patents.models import Encumbrance, Grant, Listing, ListingPatent, Patent
from patents.posting_queries import posting_before, public_body_of
from patents.queries import listing_for, numbered
from patents.states import Form, GrantState, ListingState
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.rules import is_verified
from platform_site.errors import NotAllowed
from platform_site.files.models import StoredFile
from platform_site.regions.models import Province
from platform_site.regions.queries import provinces_where

from . import rules
from .models import Agreement, OpenDeclaration
from .offer_queries import agreement_for
from .open_checks import Case
from .states import DECLARATION_ALIVE, ENDED, AgreementState, DeclarationState

ON_MARKET = (ListingState.PUBLISHED, ListingState.SUSPENDED)
FILES = ("report", "proof")
_WITH = ("patent", "title", "listing__public_version", "province", "encumbrance")

# ---- gates


def listing_and_patent(user: User, number: str, pk: int) -> tuple[Listing, Patent]:
    """A listing that the reader may see, and a patent of it; else 404."""
    listing = listing_for(user, number)
    bundled = ListingPatent.objects.filter(listing=listing, patent=pk).select_related("patent").first()
    if bundled is None:
        raise Http404
    return listing, bundled.patent


def declaration_for(user: Any, pk: int) -> OpenDeclaration:
    """Announced ones are anybody's; the others their owner's and their office's; 404 for everybody else's."""
    found = with_takers(OpenDeclaration.objects.filter(pk=pk)).first()
    if found is None or not (found.is_public or _inside(user, found)):
        raise Http404
    return found


def declaration_inside(user: Any, pk: int) -> OpenDeclaration:
    """One for its owner or its office; seen by others but not theirs is 403, hidden 404."""
    found = declaration_for(user, pk)
    if not _inside(user, found):
        raise NotAllowed(_("这部分内容只对权利人和办理台账的省知识产权局开放。"))
    return found


def declaration_file(user: Any, pk: int, which: str) -> StoredFile:
    """The evaluation report, or the proof of the announcement; else 404."""
    found = declaration_inside(user, pk)
    stored: StoredFile | None = getattr(found, which) if which in FILES else None
    if stored is None:
        raise Http404
    return stored


def receipt_for(user: User, pk: int) -> Agreement:
    """A taking of the reader's own, given or taken; 404 for everything else."""
    agreement = agreement_for(user, pk)
    if agreement.declaration is None:
        raise Http404
    return agreement


def _inside(user: Any, declaration: OpenDeclaration) -> bool:
    return bool(user.is_authenticated) and (declaration.made_by_id == user.pk or rules.open_office(user, declaration))


# ---- lists


def with_takers(rows: QuerySet[OpenDeclaration]) -> QuerySet[OpenDeclaration]:
    """Each with what its pages show, and how many have taken it, never who."""
    taken = Count("agreements", filter=Q(agreements__signed_at__isnull=False))
    return rows.select_related(*_WITH).annotate(takers=taken)


def standing() -> QuerySet[OpenDeclaration]:
    """What can be taken now, the latest announcement first: in force here and in the ledger, of the present owners."""
    holds = Q(encumbrance__end=None) | Q(encumbrance__end__gt=clock.today())
    rows = OpenDeclaration.objects.filter(holds, state=DeclarationState.IN_FORCE, title__end=None)
    return rows.order_by("-announced_on", "-id")


def standing_found(typed: str, province: str) -> QuerySet[OpenDeclaration]:
    """The same by a number (of the patent in any spelling, of the listing or of the announcement), words of a title, and province."""
    rows = standing()
    if typed:
        words = Q(patent__title_zh__icontains=typed) | Q(patent__title_en__icontains=typed)
        words |= Q(title__owners__icontains=typed) | Q(listing__number__iexact=typed) | Q(number__iexact=typed)
        rows = rows.filter(words | (numbered(typed, "patent__") or Q()))
    if province:
        rows = rows.filter(patent__province_code=province)
    return with_takers(rows)


def standing_named(typed: str) -> OpenDeclaration | None:
    """The one that a number names: of its patent, its listing or its announcement; None for words and for several."""
    named = numbered(typed, "patent__") or Q(listing__number__iexact=typed) | Q(number__iexact=typed)
    found = list(standing().filter(named)[:2]) if typed else []
    return found[0] if len(found) == 1 else None


def offices_of(officer: Any) -> list[Province]:
    """Provinces whose declarations this officer enters; NotAllowed for everybody else: the page exists, it is not theirs."""
    found = provinces_where(officer, "right_record")
    if not found:
        raise NotAllowed(_("开放许可声明的登记只对各省知识产权局的审核员开放。"))
    return found


def waiting_in(provinces: Sequence[Province]) -> QuerySet[OpenDeclaration]:
    """Filed ones of these offices that wait for their announcement to be entered, the longest first."""
    rows = OpenDeclaration.objects.filter(province__in=provinces, state=DeclarationState.DECLARED)
    return with_takers(rows).order_by("filed_on", "id")


def alive_of(patent: Patent) -> OpenDeclaration | None:
    """The one declaration of a patent that waits or holds."""
    return OpenDeclaration.objects.filter(patent=patent, state__in=DECLARATION_ALIVE).first()


def taking_of(user: Any, declaration: OpenDeclaration) -> Agreement | None:
    """The reader's own licence under this declaration that has not ended; one paid to the end holds until its last day."""
    if not user.is_authenticated:
        return None
    licence = Grant.objects.filter(agreement_right__agreement=OuterRef("pk"), state=GrantState.ACTIVE)
    holds = Exists(licence.filter(Q(end=None) | Q(end__gt=clock.today())))
    rows = Agreement.objects.filter(declaration=declaration, buyer=user.pk)
    return rows.filter(~Q(state__in=ENDED) | Q(holds, state=AgreementState.COMPLETED)).first()


# ---- locks


def lock_patent_and_declaration(pk: int) -> OpenDeclaration:
    """The patent of a declaration, then the declaration, with the locked patent in it."""
    patent_id = OpenDeclaration.objects.values_list("patent_id", flat=True).get(pk=pk)
    patent = Patent.objects.select_for_update(of=("self",), no_key=True).get(pk=patent_id)
    declaration = OpenDeclaration.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    declaration.patent = patent
    return declaration


def lock_listing_with(patent: Patent, listing_id: int) -> Listing:
    """The listing of a locked patent, with its public text."""
    listing = Listing.objects.select_for_update(of=("self",), no_key=True).get(pk=listing_id)
    if not ListingPatent.objects.filter(listing=listing, patent=patent).exists():
        raise Http404
    return listing


# ---- reads for the checks and for the acts


def case_of(user: User, listing: Listing, patent: Patent, **brought: bool) -> Case:
    """What is judged of a patent before it is declared. `brought`: co_owners_agree, pledgee_agrees, report."""
    bundled = ListingPatent.objects.filter(listing=listing, patent=patent, is_open=True).exists()
    book = book_of(patent)
    return Case(
        patent=patent, book=_without_unclaimed(patent, book), verified=is_verified(user),
        on_market=bundled and listing.state in ON_MARKET, posted=_posted(patent), alive=alive_of(patent) is not None,
        **brought,
    )  # fmt: skip


def unclaimed_of(patent: Patent) -> Encumbrance | None:
    """A declaration that the ledger holds today out of the gazette, and that nobody has described here yet."""
    described = OpenDeclaration.objects.filter(encumbrance=OuterRef("pk"))
    rows = Encumbrance.objects.filter(~Exists(described), patent=patent, kind="open_declaration")
    return rows.filter(Q(end=None) | Q(end__gt=clock.today()), start__lte=clock.today()).first()


def pledged_since(declaration: OpenDeclaration) -> bool:
    """Whether a pledge was laid on the patent after the declaration: its pledgee has not been asked."""
    assert declaration.encumbrance is not None
    today = clock.today()
    rows = Encumbrance.objects.filter(
        patent=declaration.patent_id, kind="pledge", start__gt=declaration.encumbrance.start
    )
    return rows.filter(Q(end=None) | Q(end__gt=today)).exists()


def alive_declarations(patent_id: int) -> list[int]:
    """Keys of what lapses when the patent does."""
    rows = OpenDeclaration.objects.filter(patent=patent_id, state__in=DECLARATION_ALIVE)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def declaration_told(pk: int) -> OpenDeclaration:
    """One with what a notice says about it."""
    return OpenDeclaration.objects.select_related("patent", "made_by", "listing__public_version", "province").get(pk=pk)


def takings_of(declaration: OpenDeclaration) -> list[Agreement]:
    """The licences under a declaration that have not ended, with who took them."""
    rows = Agreement.objects.filter(declaration=declaration).exclude(state__in=ENDED)
    return list(rows.select_related("buyer").order_by("pk"))


def taking_told(pk: int) -> Agreement:
    return Agreement.objects.select_related("declaration__patent", "owner", "buyer").get(pk=pk)


def _without_unclaimed(patent: Patent, book: Any) -> Any:
    """The ledger as it stands in the way: a declaration that the gazette reported is taken over, not doubled."""
    unclaimed = unclaimed_of(patent)
    kept = [row for row in book.encumbrances if unclaimed is None or row.pk != unclaimed.pk]
    return type(book)(book.titles, book.grants, kept, book.co_owned)


def _posted(patent: Patent) -> bool:
    return public_body_of(patent) is None or posting_before(patent, Form.OPEN, clock.today()) is not None
