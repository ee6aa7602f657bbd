"""How many statements the calls that everybody waits for may cost, the look-up of the account included."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiyin.casework.cases.models import Demand
from huiyin.records.accounts.services import token_issue
from tests.factories.cases import TEXT, a_walk

REGISTRATION, CHANGE_OF_STATE = 10, 10
# Transactions are no statements of ours; the reference data is looked at once a second for all requests.
APART = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", 'SELECT "agencies_referenceversion"')


@pytest.fixture
def call(people):
    """Call the API as somebody; returns the answer and the statements it took."""

    def send(name: str, path: str, body: dict[str, object]):
        _token, key = token_issue(user_id=people[name].pk, name="预算", by=None, at=timezone.now())
        client = Client(headers={"authorization": f"Bearer {key}"})
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(path, json.dumps(body), content_type="application/json")
        messages = [query["sql"] for query in asked.captured_queries]
        statements = [part for message in messages for part in message.split("; INSERT")]
        return answer, [sql for sql in statements if not sql.startswith(APART)]

    return send


def test_a_registration_takes_ten_statements_at_most(call):
    body = {
        "channel": "call",
        "text": TEXT,
        "demands": [{"statement": "请求支付征地补偿款"}, {"statement": "请求公开补偿标准"}],
        "name": "周桂兰",
        "phone": "13900001234",
        "others": [{"capacity": "cosigner", "name": "赵永福"}],
        "head_count": 2,
    }
    answer, statements = call("clerk", "/api/v1/submissions", body)
    assert answer.status_code == 201, answer.content
    assert len(statements) <= REGISTRATION, statements


def test_forwarding_takes_ten_statements_at_most(call, people, at):
    walk = a_walk(people, at)
    walk.sorted()
    path = f"/api/v1/demands/{walk.demand_id}/forward"
    answer, statements = call("clerk", path, {"receiver": "natural-resources"})
    assert answer.status_code in (200, 204), answer.content
    assert len(statements) <= CHANGE_OF_STATE, statements


def test_accepting_takes_ten_statements_at_most(call, people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    path = f"/api/v1/demands/{walk.demand_id}/accept"
    answer, statements = call("land_handler", path, {"contact": "0999-5500000"})
    assert answer.status_code == 200, answer.content
    assert len(statements) <= CHANGE_OF_STATE, statements
    assert Demand.objects.get(pk=walk.demand_id).stage == "accepted"
