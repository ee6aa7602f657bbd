"""Reading the vault (身份保险箱): find by blind index, show masked, list who looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huiyin.records.accounts.models import User
from huiyin.records.vault.details import IdentityDetails, masked
from huiyin.records.vault.models import Disclosure, Identity
from huiyin.records.vault.permissions import can_audit_disclosures
from huiyin.records.vault.provider import provider
from huiyin.records.vault.sealing import indexes_of, opened

MOST_FOUND = 500


@dataclass(frozen=True)
class Look:
    """One disclosure as a page shows it (查阅记录): when, which agency, for what, on which matter."""

    id: int
    at: datetime
    matter_id: int | None
    agency_id: int | None
    user_id: int | None
    purpose: str


def identities_like(details: IdentityDetails) -> set[UUID]:
    """Identities with the same telephone or identity number, found without decrypting: one statement."""
    same = Q()
    for field in ("phone", "id_number"):
        found = indexes_of(field, getattr(details, field), provider=provider(), with_old_keys=True)
        if found:
            same |= Q(**{f"{field}_index__in": found})
    return _found(same)


def identities_named(name: str) -> set[UUID]:
    """Identities with the same name; many share a name, so use it only together with the place."""
    found = indexes_of("name", name, provider=provider(), with_old_keys=True)
    return _found(Q(name_index__in=found)) if found else set()


def _found(same: Q) -> set[UUID]:
    if not same:
        return set()
    # A number shared by thousands (a hotline, a placeholder) says nothing about the person.
    return set(
        Identity.objects.filter(same).order_by("-created_at").values_list("id", flat=True)[:MOST_FOUND]
    )


def identities_masked(identity_ids: Iterable[UUID]) -> dict[UUID, IdentityDetails]:
    """Show identities covered, 王** 138****1234, for lists and headings: one statement, no disclosure."""
    rows = Identity.objects.in_bulk(set(identity_ids))
    return {key: masked(opened(row, provider=provider())) for key, row in rows.items()}


def disclosures_visible_to(user: User, *, after: int | None = None, limit: int = 100) -> list[Look]:
    """Every look at an identity, newest first, for auditors only; `after` is the id of the last one shown."""
    if not can_audit_disclosures(user):
        return []
    looks = Disclosure.objects.filter(id__lt=after) if after is not None else Disclosure.objects.all()
    return _looks(looks.order_by("-id").values_list(*LOOK)[:limit])


def disclosures_of(matter_id: int) -> list[Look]:
    """Who looked at the identities of this matter, for the petitioner's own page: no names of officers."""
    rows = Disclosure.objects.filter(matter_id=matter_id).order_by("id").values_list(*LOOK)
    return [
        Look(look.id, look.at, look.matter_id, look.agency_id, None, look.purpose) for look in _looks(rows)
    ]


LOOK = ("id", "at", "matter_id", "agency_id", "user_id", "purpose")


def _looks(rows: Iterable[tuple[int, datetime, int | None, int | None, int | None, str]]) -> list[Look]:
    return [Look(*row) for row in rows]


def rows_per_key() -> tuple[dict[str, int], dict[str, int]]:
    """How many rows stand under each key: for encryption, for the index."""
    encrypt = Identity.objects.order_by().values_list("key_id").annotate(rows=Count("id"))
    index = Identity.objects.order_by().values_list("index_key_id").annotate(rows=Count("id"))
    return dict(encrypt), dict(index)


def under_older_keys() -> QuerySet[Identity]:
    """The rows that do not stand under the keys for new rows."""
    encrypt_id, index_id = provider().active_ids()
    return Identity.objects.filter(~Q(key_id=encrypt_id) | ~Q(index_key_id=index_id))


def rows_to_rotate() -> int:
    """How many rows a rotation still has to write anew."""
    return under_older_keys().count()
