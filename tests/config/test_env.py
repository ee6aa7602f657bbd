"""The secret that signs sessions is never the one everybody can read in the source."""

import stat
from pathlib import Path

import pytest

from huiyin.config import env


@pytest.fixture(autouse=True)
def no_secret_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIYIN_SECRET_KEY", raising=False)


def test_a_trial_installation_makes_a_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    first = env.secret(tmp_path, is_production=False)
    assert first != env.DEVELOPMENT_SECRET
    assert len(first) >= 50
    assert env.secret(tmp_path, is_production=False) == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    houses = [tmp_path / "a", tmp_path / "b"]
    for house in houses:
        house.mkdir()
    assert len({env.secret(house, is_production=False) for house in houses}) == 2


def test_the_given_secret_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUIYIN_SECRET_KEY", "given")
    assert env.secret(tmp_path, is_production=False) == "given"
    assert not list(tmp_path.iterdir())


def test_production_never_makes_one_up(tmp_path: Path) -> None:
    assert env.secret(tmp_path, is_production=True) == env.DEVELOPMENT_SECRET
    assert not list(tmp_path.iterdir())
