"""What the host types of a programme: sessions with their speakers, places and times, releases, files. Read next: ../views/sessions.py."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from expos import programme_queries as reads
from expos import schedule_read
from expos.models import Expo, Room, Session, Speaker
from expos.programme_checks import Finding
from expos.states import SessionKind, SpeakerRole
from patents import sheets
from patents.forms.fields import long_text
from platform_site import clock
from platform_site.accounts.queries import person_by_email
from platform_site.files import store
from platform_site.ui.formats import date_iso
from platform_site.ui.widgets import TimeInput

MOST_MINUTES = 12 * 60
MOST_BYTES = 10_000_000
LANGUAGES = [
    ("", gettext_lazy("未注明")),
    ("zh", gettext_lazy("中文")),
    ("en", gettext_lazy("英文")),
    ("zh, en", gettext_lazy("中英文")),
]
# Columns of a table; those that must be there have no default.
COLUMNS: dict[str, Any] = {
    "title": gettext_lazy("题目"), "date": gettext_lazy("日期"), "start": gettext_lazy("开始"), "duration": gettext_lazy("时长"),
    "room": gettext_lazy("会场"), "kind": gettext_lazy("类型"), "speakers": gettext_lazy("演讲人"),
    "abstract": gettext_lazy("简介"), "topic": gettext_lazy("主题"), "language": gettext_lazy("语言"),
    "title_en": gettext_lazy("英文题目"), "abstract_en": gettext_lazy("英文简介"), "expected": gettext_lazy("预计人数"),
    "listing": gettext_lazy("技术编号"), "guid": gettext_lazy("标识"),
}  # fmt: skip
NEEDED = ("title", "date", "start", "duration", "room")


class PlaceForm(forms.Form):
    """Where and when: a room, a day of the expo, a time and a length; or none of them."""

    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("会场"), required=False, empty_label=gettext_lazy("暂不排定")
    )
    day = forms.TypedChoiceField(
        label=gettext_lazy("日期"), required=False, coerce=date.fromisoformat, empty_value=None
    )
    start = forms.TimeField(label=gettext_lazy("开始"), required=False, widget=TimeInput())
    minutes = forms.IntegerField(
        label=gettext_lazy("时长（分钟）"), required=False, min_value=1, max_value=MOST_MINUTES,
        help_text=gettext_lazy("路演一般 8—10 分钟，另加提问。"),
    )  # fmt: skip

    def __init__(self, *args: Any, expo: Expo, session: Session | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {**place_of(session), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = expo.rooms.all()  # type: ignore[attr-defined]
        days = [(day.isoformat(), date_iso(day)) for day in reads.days_of(expo)]
        self.fields["day"].choices = [("", _("暂不排定")), *days]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        names = ("room", "day", "start", "minutes")
        given = [name for name in ("room", "day", "start") if data.get(name) not in (None, "")]
        if given and not self.errors:
            for name in names:
                if data.get(name) in (None, ""):
                    self.add_error(name, _("排定会场和时间的，这一项也要填；暂不排定的，四项都留空。"))
        return data

    def placed(self) -> dict[str, Any]:
        """After a clean: room, starts_at, ends_at; all None where it is not placed."""
        data = self.cleaned_data
        if not data.get("room"):
            return {"room": None, "starts_at": None, "ends_at": None}
        starts_at = datetime.combine(data["day"], data["start"], tzinfo=clock.SHANGHAI)
        return {"room": data["room"], "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=data["minutes"])}


def place_of(session: Session | None) -> dict[str, Any]:
    """A session's place as the form writes it."""
    if session is None or session.starts_at is None or session.ends_at is None:
        return {}
    begin = session.starts_at.astimezone(clock.SHANGHAI)
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    return {
        "room": session.room_id, "day": begin.date().isoformat(), "start": time(begin.hour, begin.minute), "minutes": minutes
    }  # fmt: skip


