"""How an account proves who it is (身份鉴别): name and password against the table of accounts."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from huiyin.records.accounts.models import User


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
        return User.objects.select_related("agency").filter(pk=user_id, is_active=True).first()
