"""Run every check of the house, two at a time, and show the output of those that fail."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    check: Check
    code: int
    output: str
    seconds: float


# The slowest first, so that the others run beside it.
CHECKS = (
    Check("types (mypy strict)", (PYTHON, "-m", "mypy")),
    Check("conventions and documents", (PYTHON, "-m", "pytest", "-q", "tests/architecture", "tests/docs")),
    Check("ladder of imports", (str(BIN / "lint-imports"),)),
    Check("templates", (str(BIN / "djlint"), "huiyin", "--lint", "--quiet")),
    Check("translations", (PYTHON, "scripts/messages.py", "check")),
    Check("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
    Check("django checks", (PYTHON, "manage.py", "check", "--fail-level", "WARNING")),
    Check("law page (docs/law.md)", (PYTHON, "-m", "huiyin.interfaces.commands", "lawdoc", "--check")),
    Check("lint (ruff)", (PYTHON, "-m", "ruff", "check", ".")),
    Check("format (ruff)", (PYTHON, "-m", "ruff", "format", "--check", ".")),
)


def run(check: Check, environment: dict[str, str]) -> Outcome:
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Outcome(check, done.returncode, done.stdout, time.monotonic() - started)


def outcomes() -> Iterator[Outcome]:
    with tempfile.TemporaryDirectory() as data, ThreadPoolExecutor(max_workers=2) as pool:
        # The checks must not depend on the data of this machine.
        environment = {**os.environ, "HUIYIN_DATA_DIR": data}
        environment.pop("DATABASE_URL", None)
        for future in as_completed([pool.submit(run, check, environment) for check in CHECKS]):
            yield future.result()


def main() -> int:
    failed = []
    for outcome in outcomes():
        sign = "ok" if outcome.code == 0 else "FAILED"
        print(f"  {sign:6} {outcome.check.name} ({outcome.seconds:.1f} s)", flush=True)
        if outcome.code:
            failed.append(outcome.check.name)
            print(outcome.output.strip(), flush=True)
    if failed:
        print(f"{len(failed)} of {len(CHECKS)} checks failed: {', '.join(failed)}")
        return 1
    print(f"all {len(CHECKS)} checks passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
