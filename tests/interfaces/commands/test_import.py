"""`huiyin import` on the command line: a whole file, again and again, broken off and taken up."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from django.conf import settings
from django.db import OperationalError, connection
from typer.testing import CliRunner

from huiyin.casework.cases.models import Case, Submission
from huiyin.interfaces.commands.importing import run
from huiyin.records.ledger.verify import verify_database
from tests.records.ledger.threads import at_once

MESSAGES = Path(__file__).resolve().parents[4] / "shared" / "data" / "messages-dev.csv"
HEADING = "编号,主题,时间,内容\n"


def huiyin_import(*arguments: str | Path) -> tuple[int, str]:
    """Run the command and return its exit code and what it said."""
    application = typer.Typer()
    application.command()(run)
    result = CliRunner().invoke(application, [str(argument) for argument in arguments])
    said = f"{result.output} {result.exception or ''}"
    return result.exit_code, " ".join(said.split())


def huiyin_import_apart(*arguments: str | Path) -> str:
    """Run the command as people do, in a program of its own, on the database of this test."""
    at = connection.settings_dict
    address = f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
    paths = {"HUIYIN_DATA_DIR": str(settings.DATA_DIR), "HUIYIN_KEY_RING": str(settings.KEY_RING_PATH)}
    done = subprocess.run(
        [sys.executable, "-m", "huiyin.interfaces.commands", "import", *map(str, arguments)],
        env={**os.environ, **paths, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return " ".join((done.stdout + done.stderr).split())


def a_file(tmp_path: Path, rows: int, name: str = "来件.csv", extra: str = "") -> Path:
    path = tmp_path / name
    lines = [
        f"{number},路灯{number}坏了,2026-01-05,第{number}盏路灯坏了请修理\n" for number in range(1, rows + 1)
    ]
    path.write_text(HEADING + "".join(lines) + extra, "utf-8")
    return path


@pytest.mark.django_db
def test_a_file_is_registered_and_told_in_figures(people, tmp_path):
    code, said = huiyin_import(a_file(tmp_path, 12))
    assert code == 0, said
    assert "已登记 12 件，先前已有 0 件，有问题 0 行" in said
    assert Case.objects.filter(channel="web", naming="anonymous").count() == 12
    assert verify_database().is_valid


@pytest.mark.django_db
def test_a_second_run_registers_nothing(people, tmp_path):
    path = a_file(tmp_path, 12)
    huiyin_import(path)
    code, said = huiyin_import(path)
    assert (code, "已登记 0 件，先前已有 12 件" in said) == (0, True)
    assert Case.objects.count() == 12


@pytest.mark.django_db
def test_a_dry_run_checks_and_writes_nothing(people, tmp_path):
    path = a_file(tmp_path, 3, extra="9,将来的事,2126-01-01,还没有发生\n")
    code, said = huiyin_import(path, "--dry-run")
    assert code == 1
    assert "可以登记 3 件" in said
    assert "第 5 行 [9]" in said
    assert not Case.objects.exists()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.django_db
def test_bad_rows_come_back_in_a_file_that_can_be_corrected_and_fed_again(people, tmp_path):
    path = a_file(tmp_path, 3, extra='9,"将来的事，有逗号",2126-01-01,还没有发生\n10,少列\n')
    code, said = huiyin_import(path)
    assert code == 1
    back = tmp_path / "来件.bad.csv"
    assert back.name in said
    assert back.stat().st_mode & 0o777 == 0o600
    with back.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["原因", "编号", "主题", "时间", "内容"]
    assert "不能晚于今天" in rows[0][0]
    assert rows[0][1:] == ["9", "将来的事，有逗号", "2126-01-01", "还没有发生"]
    assert rows[1][1:] == ["10", "少列"]
    back.write_text(back.read_text("utf-8-sig").replace("2126", "2026"), "utf-8-sig")
    code, said = huiyin_import(back)
    assert "已登记 1 件" in said
    assert Submission.objects.filter(token="import:petition-office:9").exists()
    again = (tmp_path / "来件.bad.bad.csv").read_text("utf-8-sig")
    assert again.splitlines()[0] == "原因,编号,主题,时间,内容"


@pytest.mark.django_db
def test_a_file_of_bad_rows_is_never_overwritten(people, tmp_path):
    path = a_file(tmp_path, 1, extra="9,将来,2126-01-01,没有发生\n")
    kept = tmp_path / "来件.bad.csv"
    kept.write_text("有人正在改\n", "utf-8")
    huiyin_import(path)
    assert kept.read_text("utf-8") == "有人正在改\n"
    assert (tmp_path / "来件.bad-2.csv").exists()


@pytest.mark.django_db
def test_columns_can_be_named(people, tmp_path):
    path = tmp_path / "外来.csv"
    path.write_text("甲,乙,丙\n7,周桂兰,路灯坏了请修理\n", "utf-8")
    code, said = huiyin_import(
        path, "--map", "number=甲", "--map", "name=乙", "--map", "text=丙", "--channel", "letter"
    )
    assert code == 0, said
    case = Case.objects.get()
    assert (case.channel, case.naming) == ("letter", "named")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--map", "text=没有这列"], "表头中没有"),
        (["--map", "colour=主题"], "看不懂"),
        (["--channel", "pigeon"], "没有渠道"),
        (["--office", "moon"], "机构表中没有代码"),
        (["--by", "nobody"], "没有账号"),
        (["--by", "land_handler"], "登记人员"),
        (["--map", "text=", "--map", "title="], "没有找到内容列"),
        (["--encoding", "utf-32"], "编码"),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused_in_a_sentence(people, tmp_path, options, sentence):
    code, said = huiyin_import(a_file(tmp_path, 1), *options)
    assert (code, sentence in said) == (1, True), said
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_the_registrar_who_imports_answers_for_it(people, tmp_path):
    huiyin_import(a_file(tmp_path, 1), "--by", "registrar")
    assert Case.objects.get().registered_by == people["registrar"]


@pytest.mark.django_db
def test_a_lost_database_keeps_the_batches_that_are_in(people, tmp_path):
    path = a_file(tmp_path, 1200)

    def lose(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "第1001盏" in str(params):
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(lose):
        code, said = huiyin_import(path)
    assert (code, "已登记 1000 件，都已保存" in said) == (1, True), said
    assert Case.objects.count() == 1000
    code, said = huiyin_import(path)
    assert "已登记 200 件，先前已有 1000 件" in said
    assert Case.objects.count() == Submission.objects.values("token").distinct().count() == 1200
    assert verify_database().is_valid


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_the_same_file_at_once_register_each_row_once(people, tmp_path):
    path = a_file(tmp_path, 300)
    at_once(lambda: run(path), lambda: run(path))
    assert Case.objects.count() == Submission.objects.values("token").distinct().count() == 300
    assert verify_database().is_valid


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer, so one process imports")
def test_several_processes_register_each_row_once_and_report_in_order(people, tmp_path):
    path = a_file(
        tmp_path, 2600, extra="2601,将来,2126-01-01,没有发生\n1,路灯1坏了,2026-01-05,第1盏路灯坏了请修理\n"
    )
    said = huiyin_import_apart(path, "--processes", "2")
    assert "已登记 2600 件，先前已有 1 件，有问题 1 行" in said, said
    assert Case.objects.count() == 2600
    assert verify_database().is_valid


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not MESSAGES.exists(), reason=f"no real messages: {MESSAGES} is absent")
def test_all_real_messages_are_registered(people, tmp_path):
    path = tmp_path / "messages.csv"
    path.write_bytes(MESSAGES.read_bytes())
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        texts = {row["留言编号"]: row["留言详情"] for row in csv.DictReader(file)}
    code, said = huiyin_import(path, "--processes", "1")
    assert code == 0, said
    assert f"已登记 {len(texts)} 件，先前已有 0 件，有问题 0 行" in said
    prefix = "import:petition-office:"
    stored = {
        token.removeprefix(prefix): text for token, text in Submission.objects.values_list("token", "text")
    }
    assert stored.keys() == texts.keys()
    assert sum(stored[number].split() == texts[number].split() for number in texts) > 0.99 * len(texts)
    assert not Case.objects.exclude(naming="anonymous").exists()
    assert verify_database().is_valid
