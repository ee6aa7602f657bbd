"""Lists as files: same scope and filters, traceable, harmless to open."""

import csv
import io

import openpyxl
import pytest

from huiyin.casework.cases.exports import exports_visible_to
from huiyin.casework.intake.contract import DemandDraft
from huiyin.interfaces.desk.exporting import harmless
from huiyin.records.accounts.models import User
from tests.factories.cases import a_receipt


def lines(answer) -> list[list[str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def sheet(answer) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_the_lines_of_the_list(desk, people, at, kind):
    receipt = a_receipt(people, at, channel="letter")
    a_receipt(people, at, channel="call")
    answer = desk("clerk").get(f"/desk/lists/all/export.{kind}?channel=letter")
    rows = (lines if kind == "csv" else sheet)(answer)
    assert [row[0] for row in rows[2:]] == [receipt.number]
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_says_who_took_what_when(desk, people, at, kind):
    answer = desk("clerk").get(f"/desk/lists/unit/export.{kind}?channel=letter")
    rows = (lines if kind == "csv" else sheet)(answer)
    assert "clerk" in str(rows[0][0])
    assert "channel=letter" in str(rows[0][0])


def test_an_export_is_written_down_for_the_auditor(desk, people, at):
    b"".join(desk("clerk").get("/desk/lists/all/export.csv?channel=call"))
    (line,) = exports_visible_to(people["auditor"])
    assert (line.name, line.list_name, line.query, line.kind) == ("clerk", "all", "channel=call", "csv")
    assert exports_visible_to(people["clerk"]) == ()
    assert "channel=call" in desk("auditor").get("/desk/audit/exports/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_statement_that_looks_like_a_formula_stays_text(desk, people, at, kind):
    formula = '=HYPERLINK("http://evil.test","点我")'
    a_receipt(people, at, demands=(DemandDraft(statement=formula),))
    answer = desk("clerk").get(f"/desk/lists/all/export.{kind}")
    if kind == "csv":
        assert lines(answer)[2][2] == f"'{formula}"
    else:
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
        cell = book.worksheets[0].cell(3, 3)
        assert (cell.value, cell.data_type) == (formula, "s")


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_every_dangerous_beginning_is_disarmed(start):
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless("1=1") == "1=1"


def test_who_may_not_export_gets_a_sentence(desk, people, at):
    User.objects.filter(pk=people["outsider"].pk).update(roles="reception_leader")
    answer = desk("outsider").get("/desk/lists/all/export.csv")
    assert answer.status_code == 403
    assert "安全管理员" in answer.content.decode()


def test_an_unknown_kind_of_file_is_not_found(desk):
    assert desk("clerk").get("/desk/lists/all/export.pdf").status_code == 404


def test_an_empty_list_gives_a_file_with_headings(desk, people):
    rows = sheet(desk("clerk").get("/desk/lists/closed/export.xlsx"))
    assert rows[1][0] == "登记号"
