"""The contract as a PDF: both languages, every article, the digest on each page; and what it must not leave out."""

import io

import pypdf
import pytest

from tests.factories import agreements, trading
from trading import contract, contract_papers, contract_queries

pytestmark = pytest.mark.django_db


def paper(agreement, *, demonstration=False):
    whole = contract_queries.agreement_whole(agreement.pk)
    text = contract.contract(whole.offer.terms, contract_queries.about(whole))
    return contract_papers.contract_pdf(
        text, code=whole.code, made=whole.made_at, signatures=list(whole.signatures.all()), demonstration=demonstration
    )


def pages(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_look(shen, bai, monkeypatch):
    agreement = agreements.signed(shen, bai)
    from platform_site.files import typeset
    import typst
    real = typst.compile
    def png(*a, **k):
        k.pop("pdf_standards"); k["format"]="png"; k["ppi"]=70
        for i, b in enumerate(real(*a, **k)): open(f"/tmp/look/c{i}.png","wb").write(b)
        k.pop("ppi"); k["format"]="pdf"; k["pdf_standards"]="a-2b"
        return real(*a, **k)
    monkeypatch.setattr(typeset.typst, "compile", png)
    content = paper(agreement)
    open("/tmp/look/contract.pdf", "wb").write(content)
    print(len(content), len(pages(content)))
    print("\n".join(pages(content)))
