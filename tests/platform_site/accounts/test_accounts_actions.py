"""Actions of accounts: what each writes, records and tells, and every refusal."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from stdnum.cn import ric, uscc

from platform_site import clock
from platform_site.accounts import actions
from platform_site.accounts.models import Membership, Organisation, Verification
from platform_site.audit.models import AuditEntry
from platform_site.errors import Conflict, MoveRefused, NotAllowed
from platform_site.notices.models import Notice
from platform_site.outbox import queue
from platform_site.outbox.models import OutboxMessage
from tests.factories import accounts as people

CODE = "91420100MA4KX1AB2"
CODE += uscc.calc_check_digit(CODE)
OTHER_CODE = "91430100MA4KX1AB3"
OTHER_CODE += uscc.calc_check_digit(OTHER_CODE)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
pytestmark = pytest.mark.django_db


def resident(serial="123"):
    number = f"42010219900307{serial}"
    return number + ric.calc_check_digit(number + "0")


def ask(actor, number=None, **facts):
    facts = {"real_name": "莫某", "identity_kind": "resident", "identity_number": number or resident(), **facts}
    return actions.verification_submit(actor=actor, **facts)


def organisation(actor, code=CODE, **facts):
    facts = {
        "name_zh": "示例技术有限公司",
        "name_en": "",
        "kind": "enterprise",
        "province_code": "420000",
        "city_code": "420100",
        **facts,
    }
    return actions.organisation_save(actor=actor, credit_code=code, **facts)


def profile(actor, **facts):
    usual = {"display_name": "莫先生", "phone": "", "language": "zh-hans", "province_code": "410000", "office_code": ""}
    return actions.profile_save(actor=actor, **{**usual, **facts})


def last_audit():
    return AuditEntry.objects.order_by("-id").first()


# ---- profile


def test_profile_save(mo):
    profile(mo, display_name=" 莫女士 ", phone="０２７-87654321", language="en", province_code="420000")
    mo.refresh_from_db()
    assert (mo.display_name, mo.phone, mo.language, mo.province_id, mo.office_id) == (
        "莫女士", "027-87654321", "en", "420000", "420000",
    )  # fmt: skip
    entry = last_audit()
    assert entry.verb == "accounts.profile_save"
    assert set(entry.data["fields"]) == {"display_name", "phone", "language", "province_id", "office_id"}
    assert "87654321" not in str(entry.data)


def test_outside_the_six_an_office_is_chosen(mo):
    profile(mo, province_code="", office_code="430000")
    mo.refresh_from_db()
    assert (mo.province_id, mo.office_id) == (None, "430000")


def test_inside_the_six_the_office_follows_the_province(mo):
    profile(mo, province_code="340000", office_code="430000")
    mo.refresh_from_db()
    assert mo.office_id == "340000"


@pytest.mark.parametrize(
    "facts",
    [
        {"province_code": "", "office_code": ""},
        {"province_code": "110000"},
        {"province_code": "", "office_code": "110000"},
        {"language": "fr"},
        {"display_name": "  "},
    ],
)
def test_profile_save_refuses_what_it_does_not_know(mo, facts):
    with pytest.raises(Conflict):
        profile(mo, **facts)
    assert last_audit() is None


# ---- organisation


def test_organisation_save_enters_a_new_one_and_joins_it(mo):
    made = organisation(mo, code=CODE.lower())
    assert (made.credit_code, made.city_code) == (CODE, "420100")
    assert Membership.objects.get(user=mo, left_at=None).organisation == made
    assert last_audit().verb == "accounts.organisation_save"


def test_a_sole_member_corrects_the_name(mo):
    organisation(mo)
    assert organisation(mo, name_zh="示例科技有限公司").name_zh == "示例科技有限公司"
    assert Membership.objects.filter(user=mo).count() == 1


def test_joining_does_not_rename_what_others_entered(mo, bai):
    organisation(mo)
    joined = organisation(bai, name_zh="冒名公司")
    assert joined.name_zh == "示例技术有限公司"
    assert Organisation.objects.get().name_zh == "示例技术有限公司"
    assert Membership.objects.filter(left_at=None).count() == 2


def test_one_verified_with_the_organisation_may_rename_it(mo, bai):
    made = organisation(mo)
    organisation(bai)
    Verification.objects.filter(user=bai).update(organisation=made)
    assert organisation(bai, name_zh="更名后的公司").name_zh == "更名后的公司"


def test_changing_the_organisation_ends_the_old_membership(mo):
    organisation(mo)
    organisation(mo, code=OTHER_CODE, name_zh="另一家公司")
    assert Membership.objects.filter(user=mo, left_at=None).get().organisation.credit_code == OTHER_CODE
    assert Membership.objects.filter(user=mo).count() == 2


def test_organisation_save_refuses_a_city_of_another_province(mo):
    with pytest.raises(Conflict):
        organisation(mo, city_code="430100")
    with pytest.raises(Conflict):
        organisation(mo, kind="club")
    with pytest.raises(ValidationError):
        organisation(mo, code="123")
    assert not Organisation.objects.exists()


def test_organisation_leave(mo):
    organisation(mo)
    actions.organisation_leave(actor=mo)
    assert not Membership.objects.filter(user=mo, left_at=None).exists()
    assert last_audit().verb == "accounts.organisation_leave"
    with pytest.raises(Conflict):
        actions.organisation_leave(actor=mo)


# ---- verification: asking


def test_verification_submit(mo, guo):
    officer = people.officer("zhao@example.org", province="410000")
    organisation(mo)
    made = ask(mo, proof=SimpleUploadedFile("证件.pdf", PDF))
    assert (made.province_id, made.state, made.identity_tail) == ("410000", "submitted", resident()[-4:])
    assert made.organisation.credit_code == CODE
    assert made.proof.content_type == "application/pdf"
    assert made.due_on > clock.day_of(made.submitted_at)
    entry = last_audit()
    assert (entry.verb, entry.province_code) == ("accounts.verification_submit", "410000")
    queue.drain()
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (officer, "verification_submitted")
    assert notice.path == f"/accounts/verifications/{made.pk}/"


def test_the_number_lies_encrypted_in_the_database(mo):
    made = ask(mo)
    with connection.cursor() as cursor:
        cursor.execute("SELECT v::text FROM accounts_verification v WHERE id = %s", [made.pk])
        stored = cursor.fetchone()[0]
    assert resident() not in stored
    assert Verification.objects.get(pk=made.pk).identity_number == resident()


def test_the_number_reaches_no_log_and_no_notice(mo, guo):
    people.officer("zhao@example.org", province="410000")
    made = ask(mo)
    he = people.officer("qian@example.org", province="410000")
    actions.verification_refuse(verification_id=made.pk, actor=he, reason="姓名不符")
    queue.drain()
    everything = [str(row.data) for row in AuditEntry.objects.all()]
    everything += [str(row.data) + row.path for row in Notice.objects.all()]
    everything += [str(row.payload) for row in OutboxMessage.objects.all()]
    assert everything
    assert not [text for text in everything if resident() in text]


def test_without_an_office_nothing_is_asked(mo):
    mo.province = mo.office = None
    mo.save()
    with pytest.raises(Conflict, match="个人资料"):
        ask(mo)


def test_one_open_request_at_a_time(mo, shen):
    ask(mo)
    with pytest.raises(Conflict, match="待核验"):
        ask(mo)
    with pytest.raises(Conflict, match="已核验"):
        ask(shen)
    assert Verification.objects.filter(user=mo).count() == 1


def test_a_number_verified_for_somebody_is_refused_without_saying_whose(mo, bai, he):
    Verification.objects.filter(user=bai).delete()
    first = ask(bai)
    actions.verification_approve(verification_id=first.pk, actor=he)
    with pytest.raises(Conflict) as refusal:
        ask(mo)
    assert "同一人只能核验一个账号" in str(refusal.value)
    assert "白经理" not in str(refusal.value) and "bai@" not in str(refusal.value)


def test_a_bad_number_or_kind_is_refused(mo):
    for kind, number in (("resident", "123"), ("passport", "1"), ("badge", resident())):
        with pytest.raises(ValidationError):
            ask(mo, identity_kind=kind, identity_number=number)
    assert not Verification.objects.exists()


def test_a_proof_that_is_no_picture_or_pdf_is_refused(mo):
    with pytest.raises(ValidationError):
        ask(mo, proof=SimpleUploadedFile("证件.pdf", b"MZ executable"))
    assert not Verification.objects.exists()


def test_verification_withdraw(mo, bai):
    made = ask(mo)
    with pytest.raises(NotAllowed):
        actions.verification_withdraw(verification_id=made.pk, actor=bai)
    assert actions.verification_withdraw(verification_id=made.pk, actor=mo).state == "withdrawn"
    assert last_audit().verb == "accounts.verification_withdraw"
    with pytest.raises(MoveRefused):
        actions.verification_withdraw(verification_id=made.pk, actor=mo)
    assert ask(mo).state == "submitted"


# ---- verification: deciding


@pytest.fixture
def asked(mo):
    """Mo asked Hubei's office."""
    mo.province_id = mo.office_id = "420000"
    mo.save()
    return ask(mo)


