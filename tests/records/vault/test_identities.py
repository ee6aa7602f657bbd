"""Identities are kept apart and encrypted, found without decrypting, and shown only for a purpose."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from huiyin.records.accounts.models import User
from huiyin.records.ledger.selectors import entries_of
from huiyin.records.vault.details import DetailsInvalid, IdentityDetails, masked, problems_of
from huiyin.records.vault.models import Disclosure, Identity
from huiyin.records.vault.provider import CipherBroken
from huiyin.records.vault.selectors import (
    disclosures_of,
    disclosures_visible_to,
    identities_like,
    identities_masked,
    identities_named,
)
from huiyin.records.vault.services import (
    IdentityMissing,
    identities_store,
    identity_disclose,
    identity_reveal_own,
    identity_store,
)
from tests.records.vault.conftest import WANG

pytestmark = pytest.mark.django_db


def reveal(identity: UUID, at: datetime) -> IdentityDetails:
    """Read one identity as its owner."""
    return identity_reveal_own(identity_ids=[identity], matter_id=1, at=at)[identity]


def test_details_come_back_as_they_were_given(matter: int, at: datetime) -> None:
    assert reveal(identity_store(details=WANG, at=at).id, at) == WANG


def test_an_anonymous_petitioner_has_nothing_in_the_vault(matter: int, at: datetime) -> None:
    row = identity_store(details=IdentityDetails(), at=at)
    assert reveal(row.id, at).is_empty
    assert row.name_cipher is None
    assert row.phone_index is None


def test_storing_takes_one_statement(
    at: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        identity_store(details=WANG, at=at)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        identities_store(people=[WANG] * 20, at=at)


def test_nothing_readable_stands_in_the_tables(matter: int, handler: User, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    identity_disclose(identity_ids=[row.id], matter_id=matter, purpose="contact", by=handler, at=at)
    with connection.cursor() as cursor:
        for table in ("vault_identity", "vault_disclosure", "ledger_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = b" ".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for line in cursor.fetchall()
                for value in line
            )
            for part in (WANG.name, WANG.phone, WANG.id_number, WANG.address, WANG.email, "王"):
                assert part.encode() not in stored


def test_the_same_details_encrypt_differently_each_time(at: datetime) -> None:
    first, second = identities_store(people=[WANG, WANG], at=at)
    assert first.phone_cipher != second.phone_cipher
    assert first.phone_index == second.phone_index


@pytest.mark.parametrize(
    "details",
    [
        IdentityDetails(phone="138 1234 1234"),
        IdentityDetails(phone="+86 138-1234-1234"),
        IdentityDetails(phone="１３８１２３４１２３４"),
        IdentityDetails(id_number="11010519491231002x"),
        IdentityDetails(id_number="110105 19491231 002X"),
        IdentityDetails(phone="13900000000", id_number="11010519491231002X"),
    ],
)
def test_the_same_person_is_found_however_the_number_was_typed(
    details: IdentityDetails, at: datetime
) -> None:
    wang, _other = identities_store(people=[WANG, IdentityDetails(name="王国强", phone="13700000000")], at=at)
    assert identities_like(details) == {wang.id}


def test_a_name_alone_is_not_the_same_person_but_can_be_asked_for(at: datetime) -> None:
    wang = identity_store(details=WANG, at=at)
    assert identities_like(IdentityDetails(name="王国强", address=WANG.address)) == set()
    assert identities_named("王國強") == {wang.id}
    assert identities_named(" 王 国强") == {wang.id}
    assert identities_named("") == set()


def test_a_number_in_one_field_is_not_found_in_another(at: datetime) -> None:
    identity_store(details=IdentityDetails(phone="13812341234"), at=at)
    assert identities_like(IdentityDetails(id_number="13812341234")) == set()
    assert identities_named("13812341234") == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "1381234123"),
        ("phone", "没有号码"),
        ("phone", "1" * 31),
        ("id_number", "110105194912310021"),
        ("id_number", "11010519491331002X"),
        ("id_number", "110105491231002"),
        ("name", "王" * 61),
        ("email", "wang"),
    ],
)
def test_details_that_cannot_be_right_are_refused_with_a_way_out(
    field: str, value: str, at: datetime
) -> None:
    details = IdentityDetails(**{field: value})
    assert list(problems_of(details)) == [field]
    with pytest.raises(DetailsInvalid) as refusal:
        identity_store(details=details, at=at)
    assert value not in str(refusal.value)
    assert not Identity.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "0571-88886666"),
        ("phone", "0571-88886666转801"),
        ("phone", "(010) 88886666"),
        ("phone", "88886666"),
        ("phone", "+852 2345 6789"),
        ("phone", "86-13812341234"),
        ("id_number", "E12345678"),
        ("id_number", "H1234567801"),
        ("name", "买买提·阿不都"),
    ],
)
def test_unusual_but_possible_details_are_taken(field: str, value: str) -> None:
    assert problems_of(IdentityDetails(**{field: value})) == {}


def test_masking_leaves_only_what_is_needed_to_recognise_somebody() -> None:
    shown = masked(WANG)
    assert (shown.name, shown.phone, shown.id_number) == ("王**", "138****1234", "110*************2X")
    assert (shown.address, shown.email) == ("****", "w***@example.cn")
    assert masked(IdentityDetails(phone="88886666")).phone == "****66"
    assert masked(IdentityDetails()) == IdentityDetails()


def test_masked_details_are_read_with_one_statement_and_no_disclosure(
    at: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    row = identity_store(details=WANG, at=at)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        assert identities_masked([row.id])[row.id].name == "王**"
    assert not Disclosure.objects.exists()


def test_an_officer_sees_an_identity_for_a_purpose_and_it_is_written_down(
    matter: int, handler: User, auditor: User, at: datetime
) -> None:
    row = identity_store(details=WANG, at=at)
    shown = identity_disclose(identity_ids=[row.id], matter_id=matter, purpose="contact", by=handler, at=at)
    assert shown == {row.id: WANG}
    line = entries_of(matter)[-1]
    assert (line.event, line.actor) == ("identity.disclosed", f"user:{handler.pk}")
    assert line.payload == {"purpose": "contact", "identities": 1}
    look = disclosures_visible_to(auditor)[0]
    assert (look.user_id, look.agency_id, look.purpose) == (handler.pk, handler.agency_id, "contact")


def test_petitioners_see_which_agency_looked_but_not_which_officer(
    matter: int, handler: User, at: datetime
) -> None:
    row = identity_store(details=WANG, at=at)
    identity_disclose(identity_ids=[row.id], matter_id=matter, purpose="service", by=handler, at=at)
    reveal(row.id, at)
    assert [(look.agency_id, look.user_id, look.purpose) for look in disclosures_of(matter)] == [
        (handler.agency_id, None, "service"),
        (None, None, "own_access"),
    ]


@pytest.mark.parametrize("purpose", ["", "curiosity", "own_access"])
def test_a_look_without_a_lawful_purpose_is_refused(
    matter: int, handler: User, purpose: str, at: datetime
) -> None:
    row = identity_store(details=WANG, at=at)
    with pytest.raises(PermissionDenied):
        identity_disclose(identity_ids=[row.id], matter_id=matter, purpose=purpose, by=handler, at=at)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("duty", ["system_admin", "security_admin", "auditor"])
def test_administrators_never_see_an_identity(matter: int, duty: str, at: datetime) -> None:
    administrator = User.objects.create(username=duty, name="管理员", duty=duty)
    row = identity_store(details=WANG, at=at)
    with pytest.raises(PermissionDenied, match="查阅身份"):
        identity_disclose(identity_ids=[row.id], matter_id=matter, purpose="contact", by=administrator, at=at)


def test_only_auditors_read_the_list_of_looks(matter: int, handler: User, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    identity_disclose(identity_ids=[row.id], matter_id=matter, purpose="contact", by=handler, at=at)
    assert disclosures_visible_to(handler) == []


def test_the_list_of_looks_is_read_page_by_page(matter: int, auditor: User, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    for _ in range(5):
        reveal(row.id, at)
    first = disclosures_visible_to(auditor, limit=2)
    second = disclosures_visible_to(auditor, after=first[-1].id, limit=10)
    assert len(first) + len(second) == 5
    assert first[-1].id > second[0].id


def test_an_identity_that_does_not_exist_is_refused_as_a_whole(matter: int, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    with pytest.raises(IdentityMissing):
        identity_reveal_own(identity_ids=[row.id, uuid4()], matter_id=matter, at=at)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("place", [0, 4, 16, -1])
def test_one_changed_bit_is_noticed(matter: int, place: int, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    cipher = bytearray(bytes(row.phone_cipher or b""))
    cipher[place] ^= 1
    Identity.objects.filter(pk=row.pk).update(phone_cipher=bytes(cipher))
    with pytest.raises(Exception, match=r"不一致|没有编号为"):
        reveal(row.id, at)


def test_a_cipher_cut_short_is_noticed(matter: int, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    Identity.objects.filter(pk=row.pk).update(phone_cipher=bytes(row.phone_cipher or b"")[:20])
    with pytest.raises(CipherBroken, match="不完整"):
        reveal(row.id, at)


def test_fields_swapped_within_a_row_are_noticed(matter: int, at: datetime) -> None:
    row = identity_store(details=WANG, at=at)
    Identity.objects.filter(pk=row.pk).update(name_cipher=row.phone_cipher, phone_cipher=row.name_cipher)
    with pytest.raises(CipherBroken, match="调换"):
        reveal(row.id, at)


def test_a_field_moved_to_another_person_is_noticed(matter: int, at: datetime) -> None:
    first, second = identities_store(people=[WANG, IdentityDetails(phone="13900000000")], at=at)
    Identity.objects.filter(pk=second.pk).update(phone_cipher=first.phone_cipher)
    with pytest.raises(CipherBroken, match="调换"):
        reveal(second.id, at)


def test_details_do_not_show_in_a_traceback() -> None:
    assert "王" not in repr(WANG)
    assert "138" not in f"{WANG}"
