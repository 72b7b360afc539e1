"""Everything of one agreement in one file, for its parties. Read next: views/papers.py."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _

from platform_site.files import store
from platform_site.files.models import StoredFile

from .models import Agreement
from .offer_queries import offers_of
from .recordal_queries import proof_of

IN_MEMORY = 5_000_000  # bytes; a larger archive goes to a temporary file


def archive(agreement: Agreement) -> IO[bytes]:
    """A zip at its beginning: contract, form, proof, signatures and every version of the offer. The caller closes it.

    A file whose bytes are lost is left out, and a line in LOST.txt names it.
    """
    out: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - streamed by the answer, which closes it
    lost = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for prefix, row in _files(agreement):
            try:
                bundle.writestr(f"{prefix} {row.name}", store.read(row))
            except FileNotFoundError:
                lost.append(row.name)
        bundle.writestr("signatures.json", _json(_signatures(agreement)))
        bundle.writestr(*_terms(agreement))
        if lost:
            bundle.writestr("LOST.txt", "\n".join(lost))
    out.seek(0)
    return out  # type: ignore[no-any-return]


def file_name(agreement: Agreement) -> str:
    return _("%(number)s 全部文件.zip") % {"number": agreement.number}


def _files(agreement: Agreement) -> Iterator[tuple[str, StoredFile]]:
    papers = (("1", agreement.paper), ("2", agreement.form_paper), ("3", proof_of(agreement)))
    yield from ((prefix, row) for prefix, row in papers if row is not None)


def _signatures(agreement: Agreement) -> dict[str, Any]:
    return {
        "agreement": agreement.number,
        "code": agreement.code,
        "digest": agreement.digest,
        "made_at": agreement.made_at,
        "signed_at": agreement.signed_at,
        "signatures": [
            {"side": row.side, "name": row.name, "signed_at": row.signed_at, "digest": row.digest}
            for row in agreement.signatures.all()
        ],
    }


def _terms(agreement: Agreement) -> tuple[str, str]:
    """Every version in the room, so that the digest of the accepted one can be computed anew; of a taking its terms alone."""
    if agreement.negotiation is None:
        return "terms.json", _json(asdict(agreement.terms))
    offers = [
        {
            "version": offer.number,
            "side": offer.side,
            "state": offer.state,
            "made_at": offer.made_at,
            "digest": offer.digest,
            "terms": asdict(offer.terms),
        }
        for offer in offers_of(agreement.negotiation)
    ]
    return "offers.json", _json(offers)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
