"""What the wizard's forms take, and what they send back with a sentence."""

from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile

from patents import checks
from patents.forms.fields import Amount, IpcSymbols
from patents.forms.listing import AttachmentForm, DescriptionForm, OffersForm, requirement_forms, requirement_rows
from patents.forms.patent import PatentForm
from patents.models import ListingVersion, Patent
from tests.factories import patents as make

SOUND = {
    "number": "CN202311042871.5", "title_zh": "制氢催化剂", "ipc": "B01J23/46", "applicants": "研究院", "place": "420100",
    "filing_date": "2023-08-17", "publication_number": "CN116000000A", "publication_date": "2023-11-24",
    "grant_date": "2025-01-10", "legal_status": "in_force", "status_as_of": "2026-01-05",
}  # fmt: skip


def patent_form(**changes):
    return PatentForm({**SOUND, **changes})


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("360000", "360000"), ("360,000", "360000"), ("３６０，０００．５０", "360000.50"), ("36万", "360000"), ("1.5 亿元", "150000000"),
        ("¥ 8000", "8000"), ("12 000 元", "12000"), ("0", "0"), ("999999999999.99", "999999999999.99"), (".5", "0.5"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(typed, amount):
    assert Amount().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["-1", "−5", "1e400", "9" * 400, "10" + "0" * 400, "1000000000000", "1.234", "NaN", "Infinity", "1,2", "12,34,56", "abc", "1.2.3", "12 万 元 整", "٣", "1..5", "36亿亿"],
)  # fmt: skip
def test_amounts_that_are_none(typed):
    with pytest.raises(django_forms.ValidationError):
        Amount().clean(typed)


def test_ipc_symbols_in_one_box():
    field = IpcSymbols(required=False)
    assert field.clean("B01J 23/46；c01b3/04, H01M B01J23/46") == ["B01J23/46", "C01B3/04", "H01M"]
    assert field.clean("") == []
    for bad in ("Z01J", "B01J23/46 nonsense", "B", "B01", "H99Z1/00"):
        with pytest.raises(django_forms.ValidationError):
            field.clean(bad)


def test_sound_patent_becomes_facts():
    form = patent_form()
    assert form.is_valid(), form.errors
    facts = form.cleaned_data["facts"]
    assert facts["application_number"] == "CN202311042871.5" and facts["kind"] == "invention"
    assert (facts["province_code"], facts["city_code"], facts["number_doubtful"]) == ("420000", "420100", False)
    Patent(**facts, created_by_id=1, created_at="2026-01-01T00:00Z").clean_fields(exclude=["created_by"])


def test_owner_outside_the_six():
    form = patent_form(place="outside")
    assert form.is_valid() and form.cleaned_data["facts"]["province_code"] == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "CN112256133A"}, "number"),
        ({"number": "2023 1 1042871.6"}, "number"),
        ({"number": "X" * 500}, "number"),
        ({"kind": "design"}, "kind"),
        ({"kind": "nonsense"}, "kind"),
        ({"filing_date": "2024-01-02"}, "filing_date"),
        ({"filing_date": "2023-02-30"}, "filing_date"),
        ({"filing_date": "1949-10-01"}, "filing_date"),
        ({"filing_date": "9999-12-31"}, "filing_date"),
        ({"publication_date": "2023-08-16"}, "publication_date"),
        ({"publication_number": "CN202311042871.5"}, "publication_number"),
        ({"grant_date": ""}, "grant_date"),
        ({"grant_date": "2999-01-01"}, "grant_date"),
        ({"status_as_of": "2999-01-01"}, "status_as_of"),
        ({"legal_status": "nonsense"}, "legal_status"),
        ({"legal_status": "pending"}, "legal_status"),
        ({"legal_status": "pending", "grant_date": "", "publication_number": ""}, "publication_number"),
        ({"annuity_paid_to": "2099-01-01"}, "annuity_paid_to"),
        ({"ipc": ""}, "ipc"),
        ({"locarno": "02-01"}, "locarno"),
        ({"place": "110100"}, "place"),
        ({"place": "' OR 1=1"}, "place"),
        ({"title_zh": "a\x00b"}, "title_zh"),
        ({"title_zh": "长" * 301}, "title_zh"),
        ({"abstract_zh": "长" * 10_000_000}, "abstract_zh"),
        ({"number": make.number(5, year=2004), "filing_date": "2004-02-02"}, "legal_status"),
    ],
)
def test_patent_facts_that_cannot_be(changes, field):
    form = patent_form(**changes)
    assert not form.is_valid() and field in form.errors


def test_filing_day_before_the_year_of_the_number_is_allowed():
    assert patent_form(filing_date="2022-12-31").is_valid()


def test_design_has_locarno_and_no_ipc():
    number = make.number(1, year=2023, digit="3")
    design = {"number": number, "ipc": "", "publication_number": "", "publication_date": ""}
    form = patent_form(**design, locarno="2-1")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["facts"]["locarno"] == "02-01"
    assert (
        "locarno" in patent_form(**design).errors
        and "ipc" in patent_form(**{**design, "ipc": "B01J"}, locarno="02-01").errors
    )


