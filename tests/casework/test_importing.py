"""What a row of another system becomes: read, understood, registered once."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from huiyin.casework.cases.models import Case, Submission
from huiyin.casework.intake.import_columns import columns_of, day_of, field_of
from huiyin.casework.intake.import_files import FileUnreadable, SourceRow, SourceTable, read_table
from huiyin.casework.intake.importing import Outcome, Plan, State, prepare, rows_import
from huiyin.records.ledger.verify import verify_database
from huiyin.records.vault.models import Identity

HEADING = (
    "留言编号",
    "姓名",
    "电话",
    "主题",
    "时间",
    "内容",
    "诉求",
    "内容分类",
    "属地",
    "信访人数",
    "信访形式",
    "署名",
)
TEXT = "村口的路灯坏了三个月，晚上老人孩子都不敢出门，请尽快派人修理。"


def table_of(path: Path, encoding: str = "") -> SourceTable:
    return read_table(path, is_known=lambda column: bool(field_of(column)), encoding=encoding)


def written(tmp_path: Path, content: str | bytes, name: str = "来件.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(tmp_path: Path, content: str | bytes, encoding: str = "") -> list[tuple[int, tuple[str, ...], str]]:
    rows = table_of(written(tmp_path, content), encoding).rows
    return [(row.line, row.cells, row.problem) for row in rows]


def a_plan(people, **changes) -> Plan:
    return Plan(
        office_id=people.agency_id("petition-office"),
        columns=columns_of(HEADING, {}),
        heading=HEADING,
        source="留言板",
        **changes,
    )


def a_row(line: int = 2, **cells: str) -> SourceRow:
    values = {"留言编号": "1001", "主题": "路灯坏了", "时间": "2026-01-05 09:30", "内容": TEXT} | cells
    return SourceRow(line, tuple(values.get(column, "") for column in HEADING))


def imported(people, at, *rows: SourceRow, **changes) -> list[Outcome]:
    plan = a_plan(people, **changes)
    return rows_import(rows=rows, plan=plan, seen={}, is_trial=False, by=None, at=at)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5"])
def test_a_file_is_read_in_whatever_encoding_an_office_saved_it(tmp_path, encoding):
    text = "留言編號,主題,時間,內容\r\n1,路燈壞了,2026-01-05,村口的路燈壞了三個月\r\n"
    rows = read(tmp_path, text.encode(encoding))
    assert [cells for _line, cells, _problem in rows] == [
        ("1", "路燈壞了", "2026-01-05", "村口的路燈壞了三個月")
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_the_separator_is_found_by_the_columns_it_names(tmp_path, delimiter):
    text = delimiter.join(["编号", "主题", "内容"]) + "\n" + delimiter.join(["7", "漏水", "楼上漏水"]) + "\n"
    assert read(tmp_path, text) == [(2, ("7", "漏水", "楼上漏水"), "")]


def test_text_over_several_lines_stays_one_cell_and_the_next_row_knows_its_line(tmp_path):
    text = '编号,内容\n1,"第一行\n第二行，有逗号,和""引号"""\n\n2,短\n'
    assert read(tmp_path, text) == [(2, ("1", '第一行\n第二行，有逗号,和"引号"'), ""), (5, ("2", "短"), "")]


def test_a_quote_that_is_never_closed_costs_its_own_line_only(tmp_path):
    rows = read(tmp_path, '编号,内容\n1,"没有收尾\n2,第二件\n3,第三件\n')
    assert "引号没有配对" in rows[0][2]
    assert rows[1:] == [(3, ("2", "第二件"), ""), (4, ("3", "第三件"), "")]


def test_a_cell_of_more_than_a_million_characters_is_refused_and_the_rest_is_read(tmp_path):
    rows = read(tmp_path, "编号,内容\n1," + "长" * 1_000_001 + "\n2,第二件\n")
    assert "一百万字" in rows[0][2]
    assert rows[1] == (3, ("2", "第二件"), "")


def test_rows_with_too_many_or_too_few_cells_are_told_apart(tmp_path):
    rows = read(tmp_path, "编号,主题,内容\n1,甲,乙,丙\n2,甲\n3,甲,乙,,\n")
    assert ["多出1列" in rows[0][2], "少1列" in rows[1][2], rows[2][2]] == [True, True, ""]


