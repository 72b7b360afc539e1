"""Between two saves of the wizard: kept as it was typed, two windows, a login that has ended."""

import re
import uuid

import pytest
from django.conf import settings
from django.urls import reverse

from patents.actions import inputs
from patents.actions import listings as actions
from patents.actions.editions import Basis, StepMoved
from patents.forms.steps import Ground, differences, step_form
from patents.models import DraftInput, ListingVersion, OfferedForm
from patents.queries import draft_of, version_in_work
from platform_site.accounts.models import User
from platform_site.errors import Conflict, NotAllowed
from tests.factories import accounts
from tests.factories import patents as make

pytestmark = pytest.mark.django_db
TEXT = {**make.TEXTS, "title_zh": "低温制氢催化剂", "trl": "8"}
HIDDEN = re.compile(r'name="(edition|idempotency_key)" value="([^"]*)"')


class Window:
    """A browser window on one step: what its page carried, and the two ways in which it sends."""

    def __init__(self, client, number, step, query=""):
        self.client, self.step = client, step
        self.address = reverse("patents:listing_step", args=[number, step])
        self.opened = client.get(self.address + query)
        self.page = self.opened.content.decode()
        self.carried = self.hidden(self.page)

    def hidden(self, page):
        form = page[page.rindex("<form", 0, page.index('name="edition"')) :]
        return dict(HIDDEN.findall(form))

    def keep(self, **data):
        """What js/wizard.js does."""
        sent = {"edition": self.carried["edition"], "window": self.carried["idempotency_key"], **data}
        answer = self.client.post(f"{self.address}keep/", sent)
        if answer.status_code == 200:
            self.carried["edition"] = str(answer.json()["edition"])
        return answer

    def press(self, **data):
        """What the button does."""
        answer = self.client.post(self.address, {**self.carried, **data})
        if answer.status_code != 302:
            self.page = answer.content.decode()
            self.carried = self.hidden(self.page)
        return answer


@pytest.fixture
def draft(client, shen):
    client.force_login(shen)
    return make.draft(shen)


@pytest.fixture
def window(client, draft):
    return lambda step="description", query="": Window(client, draft.number, step, query)


def waiting(step=None):
    rows = DraftInput.objects.filter(typed__isnull=False)
    return [row.step for row in rows] if step is None else rows.get(step=step).typed


def title():
    return ListingVersion.objects.get().title_zh


# ---- kept as it was typed


def test_what_is_typed_is_kept_as_it_is_and_shown_again(window, client, draft):
    answer = window().keep(**{**TEXT, "title_zh": "写了一半的标", "trl": ""})
    assert re.fullmatch(r"已自动保存 \d\d:\d\d", answer.json()["words"])
    assert title() == "低温氨分解制氢用钌基催化剂", "nothing of it is part of the text"
    again = window()
    assert "写了一半的标" in again.page and "自动保存的内容，还没有写入草稿" in again.page
    assert "data-error-summary" not in again.page and "<title>错误" not in again.page, "judged when it is saved"
    assert again.press(**TEXT).status_code == 302
    assert (title(), waiting()) == ("低温制氢催化剂", [])
    assert "自动保存的内容" not in window().page


def test_what_no_form_takes_is_kept_too(window):
    long = "长" * 5_000
    window().keep(**{**TEXT, "problem_zh": long, "trl": "many", "owner": "1"})
    kept = waiting("description")
    assert kept["problem_zh"] == [long] and kept["trl"] == ["many"] and "owner" not in kept and "window" not in kept
    assert long in window().page


def test_more_than_any_right_answer_is_refused_with_a_sentence(window):
    answer = window().keep(**{**TEXT, "problem_zh": "长" * 200_001})
    assert answer.status_code == 413 and "太长" in answer.json()["words"] and waiting() == []


def test_typing_back_what_is_saved_leaves_nothing_waiting(window, draft):
    page = window()
    stored = {name: getattr(version_in_work(draft), name) for name in make.TEXTS}
    page.keep(**{**stored, "title_zh": "另一个标题", "trl": "8"})
    assert waiting() == ["description"]
    page.keep(**{**stored, "title_zh": title(), "trl": "8"})
    assert waiting() == []