def test_utility_model_is_never_pending_in_public():
    number = make.number(2, year=2023, digit="2")
    assert "legal_status" in patent_form(number=number, legal_status="pending", grant_date="").errors


def test_unpublished_application_can_be_kept_as_a_draft():
    form = patent_form(legal_status="unpublished", grant_date="", publication_number="", publication_date="")
    assert form.is_valid(), form.errors


def offers(draft=None, **data):
    return OffersForm(draft or checks.Draft(version=ListingVersion()), data)


def test_offers_become_rows():
    form = offers(
        **{
            "exclusive-offered": "on",
            "exclusive-provinces": ["430000", "140000"],
            "exclusive-price_basis": "lump",
            "exclusive-price_cny": "120万",
        }
    )
    assert form.is_valid()
    assert form.rows == [
        {
            "form": "exclusive",
            "provinces": ["140000", "430000"],
            "price_cny": Decimal("1200000"),
            "price_basis": "lump",
            "note": "",
        }
    ]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"ordinary-offered": "on", "ordinary-price_basis": "lump"},
        {"ordinary-offered": "on", "ordinary-price_basis": "negotiable", "ordinary-price_cny": "5"},
        {"ordinary-offered": "on", "ordinary-price_basis": "yearly", "ordinary-price_cny": "1" + "0" * 400},
        {"ordinary-offered": "on", "ordinary-price_basis": "yearly", "ordinary-price_cny": "-1"},
        {"ordinary-offered": "on", "ordinary-provinces": ["110000"]},
        {"ordinary-offered": "on", "ordinary-note": "长" * 201},
        {"open-offered": "on", "exclusive-offered": "on"},
        {"open-offered": "on", "sole-offered": "on"},
    ],
)
def test_offers_that_cannot_stand(data):
    form = offers(**data)
    assert not form.is_valid() and form.errors


def test_assignment_has_no_provinces_even_when_forged():
    form = offers(**{"assignment-offered": "on", "assignment-provinces": ["420000"]})
    assert form.is_valid() and form.rows[0]["provinces"] == []


def test_what_is_not_offered_is_not_judged():
    form = offers(**{"ordinary-offered": "on", "sole-price_cny": "half typed"})
    assert form.is_valid() and [row["form"] for row in form.rows] == ["ordinary"]


def test_co_owned_patents_need_consent_for_anything_but_ordinary():
    shared = Patent(co_owned=True, legal_status="in_force")
    for consents, kind, stands in (
        ([], "ordinary", True),
        ([], "sole", False),
        (["sole"], "sole", True),
        (["sole"], "exclusive", False),
        ([], "open", False),
    ):
        draft = checks.Draft(version=ListingVersion(consents=consents), patents=[shared])
        assert offers(draft, **{f"{kind}-offered": "on"}).is_valid() is stands


def needs(*rows):
    data = {"need-TOTAL_FORMS": str(len(rows)), "need-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data.update({f"need-{place}-{name}": value for name, value in row.items()})
    return requirement_forms([], data)


def test_requirement_rows_and_empty_ones():
    form = needs(
        {"kind": "equipment", "text_zh": "涂覆线", "amount": "1"}, {}, {"kind": "area", "amount": "１，２００"}
    )
    assert form.is_valid()
    assert [(row["kind"], row["amount"]) for row in requirement_rows(form)] == [("equipment", 1), ("area", 1200)]


@pytest.mark.parametrize(
    "row",
    [
        {"text_zh": "没有类别"}, {"kind": "area"}, {"kind": "permit"}, {"kind": "power", "amount": "0"}, {"kind": "power", "amount": "-3"},
        {"kind": "nonsense", "text_zh": "x"}, {"kind": "permit", "text_zh": "长" * 121},
    ],
)  # fmt: skip
def test_requirement_rows_that_cannot_be(row):
    assert not needs(row).is_valid()


def test_forged_count_of_rows_is_bounded():
    form = requirement_forms([], {"need-TOTAL_FORMS": "100000", "need-INITIAL_FORMS": "0"})
    assert len(form.forms) <= checks.MOST_REQUIREMENTS
    assert not requirement_forms([], {}).is_valid()


def test_description_takes_levels_one_to_nine():
    sound = {**make.TEXTS, "title_zh": "标题", "trl": "9"}
    assert DescriptionForm(sound).is_valid()
    for level in ("0", "10", "x", ""):
        assert "trl" in DescriptionForm({**sound, "trl": level}).errors


def test_files_are_told_by_their_content(db):
    assert AttachmentForm({}, {"upload": make.document()}).is_valid()
    script = SimpleUploadedFile("x.png", b"<script>alert(1)</script>", content_type="image/png")
    assert "upload" in AttachmentForm({}, {"upload": script}).errors
