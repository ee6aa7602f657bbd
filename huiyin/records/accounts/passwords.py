"""What a password must be like (口令复杂度), as Django password validators."""

import secrets
import string

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from huiyin.records.accounts.errors import AccountRefused
from huiyin.records.accounts.models import PasswordRecord, User
from huiyin.records.accounts.policy import POLICY

# Without characters that look alike on paper: an initial password is read off a slip.
INITIAL_CHARACTERS = (
    "".join(set(string.ascii_lowercase) - set("lo")),
    "".join(set(string.ascii_uppercase) - set("IO")),
    "23456789",
    "-+=%#",
)


def classes_in(password: str) -> int:
    """Count how many of the four kinds of characters a password uses."""
    kinds = (str.islower, str.isupper, str.isdigit)
    found = sum(any(kind(character) for character in password) for kind in kinds)
    return found + any(not character.isalnum() for character in password)


class CharacterClassesValidator:
    """Ask for three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        if classes_in(password) < POLICY.character_classes:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("口令须包含小写字母、大写字母、数字、其他符号四类中的至少三类。")


class HistoryValidator:
    """Refuse the present password and the ones used before it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        records = PasswordRecord.objects.filter(user=user).values_list("password", flat=True)
        used = [user.password, *records[: POLICY.remembered]]
        if any(check_password(password, old) for old in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return _("不得使用当前口令或最近%d次用过的口令。") % POLICY.remembered


def password_check(password: str, user: User, *, field: str = "password") -> None:
    """Refuse a password that breaks the policy, with every reason at once.

    Raises: AccountRefused.
    """
    try:
        password_validation.validate_password(password, user)
    except ValidationError as invalid:
        raise AccountRefused(*invalid.messages, field=field) from None


def initial_password() -> str:
    """Make a first password for a new colleague, to be changed at the first log-in (初始口令)."""
    picked = [secrets.choice(kind) for kind in INITIAL_CHARACTERS]
    picked += [secrets.choice("".join(INITIAL_CHARACTERS[:3])) for _turn in range(8)]
    secrets.SystemRandom().shuffle(picked)
    return "".join(picked)