def test_offers_and_their_half_typed_price(window):
    window("forms").keep(
        **{
            "exclusive-offered": "on",
            "exclusive-price_basis": "lump",
            "exclusive-price_cny": "三十",
            "exclusive-provinces": ["420000"],
        }
    )
    page = window("forms").page
    assert 'value="三十"' in page and "请填写数字" not in page
    assert OfferedForm.objects.get().form == "ordinary", "what is on offer has not changed"


def test_rows_of_what_is_needed(window):
    rows = {"need-TOTAL_FORMS": "2", "need-INITIAL_FORMS": "0", "need-0-kind": "area", "need-0-amount": "一千"}
    window("requirements").keep(**rows)
    again = window("requirements")
    assert 'value="一千"' in again.page and "<title>错误" not in again.page
    refused = again.press(**rows)
    assert refused.status_code == 200 and "<title>错误" in again.page and 'value="一千"' in again.page
    assert again.press(**{**rows, "need-0-amount": "1,000"}).status_code == 302 and waiting() == []


def test_a_page_of_the_patents_opens_itself_when_something_waits_there(window, draft):
    window("patent", "?patent=new").keep(patent="new", number="2023 1 1042871.6", title_zh="第二件专利")
    page = window("patent").page
    assert "第二件专利" in page and 'name="keep_number"' in page
    first = make.patent_of(draft)
    window("patent", f"?patent={first.pk}").keep(patent=str(first.pk), title_zh="改了的名称")
    assert "改了的名称" in window("patent", f"?patent={first.pk}").page
    actions.patent_detach(listing_id=draft.pk, actor=draft.owner, patent_id=first.pk)
    assert [row.part for row in DraftInput.objects.all()] == ["new"], "its page has gone with it"


def test_a_press_that_is_refused_is_kept_without_any_script(window):
    refused = window().press(**{**TEXT, "title_zh": "", "problem_zh": "只写了问题"})
    assert refused.status_code == 200 and waiting("description")["problem_zh"] == ["只写了问题"]
    assert "只写了问题" in window().page


def test_the_list_says_what_waits_and_it_is_saved_or_given_up_before_the_text_goes(window, client, draft):
    window().keep(**{**TEXT, "title_zh": "写了一半"})
    page = client.get(reverse("patents:listing_edit", args=[draft.number])).content.decode()
    assert "有自动保存的内容，等您核对后保存" in page and "核对并提交" not in page
    with pytest.raises(Conflict, match="还没有写入草稿"):
        actions.listing_submit(listing_id=draft.pk, actor=draft.owner, province_code="420000")
    dropped = client.post(reverse("patents:input_drop", args=[draft.number, "description"]))
    assert dropped.status_code == 302 and waiting() == [] and "写了一半" not in window().page
    actions.listing_submit(listing_id=draft.pk, actor=draft.owner, province_code="420000")


def test_only_steps_that_are_typed_are_kept(client, draft):
    for step in ("files", "nonsense"):
        for verb in ("keep", "drop"):
            address = reverse(f"patents:input_{verb}", args=[draft.number, step])
            assert client.post(address, TEXT).status_code == 404
    assert DraftInput.objects.count() == 0


def test_only_the_owner_and_only_while_it_is_edited(shen, mo, draft):
    asked = {"listing_id": draft.pk, "step": "description", "part": ""}
    kept = {"typed": {"title_zh": ["别人写的"]}, "basis": Basis(0)}
    with pytest.raises(NotAllowed):
        inputs.input_keep(actor=mo, **asked, **kept)
    with pytest.raises(NotAllowed):
        inputs.input_drop(actor=mo, **asked)
    actions.listing_submit(listing_id=draft.pk, actor=shen, province_code="420000")
    with pytest.raises(Conflict):
        inputs.input_keep(actor=shen, **asked, **kept)
    assert DraftInput.objects.count() == 0


