"""Programs of people: a client per person that carries a token of theirs."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.records.accounts.services import token_issue
from tests.people import People


class Program:
    """Calls the API as one person."""

    def __init__(self, key: str) -> None:
        self.headers = {"authorization": f"Bearer {key}"}
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: object, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}",
            body if isinstance(body, bytes) else json.dumps(body),
            content_type="application/json",
            headers=self.headers | {name.replace("_", "-"): value for name, value in headers.items()},
        )


@pytest.fixture
def program_of(people: People, at: datetime) -> Callable[[str], Program]:
    """A program that acts as the person of that name."""

    def make(name: str) -> Program:
        _token, key = token_issue(
            user_id=people[name].pk, name="程序", by=people["security_admin"], at=timezone.now()
        )
        return Program(key)

    return make


@pytest.fixture
def petition() -> dict[str, Any]:
    """A visit about land, as a program sends it."""
    return {
        "channel": "visit",
        "text": "我家两亩承包地去年修路时被占用，补偿款至今没有拿到，村里让我等，镇里说不归他们管。",
        "demands": [{"statement": "请求支付征地补偿款"}],
        "name": "周桂兰",
        "phone": "13900001234",
    }
