"""People for tests."""

from datetime import timedelta
from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from platform_site import clock
from platform_site.accounts.fields import keyed_hash
from platform_site.accounts.models import User, Verification
from platform_site.accounts.roles import officers_group
from platform_site.regions.models import Province

PASSWORD = "a-long-enough-passphrase-2026"


def member(email, *, name="某人", province="420000", verified=False, language="zh-hans"):
    user = User.objects.create_user(
        email, PASSWORD, display_name=name, province_id=province, office_id=province, language=language
    )
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    if verified:
        verify(user)
    return user


def verify(user):
    return Verification.objects.create(
        user=user,
        province_id=user.office_id,
        real_name=user.display_name,
        identity_number=f"42010119900101{user.pk:04d}",
        identity_hash=keyed_hash(f"test-{user.pk}"),
        identity_tail=f"{user.pk:04d}"[-4:],
        state="verified",
        submitted_at=clock.now() - timedelta(days=3),
        due_on=clock.today(),
        decided_at=clock.now(),
    )


def officer(email, *, name="审核员", province="420000"):
    """An officer; exempt from the second factor like the demonstration's, so that tests reach the pages behind it."""
    user = member(email, name=name, province=province)
    user.is_demonstration = True
    user.save(update_fields=["is_demonstration"])
    user.groups.add(officers_group(Province.objects.get(code=province).slug))
    return user


def administrator(email, *, name="管理员"):
    user = member(email, name=name)
    user.is_staff = user.is_demonstration = True
    user.save(update_fields=["is_staff", "is_demonstration"])
    user.groups.add(Group.objects.get(name="administrators"))
    return user


def confirmed(browser, user):
    """A signed-in test client whose password was asked for once more just now (security.md 1.2, rule 14)."""
    request = SimpleNamespace(session=browser.session, user=user)
    record_authentication(request, user, "password", reauthenticated=True)
    request.session.save()
    return browser
