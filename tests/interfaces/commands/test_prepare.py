"""Preparing the database may be asked for at every start and tells in a sentence what is wrong."""

from pathlib import Path

import pytest

from huiyin.interfaces.commands import prepare
from huiyin.interfaces.commands.demo_county import LOG_INS
from huiyin.records.agencies.models import Agency

pytestmark = pytest.mark.django_db


def test_the_reference_data_is_loaded_once(capsys):
    prepare.run(prepare.REFERENCE)
    agencies = Agency.objects.count()
    assert agencies > 20
    capsys.readouterr()
    prepare.run(prepare.REFERENCE)
    assert Agency.objects.count() == agencies
    assert "0 new or changed" in capsys.readouterr().out


def test_reference_files_that_cannot_be_right_are_told_and_nothing_is_loaded(tmp_path: Path):
    (tmp_path / "agencies.toml").write_text(
        '[[agencies]]\ncode = "office"\nparent = "nobody"\n', encoding="utf-8"
    )
    with pytest.raises(SystemExit, match="reference files") as refusal:
        prepare.run(tmp_path)
    assert "agencies.toml" in str(refusal.value)
    assert not Agency.objects.exists()


def test_an_empty_folder_is_told(tmp_path: Path):
    with pytest.raises(SystemExit, match="reference files"):
        prepare.run(tmp_path)


def test_every_demo_log_in_is_complete():
    assert [person for person in LOG_INS if not (person.username and person.password and person.duty)] == []
