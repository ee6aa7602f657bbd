"""Who may manage which account; asked by the services and by the pages that show the buttons.

Three administrators hold one another in check (三员分离): the system administrator makes and closes
casework accounts, the security administrator gives them roles, unlocks and looks after the other
administrators, the auditor reads what both did. Nobody manages the own account, and the security
administrator's is managed from the command line only.
"""

from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Duty, Right


def can_create_account(user: User, duty: str) -> bool:
    """Casework accounts are the system administrator's, administrators the security administrator's."""
    if duty == Duty.CASEWORK:
        return user.has_right(Right.ACCOUNT_MANAGE)
    return duty != Duty.SECURITY_ADMIN and user.has_right(Right.SECURITY_MANAGE)


def can_manage_account(user: User, account: User) -> bool:
    """Rename, move, close, reopen, give a new first password."""
    return user.pk != account.pk and can_create_account(user, account.duty)


def can_grant_roles(user: User, account: User) -> bool:
    """Roles are given by the security administrator, to casework accounts only."""
    return account.duty == Duty.CASEWORK and user.has_right(Right.SECURITY_MANAGE)


def can_unlock(user: User) -> bool:
    """Unlock an account before its time, end its sessions, take back its second factor."""
    return user.has_right(Right.SECURITY_MANAGE)


def can_issue_tokens(user: User, account: User) -> bool:
    """Let a program act as a casework account."""
    return account.duty == Duty.CASEWORK and user.has_right(Right.SECURITY_MANAGE)


def can_list_accounts(user: User) -> bool:
    """All three administrators see the list of accounts."""
    return user.is_administrator and user.is_active


def can_read_changes(user: User) -> bool:
    """What the administrators did is read by the auditor."""
    return user.has_right(Right.LEDGER_AUDIT)