def test_bytes_that_are_no_text_are_told_with_the_way_out(tmp_path):
    content = "编号,内容\n1,路灯坏了请修理\n2,水管".encode() + b"\xff\xfe\xfa" + "漏水\n3,好\n".encode()
    rows = read(tmp_path, content)
    assert [bool(problem) for _line, _cells, problem in rows] == [False, True, False]
    assert "--encoding" in rows[1][2]


def test_a_named_encoding_that_does_not_fit_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="gb18030"):
        read(tmp_path, b"\xef\xbb\xbf\xff\xff", encoding="gb18030")
    with pytest.raises(FileUnreadable, match="nonsense"):
        read(tmp_path, "编号,内容\n".encode(), encoding="nonsense")


def test_an_empty_file_and_an_old_workbook_are_told_in_a_sentence(tmp_path):
    with pytest.raises(FileUnreadable, match="文件是空的"):
        table_of(written(tmp_path, "\n\n"))
    with pytest.raises(FileUnreadable, match="另存为"):
        table_of(written(tmp_path, b"\xd0\xcf\x11\xe0", "旧.xls"))
    with pytest.raises(FileUnreadable, match="不是完好"):
        table_of(written(tmp_path, b"PK\x03\x04 broken", "坏.xlsx"))
    with pytest.raises(FileUnreadable, match="打不开"):
        table_of(tmp_path / "没有.csv")


def test_a_workbook_gives_dates_whole_numbers_and_formulas_as_text(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["青禾县网民留言汇总表"])
    sheet.append(["编号", "时间", "电话", "内容"])
    sheet.append([188006.0, date(2026, 1, 5), 13812345678, '=HYPERLINK("http://x","点我")'])
    path = tmp_path / "留言.xlsx"
    book.save(path)
    table = table_of(path)
    row = next(table.rows)
    assert table.heading == ("编号", "时间", "电话", "内容")
    assert row.cells == ("188006", "2026-01-05 00:00:00", "13812345678", '=HYPERLINK("http://x","点我")')


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019/2/8 11:25:05", date(2019, 2, 8)),
        ("2026-01-05", date(2026, 1, 5)),
        ("2026.1.5", date(2026, 1, 5)),
        ("2026年1月5日 上午", date(2026, 1, 5)),
        ("２０２６－０１－０５", date(2026, 1, 5)),
        ("20260105", date(2026, 1, 5)),
        ("20260105093000", date(2026, 1, 5)),
        ("2026-01-05T09:30:00+08:00", date(2026, 1, 5)),
        ("46027.396", date(2026, 1, 5)),
        ("二〇二六年一月五日", date(2026, 1, 5)),
        ("二○二五年十二月三十一日", date(2025, 12, 31)),
        ("2026-02-30", None),
        ("5/1/26", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text, day):
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("留言编号", "number"),
        (" 联系电话： ", "phone"),
        ("Content", "text"),
        ("信访人数", "head_count"),
        ("点赞数", ""),
    ],
)
def test_columns_are_known_by_their_names(column, field):
    assert field_of(column) == field


def test_a_chosen_column_goes_before_a_known_name():
    heading = ["序号", "原编号", "内容", "备注"]
    assert columns_of(heading, {"number": "原编号"}) == {"number": 1, "text": 2}
    assert columns_of(heading, {"number": ""}) == {"text": 2}


def test_a_row_becomes_a_petition_with_all_it_says(people, at):
    row = a_row(
        姓名="周桂兰",
        电话="13900001234",
        诉求="1. 修好路灯\n2、公布维修时间",
        信访人数="12人",
        信访形式="来信",
        署名="要求保密",
    )
    outcome = prepare(row, a_plan(people), at=at)
    intake = outcome.intake
    assert intake is not None, outcome.problems
    assert (intake.channel, intake.naming, intake.head_count) == ("letter", "secret", 12)
    assert [draft.statement for draft in intake.demands] == ["修好路灯", "公布维修时间"]
    assert (intake.name, intake.phone, intake.received_on) == ("周桂兰", "13900001234", date(2026, 1, 5))
    assert (intake.text, intake.title, intake.token) == (TEXT, "路灯坏了", "import:留言板:1001")


def test_an_account_code_is_nobodys_name(people, at):
    outcome = prepare(a_row(姓名="A00031618"), a_plan(people), at=at)
    assert outcome.intake is not None
    assert (outcome.intake.naming, outcome.intake.name) == ("anonymous", "")


