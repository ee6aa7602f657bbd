"""A unit, its colleagues and the three administrators."""

from collections.abc import Callable
from datetime import datetime

import pytest

from huiyin.records.accounts.models import User
from huiyin.records.accounts.rights import Duty
from huiyin.records.accounts.services import user_create
from huiyin.records.agencies.models import Agency
from huiyin.records.agencies.selectors import reference_forget

PASSWORD = "Qing-2026-he"


@pytest.fixture
def agency(db: None) -> Agency:
    agency = Agency.objects.create(
        code="land", name="县自然资源局", short_name="资源局", kind="department", region_code="990199000000"
    )
    reference_forget()
    return agency


@pytest.fixture
def person(agency: Agency, at: datetime) -> Callable[..., User]:
    """Make somebody of the unit."""

    def make(username: str, *roles: str, duty: str = Duty.CASEWORK, must_change: bool = False) -> User:
        return user_create(
            username=username,
            name=f"{username}同志",
            password=PASSWORD,
            agency_id=agency.pk,
            duty=duty,
            roles=roles,
            must_change_password=must_change,
            by=None,
            at=at,
        )

    return make


@pytest.fixture
def handler(person: Callable[..., User]) -> User:
    return person("li", "handler")


@pytest.fixture
def system_admin(person: Callable[..., User]) -> User:
    return person("system", duty=Duty.SYSTEM_ADMIN)


@pytest.fixture
def security_admin(person: Callable[..., User]) -> User:
    return person("security", duty=Duty.SECURITY_ADMIN)


@pytest.fixture
def auditor(person: Callable[..., User]) -> User:
    return person("audit", duty=Duty.AUDITOR)
