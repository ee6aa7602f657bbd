"""What every test shares: a data directory of its own, a database file of its own, quick passwords.

The people of the tests live in `tests/people.py`, the makers of records in `tests/factories/`.
"""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.flushing import let_flush_pass

if TYPE_CHECKING:
    from tests.people import People

# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile("huiyin", deadline=None)
hypothesis_settings.load_profile("huiyin")

DATA = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Point everything that is written to disk at a directory that ends with this process."""
    data = config.stash[DATA] = Path(tempfile.mkdtemp(prefix="huiyin-tests-"))
    settings.DATA_DIR = data
    settings.ATTACHMENTS_DIR = data / "attachments"
    settings.KEY_RING_PATH = data / "keys" / "keyring.json"
    settings.STATIC_ROOT = data / "static"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STATIC_ROOT.mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    data = config.stash.get(DATA, None)
    if data is not None:
        shutil.rmtree(data, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> None:
    """Give SQLite a real file: a database in memory knows neither two connections nor a second process."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(pytestconfig.stash[DATA] / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Tests with real transactions empty the tables, which the ledger refuses (see `tests/flushing.py`)."""
    let_flush_pass()


@pytest.fixture(autouse=True)
def fresh_reference_data() -> Iterator[None]:
    """What this process remembers of agencies, places and classes ends with the test that wrote them."""
    from huiyin.records.agencies.selectors import reference_forget

    yield
    reference_forget()


@pytest.fixture
def at() -> datetime:
    """An ordinary working moment: Wednesday 14 January 2026, ten in the morning."""
    return datetime(2026, 1, 14, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def people(db: None, at: datetime) -> "People":
    """The reference county and one person per role (see `tests/people.py`)."""
    from tests.people import load_county, make_people

    load_county(at)
    return make_people(at)


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    """Begin every test in the language of the source, whatever page the test before it looked at."""
    translation.activate("zh-hans")
