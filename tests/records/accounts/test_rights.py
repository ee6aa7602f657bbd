"""Rights: one vocabulary, roles that add up, administrators without casework."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import (
    DUTY_NAMES,
    DUTY_RIGHTS,
    ROLE_NAMES,
    ROLE_RIGHTS,
    Duty,
    Right,
    rights_of,
)


def test_the_vocabulary_is_alphabetical() -> None:
    assert [right.name for right in Right] == sorted(right.name for right in Right)


def test_every_role_and_duty_has_a_name_and_rights() -> None:
    assert ROLE_NAMES.keys() == ROLE_RIGHTS.keys()
    assert DUTY_NAMES.keys() == DUTY_RIGHTS.keys() == set(Duty)


def test_every_right_is_given_to_somebody() -> None:
    given = set().union(*ROLE_RIGHTS.values(), *DUTY_RIGHTS.values())
    assert given == set(Right)


def test_the_rights_of_administrators_and_of_casework_do_not_meet() -> None:
    casework = set().union(*ROLE_RIGHTS.values()) - {Right.REFERENCE_EDIT}
    assert not casework & set().union(*DUTY_RIGHTS.values())


def test_the_three_administrators_share_no_right() -> None:
    system, security, auditor = (
        DUTY_RIGHTS[duty] for duty in (Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDITOR)
    )
    assert not (system & security)
    assert not (system & auditor)
    assert not (security & auditor)


def test_nobody_signs_what_they_drafted_by_one_role() -> None:
    assert not any({Right.REPLY_DRAFT, Right.REPLY_ISSUE} <= rights for rights in ROLE_RIGHTS.values())


def test_nobody_approves_the_extension_they_asked_for_by_one_role() -> None:
    both = {Right.EXTENSION_REQUEST, Right.EXTENSION_APPROVE}
    assert not any(both <= rights for rights in ROLE_RIGHTS.values())


def test_the_clerk_of_the_congress_registers_and_dispatches() -> None:
    assert ROLE_RIGHTS["npc_clerk"] == ROLE_RIGHTS["registrar"] | ROLE_RIGHTS["dispatcher"]


def test_a_deputy_sees_no_case() -> None:
    assert not ROLE_RIGHTS["deputy"]


def test_unknown_words_give_no_right() -> None:
    assert rights_of("casework", "emperor") == frozenset()
    assert rights_of("emperor", "handler") == frozenset()


def test_roles_add_up(person: Callable[..., User]) -> None:
    user = person("wang", "reviewer", "handler")
    assert user.roles == "handler reviewer"
    assert user.has_right(Right.REPLY_DRAFT)
    assert user.has_right("reply_review")
    assert not user.has_right(Right.REPLY_ISSUE)


def test_a_closed_account_has_no_right(handler: User) -> None:
    handler.is_active = False
    assert not handler.has_right(Right.CASE_READ)


@pytest.mark.parametrize("duty", [Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDITOR])
def test_the_database_refuses_an_administrator_with_a_role(handler: User, duty: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=handler.pk).update(duty=duty)


def test_the_database_refuses_casework_without_an_agency(handler: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=handler.pk).update(agency=None)


def test_the_database_refuses_an_unknown_duty(handler: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=handler.pk).update(duty="emperor", roles="")
