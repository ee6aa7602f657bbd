"""One word, a visible list of commands, and sentences instead of traces."""

import os
import subprocess
import sys

import pytest

from huiyin.interfaces import commands

HUIYIN = [sys.executable, "-m", "huiyin.interfaces.commands"]


def ask(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*HUIYIN, *arguments], capture_output=True, text=True, timeout=60, env={**os.environ, **environment}
    )


def test_the_help_lists_every_command():
    answer = ask("--help")
    assert answer.returncode == 0
    assert [command.name for command in commands.COMMANDS if f" {command.name} " not in answer.stdout] == []


def test_an_unknown_command_is_refused():
    answer = ask("petition")
    assert answer.returncode == 2
    assert "petition" in answer.stderr


@pytest.mark.parametrize("name", [command.name for command in commands.COMMANDS if not command.needs_django])
def test_a_command_that_needs_no_database_does_not_load_django(name):
    module = next(command.module for command in commands.COMMANDS if command.name == name)
    code = f"import sys; import huiyin.interfaces.commands.{module}; sys.exit('django.db' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_an_unusable_environment_is_told_in_one_sentence():
    answer = ask("manage", "check", DATABASE_URL="oracle://county/petitions")
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "DATABASE_URL" in answer.stderr


def test_django_commands_pass_through_with_their_options():
    answer = ask("manage", "diffsettings", "--help")
    assert answer.returncode == 0
    assert "--default" in answer.stdout
