"""`huiyin deadline` and `huiyin lawdoc` from the command line (命令行期限计算)."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from huiyin.interfaces.commands import deadline, lawdoc
from huiyin.law.rules import rules


def call(*arguments: str) -> Result:
    application = typer.Typer()
    application.command()(deadline.run)
    return CliRunner().invoke(application, list(arguments))


def test_the_console_command_says_24_february_and_why_without_a_database(tmp_path: Path) -> None:
    program = "import sys; from huiyin.interfaces.commands import main; main(); "
    done = subprocess.run(
        [sys.executable, "-c", program, "deadline", "C5", "2025-12-24"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(lawdoc.ROOT), "DATABASE_URL": "broken://", "PYTHONUTF8": "1"},
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "2026-02-24"
    assert "《信访工作条例》第三十四条" in done.stdout
    assert "春节放假" in done.stdout


def test_english_is_one_option_away() -> None:
    assert "Spring Festival; the last day rolls on" in call("C5", "2025-12-24", "--lang", "en").stdout


def test_json_carries_the_date_the_article_and_every_line() -> None:
    found = json.loads(call("C5", "2025-12-24", "--extend", "30", "--json").stdout)
    assert (found["due"], found["raw_end"], found["extended_days"]) == ("2026-03-24", "2026-03-24", 30)
    assert found["version"] == "2022"
    assert [line["kind"] for line in found["explanation"]][:2] == ["rule", "start"]


def test_a_profile_a_pause_and_an_own_limit_are_options() -> None:
    assert call("C14", "2026-03-16", "--profile", "npc-transfer-90-days").stdout.startswith("2026-06-15")
    assert call("C9", "2026-03-02", "--pause", "2026-03-05..2026-03-09").stdout.startswith("2026-04-07")
    assert call("C9", "2026-05-11", "--pause", "2026-05-18..").stdout.startswith("2026-06-11（暂定）")
    assert call("OWN", "2026-07-01", "--days", "20").stdout.startswith("2026-07-21")
    assert call("C19_2H", "2026-03-02T23:30").stdout.startswith("2026-03-03 01:30")


def test_the_list_shows_every_rule() -> None:
    lines = call("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(rules())
    assert "90日" in call("--list", "--profile", "npc-transfer-90-days").stdout
    assert "no profile 'x'" in call("--list", "--profile", "x").stderr
    assert "working days" in call("--list", "--lang", "en").stdout
    assert {row["rule"] for row in json.loads(call("--list", "--json").stdout)} == set(rules())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("C5", "2025-13-24"), "is no date"),
        (("C99", "2025-12-24"), "no rule 'C99'"),
        (("C19", "2025-12-24"), "choose one of"),
        (("C5", "2025-12-24", "--extend", "31"), "延长31日超过上限"),
        (("C5", "2025-12-24", "--extend", "31", "--lang", "en"), "at most 30 days"),
        (("C5", "2025-12-24", "--pause", "2026-01-05..2026-01-06"), "不得因听证停止计算"),
        (("C9", "2026-03-02", "--pause", "2026-03-05"), "is no pause"),
        (("C9", "2026-03-02", "--pause", "a..b"), "is no pause"),
        (("C5", "2025-12-24", "--profile", "x"), "no profile 'x'"),
        (("C5", "2025-12-24", "--days", "20"), "Only the rule OWN"),
        (("C5", "2025-12-24", "--lang", "fr"), "either zh or en"),
        (("C5", "9999-12-24"), "太远"),
        (("C5", "1999-12-24"), "no version in force"),
        (("C19_2H", "2026-03-02"), "请给出起算的日期和时间"),
        ((), "Name a rule"),
    ],
)
def test_a_mistake_is_a_sentence_and_exit_code_2(arguments: tuple[str, ...], sentence: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def batch(path: Path, content: bytes, *more: str) -> tuple[list[dict[str, str]], Result]:
    path.write_bytes(content)
    result = call("--batch", str(path), *more)
    return list(csv.DictReader(io.StringIO(result.stdout))), result


def test_a_file_comes_back_with_dates_and_articles(tmp_path: Path) -> None:
    text = (
        "number,rule,start,extend_days\n1,C5,2025-12-24,\n2,C5,2025-12-24,30\n3,C19_2H,2026-03-02T23:30,0\n"
    )
    rows, result = batch(tmp_path / "dates.csv", text.encode())
    assert result.exit_code == 0
    assert [row["due"] for row in rows] == ["2026-02-24", "2026-03-24", "2026-03-03T01:30"]
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["citation"] == "《信访工作条例》第三十四条"
    assert {row["error"] for row in rows} == {""}


def test_bad_rows_say_why_good_rows_are_counted_and_the_exit_code_is_1(tmp_path: Path) -> None:
    bad = ["C5,tomorrow,", "C1,2026-02-01,5", "C5,2026-02-01,many", "C5", ",,,,"]
    text = "\n".join(["rule,start,extend_days", "C5,2025-12-24,", *bad])
    rows, result = batch(tmp_path / "dates.csv", text.encode())
    assert result.exit_code == 1
    assert rows[0]["due"] == "2026-02-24"
    assert [bool(row["error"]) for row in rows] == [False, True, True, True, True, True]
    assert "no whole number" in rows[3]["error"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_of_office_programs_are_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    rows, result = batch(tmp_path / "dates.csv", "单位,rule,start\n国土局,C5,2025-12-24\n".encode(encoding))
    assert result.exit_code == 0
    assert (rows[0]["单位"], rows[0]["due"]) == ("国土局", "2026-02-24")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no column 'rule'"),
        (b"rule\nC5\n", "no column 'start'"),
        (b"\xff\xff\xff", "cannot be read"),
        (b'rule,start\n"C5,2025-12-24\n', "cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(tmp_path: Path, content: bytes, sentence: str) -> None:
    _, result = batch(tmp_path / "dates.csv", content)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert call("--batch", str(tmp_path / "none.csv")).exit_code == 2


def test_a_year_of_dates_is_counted_in_seconds(tmp_path: Path) -> None:
    text = "rule,start\n" + "C5,2026-03-02\n" * 5000
    rows, result = batch(tmp_path / "dates.csv", text.encode())
    assert result.exit_code == 0
    assert len(rows) == 5000


def test_the_law_page_is_up_to_date_and_names_every_rule() -> None:
    assert lawdoc.PAGE.read_text(encoding="utf-8") == lawdoc.page()
    assert all(f"| `{rule_id}` |" in lawdoc.page() for rule_id in rules())
