"""`huiyin demo`: the demo county, written once into an empty database (演示县).

What is there already is left as it is, so the command may run at every start.
"""

from collections.abc import Callable

from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from huiyin.interfaces.commands.demo_county import CHAPTERS, LOG_INS, samples
from huiyin.interfaces.commands.demo_county.contract import Chapter
from huiyin.interfaces.commands.prepare import prepare

console = Console(highlight=False)


def run() -> None:
    prepare()
    waiting = [chapter for chapter in CHAPTERS if not chapter.is_written()]
    if waiting:
        write(waiting)
    else:
        console.print("· demo county: as before")
    if LOG_INS:
        console.print(log_ins())
    if samples():
        console.print(matters_to_track())


def write(chapters: list[Chapter]) -> None:
    columns = (TextColumn("· {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for chapter in chapters:
            task = progress.add_task(chapter.title, total=None)
            chapter.write(timezone.now(), teller(progress, task))
            total = progress.tasks[task].total or 1
            progress.update(task, total=total, completed=total)


def teller(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total)

    return tell


def log_ins() -> Table:
    table = Table(title="Demo log-ins for the desk (演示账号)", title_justify="left")
    for heading in ("user name", "password"):
        table.add_column(heading, no_wrap=True)
    for heading in ("person", "duty"):
        table.add_column(heading, overflow="fold")
    for person in LOG_INS:
        table.add_row(person.username, person.password, person.person, person.duty)
    return table


def matters_to_track() -> Table:
    table = Table(
        title="Matters to follow on the portal under /track/ (可查询的信访件)", title_justify="left"
    )
    table.add_column("number (登记号)")
    table.add_column("query code (查询码)")
    for receipt in samples():
        table.add_row(receipt.number, receipt.code)
    return table
