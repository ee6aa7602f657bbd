"""`huiyin import`: register the rows of a table from another system (批量导入信访件).

The command may be stopped and run again at any time: rows that are in are known by their source number and
passed over. Rows that cannot be registered are written to FILE.bad.csv with the reason; corrected there, that
file is fed the same way.
"""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from datetime import datetime
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import typer
from django.db import InterfaceError, OperationalError, connection, connections
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from huiyin.casework.cases.refusals import Refused
from huiyin.casework.intake import importing
from huiyin.casework.intake.channels import BY_CODE
from huiyin.casework.intake.import_columns import FIELDS, columns_of, field_of
from huiyin.casework.intake.import_files import FileUnreadable, SourceRow, SourceTable, read_table
from huiyin.casework.intake.importing import BATCH, Outcome, Plan, State
from huiyin.interfaces.commands.importing.report import Report
from huiyin.records.accounts.selectors import user_named
from huiyin.records.agencies.selectors import agency_directory

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

console = Console(highlight=False, soft_wrap=True)
SHORT_FILE = 4 * BATCH
DEFAULT_OFFICE = "petition-office"


def run(
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx table with a heading.")],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help=f"FIELD=COLUMN, may be repeated; FIELD= ignores. Fields: {', '.join(FIELDS)}."
        ),
    ] = None,
    channel: Annotated[str, typer.Option(help=f"For rows that name none: {', '.join(BY_CODE)}.")] = "web",
    office: Annotated[str, typer.Option(help="Code of the office that registers.")] = DEFAULT_OFFICE,
    source: Annotated[
        str, typer.Option(help="Name of the other system; tells equal numbers of two systems apart.")
    ] = "",
    encoding: Annotated[str, typer.Option(help="Encoding of a .csv when it is guessed wrongly.")] = "",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Keep no names and telephone numbers.")
    ] = False,
    by: Annotated[str, typer.Option(help="Account of the registrar who answers for the import.")] = "",
    processes: Annotated[int, typer.Option(min=0, help="Processes at work; 0 chooses.")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check; nothing is registered.")] = False,
) -> None:
    at = timezone.now()
    try:
        table = read_table(file, is_known=lambda column: bool(field_of(column)), encoding=encoding)
        plan = make_plan(table, mapping or [], channel, office, source, is_anonymous=anonymous)
        person = account(by)
        importing.check_importer(office_id=plan.office_id, by=person)
        tell_plan(table, plan)
        report = Report(file, table.heading, is_trial=dry_run)
        Job(plan, person, at, report).work(table, useful_processes(processes, table, is_trial=dry_run))
    except (FileUnreadable, Refused) as refusal:
        raise SystemExit(f"huiyin: {refusal}") from refusal
    report.conclude()
    if report.counts[State.BAD]:
        raise typer.Exit(1)


def make_plan(
    table: SourceTable, mapping: list[str], channel: str, office: str, source: str, *, is_anonymous: bool
) -> Plan:
    """Turn the options into a plan; refuse what cannot be meant."""
    chosen = dict(_chosen(one, table.heading) for one in mapping)
    columns = columns_of(table.heading, chosen)
    if "text" not in columns and "title" not in columns:
        raise FileUnreadable(
            _("没有找到内容列。表头是：%(heading)s。请用 --map text=列名 指明。")
            % {"heading": "、".join(table.heading)[:300]}
        )
    if channel not in BY_CODE:
        raise FileUnreadable(
            _("没有渠道“%(channel)s”，可选：%(known)s。") % {"channel": channel, "known": "、".join(BY_CODE)}
        )
    agency = agency_directory().by_code(office)
    if agency is None:
        raise FileUnreadable(_("机构表中没有代码“%(code)s”，请用 --office 指明登记单位。") % {"code": office})
    return Plan(
        office_id=agency.id,
        columns=columns,
        heading=table.heading,
        channel=channel,
        source=source or agency.code,
        is_anonymous=is_anonymous,
    )


def _chosen(one: str, heading: Iterable[str]) -> tuple[str, str]:
    name, separator, column = one.partition("=")
    name, column = name.strip(), column.strip()
    if not separator or name not in FIELDS:
        raise FileUnreadable(
            _("看不懂 --map %(map)s：请写成 字段=列名，字段可以是 %(fields)s。")
            % {"map": one, "fields": "、".join(FIELDS)}
        )
    if column and column not in heading:
        raise FileUnreadable(
            _("表头中没有“%(column)s”这一列。表头是：%(heading)s。")
            % {"column": column, "heading": "、".join(heading)[:300]}
        )
    return name, column


