"""Pages of a person's own account, and of the office that verifies: who sees what, and what bad input does."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stdnum.cn import ric, uscc

from platform_site.accounts import actions
from platform_site.accounts.models import Membership, Organisation, Verification
from platform_site.audit.models import AuditEntry
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db
BASE = "/zh-hans/accounts"
CODE = "91420100MA4KX1AB2"
CODE += uscc.calc_check_digit(CODE)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def resident(serial="123"):
    number = f"42010219900307{serial}"
    return number + ric.calc_check_digit(number + "0")


def full_width(text):
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def ask(actor, serial="123", **facts):
    facts = {"real_name": "莫某", "identity_kind": "resident", "identity_number": resident(serial), **facts}
    return actions.verification_submit(actor=actor, **facts)


def in_hubei(user):
    user.province_id = user.office_id = "420000"
    user.save()
    return user


def form_facts(**changes):
    facts = {"real_name": "莫某", "identity_kind": "resident", "identity_number": resident(), "consent": "on"}
    return {**facts, "idempotency_key": str(uuid.uuid4()), **changes}


def text_of(answer):
    return answer.content.decode()


# ---- who comes in at all


@pytest.mark.parametrize(
    "path",
    [
        "/profile/",
        "/organisation/",
        "/verification/",
        "/verifications/",
        "/verifications/1/",
        "/verifications/1/proof/",
    ],
)
def test_a_visitor_is_asked_to_log_in(client, path):
    answer = client.get(BASE + path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/zh-hans/accounts/login/?next=")


@pytest.mark.parametrize("path", ["/verification/withdraw/", "/organisation/leave/", "/verifications/1/approve/"])
def test_changes_are_posts(client, mo, path):
    client.force_login(mo)
    assert client.get(BASE + path).status_code == 405


def test_queue_and_details_by_role(client, mo, guo, he, ad, bai):
    made = ask(in_hubei(mo), proof=SimpleUploadedFile("a.pdf", PDF))
    expected = {
        guo: (200, 200, 200, 200),
        he: (200, 404, 404, 404),
        mo: (403, 404, 404, 200),  # their own paper they may read
        bai: (403, 404, 404, 404),
        ad: (403, 404, 404, 404),
    }
    for person, statuses in expected.items():
        client.force_login(person)
        paths = (
            "/verifications/",
            f"/verifications/{made.pk}/",
            f"/verifications/{made.pk}/refuse/",
            f"/verifications/{made.pk}/proof/",
        )
        assert tuple(client.get(BASE + path).status_code for path in paths) == statuses, person
    for person in (he, mo, bai, ad):
        client.force_login(person)
        for verb in ("approve", "refuse", "revoke"):
            answer = client.post(f"{BASE}/verifications/{made.pk}/{verb}/", {"reason": "理由"})
            assert answer.status_code == 404, (person, verb)
    made.refresh_from_db()
    assert made.state == "submitted"


def test_not_mine_and_not_there_look_alike(client, he, mo):
    made = ask(in_hubei(mo))
    client.force_login(he)
    one = text_of(client.get(f"{BASE}/verifications/{made.pk}/")).replace(str(made.pk), "N")
    other = text_of(client.get(f"{BASE}/verifications/99999999/")).replace("99999999", "N")
    assert client.get(f"{BASE}/verifications/{10**400}/").status_code == 404
    assert one.count("\n") == other.count("\n")


# ---- profile and organisation


def test_profile_is_saved_and_shown(client, mo):
    client.force_login(mo)
    page = text_of(client.get(BASE + "/profile/"))
    assert "莫先生" in page and "河南" in page
    facts = {
        "display_name": "莫女士",
        "phone": full_width("02787654321"),
        "language": "en",
        "province_code": "420000",
        "office_code": "",
    }
    answer = client.post(BASE + "/profile/", facts, follow=True)
    assert "个人资料已保存" in text_of(answer)
    mo.refresh_from_db()
    assert (mo.display_name, mo.phone, mo.office_id) == ("莫女士", "02787654321", "420000")


def test_outside_the_six_an_office_must_be_chosen(client, mo):
    client.force_login(mo)
    facts = {"display_name": "莫", "phone": "", "language": "en", "province_code": "outside", "office_code": ""}
    answer = client.post(BASE + "/profile/", facts)
    assert "请选择一个办理的知识产权局" in text_of(answer)
    client.post(BASE + "/profile/", {**facts, "office_code": "340000"})
    mo.refresh_from_db()
    assert (mo.province_id, mo.office_id) == (None, "340000")
    assert '<option value="outside" selected>' in text_of(client.get(BASE + "/profile/"))


def test_only_declared_fields_of_the_profile_change(client, mo):
    client.force_login(mo)
    extra = {"is_staff": "on", "is_superuser": "on", "is_demonstration": "on", "email": "x@example.org", "groups": "1"}
    facts = {"display_name": "莫", "phone": "", "language": "en", "province_code": "410000", "office_code": ""}
    client.post(BASE + "/profile/", {**facts, **extra})
    mo.refresh_from_db()
    assert (mo.is_staff, mo.is_superuser, mo.is_demonstration, mo.email) == (False, False, False, "mo@example.org")
    assert not mo.groups.exists()


def test_a_credit_code_in_full_width_is_taken(client, mo):
    client.force_login(mo)
    facts = {
        "credit_code": full_width(CODE),
        "name_zh": "示例技术有限公司",
        "name_en": "",
        "kind": "enterprise",
        "province_code": "420000",
        "city_code": "420100",
    }
    assert client.post(BASE + "/organisation/", facts).status_code == 302
    assert Organisation.objects.get().credit_code == CODE
    assert "示例技术有限公司" in text_of(client.get(BASE + "/organisation/"))
    client.post(BASE + "/organisation/leave/", {"idempotency_key": str(uuid.uuid4())})
    assert not Membership.objects.filter(left_at=None).exists()


def test_a_wrong_credit_code_and_city_are_told_beside_the_field(client, mo):
    client.force_login(mo)
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    facts = {
        "credit_code": wrong,
        "name_zh": "示例",
        "name_en": "",
        "kind": "enterprise",
        "province_code": "420000",
        "city_code": "430100",
    }
    page = text_of(client.post(BASE + "/organisation/", facts))
    assert f"应为 {CODE[-1]}" in page
    assert "所选的市不属于所选的省" in page
    assert not Organisation.objects.exists()


def test_joining_says_that_the_name_is_kept(client, mo, bai):
    facts = {"credit_code": CODE, "name_en": "", "kind": "enterprise", "province_code": "", "city_code": ""}
    actions.organisation_save(actor=bai, name_zh="示例技术有限公司", **facts)
    client.force_login(mo)
    answer = client.post(BASE + "/organisation/", {**facts, "name_zh": "别的名字"}, follow=True)
    assert "已登记为“示例技术有限公司”" in text_of(answer)


# ---- verification, the person's side


def test_the_request_and_its_state_page(client, mo):
    client.force_login(mo)
    proof = SimpleUploadedFile("证件.pdf", PDF, "application/pdf")
    answer = client.post(BASE + "/verification/", form_facts(proof=proof), follow=True)
    page = text_of(answer)
    made = Verification.objects.get(user=mo)
    assert "河南省知识产权局 核验" in page and made.due_on.isoformat() in page
    assert f"尾号 {resident()[-4:]}" in page
    assert resident() not in page
    proof = client.get(f"{BASE}/verifications/{made.pk}/proof/")
    assert proof["Cache-Control"] == "private, no-store"
    assert b"".join(proof.streaming_content) == PDF


def test_a_doubled_submit_is_one_request(client, mo):
    client.force_login(mo)
    facts = form_facts()
    first, second = (client.post(BASE + "/verification/", facts) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert Verification.objects.filter(user=mo).count() == 1


def test_a_wrong_number_is_told_and_never_sent_back(client, mo):
    client.force_login(mo)
    wrong = resident()[:-1] + ("0" if resident()[-1] != "0" else "1")
    page = text_of(client.post(BASE + "/verification/", form_facts(identity_number=wrong)))
    assert f"应为 {resident()[-1]}" in page
    assert wrong not in page and resident()[:-1] not in page
    assert "莫某" in page  # what is no secret is kept
    assert not Verification.objects.exists()


def test_consent_is_asked_for(client, mo):
    client.force_login(mo)
    facts = form_facts()
    del facts["consent"]
    assert client.post(BASE + "/verification/", facts).status_code == 200
    assert not Verification.objects.exists()


def test_a_proof_of_the_wrong_kind_is_told_beside_the_field(client, mo):
    client.force_login(mo)
    for name, content in (("a.pdf", b"MZ\x90"), ("a.svg", b"<svg/>"), ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ")):
        answer = client.post(BASE + "/verification/", form_facts(proof=SimpleUploadedFile(name, content)))
        assert answer.status_code == 200
        assert 'id="id_proof_error"' in text_of(answer)
    assert not Verification.objects.exists()


def test_a_taken_number_is_a_kind_sentence(client, mo, bai, he):
    Verification.objects.filter(user=bai).delete()
    actions.verification_approve(verification_id=ask(bai).pk, actor=he)
    client.force_login(mo)
    page = text_of(client.post(BASE + "/verification/", form_facts()))
    assert "同一人只能核验一个账号" in page
    assert "白经理" not in page


def test_after_a_refusal_the_reason_and_apply_again(client, mo, guo):
    made = ask(in_hubei(mo))
    actions.verification_refuse(verification_id=made.pk, actor=guo, reason="证件<b>看不清</b>")
    client.force_login(mo)
    page = text_of(client.get(BASE + "/verification/"))
    assert "证件&lt;b&gt;看不清" in page and "?again=1" in page
    form = text_of(client.get(BASE + "/verification/?again=1"))
    assert 'name="identity_number"' in form and "上次的意见" in form
    client.post(BASE + "/verification/", form_facts())
    assert Verification.objects.filter(user=mo, state="submitted").exists()


def test_withdraw(client, mo):
    client.force_login(mo)
    assert client.post(BASE + "/verification/withdraw/").status_code == 404
    ask(mo)
    assert "申请已撤回" in text_of(client.post(BASE + "/verification/withdraw/", follow=True))
    assert client.post(BASE + "/verification/withdraw/").status_code == 409


def test_without_an_office_the_page_leads_to_the_profile(client, mo):
    mo.province = mo.office = None
    mo.save()
    client.force_login(mo)
    page = text_of(client.get(BASE + "/verification/"))
    assert "/accounts/profile/" in page and 'name="identity_number"' not in page


def test_nul_is_refused_before_any_form(client, mo):
    client.force_login(mo)
    answer = client.post(BASE + "/verification/", form_facts(real_name="莫\x00某"))
    assert answer.status_code == 400
    assert not Verification.objects.exists()


@pytest.mark.parametrize(
    "value", ["𠮷" * 60, "‮abc", "e\u0301" * 30, "１" * 40, "9" * 4000, "🙂", " ", "-0", "NaN", "1e400"]
)
def test_odd_input_never_breaks_a_form(client, mo, value):
    client.force_login(mo)
    answers = [
        client.post(
            BASE + "/profile/",
            {"display_name": value, "phone": value, "language": value, "province_code": value, "office_code": value},
        ),
        client.post(
            BASE + "/organisation/",
            {"credit_code": value, "name_zh": value, "kind": value, "province_code": value, "city_code": value},
        ),
        client.post(BASE + "/verification/", form_facts(real_name=value, identity_kind=value, identity_number=value)),
        client.get(BASE + "/verification/", {"again": value}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 302, 400}


# ---- verification, the office's side


def test_the_queue_is_of_the_own_province_due_first(client, guo, mo, bai):
    later = ask(in_hubei(mo))
    first = ask(people.member("urgent@example.org", name="急"), serial="124", real_name="急某")
    Verification.objects.filter(pk=first.pk).update(due_on="2020-01-02")
    Verification.objects.filter(user=bai).update(real_name="湖南某")
    client.force_login(guo)
    page = text_of(client.get(BASE + "/verifications/"))
    assert page.index("急某") < page.index("莫某")
    assert "已超期" in page and "湖南某" not in page
    assert resident() not in page and resident()[-4:] in page
    actions.verification_approve(verification_id=later.pk, actor=guo)
    assert "莫某" in text_of(client.get(BASE + "/verifications/?view=verified"))
    assert "莫某" not in text_of(client.get(BASE + "/verifications/?view=closed"))
    assert client.get(BASE + "/verifications/?view=%F0%9F%99%82").status_code == 200


def test_the_empty_queue_says_so_with_the_time(client, guo):
    client.force_login(guo)
    assert "没有等待核验的申请" in text_of(client.get(BASE + "/verifications/"))


def test_pages_of_the_queue(client, guo):
    for n in range(21):
        ask(people.member(f"m{n}@example.org"), serial=f"{200 + n}", real_name=f"某{n:02}")
    client.force_login(guo)
    assert "某20" not in text_of(client.get(BASE + "/verifications/"))
    assert "某20" in text_of(client.get(BASE + "/verifications/?page=2"))
    for beyond in ("3", "0", "-1", "x", "9" * 400, "１"):
        assert client.get(BASE + "/verifications/", {"page": beyond}).status_code == 404


def test_the_queue_costs_the_same_for_one_and_three(client, guo):
    client.force_login(guo)
    ask(people.member("one@example.org"), serial="301")
    url = BASE + "/verifications/"
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for n in range(2):
        ask(people.member(f"more{n}@example.org"), serial=f"{310 + n}")
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(one) == len(three) <= 12


def test_approve_refuse_revoke_in_the_browser(client, guo, mo):
    client.force_login(guo)
    made = ask(in_hubei(mo))
    detail = f"{BASE}/verifications/{made.pk}/"
    page = text_of(client.get(detail))
    assert "通过核验" in page and f"尾号 {resident()[-4:]}" in page and resident() not in page
    assert client.post(detail + "approve/", {"idempotency_key": str(uuid.uuid4())}).status_code == 302
    assert "撤销核验" in text_of(client.get(detail))
    usual = text_of(client.get(detail + "revoke/?reason=1"))
    assert "证件信息已变更，请按新的证件重新申请。</textarea>" in usual
    assert client.post(detail + "revoke/", {"reason": " "}).status_code == 200
    answer = client.post(detail + "revoke/", {"reason": "证件信息已变更。"}, follow=True)
    assert "已撤销 莫某 的实名核验" in text_of(answer)
    made.refresh_from_db()
    assert (made.state, made.reason) == ("revoked", "证件信息已变更。")
    again = ask(mo)
    client.post(f"{BASE}/verifications/{again.pk}/refuse/", {"reason": "看不清"})
    again.refresh_from_db()
    assert again.state == "refused"
    assert client.post(f"{BASE}/verifications/{again.pk}/approve/").status_code == 409


def test_nobody_decides_their_own_in_the_browser(client, guo):
    own = ask(guo)
    client.force_login(guo)
    page = text_of(client.get(f"{BASE}/verifications/{own.pk}/"))
    assert "请由同事办理" in page and "通过核验" not in page
    for verb in ("approve", "refuse", "revoke"):
        assert client.post(f"{BASE}/verifications/{own.pk}/{verb}/", {"reason": "理由"}).status_code == 403


def test_a_removed_officer_is_shut_out_at_once(client, guo, mo):
    made = ask(in_hubei(mo))
    client.force_login(guo)
    assert client.get(f"{BASE}/verifications/{made.pk}/").status_code == 200
    guo.groups.clear()
    assert client.post(f"{BASE}/verifications/{made.pk}/approve/").status_code == 404


def test_the_number_is_on_no_page_of_anybody(client, guo, he, mo, ad):
    made = ask(in_hubei(mo), proof=SimpleUploadedFile("a.pdf", PDF))
    paths = (f"/verifications/{made.pk}/", "/verifications/", "/verification/", f"/verifications/{made.pk}/refuse/")
    for person in (guo, he, mo, ad):
        client.force_login(person)
        for path in paths:
            assert resident() not in text_of(client.get(BASE + path))
        assert resident() not in text_of(client.get("/zh-hans/desk/"))
    assert not AuditEntry.objects.filter(data__icontains=resident()).exists()


def test_english_pages(client, guo, mo):
    made = ask(in_hubei(mo))
    client.force_login(guo)
    for path in (
        "/profile/",
        "/organisation/",
        "/verification/",
        "/verifications/",
        f"/verifications/{made.pk}/",
        f"/verifications/{made.pk}/refuse/",
    ):
        assert client.get(f"/en/accounts{path}").status_code == 200
