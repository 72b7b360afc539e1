"""Cleaning of a need, of what an office says of it, and of what is proposed. Read next: ../views/needs.py."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    BoundField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    DateField,
    MultipleChoiceField,
    RadioSelect,
    Textarea,
    TypedChoiceField,
)
from django.forms import Form as PlainForm
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patents import checks, text
from patents.forms.fields import Amount, IpcSymbols, long_text
from patents.models import Listing
from patents.states import Form, PatentKind, PriceBasis
from platform_site import clock
from platform_site.regions.facts import CODES
from platform_site.regions.models import Province
from platform_site.regions.names import province_name
from platform_site.ui.widgets import DateInput
from trading.models import TechnologyNeed
from trading.models.need import CONTENT
from trading.need_checklist import CANNED, POINTS

from .fields import TextField
from .rooms import EnquiryForm

LONGEST_OPEN = timedelta(days=366)
MOST_KEYWORDS = 8
LONGEST_KEYWORD = 30
REASON_LENGTH = 1000


def _places() -> list[tuple[str, str]]:
    return [(code, province_name(code)) for code in CODES]


class Keywords(CharField):
    """Up to eight words, parted by blanks, commas or semicolons; each must be one that search knows. Cleans to a list."""

    def to_python(self, value: Any) -> list[str]:
        typed = unicodedata.normalize("NFKC", super().to_python(value))
        words = list(dict.fromkeys(filter(None, re.split(r"[;,、，；\s]+", typed))))
        if len(words) > MOST_KEYWORDS:
            raise ValidationError(_("最多填写 %(most)s 个关键词。") % {"most": MOST_KEYWORDS}, code="many")
        for word in words:
            if len(word) > LONGEST_KEYWORD or not text.asked(word):
                raise ValidationError(_("“%(word)s”不能用作关键词，请换一个词。") % {"word": word[:40]}, code="word")
        return words

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value


class NeedForm(PlainForm):
    """The whole need on one page: what is the matter, what is wanted, and the criteria by which it is matched."""

    title_zh = CharField(
        label=gettext_lazy("标题"), max_length=120, help_text=gettext_lazy("说清要解决什么、用在哪里，例如“寻求铜箔生箔机阴极辊的在线抛光技术”。")
    )  # fmt: skip
    problem_zh = long_text(
        gettext_lazy("要解决的问题"), required=True, help_text=gettext_lazy("写明工况、现有水平和卡在哪里。")
    )
    effect_zh = long_text(gettext_lazy("希望达到的效果"), required=True, help_text=gettext_lazy("写指标和测试条件。"))
    present_zh = long_text(gettext_lazy("已有的基础"), rows=3, help_text=gettext_lazy("试过什么、现有工艺和设备。"))
    keywords = Keywords(
        label=gettext_lazy("关键词"), max_length=300,
        help_text=gettext_lazy("1 至 8 个，用空格分开；写技术上的通用名称。匹配时逐个与技术的全文对照。"),
    )  # fmt: skip
    ipc = IpcSymbols(
        label=gettext_lazy("国际专利分类（IPC）"), max_length=300,
        help_text=gettext_lazy("至少写到小类，例如 C25D 或 C25D 1/04；几个之间用分号。写得越细，匹配越准。"),
    )  # fmt: skip
    forms = MultipleChoiceField(
        label=gettext_lazy("可以接受的方式"), choices=Form.choices, widget=CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一种方式。")},
    )  # fmt: skip
    places = MultipleChoiceField(
        label=gettext_lazy("拟实施省份"), choices=lazy(_places, list), widget=CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一个省。")},
    )  # fmt: skip
    kinds = MultipleChoiceField(
        label=gettext_lazy("专利类型"), choices=PatentKind.choices, required=False,
        widget=CheckboxSelectMultiple, help_text=gettext_lazy("都不选表示不限。"),
    )  # fmt: skip
    budget_basis = ChoiceField(
        label=gettext_lazy("预算的计价方式"), choices=PriceBasis.choices, initial=PriceBasis.NEGOTIABLE
    )
    budget_cny = Amount(
        label=gettext_lazy("预算上限（元）"), required=False, help_text=gettext_lazy("选“面议”时不填。会公开显示。")
    )
    trl_min = TypedChoiceField(
        label=gettext_lazy("成熟度不低于"), coerce=int, empty_value=None, required=False,
        choices=lazy(lambda: [("", _("不限")), *((n, str(words)) for n, words in enumerate(checks.LEVELS, start=1))], list),
    )  # fmt: skip
    deadline = DateField(
        label=gettext_lazy("征集截止日期"), widget=DateInput(), help_text=gettext_lazy("到这一天结束为止，最长一年。")
    )
    title_en = CharField(label=gettext_lazy("标题（英文）"), max_length=240, required=False)
    problem_en = long_text(gettext_lazy("要解决的问题（英文）"))
    effect_en = long_text(gettext_lazy("希望达到的效果（英文）"))
    present_en = long_text(gettext_lazy("已有的基础（英文）"), rows=3)

    @classmethod
    def of(cls, need: TechnologyNeed | None, data: Any = None) -> "NeedForm":
        return cls(data, initial={name: getattr(need, name) for name in CONTENT} if need else {})

    def said(self) -> list[BoundField]:
        return [self[name] for name in ("title_zh", "problem_zh", "effect_zh", "present_zh")]

    def matched(self) -> list[BoundField]:
        names = ("keywords", "ipc", "forms", "places", "kinds", "budget_basis", "budget_cny", "trl_min", "deadline")
        return [self[name] for name in names]

    def english(self) -> list[BoundField]:
        return [self[name] for name in ("title_en", "problem_en", "effect_en", "present_en")]

    def clean_deadline(self) -> Any:
        day, today = self.cleaned_data["deadline"], clock.today()
        if not today < day <= today + LONGEST_OPEN:
            raise ValidationError(_("截止日期应在明天与一年之内。"))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        basis, budget = data.get("budget_basis"), data.get("budget_cny")
        if "budget_cny" not in self.errors:
            if basis == PriceBasis.NEGOTIABLE and budget is not None:
                self.add_error("budget_basis", _("填了预算，请选择计价方式；面议则不填预算。"))
            if basis != PriceBasis.NEGOTIABLE and not budget:
                self.add_error("budget_cny", _("请填写大于零的预算，或把计价方式改为“面议”。"))
        return data


class NeedSubmitForm(PlainForm):
    """Which office, and the declaration."""

    province = ChoiceField(
        label=gettext_lazy("审核机构"), widget=RadioSelect,
        help_text=gettext_lazy("可以选六省中任何一个省的知识产权局，默认是您的账号所属的局。"),
    )  # fmt: skip
    declared = BooleanField(
        label=gettext_lazy("我声明：以上内容属实，其中没有商业秘密，可以公开"),
        error_messages={"required": gettext_lazy("提交前请勾选声明。")},
    )

    def __init__(self, *args: Any, offices: Sequence[Province], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = [(office.code, office.office) for office in offices]  # type: ignore[attr-defined]


class NeedReviewForm(PlainForm):
    """The three points, and the words of a refusal; `verb` is approve, request_changes or reject."""

    checked = MultipleChoiceField(
        label=gettext_lazy("核对无误的"), required=False, widget=CheckboxSelectMultiple,
        choices=lazy(lambda: [(name, _("%(label)s：%(hint)s") % point._asdict()) for name, point in POINTS.items()], list),
    )  # fmt: skip
    canned = ChoiceField(
        label=gettext_lazy("常用意见"), required=False,
        choices=lazy(lambda: [("", _("不选")), *((one.token, one.text) for one in CANNED)], list),
        help_text=gettext_lazy("选一条，再按实际情况补充；两处都填时接在一起。"),
    )  # fmt: skip
    reason = CharField(
        label=gettext_lazy("给需求方的意见"), required=False, max_length=REASON_LENGTH,
        widget=Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("退回修改或不予通过时必填，需求方会看到。写明哪里不符、怎样改。"),
    )  # fmt: skip

    def __init__(self, *args: Any, verb: str = "approve", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verb = verb

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        usual = {one.token: str(one.text) for one in CANNED}.get(data.get("canned", ""), "")
        written = data.get("reason", "").strip()
        data["reason"] = written if usual in written else "\n".join(part for part in (usual, written) if part)
        if self.verb == "approve" and set(data.get("checked", ())) != set(POINTS):
            self.add_error("checked", _("三项都核对无误后才能通过。"))
        if self.verb != "approve" and not data["reason"] and "reason" not in self.errors:
            self.add_error("reason", _("请写明原因。"))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """What the action of the verb takes besides review and actor."""
        given: dict[str, Any] = {"checked": self.cleaned_data["checked"]}
        return given if self.verb == "approve" else given | {"reason": self.cleaned_data["reason"]}


class ProposeForm(PlainForm):
    """Which of the own listings, and why it answers the need."""

    listing = TypedChoiceField(label=gettext_lazy("用哪一项技术"), coerce=int, widget=RadioSelect)
    text = TextField(
        label=gettext_lazy("为什么合用"), min_length=10, max_length=2000, widget=Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("10 至 2000 字。只有您和需求方能看到；联系和商谈在洽谈室里进行。"),
        error_messages={
            "required": gettext_lazy("请写明这项技术为什么合用。"),
            "min_length": gettext_lazy("请至少写 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
            "max_length": gettext_lazy("请不超过 %(limit_value)d 个字，现在是 %(show_value)d 个字。"),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, listings: Sequence[Listing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.pk, f"{one.number} {one.public_version.title}") for one in listings if one.public_version]
        self.fields["listing"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["listing"].initial = choices[0][0]


class AcceptForm(EnquiryForm):
    """The first message of the room that accepting opens: an enquiry, with what the need says filled in."""

    intended_use = None  # type: ignore[assignment]
    uploads = None  # type: ignore[assignment]

    def __init__(self, *args: Any, need: TechnologyNeed, offered: Sequence[str], **kwargs: Any) -> None:
        wanted = [form for form in offered if form in need.forms]
        initial = {"forms": wanted, "provinces": need.places, **kwargs.pop("initial", {})}
        super().__init__(*args, offered=offered, initial=initial, **kwargs)
        self.fields["body"].label = _("给权利人的第一条留言")
