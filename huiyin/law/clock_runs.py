"""The algebra of a running clock (期限的运行): start, pause, resume, extend, withdraw, stop, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from huiyin.law.calendar import WorkCalendar
from huiyin.law.clock_rules import PauseReason, RuleVersion
from huiyin.law.deadlines import DeadlineError, Due, Pause, count


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One clock from its start to its stop (一个期限); every operation returns a new one.

    Raises:
        DeadlineError: from every operation that the rule, or the order of events, does not allow.
    """

    rule: RuleVersion
    start: date
    pauses: tuple[Pause, ...] = ()
    extended_days: int = 0
    extended_on: date | None = None
    stopped_on: date | None = None

    def due(self, calendar: WorkCalendar) -> Due:
        """Return the due date as things stand (当前到期日)."""
        return count(
            self.rule, self.start, calendar=calendar, pauses=self.pauses, extended_days=self.extended_days
        )

    @property
    def is_paused(self) -> bool:
        """Return whether the clock stands still (是否停止计算)."""
        return bool(self.pauses) and self.pauses[-1].end is None

    def pause(self, on: date, reason: PauseReason, calendar: WorkCalendar) -> ClockRun:
        """Let the clock stand still from a day on (停止计算)."""
        self._refuse_stopped(on)
        if self.is_paused:
            raise self._error("该期限已经停止计算，不能再次停止。", "The clock already stands still.")
        if self.pauses and self.pauses[-1].end is not None and on <= self.pauses[-1].end:
            raise self._error(
                f"{on}已在上一次停止计算的期间内，请从次日起停止。",
                f"{on} already lies in the pause before; pause from a later day.",
            )
        self._refuse_late(on, calendar, "停止计算", "paused")
        changed = replace(self, pauses=(*self.pauses, Pause(on, None, reason)))
        changed.due(calendar)
        return changed

    def resume(self, on: date) -> ClockRun:
        """Let the clock run again (恢复计算): `on` is the first day that counts again."""
        self._refuse_stopped(on)
        if not self.is_paused:
            raise self._error("该期限没有停止计算，无需恢复。", "The clock does not stand still.")
        last = self.pauses[-1]
        if on <= last.start:
            raise self._error(
                f"恢复日{on}必须晚于停止日{last.start}。",
                f"The clock can run again only after {last.start}, the day it was paused.",
            )
        end = date.fromordinal(on.toordinal() - 1)
        return replace(self, pauses=(*self.pauses[:-1], Pause(last.start, end, last.reason)))

    def extend(self, days: int, on: date, calendar: WorkCalendar) -> ClockRun:
        """Extend the period once, approved on a day before it ends (延长期限)."""
        self._refuse_stopped(on)
        if days < 1:
            raise self._error("延长的天数至少为1日。", "An extension has at least one day.")
        if self.extended_days:
            raise self._error(
                f"该期限已于{self.extended_on}延长{self.extended_days}日，不得再次延长。"
                f"依据：{self.rule.citation.text_zh}。",
                f"The period was extended by {self.extended_days} days on {self.extended_on}; a second "
                f"extension is not allowed ({self.rule.citation.text_en}).",
            )
        changed = replace(self, extended_days=days, extended_on=on)
        changed.due(calendar)
        self._refuse_late(on, calendar, "延长", "extended")
        return changed

    def withdraw_extension(self, on: date) -> ClockRun:
        """Take an extension back (撤销延长): the date is again as if it had never been extended."""
        self._refuse_stopped(on)
        if not self.extended_days:
            raise self._error("该期限没有延长，无可撤销。", "There is no extension to withdraw.")
        return replace(self, extended_days=0, extended_on=None)

    def stop(self, on: date) -> ClockRun:
        """Stop the clock for good (期限终止)."""
        self._refuse_stopped(on)
        return replace(self, stopped_on=on)

    def is_in_time(self, calendar: WorkCalendar) -> bool | None:
        """Return whether the clock stopped in time, or nothing while it runs (是否按期)."""
        return None if self.stopped_on is None else self.stopped_on <= self.due(calendar).due

    def _refuse_stopped(self, on: date) -> None:
        if self.stopped_on is not None:
            raise self._error(
                f"该期限已于{self.stopped_on}终止。", f"The clock was stopped on {self.stopped_on}."
            )
        if on < self.start:
            raise self._error(
                f"{on}早于起算日{self.start}，请核对日期。",
                f"{on} is before the clock's start on {self.start}; check the date.",
            )

    def _refuse_late(self, on: date, calendar: WorkCalendar, what_zh: str, what_en: str) -> None:
        due = self.due(calendar).due
        if on > due:
            raise self._error(
                f"期限已于{due}届满，不能在{on}{what_zh}。依据：{self.rule.citation.text_zh}。",
                f"The period ended on {due} and cannot be {what_en} on {on} ({self.rule.citation.text_en}).",
            )

    def _error(self, text_zh: str, text_en: str) -> DeadlineError:
        return DeadlineError(text_zh, text_en, self.rule.citation)
