"""Between open details and the encrypted row (加密与解密)."""

from uuid import UUID, uuid4

from huiyin.records.vault.details import (
    IdentityDetails,
    comparable_id_number,
    comparable_name,
    comparable_phone,
)
from huiyin.records.vault.models import Identity
from huiyin.records.vault.provider import CryptoProvider

FIELDS = ("name", "phone", "id_number", "address", "email")
COMPARABLE = {"name": comparable_name, "phone": comparable_phone, "id_number": comparable_id_number}


def context_of(field: str, identity_id: UUID) -> bytes:
    """What a cipher is bound to, so that it cannot be moved to another field or person."""
    return f"{field}:{identity_id}".encode()


def sealed(
    details: IdentityDetails, *, provider: CryptoProvider, identity_id: UUID | None = None
) -> Identity:
    """Encrypt details into an unsaved row."""
    row = Identity(id=identity_id or uuid4())
    row.key_id, row.index_key_id = provider.active_ids()
    for field in FIELDS:
        plain: str = getattr(details, field)
        context = context_of(field, row.id)
        setattr(row, f"{field}_cipher", provider.encrypt(plain.encode(), context) if plain else None)
    for field in COMPARABLE:
        found = indexes_of(field, getattr(details, field), provider=provider)
        setattr(row, f"{field}_index", found[0] if found else None)
    return row


def opened(row: Identity, *, provider: CryptoProvider) -> IdentityDetails:
    """Decrypt a row.

    Raises:
        CipherBroken: a field was changed or moved.
        KeyRingError: its key is not in the ring.
    """
    plain = {}
    for field in FIELDS:
        cipher = getattr(row, f"{field}_cipher")
        context = context_of(field, row.id)
        plain[field] = provider.decrypt(bytes(cipher), context).decode() if cipher is not None else ""
    return IdentityDetails(**plain)


def indexes_of(
    field: str, value: str, *, provider: CryptoProvider, with_old_keys: bool = False
) -> list[bytes]:
    """The blind indexes of a value, none when there is nothing to compare."""
    comparable = COMPARABLE[field](value)
    if not comparable:
        return []
    return provider.index(f"{field}:{comparable}".encode(), with_old_keys=with_old_keys)
