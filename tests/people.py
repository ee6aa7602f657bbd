"""The cast of the tests: one person per role, in the agencies of the reference county (人物表)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huiyin.records import agencies
from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import Agency
from huiyin.records.agencies.selectors import agency_directory, reference_forget
from huiyin.records.agencies.services import reference_load

PASSWORD = "Qinghe-2026-test"
REFERENCE = Path(agencies.__file__).parent / "reference"

CAST: dict[str, tuple[str, str]] = {
    "clerk": ("petition-office", "registrar dispatcher"),
    "registrar": ("petition-office", "registrar"),
    "examiner": ("petition-office", "dispatcher supervisor"),
    "sealed_clerk": ("petition-office", "registrar dispatcher accusation_officer"),
    "npc_clerk": ("npc-office", "npc_clerk"),
    "hotline_agent": ("hotline", "hotline_agent dispatcher"),
    "land_handler": ("natural-resources", "handler"),
    "land_reviewer": ("natural-resources", "reviewer"),
    "land_signer": ("natural-resources", "signer"),
    "housing_handler": ("housing", "handler"),
    "housing_signer": ("housing", "signer"),
    "town_handler": ("town-liuhe", "handler registrar dispatcher"),
    "discipline_officer": ("supervision", "handler accusation_officer"),
    "discipline_clerk": ("supervision", "handler"),
    "county_supervisor": ("qinghe", "supervisor"),
    "outsider": ("education", "handler dispatcher registrar signer reviewer"),
}
ADMINISTRATORS = {"system_admin": "system_admin", "security_admin": "security_admin", "auditor": "auditor"}


@dataclass(frozen=True)
class People:
    """The cast by name: people["clerk"]."""

    users: dict[str, User]

    def __getitem__(self, name: str) -> User:
        return self.users[name]

    def agency_id(self, code: str) -> int:
        """The id of an agency by its code."""
        found = agency_directory().by_code(code)
        assert found is not None, code
        return found.id


def load_county(at: datetime) -> None:
    """Load the reference county unless it is there; caches start afresh."""
    reference_forget()
    if not Agency.objects.exists():
        reference_load(folder=REFERENCE, by=None, at=at)
        reference_forget()


def make_people(at: datetime) -> People:
    """Make the accounts of the cast with the same password, unless they are there."""
    known = {user.username: user for user in User.objects.select_related("agency")}
    users = {}
    for name, (code, roles) in CAST.items():
        agency = agency_directory().by_code(code)
        assert agency is not None, code
        users[name] = known.get(name) or _user(name, at, agency_id=agency.id, roles=roles)
    for name, duty in ADMINISTRATORS.items():
        users[name] = known.get(name) or _user(name, at, duty=duty)
    return People(users)


def _user(name: str, at: datetime, **values: object) -> User:
    user = User(
        username=name, name=name, must_change_password=False, last_password_change=at, created_at=at, **values
    )
    user.set_password(PASSWORD)
    user.save()
    return user
