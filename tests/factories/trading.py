"""Rooms for tests, opened through the portal's own actions. Read next: patents.py."""

import io

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter

from patents.states import Form
from platform_site import clock
from platform_site.accounts.actions import organisation_save
from platform_site.files.marks import FONT
from tests.factories import accounts, patents
from trading import undertaking
from trading.actions import disclosure, mediation, parties, rooms
from trading.models import Party

ASKED = "请问该催化剂在四百度以下能否连续运行一千小时？"


def market(owner, **what):
    """A listing on the market that offers two forms."""
    return patents.published(owner, **{"forms": ["ordinary", "exclusive"], **what})


def room(
    owner,
    buyer,
    *,
    listing=None,
    body=ASKED,
    forms=(Form.ORDINARY.value,),
    provinces=("430000",),
    uploads=(),
    use="车载制氢",
):
    """A negotiation of the two about a listing of the owner."""
    listing = listing or market(owner)
    return rooms.enquiry_create(
        listing_id=listing.pk,
        actor=buyer,
        body=body,
        forms=forms,
        provinces=provinces,
        intended_use=use,
        uploads=uploads,
    )


def say(room, author, body="可以，附上试验报告。", **more):
    return rooms.message_send(negotiation_id=room.pk, actor=author, body=body, **more)


def paper(name="工艺参数.pdf", pages=2, text="第%d页的工艺参数"):
    """An upload that is a real document with text on each page."""
    source = "#pagebreak()\n".join(text % number for number in range(1, pages + 1))
    source = f'#set text(font: "Noto Sans SC")\n{source}'.encode()
    made = typst.compile(source, font_paths=[str(FONT.parent)], ignore_system_fonts=True)
    return SimpleUploadedFile(name, made, content_type="application/pdf")


def locked_paper(name="加密.pdf"):
    """The same behind a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(paper().read())))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")


def secret(room, author, upload=None, body="附上保密的工艺参数。"):
    """A confidential attachment that `author` has sent."""
    message = say(room, author, body, uploads=[upload or paper()], confidential=True)
    return message.files.get()


def undertake(room, user):
    return disclosure.undertaking_accept(negotiation_id=room.pk, actor=user, version=undertaking.VERSION)


CODE = "91350100M000100Y43"
OTHER_CODE = "91110108551385082Q"


def join(user, code=CODE, name="江城先进材料研究院"):
    """Make somebody a member of an organisation."""
    return organisation_save(
        actor=user, credit_code=code, name_zh=name, name_en="", kind="institute", province_code="420000", city_code="",
    )  # fmt: skip


def colleague(user, email="lin@example.org", name="林同事", code=CODE):
    """A member of the organisation of `user`, who joins it too."""
    join(user, code)
    found = accounts.member(email, name=name)
    join(found, code)
    return found


def bring(room, actor, user):
    return parties.party_add(negotiation_id=room.pk, actor=actor, email=user.email)


def leave(room, user):
    """`user` is out of the room; somebody else of their side stays, as the database wants it."""
    side = Party.objects.get(negotiation=room, user=user, left_at=None).side
    stays = accounts.member(f"stays-{room.pk}-{side}@example.org", name="留任同事")
    Party.objects.create(negotiation=room, user=stays, side=side, joined_at=clock.now())
    Party.objects.filter(negotiation=room, user=user, left_at=None).update(left_at=clock.now())


def asked(room, actor, *messages, reason="双方对许可费的计算方式有分歧。"):
    """A mediation that `actor` asks for, with these messages released."""
    return mediation.mediation_ask(
        negotiation_id=room.pk, actor=actor, reason=reason, message_ids=[message.pk for message in messages]
    )


def accepted(room, actor, officer, *messages):
    found = asked(room, actor, *messages)
    return mediation.mediation_accept(mediation_id=found.pk, actor=officer)