def test_sent_too_late_comes_back_to_be_copied(window, shen, draft):
    page = window()
    actions.listing_submit(listing_id=draft.pk, actor=shen, province_code="420000")
    answer = page.client.post(page.address, {**page.carried, **TEXT, "effect_zh": "刚写好的效果"})
    assert answer.status_code == 409 and "刚写好的效果" in answer.content.decode()
    assert page.client.get(page.address).status_code == 302


def test_what_a_step_waits_for_was_taken_away(window, shen, draft):
    page = window("ownership")
    actions.patent_detach(listing_id=draft.pk, actor=shen, patent_id=make.patent_of(draft).pk)
    answer = page.client.post(page.address, {**page.carried, "on_behalf": "self", "consents": ["exclusive"]})
    assert answer.url.endswith("/edit/patent/") and waiting("ownership")["consents"] == ["exclusive"]


# ---- two windows


def test_the_older_autosave_is_refused_and_shows_what_differs(window):
    first, second = window(), window()
    first.keep(**{**TEXT, "title_zh": "第一个窗口的标题"})
    refused = second.keep(**{**TEXT, "title_zh": "第二个窗口的标题"})
    told = refused.json()
    assert refused.status_code == 409 and "没有自动保存" in told["words"]
    assert "<del>第一个窗口的标题</del>" in told["differences"] and "<ins>第二个窗口的标题</ins>" in told["differences"]
    assert "实测效果" not in told["differences"], "what is alike is left out"
    assert waiting("description")["title_zh"] == ["第一个窗口的标题"]


def test_the_older_save_is_refused_until_its_reader_has_seen_the_difference(window):
    first, second = window(), window()
    assert first.press(**{**TEXT, "title_zh": "第一个窗口的标题"}).status_code == 302
    refused = second.press(**{**TEXT, "title_zh": "第二个窗口的标题"})
    assert refused.status_code == 409 and title() == "第一个窗口的标题"
    assert "又在别的窗口或设备上改过" in second.page and "<del>第一个窗口的标题</del>" in second.page
    assert 'value="第二个窗口的标题"' in second.page and "data-keep-off" in second.page
    assert second.press(**{**TEXT, "title_zh": "第二个窗口的标题"}).status_code == 302
    assert title() == "第二个窗口的标题"


def test_what_waits_elsewhere_counts_as_written(window):
    first, second = window(), window()
    first.keep(**{**TEXT, "title_zh": "还在写的标题"})
    assert second.press(**TEXT).status_code == 409 and "<del>还在写的标题</del>" in second.page
    assert waiting("description")["title_zh"] == ["还在写的标题"]


def test_two_steps_in_two_windows_do_not_meet(window):
    first, second = window(), window("ownership")
    assert first.press(**TEXT).status_code == 302
    assert second.press(on_behalf="self").status_code == 302


def test_a_window_is_never_its_own_rival(window):
    page = window()
    page.keep(**{**TEXT, "title_zh": "答复没有送到"})
    page.carried["edition"] = "0"  # the answer was lost on its way
    assert page.keep(**{**TEXT, "title_zh": "接着写"}).status_code == 200
    page.carried["edition"] = "1"  # the button was pressed while the autosave was under way
    assert page.press(**TEXT).status_code == 302


def test_an_autosave_that_arrives_after_the_button_keeps_nothing(window):
    page = window()
    page.keep(**{**TEXT, "title_zh": "快写完了"})
    assert page.press(**TEXT).status_code == 302
    assert page.keep(**{**TEXT, "title_zh": "快写完了"}).status_code == 409 and waiting() == []


@pytest.mark.parametrize("edition", ["-1", "x", "9" * 30, "²", "1e3"])
def test_an_edition_that_is_none_fits_nothing(window, edition):
    page = window()
    page.keep(**{**TEXT, "title_zh": "先写的"})
    page.carried = {"edition": edition, "idempotency_key": str(uuid.uuid4())}
    assert page.keep(**TEXT).status_code == 409


def test_saving_from_elsewhere_makes_an_open_window_too_late(draft, shen):
    inputs.input_keep(
        listing_id=draft.pk, actor=shen, step="description", part="", typed={"title_zh": ["甲"]}, basis=Basis(0)
    )
    actions.version_save(listing_id=draft.pk, actor=shen, step="description", values={**make.TEXTS, "title_zh": "乙"})
    with pytest.raises(StepMoved):
        inputs.input_keep(
            listing_id=draft.pk, actor=shen, step="description", part="", typed={"title_zh": ["丙"]}, basis=Basis(1)
        )


