"""One renderer, one field template: what a screen reader and a keyboard need is in the markup."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from platform_site.ui import widgets
from platform_site.ui.renderer import problems_of


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


class Sample(forms.Form):
    number = forms.CharField(label="专利号", help_text="十二位数字")
    form = forms.ChoiceField(
        label="许可方式", choices=[("a", "普通许可"), ("b", "排他许可")], widget=forms.RadioSelect, help_text="只选一种"
    )
    day = forms.DateField(label="申请日", widget=widgets.DateInput, required=False)
    agreed = forms.BooleanField(label="已核对")
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"class": "tall"}), required=False)
    paper = forms.FileField(label="材料", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("number") == "twice":
            raise forms.ValidationError("两处内容不一致")


def page(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context({"csrf_token": "t" * 64, **context}))


def test_label_hint_error_input_in_this_order_and_tied_together() -> None:
    html = Sample({}).__getitem__("number").as_field_group()
    places = [html.index(part) for part in ("<label", 'id="id_number_helptext"', 'id="id_number_error"', "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_number_helptext id_number_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="in"' in html
    assert "必填" in html
    assert "错误：" in html


def test_optional_fields_are_not_marked_and_own_classes_stay() -> None:
    assert "必填" not in Sample()["note"].as_field_group()
    assert 'class="in tall"' in Sample()["note"].as_field_group()


def test_radios_are_a_fieldset_whose_legend_and_hint_belong_to_the_group() -> None:
    html = Sample({})["form"].as_field_group()
    assert '<fieldset aria-describedby="id_form_helptext id_form_error">' in html
    assert "<legend>许可方式" in html
    assert html.count('<label class="pick"') == 2
    assert 'class="in' not in html


def test_a_single_box_has_its_label_beside_it() -> None:
    html = Sample()["agreed"].as_field_group()
    assert re.search(r'<label class="pick" for="id_agreed"><input type="checkbox"', html)
    assert html.count("<input") == 1


def test_days_stay_iso_in_the_browser_picker() -> None:
    html = str(Sample(initial={"day": "2026-11-24"})["day"])
    assert 'type="date"' in html
    assert 'value="2026-11-24"' in html


def test_summary_names_the_field_and_links_to_it() -> None:
    assert problems_of(Sample({"number": "x", "form": "c", "agreed": "on"})) == [
        ("id_form_0", "许可方式：选择一个有效的选项。 c 不在可用的选项中。")
    ]
    targets = [target for target, _words in problems_of(Sample({}))]
    assert targets == ["id_number", "id_form_0", "id_agreed"]
    assert ("", "两处内容不一致") in problems_of(Sample({"number": "twice"}))
    assert problems_of(Sample()) == []


def test_summary_of_several_forms_on_one_page() -> None:
    forms_on_page = [Sample({}, prefix="one"), Sample({}, prefix="two")]
    assert [target for target, _words in problems_of(forms_on_page)][::3] == ["id_one-number", "id_two-number"]


def test_write_form_posts_with_token_key_and_all_fields() -> None:
    html = page("{% write_form form action='/zh-hans/x/' submit='提交' cancel='/zh-hans/' %}", form=Sample())
    assert '<form class="form" method="post" action="/zh-hans/x/" novalidate enctype="multipart/form-data">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert re.search(r'name="idempotency_key" value="[0-9a-f-]{36}"', html)
    assert html.count('name="secret"') == 1
    assert "err-sum" not in html
    assert '<a href="/zh-hans/">取消</a>' in html


def test_a_form_sent_back_keeps_its_key_and_takes_the_focus() -> None:
    html = page("{% write_form form %}", form=Sample({"idempotency_key": "k-1"}))
    assert 'name="idempotency_key" value="k-1"' in html
    assert '<div class="err-sum" tabindex="-1" autofocus' in html
    assert "有 3 处需要修改" in html


def test_keys_differ_from_page_to_page() -> None:
    keys = {
        re.search(r'idempotency_key" value="([^"]+)"', page("{% write_form form %}", form=Sample())).group(1)
        for _ in range(3)
    }
    assert len(keys) == 3


def test_write_open_takes_a_body_and_a_button_of_its_own() -> None:
    html = page(
        "{% write_open form=form action='/a/' submit='-' %}<p>{{ form.number }}</p><button>走</button>{% endwrite_open %}",
        form=Sample(),
    )
    assert "<p><input" in html
    assert html.count("<button") == 1
    assert "csrfmiddlewaretoken" in html


def test_words_from_people_are_escaped() -> None:
    bad = "<script>alert(1)</script>"
    html = page(
        "{% write_form form %}{% tag bad %}{% chip bad bad %}{% note %}{{ bad }}{% endnote %}",
        form=Sample({"number": bad}),
        bad=bad,
    )
    assert "<script>" not in html


def test_whole_forms_use_the_same_field(rf: RequestFactory) -> None:
    html = str(Sample({"number": "twice", "form": "a", "agreed": "on"}))
    assert '<p class="err">' in html
    assert html.count('class="f') == 6
