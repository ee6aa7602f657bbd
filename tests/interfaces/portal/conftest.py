"""A citizen at the portal: fills in the four pages and follows the matter (门户测试)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from huiyin.casework.intake.services import Receipt
from tests.factories.cases import Walk, a_receipt, demand_of
from tests.people import People

TEXT = "去年修路占了我家两亩承包地，补偿款一直没有给。"
WHAT = {"purpose": "request", "text": TEXT, "demand_1": "请求支付征地补偿款", "place": "东洼村"}
WHO = {"naming": "named", "name": "周桂兰", "phone": "13900001234", "head_count": "1"}


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """The limits of one test are not those of the next."""
    cache.clear()
    yield
    cache.clear()


def errors_in(answer: Any) -> list[str]:
    """What a refused page says is wrong."""
    return re.findall(r'class="field-error"[^>]*>(.*?)</p>', answer.content.decode(), re.DOTALL)


@dataclass
class Citizen:
    """Somebody with a browser, who may write and follow one petition."""

    client: Client
    people: People

    def begin(self, **what: str) -> UUID:
        """Fill in the first page; the draft's id."""
        answer = self.client.post("/file/", WHAT | what | {"go": "next"})
        assert answer.status_code == 302, errors_in(answer)
        return UUID(answer["Location"].split("/")[2])

    def post(self, draft: UUID, step: str, go: str = "next", **values: Any) -> Any:
        return self.client.post(f"/file/{draft}/{step}/", values | {"go": go})

    def page(self, draft: UUID, step: str) -> str:
        return self.client.get(f"/file/{draft}/{step}/").content.decode()

    def ready(self, what: dict[str, str] | None = None, who: dict[str, str] | None = None) -> UUID:
        """A draft that only has to be sent."""
        draft = self.begin(**(what or {}))
        answer = self.post(draft, "who", **(WHO | (who or {})))
        assert answer.status_code == 302, errors_in(answer)
        return draft

    def send(self, draft: UUID, office: str = "petition-office") -> Any:
        return self.post(draft, "check", "send", office_id=str(self.people.agency_id(office)))

    def open(self, receipt: Receipt) -> Any:
        """Type number and code."""
        return self.client.post("/track/", {"number": receipt.number, "code": receipt.code})


@pytest.fixture
def citizen(client: Client, people: People) -> Citizen:
    return Citizen(client, people)


@pytest.fixture
def now() -> datetime:
    """The pages read the clock of the wall, so what they show must have happened before."""
    from django.utils import timezone

    return timezone.now()


def a_matter(people: People, at: datetime, **changes: Any) -> tuple[Receipt, Walk]:
    receipt = a_receipt(people, at, **changes)
    return receipt, Walk(people, demand_of(receipt).pk, at)
