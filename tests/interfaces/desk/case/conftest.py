"""Matters of the last days, because the pages read the real clock."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def lately() -> datetime:
    """Six days ago: long enough to walk a demand, short enough for every limit."""
    return timezone.now() - timedelta(days=6)
