"""Changing the keys (轮换密钥): rows are written anew but say the same, so no ledger line."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from huiyin.records.vault.models import Identity
from huiyin.records.vault.provider import provider
from huiyin.records.vault.sealing import opened, sealed
from huiyin.records.vault.selectors import under_older_keys

BATCH = 500


def identities_rotate(*, batch: int = BATCH, progress: Callable[[int], object] = lambda done: None) -> int:
    """Write every row anew that stands under an older key (轮换密钥), batch by batch.

    Each batch is a transaction of its own: interrupted, it goes on where it stopped. A row that somebody
    changed meanwhile is left for the next run.
    """
    older = under_older_keys()
    last, done = UUID(int=0), 0
    while True:
        rows = list(older.filter(id__gt=last).order_by("id")[:batch])
        if not rows:
            return done
        with transaction.atomic():
            for row in rows:
                done += _seal_again(row)
        last = rows[-1].id
        progress(done)


def _seal_again(row: Identity) -> int:
    fresh = sealed(opened(row, provider=provider()), provider=provider(), identity_id=row.id)
    columns = [
        field.attname for field in Identity._meta.concrete_fields if field.attname not in {"id", "created_at"}
    ]
    standing = Identity.objects.filter(id=row.id, key_id=row.key_id, index_key_id=row.index_key_id)
    return standing.update(**{column: getattr(fresh, column) for column in columns})
