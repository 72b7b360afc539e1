"""Policies and applications for support, through the portal's own actions. Read next: agreements.py."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from governance import entitlement_facts, entitlement_queries
from governance.actions import objections, policies, support
from platform_site import clock
from platform_site.accounts.models import User
from tests.factories import accounts, agreements, performance

HUBEI, HUNAN, JIANGXI = "420000", "430000", "360000"


def leaf(name, op, value, clause="第三条"):
    return {"fact": name, "op": op, "value": value, "clause": clause}


OPEN_RULE = {
    "all": [
        leaf("occasion", "in", ["agreement"], "第二条"),
        leaf("form", "in", ["ordinary", "exclusive", "assignment"], "第三条第一项"),
        leaf("patent_in_force", "is", True, "第三条第二项"),
    ]
}
LOCAL = leaf("applicant_seat", "in", [HUBEI], "第四条")
FIXED = {"kind": "fixed", "amount": "30000"}
RATE = {"kind": "rate", "percent": "10", "of": "contract_cny"}


def values(**changes):
    plain = {
        "title_zh": "专利转化奖补办法", "title_en": "Deal award", "summary_zh": "对许可和转让给予奖补。", "summary_en": "",
        "basis_zh": "省政府办公厅文件第三条", "basis_en": "", "criteria": OPEN_RULE, "formula": FIXED, "cap_cny": Decimal(50_000),
        "stacking": "once", "starts_on": clock.today(), "ends_on": None, "quota": None, "budget_cny": None, "documents": [],
        "notice_days": 1,
    }  # fmt: skip
    return {**plain, **changes}


def keeper(code):
    """The first officer of a province, made where there is none."""
    found = User.objects.filter(groups__name__startswith="officers-", province=code).order_by("pk").first()
    return found or accounts.officer(f"keeper-{code}@example.org", name=f"经办{code[:2]}", province=code)


def draft(code=HUBEI, kind="deal", actor=None, **changes):
    return policies.policy_create(actor=actor or keeper(code), code=code, kind=kind, values=values(**changes))


def published(code=HUBEI, kind="deal", actor=None, **changes):
    actor = actor or keeper(code)
    version = draft(code, kind, actor, **changes)
    return policies.policy_publish(version_id=version.pk, actor=actor)


def subject_of(agreement, user):
    return entitlement_queries.agreement_maker(user, agreement.pk)({})


def applied(version, user, agreement, **changes):
    """An application of a party for an agreement of theirs."""
    subject = subject_of(agreement, user)
    facts = entitlement_facts.facts_in_record(subject, version.policy.province_id)
    more = {"uploads": [paper()]} if version.documents else {}
    return support.support_make(
        version_id=version.pk, actor=user, role=subject.role, facts=facts, agreement=agreement, **{**more, **changes}
    )


def paper(name="申报材料.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def second(code):
    """Another officer of the province."""
    found = User.objects.filter(email=f"second-{code}@example.org").first()
    return found or accounts.officer(f"second-{code}@example.org", name=f"复审{code[:2]}", province=code)


def accepted(application, actor):
    return support.support_accept(application_id=application.pk, actor=actor)


def reviewed(application, actor, amount=Decimal(30_000)):
    accepted(application, actor)
    return support.support_review(application_id=application.pk, actor=actor, amount_cny=amount, words="材料属实。")


def on_notice(application, actor, other, amount=Decimal(30_000), *, days_ago=0):
    """Past both reviews; `days_ago` the second one, so that the notice may be over (the clock of the database is set by no test)."""
    reviewed(application, actor, amount)
    confirm = partial(support.support_confirm, application_id=application.pk, actor=other, words="同意。")
    if not days_ago:
        return confirm()
    with performance.on(clock.today() - timedelta(days=days_ago)):
        return confirm()


def approved(application, actor, other, amount=Decimal(30_000)):
    on_notice(application, actor, other, amount, days_ago=20)
    return support.support_approve(application_id=application.pk, actor=actor, clause="第三条第一项")


def of_all_kinds(shen, bai, guo):
    """One application of Bai's to Hubei in each state that somebody does something about, by what it is; the first reviewer is not Guo."""
    agreement = agreements.signed(shen, bai)
    other = second(HUBEI)
    kinds = iter(("conversion", "rent", "interest", "valuation", "risk", "insurance", "display", "award", "tax"))

    def asked():
        return applied(published(HUBEI, next(kinds), guo), bai, agreement)

    fresh, back, refused, appealed = (asked() for _one in range(4))
    support.support_return(application_id=back.pk, actor=other, reason="缺付款凭证。")
    for one in (refused, appealed):
        support.support_decline(application_id=one.pk, actor=other, clause="第五条", reason="不符合。")
    support.support_appeal(application_id=appealed.pk, actor=bai, words="请复核。")
    open_ = on_notice(asked(), other, guo)
    objector = accounts.member("objecting@example.org", name="异议人")
    papers = published(HUBEI, "award", guo, documents=["合同复印件"])
    return {
        "pl_version": published(HUBEI, "deal", guo), "pl_draft": draft(HUBEI, "deal", guo), "sp_deal": agreement,
        "sp_fresh": fresh, "sp_back": back, "sp_refused": refused, "sp_appealed": appealed,
        "sp_accepted": accepted(asked(), other), "sp_reviewed": reviewed(asked(), other),
        "sp_noticed": on_notice(asked(), other, guo, days_ago=20), "sp_granted": approved(asked(), other, guo),
        "sp_open": open_,
        "sp_objection": objections.objection_make(application_id=open_.pk, actor=objector, words="该专利另有权利人。"),
        "sp_file": applied(papers, bai, agreement).files.get(),
    }  # fmt: skip