class SessionForm(PlaceForm):
    """Everything that the host writes of a session."""

    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=SessionKind.choices)
    title_zh = forms.CharField(label=gettext_lazy("题目"), max_length=300)
    title_en = forms.CharField(label=gettext_lazy("英文题目"), max_length=300, required=False)
    speakers = long_text(
        gettext_lazy("演讲人"), rows=3, most=4000,
        help_text=gettext_lazy("一行一位，写已登记的姓名；主持和嘉宾写成“主持：姓名”“嘉宾：姓名”。同名的在后面加编号，例如“张三 #12”。"),
    )  # fmt: skip
    listing = forms.CharField(
        label=gettext_lazy("路演的技术"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("在架技术的编号，例如 CN6-2026-000123。"),
    )
    topic = forms.CharField(
        label=gettext_lazy("主题"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("同一主题的活动不宜同时举行。"),
    )
    expected = forms.IntegerField(label=gettext_lazy("预计人数"), required=False, min_value=1, max_value=100_000)
    language = forms.ChoiceField(label=gettext_lazy("语言"), required=False, choices=LANGUAGES)
    abstract_zh = long_text(gettext_lazy("简介"), rows=4, most=20_000)
    abstract_en = long_text(gettext_lazy("英文简介"), rows=4, most=20_000)
    field_order = ("kind", "title_zh", "title_en", "room", "day", "start", "minutes", "speakers")
    PLAIN = ("kind", "title_zh", "title_en", "topic", "expected", "language", "abstract_zh", "abstract_en")

    def __init__(self, *args: Any, expo: Expo, session: Session | None = None, **kwargs: Any) -> None:
        if session is not None:
            plain = {name: getattr(session, name) for name in self.PLAIN}
            listing = session.listing.number if session.listing else ""
            kwargs["initial"] = {
                **plain,
                "listing": listing,
                "speakers": voices_written(session),
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, expo=expo, session=session, **kwargs)
        self.expo = expo
        if session is not None and session.language not in dict(LANGUAGES):
            self.fields["language"].choices = [*LANGUAGES, (session.language, session.language)]  # type: ignore[attr-defined]

    def clean_speakers(self) -> list[tuple[Speaker, str]]:
        return voices_read(self.expo, self.cleaned_data["speakers"])

    def clean_listing(self) -> Any:
        number = self.cleaned_data["listing"].strip().upper()
        if not number:
            return None
        found = reads.listing_by_number(number)
        if found is None:
            raise forms.ValidationError(_("没有编号为“%(number)s”的在架技术。") % {"number": number}, code="listing")
        return found

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**{name: data[name] for name in self.PLAIN}, "listing": data["listing"], **self.placed()}


def _roles() -> dict[str, str]:
    """Words for a role, in either language, and the role."""
    found = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found |= {str(role.label).lower(): str(role) for role in SpeakerRole}
    return found


def voices_written(session: Session) -> str:
    """Who speaks, as the form writes it: one a line."""
    lines = []
    for row in session.speaker_rows.all():
        name = f"{row.speaker.name_zh} #{row.speaker.number}"
        lines.append(name if row.role == SpeakerRole.SPEAKER else f"{row.get_role_display()}：{name}")
    return "\n".join(lines)


def voices_read(expo: Expo, text: str) -> list[tuple[Speaker, str]]:
    """Speakers of the edition with their roles. Raises ValidationError naming the line that cannot be read."""
    known = list(reads.speakers_of(expo))
    roles, found = _roles(), {}
    for line in filter(None, (one.strip() for one in text.splitlines())):
        head, _colon, rest = line.replace(":", "：").partition("：")
        role = roles.get(head.strip().lower(), "") if rest else ""
        name = rest.strip() if role else line
        match = re.fullmatch(r"(.*?)\s*#(\d{1,18})", name)
        number = int(match[2]) if match else None
        plain = match[1].strip() if match else name
        fits = [one for one in known if number == one.number or number is None and plain in (one.name_zh, one.name_en)]
        if len(fits) != 1:
            said = (
                _("没有登记过“%(name)s”，请先登记演讲人。")
                if not fits
                else _("有 %(count)d 位“%(name)s”，请在后面加 # 和编号。")
            )
            raise forms.ValidationError(said % {"name": plain, "count": len(fits)}, code="speaker")
        found[fits[0]] = role or SpeakerRole.SPEAKER
    return list(found.items())


class SpeakerForm(forms.Form):
    """Somebody who speaks at this edition."""

    name_zh = forms.CharField(label=gettext_lazy("姓名"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("英文姓名"), max_length=200, required=False)
    unit_zh = forms.CharField(label=gettext_lazy("单位和职务"), max_length=200, required=False)
    unit_en = forms.CharField(label=gettext_lazy("英文单位和职务"), max_length=200, required=False)
    bio_zh = long_text(gettext_lazy("简介"), rows=4, most=20_000)
    bio_en = long_text(gettext_lazy("英文简介"), rows=4, most=20_000)
    email = forms.EmailField(
        label=gettext_lazy("会员的电子邮箱"),
        required=False,
        help_text=gettext_lazy("演讲人是本平台会员的，可以填写；不公开。"),
    )
    photo = forms.FileField(label=gettext_lazy("照片"), required=False, help_text=gettext_lazy("JPG、PNG 或 WebP。"))

    def __init__(self, *args: Any, speaker: Speaker | None = None, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name not in ("email", "photo")]
        initial = {name: getattr(speaker, name) for name in names} if speaker else {}
        if speaker and speaker.user:
            initial["email"] = speaker.user.email
        super().__init__(*args, initial=initial, **kwargs)

    def clean_photo(self) -> Any:
        if photo := self.cleaned_data["photo"]:
            store.check(photo, documents=False)
        return photo or None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["user"] = person_by_email(data["email"]) if data.get("email") else None
        if data.get("email") and data["user"] is None:
            self.add_error("email", _("没有会员使用这个邮箱。"))
        return data


class ReasonForm(forms.Form):
    reason = long_text(gettext_lazy("取消的原因（公开）"), required=True, rows=3, most=500)


class SureForm(forms.Form):
    """Nothing is asked for but the press of a button."""


class ReleaseForm(forms.Form):
    """What the version is about, and every warning with a box of its own."""

    note = long_text(gettext_lazy("这一版的说明（公开）"), rows=2, most=500)
    acknowledged = forms.MultipleChoiceField(
        label=gettext_lazy("已知晓的警告"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("逐条勾选才能发布；要处理的，先回到编排页修改。"),
    )  # fmt: skip

    def __init__(self, *args: Any, warnings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acknowledged"].choices = [(one.key, one.words) for one in warnings]  # type: ignore[attr-defined]
        if not warnings:
            del self.fields["acknowledged"]


class ScheduleForm(forms.Form):
    """A file of another program, or a table."""

    upload = forms.FileField(
        label=gettext_lazy("日程文件"),
        help_text=gettext_lazy("frab、pretalx 等的 schedule.xml 或 JSON，或者 CSV、XLSX 表格，最大 10 MB。"),
    )  # fmt: skip
    shift = forms.BooleanField(
        label=gettext_lazy("从展会第一天排起"), required=False,
        help_text=gettext_lazy("文件的第一天当作展会第一天，钟点不变；不选的，日期须在展期之内。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if upload := data.get("upload"):
            try:
                data["schedule"] = schedule_of(upload)
            except schedule_read.Unreadable as refused:
                self.add_error("upload", str(refused))
            except forms.ValidationError as refused:
                self.add_error("upload", refused)
        return data


def schedule_of(upload: Any) -> schedule_read.Schedule:
    """What is read in an upload. Raises: Unreadable, ValidationError."""
    if upload.size > MOST_BYTES:
        raise schedule_read.Unreadable(_("文件超过 10 MB，请分成几个文件。"))
    name = upload.name or ""
    if name.lower().endswith((".csv", ".xlsx")):
        table = sheets.read(upload)
        at = sheets.columns_at(table.heading, COLUMNS)
        if missing := [str(COLUMNS[name]) for name in NEEDED if name not in at]:
            raise schedule_read.Unreadable(_("缺少列：%(names)s。") % {"names": "、".join(missing)})
        return schedule_read.from_table(table.heading, table.rows, at)
    upload.seek(0)
    return schedule_read.read(upload.read(), name)
