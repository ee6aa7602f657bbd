"""Reading accounts: lists for the administrators, the account behind a token, what a leaver leaves."""

import hashlib
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.records.accounts.models import AccountChange, ApiToken, User
from huiyin.records.accounts.permissions import can_list_accounts, can_read_changes
from huiyin.records.accounts.rights import ROLE_NAMES

# A unit without one of these cannot finish its work.
NEEDED_ROLES = ("registrar", "dispatcher", "handler", "reviewer", "signer", "npc_clerk")


# Written out because every call of the API waits for it: the ORM takes longer to word it than to run it.
_TOKEN_HOLDER = (
    "SELECT holder.* FROM accounts_user AS holder"
    " JOIN accounts_apitoken AS token ON token.user_id = holder.id"
    " WHERE token.digest = %s AND token.revoked_at IS NULL AND token.expires_at > %s AND holder.is_active"
)


def user_by_token(token: str, at: datetime) -> User | None:
    """Find the active account a program may act as, in one statement."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    moment = connection.ops.adapt_datetimefield_value(at)
    return next(iter(User.objects.raw(_TOKEN_HOLDER, [digest, moment])), None)


def user_named(username: str) -> User | None:
    """Find an account by its name, for the command line."""
    return User.objects.select_related("agency").filter(username=username).first()


def users_visible_to(user: User) -> QuerySet[User]:
    """The accounts a person may see in the list: all of them for an administrator, none for others."""
    users = User.objects.select_related("agency")
    return users if can_list_accounts(user) else users.none()


def changes_visible_to(user: User) -> QuerySet[AccountChange]:
    """What was done to accounts, newest first: for the auditor."""
    changes = AccountChange.objects.select_related("user", "by")
    return changes if can_read_changes(user) else changes.none()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The keys of an account, revoked ones too."""
    return ApiToken.objects.filter(user=user)


def deactivation_warnings(user: User) -> tuple[str, ...]:
    """Say which roles an agency would be left without; shown before an account is closed (离岗提示)."""
    if user.agency_id is None:
        return ()
    others: set[str] = set()
    for roles in (
        User.objects.filter(agency_id=user.agency_id, is_active=True)
        .exclude(pk=user.pk)
        .values_list("roles", flat=True)
    ):
        others.update(roles.split())
    return tuple(
        _("停用后，本机构将没有%s，请先授予他人。") % ROLE_NAMES[role]
        for role in NEEDED_ROLES
        if role in user.role_set - others
    )
