"""Statements compiled once answer as the ORM does, for whichever number is asked."""

import pytest
from django.db.models import Exists, OuterRef, Value

from huiyin.records.accounts.backends import AccountBackend
from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import ReferenceChange
from huiyin.records.asking import ANY_NUMBER, question

CHANGE = ("id", "at", "username", "before", "after")


def a_user(name: str, at, *, is_active: bool = True) -> User:
    return User.objects.create(
        username=name, name="测", duty="auditor", created_at=at, is_active=is_active, password="!"
    )


@pytest.mark.django_db
def test_each_number_gets_its_own_answer(at):
    changes = [
        ReferenceChange.objects.create(
            at=at, username=name, entity="agency", code="a", before=None, after={"名": [name, 1]}
        )
        for name in ("x", "y")
    ]
    asked = question(ReferenceChange.objects.filter(pk=ANY_NUMBER).values_list(*CHANGE))
    for change in (*changes, *changes):
        expected = ReferenceChange.objects.filter(pk=change.pk).values_list(*CHANGE)
        assert asked.rows(change.pk) == list(expected)
    assert asked.rows(ANY_NUMBER + 1) == []


@pytest.mark.django_db
def test_annotations_are_read_as_the_orm_reads_them(at):
    user = a_user("one", at)
    others = User.objects.filter(username=OuterRef("username"))
    rows = User.objects.annotate(is_known=Exists(others), word=Value("%s"))
    asked = question(rows.filter(pk=ANY_NUMBER).values_list("is_known", "word", "is_active"))
    assert asked.rows(user.pk) == [(True, "%s", True)]


@pytest.mark.django_db
def test_a_question_without_an_answer_asks_nothing(django_assert_num_queries):
    asked = question(User.objects.none().values_list("id"))
    with django_assert_num_queries(0):
        assert asked.rows(1) == []


@pytest.mark.django_db
def test_an_account_is_loaded_whole_and_with_its_agency(people, django_assert_num_queries):
    for user in people.users.values():
        expected = User.objects.select_related("agency").get(pk=user.pk)
        found = AccountBackend().get_user(user.pk)
        assert found is not None
        for field in User._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(expected, field.attname)
        with django_assert_num_queries(0):
            assert found.agency == expected.agency


@pytest.mark.django_db
def test_a_closed_account_is_not_loaded(at):
    assert AccountBackend().get_user(a_user("closed", at, is_active=False).pk) is None
    assert AccountBackend().get_user(a_user("open", at).pk) is not None
