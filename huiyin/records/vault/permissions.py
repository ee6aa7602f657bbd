"""Who may see whom (权限)."""

from huiyin.law.privacy import PURPOSES, Purpose
from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Right


def can_disclose_identity(user: User | None, purpose: Purpose) -> bool:
    """Staff with the right may, for a purpose open to staff; casework asks whether the matter is theirs."""
    return (
        user is not None
        and user.agency_id is not None
        and user.has_right(Right.IDENTITY_DISCLOSE)
        and PURPOSES[purpose].is_for_staff
    )


def can_audit_disclosures(user: User | None) -> bool:
    """Auditors may read who looked at what, never the identities themselves."""
    return user is not None and user.has_right(Right.LEDGER_AUDIT)
