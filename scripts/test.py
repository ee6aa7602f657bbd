"""Run the whole suite on SQLite, then on PostgreSQL, and end with one line that covers both."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "tests"
PROCESSES = os.environ.get("HUIYIN_TEST_PROCESSES", "") or str(max(2, min(8, os.cpu_count() or 2)))


@dataclass(frozen=True)
class Run:
    name: str
    prefix: tuple[str, ...]
    marker: str

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.name.lower()}.xml"


RUNS = (
    # Browser journeys are about pages, so they run once; those marked both_databases are about both.
    Run("SQLite", (), ""),
    Run("PostgreSQL", ("scripts/with-postgres",), "not browser or both_databases"),
)


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            tests, failures, errors, skipped = (
                int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
            )
            self.passed += tests - failures - errors - skipped
            self.failed += failures
            self.errors += errors
            self.skipped += skipped

    def line(self, seconds: float) -> str:
        parts = [f"{self.passed} passed", f"{self.failed} failed"]
        parts += [f"{self.errors} errors"] if self.errors else []
        parts += [f"{self.skipped} skipped"] if self.skipped else []
        return f"{', '.join(parts)} in {seconds:.2f}s"


def execute(run: Run, arguments: list[str]) -> int:
    print(f"\n== {run.name} ==", flush=True)
    run.report.unlink(missing_ok=True)
    command = [*run.prefix, sys.executable, "-m", "pytest", "-n", PROCESSES, f"--junitxml={run.report}"]
    command += ["-m", run.marker] if run.marker else []
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [*command, *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL
    ).returncode


def main() -> int:
    started = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    tally, codes = Tally(), []
    for run in RUNS:
        codes.append(execute(run, sys.argv[1:]))
        if run.report.exists():
            tally.add(run.report)
        else:
            print(f"The run on {run.name} ended without a report.")
            tally.errors += 1
    print(f"\nSQLite and PostgreSQL together, reports in {REPORTS.relative_to(ROOT)}/:")
    print(tally.line(time.monotonic() - started), flush=True)
    return 0 if not any(codes) and tally.passed and not tally.failed and not tally.errors else 1


if __name__ == "__main__":
    sys.exit(main())
