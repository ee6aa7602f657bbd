"""The list of accounts and of what was done to them, line by line, for the administrators (账号名册)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from huiyin.records.accounts.models import User
from huiyin.records.accounts.selectors import changes_visible_to, users_visible_to

PAGE = 100


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as a line of the list (账号行)."""

    id: int
    username: str
    name: str
    agency_id: int | None
    duty: str
    roles: str
    is_active: bool
    must_change_password: bool
    revision: int

    @classmethod
    def of(cls, user: User) -> "AccountRow":
        """The line of one account."""
        return cls(*(getattr(user, name) for name in cls.__dataclass_fields__))


@dataclass(frozen=True)
class AccountPage:
    """One page of accounts in the order of their names (账号列表页)."""

    rows: tuple[AccountRow, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What an administrator did to an account (账号操作行)."""

    id: int
    at: datetime
    by: str
    username: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]

    @property
    def differences(self) -> tuple[tuple[str, Any, Any], ...]:
        """The fields that differ, with the value before and after."""
        names = {**self.before, **self.after}
        return tuple(
            (name, self.before.get(name, ""), self.after.get(name, ""))
            for name in names
            if self.before.get(name) != self.after.get(name)
        )


def account_rows(user: User, *, text: str = "", after: str = "", limit: int = PAGE) -> AccountPage:
    """Accounts by user name, found by a part of name, user name or agency (账号列表)."""
    users = users_visible_to(user).order_by("username")
    if text:
        users = users.filter(
            Q(username__icontains=text) | Q(name__icontains=text) | Q(agency__name__icontains=text)
        )
    if after:
        users = users.filter(username__gt=after)
    found = [AccountRow(*row) for row in users.values_list(*AccountRow.__dataclass_fields__)[: limit + 1]]
    rows = tuple(found[:limit])
    return AccountPage(rows, rows[-1].username if len(found) > limit else "")


def account_row(user: User, user_id: int) -> User | None:
    """One account that this administrator may see."""
    return users_visible_to(user).filter(pk=user_id).first()


def change_rows(user: User, *, before: int | None = None, limit: int = PAGE) -> tuple[ChangeRow, ...]:
    """What was done to accounts, newest first, for the auditor (账号操作记录)."""
    changes = changes_visible_to(user)
    if before is not None:
        changes = changes.filter(id__lt=before)
    rows = changes.order_by("-id").values_list(
        "id", "at", "by__username", "user__username", "action", "before", "after"
    )
    return tuple(
        ChangeRow(key, at, by or "", name, action, old, new)
        for key, at, by, name, action, old, new in rows[:limit]
    )
