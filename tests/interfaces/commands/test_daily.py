"""The work of each day does itself once, however often it is asked for."""

from datetime import date, timedelta

import pytest

from huiyin.interfaces.jobs.daily import DAILY, seal_yesterday
from huiyin.records.ledger.models import Seal


@pytest.mark.django_db
def test_the_day_that_is_over_is_sealed_once(at):
    for _ in range(3):
        seal_yesterday(at)
    assert list(Seal.objects.values_list("day", flat=True)) == [date(2026, 1, 13)]


@pytest.mark.django_db
def test_each_day_has_its_seal(at):
    for days in range(3):
        seal_yesterday(at + timedelta(days=days))
    assert Seal.objects.count() == 3


def test_the_ledger_is_among_the_work_of_each_day():
    assert seal_yesterday in [job.run for job in DAILY]
