"""`huiyin verify` on the command line."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from huiyin.interfaces.commands.verify import run
from huiyin.records.ledger.models import Entry
from huiyin.records.ledger.selectors import proof_of, published_root
from huiyin.records.ledger.services import seal_day
from tests.records.ledger.conftest import hands_on

pytestmark = pytest.mark.django_db


def verify(*arguments: str | Path) -> tuple[int, str]:
    """Run the command and return its exit code and what it said."""
    application = typer.Typer()
    application.command()(run)
    result = CliRunner().invoke(application, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def exported(three_chains: None, at: datetime, tmp_path: Path) -> Path:
    """The ledger of three chains, sealed and exported by the command."""
    seal_day(day=at.date(), at=at)
    path = tmp_path / "ledger.jsonl"
    code, said = verify("--export", path)
    assert code == 0, said
    assert "已导出 7 条台账" in said
    return path


def test_a_whole_ledger_is_told_with_its_figures(three_chains: None) -> None:
    code, said = verify("--ledger-only")
    assert code == 0
    assert "台账完好：7 条、3 件信访事项、0 次封印" in said


def test_a_changed_row_ends_with_code_one_and_its_name(three_chains: None) -> None:
    with hands_on():
        Entry.objects.filter(matter_id=3, sequence=1).update(payload="{}")
    code, said = verify("--ledger-only")
    assert code == 1
    assert "信访事项 3 的第 1 条台账已被改动" in said


def test_an_export_is_whole_or_not_there(three_chains: None, tmp_path: Path) -> None:
    verify("--export", tmp_path / "ledger.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]


def test_a_file_is_verified_where_there_is_no_database(exported: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
        "HUIYIN_DATA_DIR": str(tmp_path / "empty"),
    }
    command = [sys.executable, "-m", "huiyin.interfaces.commands", "verify", str(exported)]
    whole = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "台账完好：7 条" in whole.stdout
    exported.write_text(exported.read_text("utf-8").replace("依法受理", "依法拒绝", 1), "utf-8")
    changed = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert changed.returncode == 1
    assert "信访事项 1 的第 1 条台账已被改动" in changed.stdout


def test_a_file_is_compared_with_the_published_root(exported: Path, at: datetime) -> None:
    root = published_root(at.date())
    assert root is not None
    assert verify(exported, "--root", root.hex())[0] == 0
    code, said = verify(exported, "--root", "00" * 32)
    assert code == 1
    assert "不是公布的那一份" in said


def test_a_proof_is_checked_from_a_file(three_chains: None, at: datetime, tmp_path: Path) -> None:
    seal_day(day=at.date() + timedelta(1), at=at)
    proof = proof_of(1, 2)
    assert proof is not None
    path = tmp_path / "proof.json"
    path.write_text(proof.as_text(), "utf-8")
    code, said = verify("--proof", path)
    assert code == 0
    assert "信访事项 1 的第 2 条台账在 2026-01-15 封印时已经存在" in said
    path.write_text(proof.as_text().replace(proof.previous, "00" * 32), "utf-8")
    assert verify("--proof", path)[0] == 1


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert verify(tmp_path / "nothing.jsonl")[0] == 1
    assert verify("--proof", tmp_path / "nothing.json")[0] == 1
