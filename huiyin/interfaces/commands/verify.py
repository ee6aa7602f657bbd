"""`huiyin verify`: has anything in the ledger been changed, dropped or backdated? (核验台账)

Checks the live database, an exported FILE (no database needed), or one proof; with
exit code 1 it names the first fault.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from huiyin.records.ledger.export import verify_file
from huiyin.records.ledger.findings import explain
from huiyin.records.ledger.proof import check_proof, parse_proof
from huiyin.records.ledger.report import Fault, Finding, Report
from huiyin.records.ledger.verify import verify_database

MOST_FAULTS = 50
console = Console(highlight=False, soft_wrap=True)


def run(
    file: Annotated[Path | None, typer.Argument(help="An exported ledger to check offline.")] = None,
    export: Annotated[Path | None, typer.Option(help="Write the ledger to this file (JSON lines).")] = None,
    proof: Annotated[Path | None, typer.Option(help="A proof of existence to check offline.")] = None,
    root: Annotated[str, typer.Option(help="The published root to compare with, in hexadecimal.")] = "",
    ledger_only: Annotated[bool, typer.Option(help="Leave out letters, documents and clocks.")] = False,
) -> None:
    if export is not None:
        write_export(export)
        return
    if proof is not None:
        conclude(read_proof(proof), root)
        return
    with progress_bar(_("核验")) as advance:
        report = verify_file(file, progress=advance) if file else verify_database(progress=advance)
    conclude(report, root)
    if file is None and not ledger_only:
        compare_with_casework()


def compare_with_casework() -> None:
    """Say where the tables of casework differ from what the ledger holds; leave with 1 if they do."""
    # Needs the database, unlike the check of a file.
    from huiyin.casework.intake.integrity import faults
    from huiyin.casework.intake.staffing import demands_nobody_can_move

    found = list(islice(faults(), MOST_FAULTS))
    for sentence in found:
        console.print(sentence, style="bold red")
    if found:
        raise typer.Exit(1)
    console.print(_("原文、文书、期限与台账一致。"))
    for sentence in islice(demands_nobody_can_move(), MOST_FAULTS):
        console.print(sentence, style="yellow")


def read_proof(path: Path) -> Report:
    """Check a proof that was saved or scanned into a file."""
    try:
        proof = parse_proof(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        proof = None
    return check_proof(proof) if proof else Report(finding=Finding(Fault.PROOF_UNREADABLE))


def conclude(report: Report, root: str) -> None:
    """Print the figures and the verdict; leave with 1 when something is wrong."""
    if report.last_day is not None:
        console.print(
            _("最近封印：%(day)s，根值 %(root)s") % {"day": report.last_day, "root": report.last_root.hex()}
        )
    if report.finding is not None:
        console.print(explain(report.finding), style="bold red")
        raise typer.Exit(1)
    if root and root.strip().lower() != report.last_root.hex():
        console.print(_("根值与所给的公布值不同：该台账或证明不是公布的那一份。"), style="bold red")
        raise typer.Exit(1)
    if report.proven:
        console.print(
            _("证明成立：信访事项 %(matter)s 的第 %(place)s 条台账在 %(day)s 封印时已经存在。")
            % {"matter": report.proven["matter"], "place": report.proven["sequence"], "day": report.last_day}
        )
        return
    console.print(
        _("台账完好：%(entries)s 条、%(matters)s 件信访事项、%(seals)s 次封印，全部与写入时一致。")
        % {"entries": report.entries, "matters": report.matters, "seals": report.seals}
    )


def write_export(path: Path) -> None:
    """Stream the ledger of the database into a file, complete or not at all."""
    # Needs the database, unlike the checks.
    from huiyin.records.ledger.streams import export_database

    draft = path.with_name(path.name + ".part")
    with progress_bar(_("导出")) as advance, draft.open("w", encoding="utf-8", newline="\n") as file:
        written = export_database(file, at=timezone.now(), progress=advance)
    draft.replace(path)
    console.print(_("已导出 %(entries)s 条台账到 %(path)s。") % {"entries": written, "path": path})


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int], object]]:
    """Show how many entries are done; silent where the output is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    screen = Console(stderr=True)
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done: bar.update(task, completed=done)