def test_verification_approve(asked, guo, mo):
    made = actions.verification_approve(verification_id=asked.pk, actor=guo)
    assert (made.state, made.decided_by) == ("verified", guo)
    assert last_audit().verb == "accounts.verification_approve"
    queue.drain()
    assert Notice.objects.get(recipient=mo).kind == "verification_verified"


@pytest.mark.parametrize("verb", ["refuse", "revoke"])
def test_refuse_and_revoke_tell_the_reason(asked, guo, mo, verb):
    if verb == "revoke":
        actions.verification_approve(verification_id=asked.pk, actor=guo)
    act = getattr(actions, f"verification_{verb}")
    with pytest.raises(Conflict, match="理由"):
        act(verification_id=asked.pk, actor=guo, reason="  ")
    made = act(verification_id=asked.pk, actor=guo, reason="证件看不清")
    assert made.state == {"refuse": "refused", "revoke": "revoked"}[verb]
    assert last_audit().verb == f"accounts.verification_{verb}"
    queue.drain()
    notice = Notice.objects.filter(recipient=mo, kind=f"verification_{made.state}").get()
    assert notice.data["reason"] == "证件看不清"
    assert ask(mo).state == "submitted"  # and may ask again


@pytest.mark.parametrize("verb", ["approve", "refuse", "revoke"])
def test_nobody_else_decides(asked, he, bai, ad, verb):
    facts = {} if verb == "approve" else {"reason": "理由"}
    for stranger in (he, bai, ad):
        with pytest.raises(NotAllowed):
            getattr(actions, f"verification_{verb}")(verification_id=asked.pk, actor=stranger, **facts)
    asked.refresh_from_db()
    assert asked.state == "submitted"


