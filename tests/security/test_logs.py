"""Nothing in a log opens what somebody is still writing, or the receipt of it."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What an office's log would hold: the handler with the filters that the settings name for it."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    logging_of: Any = settings.LOGGING
    for name in logging_of["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(logging_of["filters"][name]["()"])())
    logging.getLogger("django.request").addHandler(handler)
    yield out
    logging.getLogger("django.request").removeHandler(handler)


def test_the_address_of_a_draft_is_not_logged(people, log: StringIO) -> None:
    draft = uuid4()
    for path in ("", "what/", "receipt/"):
        assert Client().get(f"/file/{draft}/{path}").status_code == 404
    assert "/file/…/receipt/" in log.getvalue()
    assert str(draft) not in log.getvalue()
