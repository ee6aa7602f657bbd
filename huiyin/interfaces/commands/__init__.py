"""The command line of Huiyin: one word, one visible list of commands (命令行).

A command is one module here with a function `run` (or a Typer application `app` where it has sub-commands)
and one line in COMMANDS. Only the module of the command that was asked for is imported, so that
`huiyin deadline` needs no database and starts at once.
"""

import os
import sys
from dataclasses import dataclass
from importlib import import_module

import typer


@dataclass(frozen=True)
class Command:
    name: str
    module: str
    help: str
    needs_django: bool = True


COMMANDS: tuple[Command, ...] = (
    Command("account", "account", "Make the first accounts; unlock one; give a new first password."),
    Command("check", "check", "Check the installation; --deploy names every unsafe setting."),
    Command("deadline", "deadline", "Count a due date and say why; list the rules.", needs_django=False),
    Command("demo", "demo", "Prepare the database; build the demo county (青禾县) if it is empty."),
    Command("import", "importing", "Register the rows of a .csv or .xlsx table of another system."),
    Command("keys", "keys", "Make, show and rotate the keys of the identity vault."),
    Command("lawdoc", "lawdoc", "Write docs/law.md from the law shelf.", needs_django=False),
    Command("manage", "manage", "Run a Django management command."),
    Command("prepare", "prepare", "Bring tables, reference data and static files up to date."),
    Command("serve", "serve", "Serve the desk, the portal and the API.", needs_django=False),
    Command("verify", "verify", "Check the ledger of the database, an exported file or a proof."),
    Command("worker", "worker", "Run background work and the daily seal of the ledger."),
)


def main() -> None:
    """Run the command named by the first argument."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    application = typer.Typer(
        name="huiyin",
        help="Huiyin 回音: every matter lands with someone, every matter gets an answer.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in COMMANDS:
        add_command(application, command, is_wanted=command.name == wanted)
    application(prog_name="huiyin")


def add_command(application: typer.Typer, command: Command, *, is_wanted: bool) -> None:
    """Put a command into the application; those not asked for only lend their line to the help."""
    if not is_wanted:
        application.command(command.name, help=command.help)(lambda: None)
        return
    if command.needs_django:
        start_django()
    module = import_module(f"{__name__}.{command.module}")
    group = getattr(module, "app", None)
    if group is not None:
        application.add_typer(group, name=command.name, help=command.help)
        return
    passes_through = getattr(module, "PASSES_THROUGH", False)
    settings = {"allow_extra_args": True, "ignore_unknown_options": True} if passes_through else None
    application.command(
        command.name, help=command.help, context_settings=settings, add_help_option=not passes_through
    )(module.run)


def start_django() -> None:
    """Load the settings and the apps; an unusable environment is told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise SystemExit(f"huiyin: {problem}") from problem
