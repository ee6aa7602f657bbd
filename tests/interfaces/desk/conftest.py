"""A browser for each of the cast, logged in at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.records.accounts.models import User
from tests.people import People

BACKEND = "huiyin.records.accounts.backends.AccountBackend"
OpenDesk = Callable[[str], Client]


@pytest.fixture
def desk(people: People) -> OpenDesk:
    """Log somebody of the cast in; passwords go by the real clock, so they are made fresh."""
    User.objects.update(last_password_change=timezone.now())

    def log_in(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=people[name].pk), backend=BACKEND)
        return client

    return log_in