def test_a_superuser_is_no_officer(asked, mo, bai):
    bai.is_superuser = True
    bai.save()
    with pytest.raises(NotAllowed):
        actions.verification_approve(verification_id=asked.pk, actor=bai)


def test_nobody_decides_their_own(guo):
    own = ask(guo)
    with pytest.raises(NotAllowed):
        actions.verification_approve(verification_id=own.pk, actor=guo)


def test_a_decision_is_made_once(asked, guo):
    actions.verification_refuse(verification_id=asked.pk, actor=guo, reason="理由")
    with pytest.raises(MoveRefused):
        actions.verification_approve(verification_id=asked.pk, actor=guo)
    with pytest.raises(MoveRefused):
        actions.verification_revoke(verification_id=asked.pk, actor=guo, reason="理由")


def test_a_number_verified_meanwhile_is_a_sentence_for_the_officer(asked, guo, bai, he):
    Verification.objects.filter(user=bai).delete()
    twin = ask(bai)
    actions.verification_approve(verification_id=twin.pk, actor=he)
    with pytest.raises(Conflict, match="另一个账号"):
        actions.verification_approve(verification_id=asked.pk, actor=guo)


def test_the_database_keeps_one_person_one_mark(asked, bai):
    Verification.objects.filter(user=bai).update(identity_hash=asked.identity_hash)
    with pytest.raises(IntegrityError, match="verification_one_person"), transaction.atomic():
        Verification.objects.filter(pk=asked.pk).update(state="verified")


def test_the_database_keeps_one_open_request(asked, mo):
    asked.pk = None
    with pytest.raises(IntegrityError, match="verification_one_open"), transaction.atomic():
        asked.save(force_insert=True)


def test_reading_the_proof_is_on_record_for_an_officer_only(mo, guo):
    mo.province_id = mo.office_id = "420000"
    mo.save()
    made = ask(mo, proof=SimpleUploadedFile("证件.pdf", PDF))
    assert actions.verification_proof_read(verification_id=made.pk, actor=mo) == made.proof
    assert last_audit().verb == "accounts.verification_submit"
    assert actions.verification_proof_read(verification_id=made.pk, actor=guo) == made.proof
    assert (last_audit().verb, last_audit().actor) == ("accounts.verification_proof_read", guo)
