"""Measure on the database of DATABASE_URL (测一个数据库) and write the lines to a file."""

import argparse
import json
import os
import signal
import sys
import time
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
os.environ.setdefault("HUIYIN_LOG_LEVEL", "CRITICAL")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import connection  # noqa: E402 - after setup()

from benchmarks import county, loading, measures  # noqa: E402 - after setup()
from benchmarks.server import Server  # noqa: E402 - after setup()


def main() -> None:
    """Load size after size, measure each, and at the largest what need not be measured thrice."""
    # Whoever is told to end ends the web server too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    options = argparse.ArgumentParser()
    options.add_argument("--sizes", required=True)
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--out", required=True)
    given = options.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = datetime.now(UTC)
    cast = county.prepare(now)
    lines: list[measures.Line] = []
    start, first, memory = time.perf_counter(), 1, 0.0
    for size in sizes:
        loaded = time.perf_counter()
        loading.load(first, size, cast, now)
        first = size + 1
        say(start, f"{connection.vendor}: {size:,} matters loaded in {time.perf_counter() - loaded:.0f} s")
        server = Server()
        try:
            lines += measures.pages(server, cast, size, given.seconds)
            lines.append(measures.same_matter(cast, size, 200))
            if size == 100_000:
                lines += measures.exported(server, cast, size)
            lines.append(measures.change_of_state(server, cast, size))
            if size == sizes[-1]:
                lines.append(measures.verified(size))
                lines += measures.registrations(server, cast, size, given.seconds / 2, given.rounds)
                memory = server.worker_mib()
        finally:
            server.stop()
        save(given.out, lines, memory)
    lines.append(measures.imported(cast, sizes[-1]))
    save(given.out, lines, memory)
    say(start, "measured")


def save(path: str, lines: "list[measures.Line]", memory: float) -> None:
    """Write what is known so far."""
    with open(path, "w", encoding="utf-8") as file:
        found = {"vendor": connection.vendor, "lines": [line.as_dict() for line in lines]}
        json.dump(found | {"worker_rss_mib": memory}, file)


def say(start: float, what: str) -> None:
    print(f"· {time.perf_counter() - start:5.0f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
