"""Writing the vault (身份保险箱): store an identity, disclose it for a purpose."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from huiyin.law.privacy import Purpose
from huiyin.records.accounts.models import User
from huiyin.records.ledger.services import Line, actor_of, ledger_append
from huiyin.records.vault.details import DetailsInvalid, IdentityDetails, problems_of, tidied
from huiyin.records.vault.events import IDENTITY_DISCLOSED
from huiyin.records.vault.models import Disclosure, Identity
from huiyin.records.vault.permissions import can_disclose_identity
from huiyin.records.vault.provider import provider
from huiyin.records.vault.sealing import opened, sealed

BATCH = 500


class IdentityMissing(Exception):
    """There is no such identity in the vault."""


def identity_store(*, details: IdentityDetails, at: datetime) -> Identity:
    """Encrypt and keep who wrote in (存入身份信息): one statement.

    Raises:
        DetailsInvalid: a field cannot be right; the exception says which and how to put it right.
    """
    return identities_store(people=[details], at=at)[0]


def identities_store(*, people: Sequence[IdentityDetails], at: datetime) -> list[Identity]:
    """Keep many at once, for joint petitions and imports: one statement per batch.

    Raises:
        DetailsInvalid: a field of somebody cannot be right.
    """
    return Identity.objects.bulk_create(identities_sealed(people=people, at=at), batch_size=BATCH)


def identities_sealed(*, people: Sequence[IdentityDetails], at: datetime) -> list[Identity]:
    """Encrypt many into rows that are still to be written, together with the matter they belong to.

    Raises:
        DetailsInvalid: a field of somebody cannot be right.
    """
    rows = []
    for details in people:
        problems = problems_of(details)
        if problems:
            raise DetailsInvalid(problems)
        row = sealed(tidied(details), provider=provider())
        row.created_at = at
        rows.append(row)
    return rows


def identity_disclose(
    *, identity_ids: Iterable[UUID], matter_id: int, purpose: str, by: User, at: datetime
) -> dict[UUID, IdentityDetails]:
    """Show identities to an officer for a purpose, and write down that it happened (查阅身份信息).

    The caller has to have made sure that the matter is the officer's and holds these identities.

    Law: PIPL 6, 34; Regulation 2022 Art. 30.

    Raises:
        PermissionDenied: the officer may not see identities, or not for this purpose.
        IdentityMissing: one of them does not exist.
    """
    wanted = _purpose(purpose)
    if not can_disclose_identity(by, wanted):
        raise PermissionDenied(
            _(
                "查阅身份信息需要“查阅身份”权限并说明工作目的（《个人信息保护法》第六条、第三十四条）；请由承办人员查阅。"
            )
        )
    return _disclose(identity_ids, matter_id, wanted, by, at)


def identity_reveal_own(
    *, identity_ids: Iterable[UUID], matter_id: int, at: datetime
) -> dict[UUID, IdentityDetails]:
    """Show petitioners their own details on their own page (查阅本人信息); this too is written down.

    Law: PIPL 45.
    """
    return _disclose(identity_ids, matter_id, Purpose.OWN_ACCESS, None, at)


def _purpose(purpose: str) -> Purpose:
    try:
        return Purpose(purpose)
    except ValueError:
        raise PermissionDenied(_("查阅身份信息须从列出的工作目的中选择一项。")) from None


def _disclose(
    identity_ids: Iterable[UUID], matter_id: int, purpose: Purpose, by: User | None, at: datetime
) -> dict[UUID, IdentityDetails]:
    wanted = set(identity_ids)
    if not wanted:
        return {}
    with transaction.atomic():
        rows = Identity.objects.in_bulk(wanted)
        if len(rows) < len(wanted):
            raise IdentityMissing(_("身份信息不存在，可能已依法删除；请刷新页面后再试。"))
        details = {key: opened(row, provider=provider()) for key, row in rows.items()}
        Disclosure.objects.bulk_create(
            [
                Disclosure(
                    identity_id=key,
                    matter_id=matter_id,
                    user_id=by.pk if by else None,
                    agency_id=by.agency_id if by else None,
                    purpose=purpose,
                    at=at,
                )
                for key in details
            ],
            batch_size=BATCH,
        )
        ledger_append(
            matter_id=matter_id,
            events=[Line(IDENTITY_DISCLOSED, {"purpose": str(purpose), "identities": len(details)})],
            at=at,
            actor=actor_of(by),
            agency_id=by.agency_id if by else None,
        )
    return details
