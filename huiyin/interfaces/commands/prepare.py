"""`huiyin prepare`: tables, reference data and static files up to date; safe at every start (准备数据库)."""

from pathlib import Path
from typing import Annotated

import typer
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from rich.console import Console

from huiyin.records import agencies
from huiyin.records.agencies.errors import ReferenceInvalid
from huiyin.records.agencies.services import reference_load

console = Console(highlight=False)
REFERENCE = Path(agencies.__file__).parent / "reference"


def run(
    reference: Annotated[
        Path, typer.Option(help="Folder with the office's own places, agencies and classes.")
    ] = REFERENCE,
) -> None:
    prepare(reference)


def prepare(reference: Path = REFERENCE) -> None:
    """Migrate, load the reference files, collect the static ones; refuse in one sentence."""
    try:
        migrate()
    except OperationalError as problem:
        reason = " ".join(str(problem).split())
        raise SystemExit(f"huiyin: the database does not answer: {reason} Look at DATABASE_URL.") from problem
    try:
        report = reference_load(folder=reference, by=None, at=timezone.now())
    except ReferenceInvalid as problem:
        raise SystemExit(
            f"huiyin: the reference files in {reference} were not loaded: {problem}"
        ) from problem
    news = len(report.created) + len(report.changed) + len(report.deactivated)
    call_command("collectstatic", interactive=False, verbosity=0)
    console.print(f"· reference data: {news} new or changed, {report.unchanged} as before")


def migrate() -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        console.print(f"· tables: {len(waiting)} migrations")
        call_command("migrate", interactive=False, verbosity=0)
