"""Who calls (接口令牌): a bearer token stands for one account and its rights; one statement."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from huiyin.records.accounts.selectors import user_by_token

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User


class TokenAuth(HttpBearer):
    """Authorization: Bearer … with a token issued on the desk."""

    def authenticate(self, request: HttpRequest, token: str) -> "User | None":
        user = user_by_token(token, timezone.now())
        if user is not None:
            request.user = user
        return user
