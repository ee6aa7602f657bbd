"""The county of the measurements (测试县): reference data, one officer per unit, one token each."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth import SESSION_KEY
from django.test import Client

from huiyin.records import agencies
from huiyin.records.accounts.models import ApiToken, User
from huiyin.records.agencies.selectors import agency_directory, reference_forget, region_directory
from huiyin.records.agencies.services import reference_load

REFERENCE = Path(agencies.__file__).parent / "reference"
OFFICE = "petition-office"
UNIT = "natural-resources"
ROLES = "registrar dispatcher handler reviewer signer supervisor"
COOKIE = "sessionid"


@dataclass(frozen=True)
class Cast:
    """Who measures: the county's petition office, the receiving units by weight, the places."""

    office_id: int
    townships: tuple[int, ...]
    units: tuple[int, ...]
    profiles: dict[int, str]
    regions: tuple[tuple[str, str], ...]
    officers: dict[int, int]
    tokens: dict[int, str]


def prepare(at: datetime) -> Cast:
    """Load the reference data and make the accounts; for an empty database."""
    reference_load(folder=REFERENCE, by=None, at=at)
    reference_forget()
    every = [agency for agency in agency_directory().active() if agency.kind in ("department", "township")]
    office = agency_directory().by_code(OFFICE)
    assert office is not None
    officers, tokens = {}, {}
    for agency in (office, *every):
        user = User(username=f"officer-{agency.id}", name="测速员", agency_id=agency.id, roles=ROLES)
        user.must_change_password, user.last_password_change, user.created_at = False, at, at
        user.set_unusable_password()
        user.save()
        token = secrets.token_urlsafe(24)
        digest = hashlib.sha256(token.encode()).hexdigest()
        expires = at + timedelta(days=2)
        ApiToken.objects.create(user=user, name="bench", digest=digest, created_at=at, expires_at=expires)
        officers[agency.id], tokens[agency.id] = user.pk, token
    return Cast(
        office_id=office.id,
        townships=tuple(agency.id for agency in every if agency.kind == "township"),
        units=tuple(agency.id for agency in every),
        profiles={agency.id: agency.profile for agency in (office, *every)},
        regions=tuple((one.code, one.name) for one in region_directory().active() if one.code[6:9] != "000"),
        officers=officers,
        tokens=tokens,
    )


def logged_in(user_id: int) -> Client:
    """A browser in which this officer has logged in."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.select_related("agency").get(pk=user_id),
        backend="huiyin.records.accounts.backends.AccountBackend",
    )
    assert client.session[SESSION_KEY]
    return client
