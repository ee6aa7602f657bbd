"""`make bench`: measure on PostgreSQL and on SQLite, print one table, write build/bench.json (测速)."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench.json"
console = Console(highlight=False)


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    given = options.parse_args()
    # SQLite serves one county office: a hundred thousand matters are its life's work.
    plans = {
        "postgresql": ["--sizes", "1000,100000", "--seconds", "3", "--rounds", "2"]
        if given.quick
        else ["--sizes", "1000,100000,1000000", "--seconds", "6", "--rounds", "5"],
        "sqlite": [
            "--sizes",
            "1000,20000" if given.quick else "1000,100000",
            "--seconds",
            "3",
            "--rounds",
            "2",
        ],
    }
    found = [measure(vendor, plan) for vendor, plan in plans.items()]
    print_table(found)
    conditions = {
        "machine": machine(),
        "database": "postgresql, fsync on",
        "server": "granian, 2 workers x 4",
    }
    keys = figures(found[0], "1e5 in place of 1e6" if given.quick else "1e6 matters", conditions)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(keys, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"written to {OUT.relative_to(ROOT)}")


def measure(vendor: str, plan: list[str]) -> dict[str, Any]:
    """Run the measurement on a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        out = Path(folder) / "lines.json"
        command = [sys.executable, "-m", "benchmarks.run", *plan, "--out", str(out)]
        environment = {**os.environ, "HUIYIN_DATA_DIR": f"{folder}/data", "HUIYIN_LOG_LEVEL": "CRITICAL"}
        environment.pop("DATABASE_URL", None)
        if vendor == "postgresql":
            command = [str(ROOT / "scripts" / "with-postgres"), *command]
            environment |= {"HUIYIN_POSTGRES_DURABLE": "1"}
            environment |= {"HUIYIN_POSTGRES_OPTIONS": "-c shared_buffers=1GB -c max_wal_size=4GB"}
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return found


def print_table(found: list[dict[str, Any]]) -> None:
    """One table of everything."""
    table = Table("database", "matters", "what", "per second", "p50 ms", "p95 ms", "statements", "conditions")
    for one in found:
        for line in one["lines"]:
            half = f"{line['p50']:.1f}" if line["p50"] else ""
            table.add_row(
                one["vendor"],
                f"{line['size']:,}",
                line["what"],
                f"{line['per_second']:,.1f}",
                half,
                f"{line['p95']:,.1f}",
                str(line["statements"] or ""),
                line["note"],
            )
    Console(width=150).print(table)
    console.print(f"{machine()}; load generator, web server and database on the same machine")
    for one in found:
        console.print(f"{one['vendor']}: the largest web worker holds {one['worker_rss_mib']:.0f} MiB")


def machine() -> str:
    """What all this ran on."""
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Python {platform.python_version()}"


def figures(found: dict[str, Any], size: str, conditions: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The figures that are followed over time."""
    lines: list[dict[str, Any]] = found["lines"]
    smallest, largest = lines[0]["size"], max(line["size"] for line in lines)

    def at(what: str, matters: int, note: str = "") -> dict[str, Any]:
        return next(
            line
            for line in lines
            if line["what"].startswith(what) and line["size"] == matters and line["note"].startswith(note)
        )

    work, case = "work list, 100 rows, by due date", "case page"
    ratio = [
        at("registration", largest, f"{clients} clients")["per_second"]
        / at("bare insert", largest, f"{clients} clients")["per_second"]
        for clients in (1, 4, 16)
    ]
    export = at("export .csv", 100_000)
    rows = int(export["note"].split(" ")[0].replace(",", ""))
    registering = at("registration", largest, "16 clients")
    values: dict[str, tuple[float, str, str]] = {
        "registration_vs_bare_insert": (
            ratio[1],
            "ratio of requests per second at 4 clients",
            f"1, 4, 16 clients: {', '.join(f'{one:.2f}' for one in ratio)}; at 16 clients"
            f" {registering['per_second']:.0f}/s, p95 {registering['p95']:.0f} ms",
        ),
        "list_p95_ratio_1e6_1e3": (at(work, largest)["p95"] / at(work, smallest)["p95"], "ratio", work),
        "case_p95_ratio_1e6_1e3": (at(case, largest)["p95"] / at(case, smallest)["p95"], "ratio", case),
        "search_p95_ms_1e6": (at("search", largest)["p95"], "ms", "4 clients, over HTTP"),
        "same_matter_p95_ms_1e6": (at("same-matter", largest)["p95"], "ms", "in process"),
        "list_rps_1e6": (at(work, largest)["per_second"], "requests/s", "4 clients, over HTTP"),
        "case_rps_1e6": (at(case, largest)["per_second"], "requests/s", "4 clients, over HTTP"),
        "import_rows_s": (at("import", largest)["per_second"], "rows/s", at("import", largest)["note"]),
        "export_1e5_s": (
            export["p95"] / 1000 * 100_000 / rows,
            "s",
            f".csv streamed over HTTP, {export['note']}, scaled to 100,000 rows",
        ),
        "ledger_verify_entries_s": (
            at("ledger", largest)["per_second"],
            "entries/s",
            at("ledger", largest)["note"],
        ),
        "worker_rss_mib": (found["worker_rss_mib"], "MiB", "the largest of 2 workers after all measurements"),
    }
    return {
        key: {"value": round(value, 3), "unit": unit, "what": what, "size": size, **conditions}
        for key, (value, unit, what) in values.items()
    }


if __name__ == "__main__":
    main()
