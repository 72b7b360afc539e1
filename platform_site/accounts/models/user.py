"""A person: the e-mail address is the login. Read next: verification.py."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from platform_site import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """May act as patentee and as buyer. What else it may do comes from grants on a Province or a seat."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    # Where the person is; null outside the six. `office` is the province whose office verifies and reviews for them.
    province = models.ForeignKey("regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("regions.Province", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_demonstration = models.BooleanField(default=False)  # made by `manage.py demo`: no second factor is asked for
    is_system = models.BooleanField(default=False)  # the named account of the portal's own clock; cannot sign in
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)

    # Asked of every page, so they come with the row of its reader (queries.reader), fresh with each request.
    in_group: bool
    administers: bool
    prepares: bool  # works in the office of the Leading Group
    sits: bool  # acts for one of its seats
    has_second_factor: bool

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(province=None) | models.Q(office=None) | models.Q(office=models.F("province")),
                name="user_office_is_own_province",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