def test_differences_are_of_meaning_and_in_the_words_of_the_page(draft):
    ground = Ground(draft, draft_of(version_in_work(draft)))
    sent = {
        "ordinary-offered": "on", "ordinary-price_basis": "yearly", "ordinary-price_cny": "36万",
        "sole-offered": "on", "sole-price_basis": "lump", "sole-price_cny": "1",
    }  # fmt: skip
    rows = {
        row.term: (row.old, row.new)
        for row in differences(step_form("forms", ground), step_form("forms", ground, sent))
    }
    assert "普通实施许可 价格（元）" not in rows and not any(term.startswith("普通") for term in rows)
    assert any(new == "是" and not old for old, new in rows.values()) and ("", "1") in rows.values()


# ---- the login has ended


def login(client, shen, address):
    data = {"login": shen.email, "password": accounts.PASSWORD, "next": address}
    return client.post("/zh-hans/accounts/login/", data)


@pytest.fixture
def outside(client, window):
    """A window whose login ended while it was filled in."""
    page = window()
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    return page


def test_the_button_pressed_without_a_login_loses_nothing(outside, client, shen):
    answer = client.post(outside.address, {**outside.carried, **TEXT, "title_zh": "登录前写的标题"})
    assert answer.status_code == 302 and "/accounts/login/" in answer.url and outside.address in answer.url
    assert DraftInput.objects.count() == 0, "nothing is written for a visitor"
    assert login(client, shen, outside.address).url == outside.address
    back = Window(client, outside.address.split("/")[3], "description")
    assert 'value="登录前写的标题"' in back.page and "重新登录前填写的内容" in back.page
    assert back.press(**{**TEXT, "title_zh": "登录前写的标题"}).status_code == 302 and title() == "登录前写的标题"
    assert "重新登录前填写的内容" not in Window(client, outside.address.split("/")[3], "description").page


def test_the_autosave_without_a_login_loses_nothing_either(outside, client, shen):
    answer = outside.client.post(f"{outside.address}keep/", {**outside.carried, **TEXT, "title_zh": "自动送出的标题"})
    assert answer.status_code == 302 and "/accounts/login/" in answer.url
    login(client, shen, outside.address)
    back = Window(client, outside.address.split("/")[3], "description")
    assert 'value="自动送出的标题"' in back.page
    assert back.keep(**{**TEXT, "title_zh": "接着写"}).status_code == 200, "from now on it waits with the draft"
    assert "重新登录前" not in Window(client, outside.address.split("/")[3], "description").page


def test_another_window_that_saved_meanwhile_is_not_overwritten(outside, client, shen, draft):
    client.post(outside.address, {**outside.carried, **TEXT, "title_zh": "登录前写的标题"})
    basis = Basis(0, str(uuid.uuid4()))
    values = {**make.TEXTS, "title_zh": "另一台设备上的标题"}
    actions.version_save(listing_id=draft.pk, actor=shen, step="description", values=values, basis=basis)
    login(client, shen, outside.address)
    back = Window(client, draft.number, "description")
    assert back.press(**{**TEXT, "title_zh": "登录前写的标题"}).status_code == 409
    assert "<del>另一台设备上的标题</del>" in back.page


def test_what_waits_is_for_its_owner_alone(outside, client, mo, draft):
    client.post(outside.address, {**outside.carried, **TEXT, "title_zh": "登录前写的标题"})
    login(client, User.objects.get(pk=mo.pk), "/zh-hans/desk/")
    assert client.get(outside.address).status_code == 404


def test_a_visitor_fills_no_session_without_end(outside, client):
    for number in range(8):
        client.post(f"/zh-hans/patents/CN6-2026-{number:06d}/edit/description/", {"title_zh": "长" * 50_000})
    held = client.session["held_forms"]
    assert len(held) == 2
    client.post(outside.address, {"title_zh": "长" * 130_000})
    assert client.session["held_forms"] == {}