def test_names_are_left_out_where_the_import_is_anonymous(people, at):
    outcome = prepare(a_row(姓名="周桂兰", 电话="13900001234"), a_plan(people, is_anonymous=True), at=at)
    assert outcome.intake is not None
    assert (outcome.intake.naming, outcome.intake.name, outcome.intake.phone) == ("anonymous", "", "")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"时间": "2027-01-01"}, "不能晚于今天"),
        ({"时间": "下周二"}, "看不懂时间"),
        ({"时间": "1026-01-05"}, "请核对年份"),
        ({"内容": "", "主题": ""}, "请写明反映的情况"),
        ({"电话": "1380013800"}, "联系电话不正确"),
        ({"信访人数": "很多"}, "不是数字"),
        ({"信访人数": "0"}, "至少为1人"),
        ({"信访形式": "飞鸽"}, "不认识信访形式"),
        ({"信访形式": "上级转交"}, "上级编号"),
        ({"署名": "也许"}, "不认识署名方式"),
        ({"内容": "字" * 50_001}, "内容超过"),
    ],
)  # fmt: skip
def test_a_bad_row_says_what_is_wrong_and_registers_nothing(people, at, cells, sentence):
    (outcome,) = imported(people, at, a_row(**cells))
    assert outcome.state is State.BAD
    assert any(sentence in problem for problem in outcome.problems), outcome.problems
    assert not Case.objects.exists()


def test_what_cannot_be_stored_is_taken_out_and_noted(people, at):
    (outcome,) = imported(people, at, a_row(内容="路灯\x00坏了\u202e请修理一下"))
    assert outcome.state is State.REGISTERED
    assert any("控制字符" in note for note in outcome.notes)
    assert Submission.objects.get().text == "路灯坏了请修理一下"


def test_an_unknown_class_or_region_is_noted_and_nothing_is_lost(people, at):
    (outcome,) = imported(people, at, a_row(内容分类="天外来客", 属地="月亮湾"))
    assert outcome.state is State.REGISTERED
    assert len(outcome.notes) == 2
    assert Case.objects.get().place == "月亮湾"


def test_a_long_title_stays_whole_in_the_text(people, at):
    (outcome,) = imported(people, at, a_row(主题="长" * 130))
    assert outcome.state is State.REGISTERED
    assert Submission.objects.get().text == f"{'长' * 130}\n{TEXT}"


def test_feeding_rows_again_registers_nothing_new(people, at):
    rows = [a_row(), a_row(3, 留言编号="1002", 内容="另一件事"), a_row(4, 留言编号="", 内容="没有编号的一件")]
    assert [one.state for one in imported(people, at, *rows)] == [State.REGISTERED] * 3
    assert [one.state for one in imported(people, at, *rows)] == [State.KNOWN] * 3
    assert Case.objects.count() == 3


def test_a_repeated_row_is_registered_once_and_another_text_under_its_number_comes_back(people, at):
    rows = [a_row(), a_row(3), a_row(4, 内容="完全不同的事情")]
    outcomes = imported(people, at, *rows)
    assert [one.state for one in outcomes] == [State.REGISTERED, State.KNOWN, State.BAD]
    assert "内容却不同" in outcomes[2].problems[0]
    (later,) = imported(people, at, rows[2])
    assert later.state is State.BAD


def test_a_number_that_is_too_long_does_not_hold_up_the_other_rows(people, at):
    rows = [
        a_row(2),
        a_row(3, 留言编号="n" * 99, 内容="编号很长的一件"),
        a_row(4, 留言编号="1003", 内容="第三件"),
    ]
    rows.append(a_row(5, 留言编号="1004", 内容="第四件", 信访形式="来电"))
    assert {one.state for one in imported(people, at, *rows)} == {State.REGISTERED, State.BAD}
    assert Case.objects.count() == 3


def test_names_go_to_the_vault_and_the_ledger_is_whole(people, at):
    rows = [a_row(line, 留言编号=str(line), 姓名="周桂兰", 电话="13900001234") for line in range(2, 12)]
    imported(people, at, *rows)
    assert Identity.objects.count() == 10
    report = verify_database()
    assert (report.is_valid, report.matters) == (True, 10)
