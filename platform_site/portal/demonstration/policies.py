"""The demonstration's policies with versions, and applications in every state, through the portal's own actions. Read next: policy_prose.py."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from governance import entitlement_queries, policy_queries
from governance import policy_rules as rules
from governance.actions import objections, policies, support
from governance.entitlement_facts import Subject, facts_in_record
from governance.entitlements import Verdict, entitled
from governance.models import PolicyApplication, PolicyVersion
from platform_site import clock
from platform_site.accounts.models import User
from platform_site.accounts.queries import organisation_of
from platform_site.regions.facts import BY_CODE, CODES
from trading.models import Agreement

from .filing import paper
from .people import Cast
from .policy_prose import BASIS, BY_PROVINCE, CONVERTED, EASED, HERE, LOCAL, REASONS, TEXTS, leaf

FIRST_DAYS, SECOND_DAYS = 500, 190  # ago: the first versions, and those that follow some of them
FOLLOWED = frozenset({("340000", "deal"), ("430000", "conversion"), ("360000", "deal"), ("410000", "rent")})
# How far the n-th application goes.
STORIES = (
    "paid", "notice", "submitted", "approved", "correction", "accepted", "declined", "reviewed", "appealed", "upheld", "withdrawn",
    "recovered", "notice", "submitted", "approved", "accepted", "paid",
)  # fmt: skip
SHARES = {"140000": "0.8", "340000": "1.2", "360000": "1", "410000": "0.9", "420000": "1.5", "430000": "1.1"}


class Policies:
    """`moment` turns days ago into an instant of office hours; `deliver` hands out what the last acts have told."""

    def __init__(
        self, cast: Cast, moment: Callable[[float], datetime], deliver: Callable[[], None], today: date
    ) -> None:
        self.cast, self.moment, self.deliver, self.today = cast, moment, deliver, today

    def fill(self) -> None:
        with transaction.atomic():
            for place, code in enumerate(CODES):
                for nth, kind in enumerate(BY_PROVINCE[code]):
                    self._policy(code, kind, FIRST_DAYS - 7 * place - nth)
            self._draft()
            self.deliver()
        with transaction.atomic():
            self._applications()
            self.deliver()

    # ---- policies

    def _policy(self, code: str, kind: str, days: int) -> None:
        if kind == "fee" and self.today - timedelta(days=days) >= policies.FEES_END:
            return
        local = LOCAL.get((code, kind)) or EASED.get((code, kind))
        version = self._published(code, kind, days, local)
        if (code, kind) in FOLLOWED:
            self._follow(version, code, kind)
        if (code, kind) == ("410000", "valuation"):
            with clock.at(self.moment(60)):
                policies.policy_end(
                    version_id=version.pk, actor=self.cast.officers[code], ends_on=self.today - timedelta(days=30),
                    because=REASONS["ended"],
                )  # fmt: skip

    def _published(self, code: str, kind: str, days: int, local: Any) -> PolicyVersion:
        actor = self.cast.officers[code]
        with clock.at(self.moment(days)):
            values = self._values(code, kind, local)
            draft = policies.policy_create(actor=actor, code=code, kind=kind, values=values)
            return policies.policy_publish(version_id=draft.pk, actor=actor)

    def _follow(self, version: PolicyVersion, code: str, kind: str) -> None:
        actor = self.cast.officers[code]
        with clock.at(self.moment(SECOND_DAYS)):
            draft = policies.version_begin(policy_id=version.policy_id, actor=actor)
            values = self._values(code, kind, None)
            if values["cap_cny"]:
                values["cap_cny"] *= 2
            policies.version_save(version_id=draft.pk, actor=actor, values=values)
            policies.policy_publish(version_id=draft.pk, actor=actor)

    def _draft(self) -> None:
        with clock.at(self.moment(3)):
            values = self._values("360000", "interest", None) | {"starts_on": self.today + timedelta(days=30)}
            policies.policy_create(actor=self.cast.officers["360000"], code="360000", kind="interest", values=values)

    def _values(self, code: str, kind: str, local: Any) -> dict[str, Any]:
        text, fact = TEXTS[kind], BY_CODE[code]
        names = {"p": fact.name_zh, "e": fact.name_en}
        here = [leaf("conversion_place", "in", [code], HERE)] if kind in CONVERTED else []
        share = Decimal(SHARES[code])
        return {
            "title_zh": text.title[0].format(**names), "title_en": text.title[1].format(**names),
            "summary_zh": text.summary[0], "summary_en": text.summary[1], "basis_zh": BASIS[0].format(**names),
            "basis_en": BASIS[1].format(**names), "criteria": {"all": [*text.rule, *here, *([local] if local else [])]},
            "formula": text.formula, "cap_cny": text.cap * share if text.cap else None, "stacking": text.stacking,
            "starts_on": clock.today(), "ends_on": policies.FEES_END if kind == "fee" else None, "quota": text.quota,
            "budget_cny": text.budget * share if text.budget else None, "documents": list(text.documents), "notice_days": 5,
        }  # fmt: skip

    # ---- applications

    def _applications(self) -> None:
        stories = iter(STORIES)
        story = next(stories, None)
        for version, subject, applicant, amount in self._chances():
            if story is None:
                return
            if self._apply(version, subject, applicant, amount, story):
                story = next(stories, None)

    def _chances(self) -> Iterator[tuple[PolicyVersion, Subject, User, Decimal]]:
        """What a party of a signed agreement may get in one of the six, each of the six in turn."""
        signed = Agreement.objects.filter(signed_at__isnull=False).order_by("pk")
        versions = list(policy_queries.in_force(self.today))
        turn = 0
        for agreement in signed:
            for applicant in (agreement.buyer, agreement.owner):
                subject = entitlement_queries.agreement_maker(applicant, agreement.pk)(
                    {
                        "contract_registered": True,
                        "is_sme": True,
                        "rent_cny": Decimal(96_000),
                        "valuation_fee_cny": Decimal(20_000),
                    }
                )
                found = entitled(subject, versions, {})
                good = [one for one in found if one.verdict in (Verdict.YES, Verdict.LIKELY) and one.amount.value]
                ordered = sorted(
                    good, key=lambda one: (CODES.index(one.version.policy.province_id) - turn) % len(CODES)
                )
                if ordered:
                    turn += 1
                    yield ordered[0].version, subject, applicant, ordered[0].amount.value or Decimal(0)

    def _apply(self, version: PolicyVersion, subject: Subject, applicant: User, amount: Decimal, story: str) -> bool:
        """Answers whether it could be made: nothing is aided twice, so the next one is tried instead."""
        item = policy_queries.item_of(version, subject.role)
        deal = subject.agreement.pk if subject.agreement else None
        if item in policy_queries.aided_items([one.pk for one in subject.patents], deal):
            return False
        code = version.policy.province_id
        with clock.at(self.moment(45)):
            asked = support.support_make(
                version_id=version.pk, actor=applicant, role=subject.role, facts=facts_in_record(subject, code),
                organisation=organisation_of(applicant), agreement=subject.agreement, note=REASONS["note"],
                uploads=[paper(f"{name}.pdf") for name in version.documents[:1]],
            )  # fmt: skip
        self._carry(asked, story, self.cast.officers[code], self.cast.colleagues[code], amount)
        return True

    def _carry(self, asked: PolicyApplication, story: str, officer: User, colleague: User, amount: Decimal) -> None:
        pk = asked.pk
        if story == "submitted":
            return
        with clock.at(self.moment(40)):
            if story == "withdrawn":
                support.support_withdraw(application_id=pk, actor=asked.applicant)
                return
            if story == "correction":
                support.support_return(application_id=pk, actor=officer, reason=REASONS["correction"])
                return
            support.support_accept(application_id=pk, actor=officer)
        if story in ("declined", "appealed", "upheld"):
            self._refuse(asked, story, officer, colleague)
        elif story != "accepted":
            self._grant(asked, story, officer, colleague, amount)

    def _refuse(self, asked: PolicyApplication, story: str, officer: User, colleague: User) -> None:
        with clock.at(self.moment(30)):
            support.support_decline(application_id=asked.pk, actor=officer, clause="第四条", reason=REASONS["declined"])
        if story == "declined":
            return
        with clock.at(self.moment(20)):
            support.support_appeal(application_id=asked.pk, actor=asked.applicant, words=REASONS["appeal"])
        if story == "upheld":
            with clock.at(self.moment(10)):
                support.support_uphold(
                    application_id=asked.pk, actor=colleague, clause="第四条", reason=REASONS["upheld"]
                )

    def _object(self, pk: int, colleague: User) -> None:
        """Somebody of another province objects; every second objection has its answer."""
        asked = PolicyApplication.objects.get(pk=pk)
        other = next(user for user in self.cast.buyers.values() if rules.objection_make(user, asked))
        with clock.at(self.moment(1)):
            made = objections.objection_make(application_id=pk, actor=other, words=REASONS["objection"])
            if pk % 2:
                objections.objection_answer(objection_id=made.pk, actor=colleague, words=REASONS["answer"])

    def _grant(self, asked: PolicyApplication, story: str, officer: User, colleague: User, amount: Decimal) -> None:
        pk = asked.pk
        with clock.at(self.moment(35)):
            support.support_review(application_id=pk, actor=officer, amount_cny=amount, words=REASONS["review"])
        if story == "reviewed":
            return
        with clock.at(self.moment(3 if story == "notice" else 30)):
            support.support_confirm(application_id=pk, actor=colleague, words=REASONS["confirm"])
        if story == "notice":
            self._object(pk, colleague)
            return
        with clock.at(self.moment(8)):
            support.support_approve(application_id=pk, actor=officer, clause="第三条")
        if story in ("paid", "recovered"):
            with clock.at(self.moment(2)):
                support.support_pay(
                    application_id=pk,
                    actor=officer,
                    paid_on=clock.today(),
                    amount_cny=amount,
                    reference=f"演示凭证{pk}",
                )
        if story == "recovered":
            with clock.at(self.moment(1)):
                support.support_recover(
                    application_id=pk, actor=colleague, clause="第九条", reason=REASONS["recovered"]
                )
