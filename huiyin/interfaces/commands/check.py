"""`huiyin check`: Django's system checks, and with --deploy the self-check of a real office (部署自检)."""

from typing import Annotated

import typer
from django.conf import settings
from django.core import checks
from rich.console import Console
from rich.markup import escape

console = Console(highlight=False, soft_wrap=True)
# Django's own words for what the self-check says with the way out.
SAID_BETTER = frozenset(f"security.W{number:03}" for number in (4, 8, 9, 10, 11, 12, 15, 16, 17, 18, 20))
COLOURS = {checks.ERROR: "red", checks.WARNING: "yellow"}


def run(
    deploy: Annotated[
        bool, typer.Option("--deploy", help="Also name every setting that is unsafe for a real office.")
    ] = False,
    if_production: Annotated[
        bool, typer.Option("--if-production", help="Do nothing unless HUIYIN_PRODUCTION is set.")
    ] = False,
) -> None:
    if if_production and not settings.IS_PRODUCTION:
        return
    findings = checks.run_checks(include_deployment_checks=deploy, databases=["default"] if deploy else None)
    shown = [
        finding
        for finding in findings
        if finding.level >= checks.WARNING and not finding.is_silenced() and finding.id not in SAID_BETTER
    ]
    for finding in sorted(shown, key=lambda finding: -finding.level):
        tell(finding)
    errors = sum(finding.level >= checks.ERROR for finding in shown)
    if errors:
        console.print(f"[red]{errors} errors, {len(shown) - errors} warnings. Not safe to serve.[/red]")
        raise SystemExit(1)
    console.print(f"[green]No errors, {len(shown)} warnings.[/green]")


def tell(finding: checks.CheckMessage) -> None:
    """Print what is wrong and the way out."""
    colour = COLOURS.get(finding.level, "red")
    console.print(f"[{colour}]{finding.id}[/{colour}] {escape(finding.msg)}")
    if finding.hint:
        console.print(f"    → {escape(finding.hint)}")