def account(username: str) -> "User | None":
    """The account that answers for the import; none is the operator of the machine."""
    if not username:
        return None
    user = user_named(username)
    if user is None:
        raise FileUnreadable(_("没有账号“%(name)s”。") % {"name": username})
    return user


def tell_plan(table: SourceTable, plan: Plan) -> None:
    """Say how the file is read, before anything happens."""
    if table.encoding:
        console.print(_("· 编码：%(encoding)s") % {"encoding": table.encoding})
    if table.is_guessed:
        console.print(_("· 编码是猜测的，含乱码的行会退回；也可以用 --encoding 指明。"), style="yellow")
    named = [f"{table.heading[place]} → {name}" for name, place in plan.columns.items()]
    console.print(_("· 列：%(columns)s") % {"columns": "，".join(named)})
    unused = [column for place, column in enumerate(table.heading) if place not in plan.columns.values()]
    unused = [column for column in unused if column and field_of(column) != "reason"]
    if unused:
        console.print(_("· 不导入的列：%(columns)s") % {"columns": "、".join(unused)})


class Job:
    """One run over one file: batches of rows in, a report out."""

    def __init__(self, plan: Plan, by: "User | None", at: datetime, report: Report) -> None:
        self.plan, self.by, self.at, self.report = plan, by, at, report
        self.seen: dict[str, str] = {}

    def work(self, table: SourceTable, processes: int) -> None:
        """Take batch after batch; what is committed stays when the run is broken off."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        screen = Console(stderr=True)
        pieces = batches(table.rows)
        try:
            results = self.together(pieces, processes) if processes > 1 else map(self.take, pieces)
            with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
                task = bar.add_task(_("导入"), total=table.expected_rows)
                for outcomes in results:
                    for outcome in outcomes:
                        self.report.add(outcome)
                    bar.update(task, completed=outcomes[-1].row.line)
        except (OperationalError, InterfaceError) as problem:
            reason = " ".join(str(problem).split())[:200]
            self.break_off(_("数据库中断：%(reason)s") % {"reason": reason}, problem)
        except KeyboardInterrupt as stop:
            self.break_off(_("已停止"), stop)
        except (ParseError, EOFError, BadZipFile, BrokenExecutor) as problem:
            self.break_off(_("文件从这里起不能读取，或者处理中断"), problem)
        finally:
            self.report.bad.close()

    def take(self, rows: Sequence[SourceRow]) -> list[Outcome]:
        """Register one batch in this process."""
        return importing.rows_import(
            rows=rows, plan=self.plan, seen=self.seen, is_trial=self.report.is_trial, by=self.by, at=self.at
        )

    def together(self, pieces: Iterator[list[SourceRow]], processes: int) -> Iterator[list[Outcome]]:
        """Register batches in several processes, and hand the results on in the order of the file."""
        connections.close_all()
        context = get_context("fork")
        with ProcessPoolExecutor(processes, mp_context=context, initializer=ignore_stop) as pool:
            waiting: deque[Future[list[Outcome]]] = deque()
            for rows in chain(pieces, [None] * (2 * processes)):
                if rows is not None:
                    waiting.append(pool.submit(take_apart, rows, self.plan, self.by, self.at))
                if waiting and (rows is None or len(waiting) > 2 * processes):
                    yield waiting.popleft().result()

    def break_off(self, reason: str, cause: BaseException) -> None:
        raise SystemExit(
            _("huiyin: %(reason)s。已登记 %(done)s 件，都已保存；再次运行同一命令即可从断处继续。")
            % {"reason": reason, "done": self.report.counts[State.REGISTERED]}
        ) from cause


def take_apart(rows: Sequence[SourceRow], plan: Plan, by: "User | None", at: datetime) -> list[Outcome]:
    """Register one batch in a process of its own; only what the report needs comes back."""
    outcomes = importing.rows_import(rows=rows, plan=plan, seen={}, is_trial=False, by=by, at=at)
    for outcome in outcomes:
        outcome.intake = None
        if outcome.state is not State.BAD:
            outcome.row = SourceRow(outcome.row.line, ())
    return outcomes


def ignore_stop() -> None:
    """Ctrl-C is for the parent, which then lets the batches in hand finish."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def batches(rows: Iterator[SourceRow]) -> Iterator[list[SourceRow]]:
    """Rows in batches of one transaction each."""
    while batch := list(islice(rows, BATCH)):
        yield batch


def useful_processes(wanted: int, table: SourceTable, *, is_trial: bool) -> int:
    """Several only where they help: SQLite has one writer, and a short file is done sooner by one."""
    if is_trial or connection.vendor == "sqlite" or (table.expected_rows or SHORT_FILE) < SHORT_FILE:
        return 1
    return wanted or min(4, os.cpu_count() or 1)
