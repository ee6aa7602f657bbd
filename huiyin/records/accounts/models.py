"""Tables of the accounts (账号): people, their old passwords, tokens, and what administrators changed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from huiyin.records.accounts.rights import DUTY_NAMES, Duty, rights_of

DUTIES = [(str(duty), DUTY_NAMES[duty]) for duty in Duty]


class UserManager(BaseUserManager["User"]):
    """How Django finds an account by its name; accounts are made by `services.user_create`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find the account and its agency in one statement."""
        return self.select_related("agency").get(username=username)


class User(AbstractBaseUser):
    """A person of an agency's staff, or one of the three administrators (用户).

    No field ties a matter to a person: work belongs to the agency, so an account can be closed any day.
    """

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, blank=True, related_name="users")
    duty = models.CharField(max_length=20, choices=DUTIES, default="casework")
    roles = models.CharField(max_length=300, blank=True, default="")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_elder_mode = models.BooleanField(default=False)
    last_password_change = models.DateTimeField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="administrators_hold_no_casework_role", condition=Q(duty="casework") | Q(roles="")
            ),
            models.CheckConstraint(
                name="casework_accounts_belong_to_an_agency",
                condition=~Q(duty="casework") | Q(agency__isnull=False),
            ),
            models.CheckConstraint(name="duty_is_known", condition=Q(duty__in=[str(duty) for duty in Duty])),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def role_set(self) -> frozenset[str]:
        """The codes of the roles this person holds."""
        return frozenset(self.roles.split())

    @property
    def rights(self) -> frozenset[str]:
        """Everything this account may do, as long as it is active."""
        return rights_of(self.duty, self.roles) if self.is_active else frozenset()

    @property
    def is_administrator(self) -> bool:
        """True for the system, security and audit administrators (三员)."""
        return self.duty != Duty.CASEWORK

    def has_right(self, right: str) -> bool:
        """Say whether this account may do `right` at all."""
        return right in self.rights

    def get_session_auth_hash(self) -> str:
        """Tie sessions to the password and to the epoch, so that changing either ends them."""
        secret = f"{self.password}:{self.session_epoch}"
        return salted_hmac("huiyin.accounts.session", secret, algorithm="sha256").hexdigest()


class PasswordRecord(models.Model):
    """The hash of a password used before, so that it is not used again (历史口令)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_records")
    password = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


class ApiToken(models.Model):
    """A key for programs that act as an account (接口令牌); only its digest is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60, default="")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or str(self.pk)


class AccountChange(models.Model):
    """What was done to an account, by whom and when; only ever added (账号操作记录)."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="changes")
    action = models.CharField(max_length=40)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("账号操作记录")

    def __str__(self) -> str:
        return f"{self.action} {self.user_id}"
