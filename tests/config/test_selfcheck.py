"""The deploy self-check: every unsafe setting is named, a safe office passes."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import checks
from django.utils import timezone
from pytest_django.fixtures import Settings

from huiyin.config import env, selfcheck
from huiyin.records.accounts.models import AccountChange
from huiyin.records.accounts.policy import DEMO_PASSWORD
from huiyin.records.accounts.rights import Duty
from huiyin.records.accounts.services import user_create, user_deactivate

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")

SAFE = {
    "DEBUG": False,
    "SECRET_KEY": "q7Zk3vXn-8fLw2RbT5cHj9MdYs4Gp6Ue1AoKi0VxNyBrEtQzWm",
    "ALLOWED_HOSTS": ["xf.qinghe.example"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    "HUIYIN_ADMIN_TOTP": True,
}


@pytest.fixture
def office(settings: Settings) -> Iterator[Settings]:
    """An office whose settings are all safe."""
    for name, value in SAFE.items():
        setattr(settings, name, value)
    # Not pytest's own directory: that one is closed to others, and with it everything inside.
    around = Path(tempfile.mkdtemp())
    around.chmod(0o755)
    data = around / "data"
    settings.DATA_DIR = data
    settings.STATIC_ROOT = data / "static"
    settings.ATTACHMENTS_DIR = data / "attachments"
    settings.BACKUPS_DIR = data / "backups"
    settings.KEY_RING_PATH = data / "keys" / "keyring.json"
    settings.DATABASES = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "db.sqlite3")}
    }
    for folder in (data, settings.ATTACHMENTS_DIR, settings.BACKUPS_DIR, settings.KEY_RING_PATH.parent):
        folder.mkdir(mode=0o700)
    for file in (settings.KEY_RING_PATH, data / "db.sqlite3"):
        file.write_text("{}")
        file.chmod(0o600)
    yield settings
    shutil.rmtree(around)


def errors() -> list[checks.CheckMessage]:
    return [found for found in selfcheck.check_settings(None) if found.level >= checks.ERROR]


def test_a_safe_office_passes(office: Settings) -> None:
    assert errors() == []


UNSAFE: list[tuple[str, object, str]] = [
    ("DEBUG", True, "DEBUG"),
    ("SECRET_KEY", env.DEVELOPMENT_SECRET, "SECRET_KEY"),
    ("SECRET_KEY", "short", "SECRET_KEY"),
    ("SECRET_KEY", "a" * 60, "SECRET_KEY"),
    ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS", [".example"], "ALLOWED_HOSTS"),
    ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS"),
    ("SESSION_COOKIE_SECURE", False, "SESSION_COOKIE_SECURE"),
    ("CSRF_COOKIE_SECURE", False, "CSRF_COOKIE_SECURE"),
    ("SESSION_COOKIE_HTTPONLY", False, "SESSION_COOKIE_HTTPONLY"),
    ("SESSION_COOKIE_SAMESITE", "None", "SESSION_COOKIE_SAMESITE"),
    ("SECURE_HSTS_SECONDS", 3600, "SECURE_HSTS_SECONDS"),
    ("SECURE_SSL_REDIRECT", False, "SECURE_SSL_REDIRECT"),
    ("SECURE_PROXY_SSL_HEADER", None, "SECURE_PROXY_SSL_HEADER"),
    ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"], "PASSWORD_HASHERS"),
    ("AUTH_PASSWORD_VALIDATORS", [], "AUTH_PASSWORD_VALIDATORS"),
    ("AXES_FAILURE_LIMIT", 1000, "lock-out"),
    ("AXES_ENABLED", False, "lock-out"),
    ("HUIYIN_IDLE_MINUTES", 600, "Idle sessions"),
    ("HUIYIN_ADMIN_TOTP", False, "second factor"),
    ("TIME_ZONE", "UTC", "TIME_ZONE"),
    ("KEY_RING_PATH", "/nowhere/keyring.json", "key ring"),
    ("BACKUPS_DIR", "/nowhere/backups", "backups"),
]


@pytest.mark.parametrize(
    ("name", "value", "words"), UNSAFE, ids=[f"{row[0]}={row[1]}"[:40] for row in UNSAFE]
)
def test_an_unsafe_setting_is_named_with_the_way_out(
    office: Settings, name: str, value: object, words: str
) -> None:
    setattr(office, name, value)
    found = errors()
    assert len(found) == 1, found
    assert words in found[0].msg
    assert found[0].hint


@pytest.mark.parametrize("place", ["keys/keyring.json", "db.sqlite3", "attachments", "backups"])
def test_a_place_that_others_can_open_is_named(office: Settings, place: str) -> None:
    path = Path(office.DATA_DIR) / place
    path.chmod(0o644 if path.is_file() else 0o755)
    if place != "keys/keyring.json":
        assert errors() == [], "behind the closed data directory nobody can open it"
    for parent in (path.parent, Path(office.DATA_DIR)):
        parent.chmod(0o755)
    assert str(path) in " ".join(found.msg for found in errors())


def test_attachments_inside_the_static_files_are_named(office: Settings) -> None:
    office.ATTACHMENTS_DIR = Path(office.STATIC_ROOT) / "letters"
    assert "ATTACHMENTS_DIR" in errors()[0].msg


@pytest.mark.parametrize(
    ("password", "host", "is_named"),
    [
        ("", "db.example", True),
        ("huiyin", "db.example", True),
        ("postgres", "/run/postgresql", True),
        ("", "/run/postgresql", False),
        ("K3-vbn-92-xzq", "db.example", False),
    ],
)
def test_a_guessed_database_password_is_named(
    office: Settings, password: str, host: str, is_named: bool
) -> None:
    office.DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "huiyin",
            "USER": "huiyin",
            "HOST": host,
            "PASSWORD": password,
        }
    }
    assert [found.id for found in errors()] == (["huiyin.E016"] if is_named else [])


def database_errors() -> list[str]:
    found = selfcheck.check_database(None, databases=["default"])
    return [str(message.id) for message in found if message.level >= checks.ERROR]


@pytest.mark.django_db
def test_a_demo_account_with_the_demo_password_is_named_until_it_is_closed(at: datetime) -> None:
    user = user_create(
        username="demo",
        name="演示",
        password=DEMO_PASSWORD,
        duty=Duty.AUDITOR,
        is_demo=True,
        by=None,
        at=at,
    )
    assert database_errors() == ["huiyin.E021"]
    user_deactivate(user_id=user.pk, by=None, at=at)
    assert database_errors() == []


@pytest.mark.django_db
def test_a_missing_administrator_is_a_warning(at: datetime) -> None:
    def missing() -> str:
        found = selfcheck.check_database(None, databases=["default"])
        return " ".join(message.msg for message in found if message.id == "huiyin.W022")

    assert "审计管理员" in missing()
    user_create(username="audit", name="审计", password="Audit-2026-pw", duty=Duty.AUDITOR, by=None, at=at)
    assert "审计管理员" not in missing()
    assert "安全管理员" in missing()


@pytest.mark.django_db
def test_a_clock_behind_the_records_is_named(at: datetime) -> None:
    user = user_create(
        username="audit", name="审计", password="Audit-2026-pw", duty=Duty.AUDITOR, by=None, at=at
    )
    AccountChange.objects.create(at=timezone.now() + timedelta(days=2), user=user, action="updated")
    assert database_errors() == ["huiyin.E023"]


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run `huiyin` in a process of its own, on an empty data directory."""

    def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-m", "huiyin.interfaces.commands", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            env=kept | {"HUIYIN_DATA_DIR": str(tmp_path)} | variables,
        )

    return run


def test_the_command_names_everything_unsafe_and_ends_with_one(
    command: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    done = command("check", "--deploy", HUIYIN_DEBUG="1", HUIYIN_ALLOWED_HOSTS="*")
    assert done.returncode == 1, done.stderr
    for words in (
        "DEBUG",
        "ALLOWED_HOSTS",
        "SESSION_COOKIE_SECURE",
        "second factor",
        "key ring",
    ):
        assert words in done.stdout


def test_serving_an_unsafe_production_is_refused(
    command: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    done = command("serve", "--port", "48327", HUIYIN_PRODUCTION="1")
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stdout
    assert "Not safe to serve" in done.stdout
