"""What an import says (导入报告): line by line, in figures, and the file of the rows that came back."""

import csv
import os
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import TextIO

from django.utils.translation import gettext as _
from rich.console import Console

from huiyin.casework.intake.import_columns import field_of
from huiyin.casework.intake.importing import Outcome, State

console = Console(highlight=False, soft_wrap=True)
MOST_SHOWN = 50


class Report:
    """Counts what became of the rows, and tells it."""

    def __init__(self, file: Path, heading: tuple[str, ...], *, is_trial: bool) -> None:
        self.is_trial = is_trial
        self.counts: Counter[State] = Counter()
        self.noted = self.shown = 0
        self.bad = BadRows(file, heading)
        self.started = monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take note of a row; what is wrong with it is shown at once."""
        self.counts[outcome.state] += 1
        self.noted += bool(outcome.notes)
        sentences = outcome.problems if outcome.state is State.BAD else outcome.notes
        if outcome.state is State.BAD and not self.is_trial:
            self.bad.add(outcome)
        if sentences and self.shown < MOST_SHOWN:
            self.shown += 1
            number = f"[{outcome.number[:40]}] " if outcome.number else ""
            console.print(
                _("第 %(line)s 行 %(number)s%(problems)s")
                % {"line": outcome.row.line, "number": number, "problems": " ".join(sentences)},
                style="red" if outcome.state is State.BAD else "yellow",
                markup=False,
            )
            if self.shown == MOST_SHOWN:
                console.print(_("……其余的行不再逐一显示，见退回文件。"))

    def conclude(self) -> None:
        """Print the figures, and where the bad rows are."""
        seconds = max(0.001, monotonic() - self.started)
        rows = sum(self.counts.values())
        what = _("可以登记") if self.is_trial else _("已登记")
        console.print(
            _("%(what)s %(new)s 件，先前已有 %(known)s 件，有问题 %(bad)s 行，有提示 %(noted)s 行。")
            % {
                "what": what,
                "new": self.counts[State.REGISTERED],
                "known": self.counts[State.KNOWN],
                "bad": self.counts[State.BAD],
                "noted": self.noted,
            }
        )
        console.print(
            _("用时 %(seconds).1f 秒，每秒 %(speed).0f 行。") % {"seconds": seconds, "speed": rows / seconds}
        )
        if self.bad.path:
            console.print(
                _("有问题的行在 %(path)s：改正后用同一命令导入该文件。") % {"path": self.bad.path},
                markup=False,
            )


class BadRows:
    """FILE.bad.csv (退回文件): the rows as they were, the reason in front; only this account may read it."""

    def __init__(self, file: Path, heading: tuple[str, ...]) -> None:
        self.file, self.heading = file, heading
        self.path: Path | None = None
        self.stream: TextIO | None = None

    def add(self, outcome: Outcome) -> None:
        reason_at = next((i for i, column in enumerate(self.heading) if field_of(column) == "reason"), None)
        if self.stream is None:
            self.path, self.stream = self.open()
            self.write(_("原因"), self.heading, reason_at)
        self.write(" ".join(outcome.problems), outcome.row.cells, reason_at)

    def write(self, reason: str, cells: tuple[str, ...], reason_at: int | None) -> None:
        # A file that is fed a second time has the column already; its old reason gives way to the new one.
        kept = [cell for place, cell in enumerate(cells) if place != reason_at]
        csv.writer(self.stream).writerow([reason, *kept])  # type: ignore[arg-type]  # opened before

    def open(self) -> tuple[Path, TextIO]:
        """A name that is still free: what somebody corrected in an older file is never overwritten."""
        number = 1
        while True:
            path = self.file.with_name(f"{self.file.stem}.bad{'' if number == 1 else f'-{number}'}.csv")
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                number += 1
            else:
                return path, os.fdopen(handle, "w", encoding="utf-8-sig", newline="")

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()
