"""What the two sides of a room do besides offers: confidential papers behind an undertaking, and mediation. Read next: deals.py."""

from collections.abc import Callable, Sequence
from datetime import datetime

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from platform_site import clock
from platform_site.accounts.models import User
from platform_site.files.marks import FONT
from trading import undertaking
from trading.actions import disclosure, mediation, rooms
from trading.models import Negotiation

Moment = Callable[[float], datetime]
PAGES = (
    ("工艺规程（演示）", "配料、升温、保温三段的控制参数由权利人在签约后逐项交付，本页只列目录。"),
    ("检验方法（演示）", "抽样、制样、检测设备和判定规则，共六节。"),
)
ASKS = (
    "双方对提成基数的口径有分歧，请主管部门组织一次调解。",
    "对方三周未答复交付日期，请协助联系并组织调解。",
    "对改进成果的归属各执一词，希望听取调解意见。",
)


def talk(open_rooms: Sequence[Negotiation], officers: dict[str, User], moment: Moment) -> None:
    """In the first rooms a confidential paper each, opened by the other side or not yet; then one mediation of each course."""
    for place, room in enumerate(open_rooms[:6]):
        _confide(room, moment, opened=place % 3 != 2)
    for course, room, reason in zip(("asked", "accepted", "closed"), open_rooms[6:], ASKS, strict=False):
        _mediate(room, officers[room.listing.province_id or ""], moment, course, reason)


def _confide(room: Negotiation, moment: Moment, *, opened: bool) -> None:
    owner, buyer = room.listing.owner, room.buyer
    with clock.at(moment(0.4)):
        message = rooms.message_send(
            negotiation_id=room.pk, actor=owner, body="附上保密的工艺资料目录，请先签署保密承诺再查看。",
            uploads=[_paper()], confidential=True,
        )  # fmt: skip
    if not opened:
        return
    with clock.at(moment(0.3)):
        disclosure.undertaking_accept(negotiation_id=room.pk, actor=buyer, version=undertaking.VERSION)
    with clock.at(moment(0.2)):
        disclosure.file_open(file_id=message.files.get().pk, actor=buyer)


def _mediate(room: Negotiation, officer: User, moment: Moment, course: str, reason: str) -> None:
    with clock.at(moment(0.45)):
        said = rooms.message_send(negotiation_id=room.pk, actor=room.buyer, body="我方同意把以上分歧提交调解。")
        asked = mediation.mediation_ask(negotiation_id=room.pk, actor=room.buyer, reason=reason, message_ids=[said.pk])
    if course == "asked":
        return
    with clock.at(moment(0.3)):
        mediation.mediation_accept(mediation_id=asked.pk, actor=officer)
    with clock.at(moment(0.2)):
        mediation.mediation_answer(
            mediation_id=asked.pk, actor=officer, body="请双方各自说明期望的口径，并公开相关留言，便于提出建议。"
        )
    if course == "closed":
        with clock.at(moment(0.1)):
            mediation.mediation_close(mediation_id=asked.pk, actor=officer, outcome="双方同意按不含税销售额计算提成。")


def _paper() -> SimpleUploadedFile:
    """A real document with text, so that every page can bear its reader's mark."""
    text = "#pagebreak()\n".join(f"= {title}\n{words}\n" for title, words in PAGES)
    source = f'#set text(font: "Noto Sans SC")\n{text}'.encode()
    made = typst.compile(source, font_paths=[str(FONT.parent)], ignore_system_fonts=True)
    return SimpleUploadedFile("工艺资料目录（演示）.pdf", made, content_type="application/pdf")
