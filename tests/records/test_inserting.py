"""Rows of several tables in one message: the same rows as the ORM writes, keys that nobody else has."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import ReferenceChange, Region
from huiyin.records.inserting import insert_rows, take_ids


def a_change(at, code: str = "a") -> ReferenceChange:
    return ReferenceChange(
        at=at, username="x", entity="agency", code=code, before=None, after={"名": "甲'; --"}
    )


def a_user(key: int | None, at, name: str) -> User:
    return User(id=key, username=name, name="测", duty="auditor", created_at=at)


@pytest.mark.django_db
def test_rows_come_back_as_they_were_given(at):
    key = take_ids({User: 1})[User][0]
    insert_rows([a_user(key, at, "one")], [a_change(at), a_change(at, "b")])
    user = User.objects.get(pk=key)
    assert (user.username, user.is_active, user.created_at, user.agency_id) == ("one", True, at, None)
    changes = ReferenceChange.objects.order_by("id")
    assert [change.code for change in changes] == ["a", "b"]
    assert (changes[0].at, changes[0].before, changes[0].after) == (at, None, {"名": "甲'; --"})


@pytest.mark.django_db
def test_keys_go_on_after_those_in_use(at):
    taken = take_ids({User: 3, Region: 0})
    assert len(set(taken[User])) == 3
    assert taken[Region] == []
    insert_rows([a_user(key, at, f"user-{key}") for key in taken[User]])
    later = User.objects.create(username="later", name="后", duty="auditor")
    assert later.pk > max(taken[User])
    assert take_ids({User: 1})[User][0] > later.pk


@pytest.mark.django_db(transaction=True)
def test_keys_are_taken_in_a_transaction_only():
    with pytest.raises(RuntimeError):
        take_ids({User: 1})


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_refused_takes_all_others_with_it(at):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([a_change(at)], [a_user(None, at, "twin"), a_user(None, at, "twin")])
    assert not ReferenceChange.objects.exists()


@pytest.mark.django_db
def test_no_rows_send_nothing_and_many_are_sent_in_portions(at):
    with CaptureQueriesContext(connection) as asked:
        insert_rows([], [])
    assert len(asked) == 0
    insert_rows([a_change(at, str(number)) for number in range(1203)])
    assert ReferenceChange.objects.count() == 1203
