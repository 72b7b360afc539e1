"""The demonstration's people: named accounts with one password, invented owners without any. Read next: build.py."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from stdnum.cn import uscc

from governance.models import NATIONAL
from platform_site import clock
from platform_site.accounts import actions, roles
from platform_site.accounts.models import User
from platform_site.regions.facts import PROVINCES, Fact

from .prose import OWNERS

PASSWORD = "central-china-2007"
_KINDS = {"大学": "university", "研究院": "institute", "研究所": "institute"}


class Cast:
    """Who is who, once made: owners, buyers and officers by province code."""

    def __init__(self) -> None:
        self.owners: dict[str, list[User]] = {fact.code: [] for fact in PROVINCES}
        self.buyers: dict[str, User] = {}
        self.officers: dict[str, User] = {}
        self.colleagues: dict[str, User] = {}
        self.seated: dict[str, User] = {}  # by the code of the seat on the Leading Group
        self._password = make_password(PASSWORD)  # hashed once: every named account has the same

    def make(self) -> "Cast":
        for fact in PROVINCES:
            self._province(fact)
        self.seated[NATIONAL] = self._person(
            "leader@demo.example", "国家局负责人（演示）", None, group="national-leader"
        )
        self.office = self._person("staff@demo.example", "领导小组办公室（演示）", None, group=roles.STAFF_GROUP)
        administrator = self._person("admin@demo.example", "系统管理员（演示）", None, group=roles.ADMINISTRATORS_GROUP)
        User.objects.filter(pk=administrator.pk).update(is_staff=True)
        return self

    def former(self, email: str, name: str, code: str | None) -> User:
        """Somebody of the past, or a name beside a named account: nobody signs in as them."""
        return self._person(email, name, code, usable=False)

    def _province(self, fact: Fact) -> None:
        name, code, slug = fact.name_zh, fact.code, fact.slug
        self.officers[code] = self._person(
            f"officer.{slug}@demo.example", f"{name}审核员（演示）", code, group=f"officers-{slug}"
        )
        self.colleagues[code] = self._person(
            f"officer2.{slug}@demo.example", f"{name}审核员二（演示）", code, group=f"officers-{slug}"
        )
        self.seated[code] = self._person(
            f"director.{slug}@demo.example", f"{name}局长（演示）", code, group=f"directors-{slug}"
        )
        patentee = self._person(f"patentee.{slug}@demo.example", f"{name}专利权人（演示）", code)
        self.buyers[code] = self._person(f"buyer.{slug}@demo.example", f"{name}需求方（演示）", code)
        for place, (organisation, english) in enumerate(OWNERS[code]):
            # The first organisation is the named patentee's own; the others belong to people nobody signs in as.
            owner = (
                patentee
                if place == 0
                else self._person(
                    f"owner{place}.{slug}@demo.example", f"{organisation[:4]}联系人（演示）", code, usable=False
                )
            )
            self._belong(owner, organisation, english, fact, place)
            self._verify(owner, code)
            self.owners[code].append(owner)
        self._verify(self.buyers[code], code)

    def _person(self, email: str, name: str, code: str | None, *, group: str = "", usable: bool = True) -> User:
        user = User.objects.create(
            email=email,
            display_name=name,
            province_id=code,
            office_id=code,
            is_demonstration=True,
            password=self._password if usable else make_password(None),
            date_joined=clock.now(),
        )
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        if group:
            user.groups.add(Group.objects.get_or_create(name=group)[0])
        return user

    def _belong(self, user: User, organisation: str, english: str, fact: Fact, place: int) -> None:
        stem = f"91{fact.code}MADEM{fact.code[:2]}{place}"
        stem = f"{stem:0<17}"[:17]
        kind = next((kind for word, kind in _KINDS.items() if organisation.endswith(word)), "enterprise")
        actions.organisation_save(
            actor=user,
            credit_code=stem + uscc.calc_check_digit(stem),
            name_zh=organisation,
            name_en=english,
            kind=kind,
            province_code=fact.code,
            city_code=f"{fact.code[:2]}0100",
        )

    def _verify(self, user: User, code: str) -> None:
        asked = actions.verification_submit(
            actor=user, real_name=user.display_name, identity_kind="passport", identity_number=f"DEMO{user.pk:06d}"
        )
        actions.verification_approve(verification_id=asked.pk, actor=self.officers[code])
