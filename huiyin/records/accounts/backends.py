"""How an account proves who it is (身份鉴别): name and password against the table of accounts."""

from functools import lru_cache
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.http import HttpRequest

from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import Agency
from huiyin.records.asking import ANY_NUMBER, Question, question

USER = tuple(field.attname for field in User._meta.concrete_fields)
AGENCY = tuple(field.attname for field in Agency._meta.concrete_fields)


class AccountBackend(BaseBackend):
    """Check name and password; load the account and its agency with one statement per request."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        """Find the active account this password belongs to."""
        if username is None or password is None:
            return None
        user = User.objects.select_related("agency").filter(username=username).first()
        if user is None:
            # An unknown name must take as long as a wrong password, or names could be guessed.
            make_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Load the account of a session; a closed account has none."""
        for row in _account(connection.vendor).rows(user_id):
            user = User.from_db(connection.alias, USER, row[: len(USER)])
            if user.agency_id is not None:
                user.agency = Agency.from_db(connection.alias, AGENCY, row[len(USER) :])
            return user
        return None


@lru_cache(maxsize=4)
def _account(_vendor: str) -> Question:
    """Every request asks for an account: the statement is compiled once."""
    account = User.objects.filter(pk=ANY_NUMBER, is_active=True).order_by()
    return question(account.values_list(*USER, *(f"agency__{name}" for name in AGENCY)))
