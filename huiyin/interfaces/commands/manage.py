"""`huiyin manage …`: Django's own commands under the one name (管理命令)."""

import typer
from django.core.management import execute_from_command_line

PASSES_THROUGH = True


def run(context: typer.Context) -> None:
    execute_from_command_line(["huiyin manage", *context.args])
