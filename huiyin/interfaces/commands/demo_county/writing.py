"""Writing the plan into the database with the services of the pages (写入演示事项), day after day.

One transaction holds ten days with their seals, so the newest seal says how far an interrupted start came.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from huiyin.casework.cases.scope import demands_visible_to
from huiyin.casework.intake import services as intake
from huiyin.casework.intake.contract import Intake
from huiyin.casework.intake.services import Receipt
from huiyin.casework.intake.supplements import submission_supplement
from huiyin.casework.matching.services import cases_link
from huiyin.casework.replies import services as replies
from huiyin.casework.routing import services as routing
from huiyin.interfaces.commands.demo_county import pictures
from huiyin.interfaces.commands.demo_county.matters import Matter
from huiyin.interfaces.commands.demo_county.people import founded_at
from huiyin.interfaces.commands.demo_county.planning import LAST_TOKEN, plan
from huiyin.interfaces.commands.demo_county.stories import all_stories
from huiyin.interfaces.commands.demo_county.tempo import Act
from huiyin.law.calendar import BEIJING, local_date
from huiyin.records.accounts.selectors import user_named
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.ledger.selectors import last_sealed_day, seals_published
from huiyin.records.ledger.services import seal_day

ON_DEMANDS: Mapping[str, Callable[..., object]] = {
    "accept": routing.demand_accept,
    "answer": routing.demand_answer,
    "assign": routing.demand_assign,
    "close": replies.demand_close,
    "decide": routing.objection_decide,
    "decide_extension": replies.extension_decide,
    "decline": routing.demand_decline,
    "designate": routing.dispute_designate,
    "draft": replies.reply_draft,
    "examine": replies.report_examine,
    "extend": replies.extension_request,
    "file": routing.demand_file,
    "forward": routing.demand_forward,
    "issue": replies.reply_issue,
    "object": routing.demand_object,
    "redirect": routing.demand_redirect,
    "report": replies.report_back,
    "return": replies.reply_return,
    "route": routing.demand_route,
    "self_handle": routing.demand_self_handle,
    "serve": replies.reply_serve,
    "sort": routing.demand_sort,
    "submit": replies.reply_submit,
}

CLERKS: Mapping[str, str] = {
    "hotline": "hotline-agent",
    "npc-office": "npc-clerk",
    "petition-office": "accusation",
}
SAMPLE_TOKENS = ("demo-county-accept-1", "demo-county-serve-1", "demo-county-examine-1")

# One commit a day would spend more time waiting for the disk than working.
DAYS_AT_ONCE = 10

Happening = tuple[Act, Matter]


def matters_are_written() -> bool:
    """Say whether the newest matter is there, which comes last."""
    return bool(intake.tokens_known([LAST_TOKEN]))


def matters_write(at: datetime, tell: Callable[[int, int], None]) -> None:
    """Write all matters of the county, or those that an interrupted start left out."""
    begun = founded_at() or at
    matters_of_plan_write(plan(all_stories(), at=begun), at=begun, tell=tell)


def matters_of_plan_write(
    matters: Sequence[Matter], *, at: datetime, tell: Callable[[int, int], None]
) -> None:
    """Play the acts of these matters in the order of time and seal each day that is over."""
    yesterday = local_date(at) - timedelta(days=1)
    reached = _reached_day()
    happenings = [
        happening
        for happening in sorted(_happenings(matters), key=lambda one: one[0].at)
        if reached is None or local_date(happening[0].at) > reached
    ]
    writer = Writer(tell, total=len(happenings))
    if last_sealed_day() != reached:
        # Somebody else seals this ledger already, so there is no mark to go on from: all or nothing.
        with transaction.atomic():
            writer.write(happenings)
        return
    days = list(_days(happenings, until=yesterday))
    for first in range(0, len(days), DAYS_AT_ONCE):
        with transaction.atomic():
            for day, portion in days[first : first + DAYS_AT_ONCE]:
                writer.write([one for one in portion if local_date(one[0].at) <= day])
                seal_day(day=day, at=_sealing_time(day))
                writer.write([one for one in portion if local_date(one[0].at) > day])


def _happenings(matters: Sequence[Matter]) -> Iterator[Happening]:
    for matter in matters:
        for act in matter.acts:
            yield act, matter


def _days(happenings: Sequence[Happening], *, until: date) -> Iterator[tuple[date, list[Happening]]]:
    """Every day with what happened on it, quiet ones too; what happened after the last comes with it."""
    by_day: dict[date, list[Happening]] = {}
    for happening in happenings:
        by_day.setdefault(min(local_date(happening[0].at), until + timedelta(days=1)), []).append(happening)
    day = min(by_day, default=until)
    while day < until:
        yield day, by_day.get(day, [])
        day += timedelta(days=1)
    yield until, [*by_day.get(until, []), *by_day.get(until + timedelta(days=1), [])]


def _sealing_time(day: date) -> datetime:
    """Five minutes after the end of the day, to the second, which also tells our seals from others."""
    return datetime.combine(day + timedelta(days=1), time(0, 5), tzinfo=BEIJING)


def _reached_day() -> date | None:
    """The newest day that an earlier start sealed."""
    ours = [seal.day for seal in seals_published(limit=2000) if seal.made_at == _sealing_time(seal.day)]
    return max(ours, default=None)


class Writer:
    """Turns acts into calls of services, and remembers which matter became which case."""

    def __init__(self, tell: Callable[[int, int], None], *, total: int) -> None:
        self.tell, self.total, self.done = tell, total, 0
        self.users: dict[str, Any] = {}
        self.cases: dict[str, int] = {}
        self.demands: dict[str, list[int]] = {}

    def write(self, happenings: Sequence[Happening]) -> None:
        for act, matter in happenings:
            self.take(act, matter)
            self.done += 1
            if self.done % 20 == 0:
                self.tell(self.done, self.total)

    def take(self, act: Act, matter: Matter) -> None:
        """Take one step."""
        match act.step:
            case "register":
                self.register(act, matter)
            case "record":
                self.record(act, matter)
            case "supplement":
                self.supplement(act, matter)
            case "withdraw":
                routing.demand_withdraw(
                    demand_id=self.demand_id(matter, act.demand),
                    case_id=self.case_id(matter.token),
                    is_confirmed_by_petitioner=True,
                    by=None,
                    at=act.at,
                    **self.values(act),
                )
            case "rate":
                replies.rating_give(
                    case_id=self.case_id(matter.token),
                    demand_id=self.demand_id(matter, act.demand),
                    at=act.at,
                    **self.values(act),
                )
            case "link":
                cases_link(
                    case_id=self.case_id(matter.token),
                    other_id=self.case_id(matter.same_as),
                    by=self.user(act.by),
                    at=act.at,
                    **self.values(act),
                )
            case step:
                ON_DEMANDS[step](
                    demand_id=self.demand_id(matter, act.demand),
                    by=self.user(act.by),
                    at=act.at,
                    **self.values(act),
                )

    def register(self, act: Act, matter: Matter) -> None:
        values: dict[str, Any] = dict(matter.intake)
        office_id = self.agency_id(str(values.pop("office")))
        registered = Intake(office_id=office_id, token=matter.token, **values)
        by = self.user(act.by) if act.by else None
        self.cases[matter.token] = intake.submission_register(intake=registered, by=by, at=act.at).case_id

    def record(self, act: Act, matter: Matter) -> None:
        """Write down a handling step, with a picture where somebody went to look."""
        demand_id, by = self.demand_id(matter, act.demand), self.user(act.by)
        prepared = None
        if act.values["five_step"] == "on_site" and zlib.crc32(matter.token.encode()) % 5 == 0:
            prepared = pictures.site_photo(matter.token)
        replies.step_with_file(
            demand_id=demand_id,
            prepared=prepared,
            act=lambda attachment_id: replies.step_record(
                demand_id=demand_id, attachment_id=attachment_id, by=by, at=act.at, **self.values(act)
            ),
            by=by,
            at=act.at,
        )

    def supplement(self, act: Act, matter: Matter) -> None:
        submission_supplement(
            case_id=self.case_id(matter.token),
            channel="web",
            by=None,
            at=act.at,
            token=f"{matter.token}-supplement",
            files=[pictures.receipt_scan(matter.token)],
            **self.values(act),
        )

    def values(self, act: Act) -> dict[str, Any]:
        values = dict(act.values)
        if "receiver" in values:
            values["receiver_id"] = self.agency_id(str(values.pop("receiver")))
        return values

    def user(self, username: str) -> Any:
        if username not in self.users:
            found = user_named(username)
            if found is None:
                raise SystemExit(f"huiyin: the demo county lacks the account {username!r}.")
            self.users[username] = found
        return self.users[username]

    def agency_id(self, code: str) -> int:
        agency = agency_directory().by_code(code)
        if agency is None:
            raise SystemExit(
                f"huiyin: the demo county needs the agency {code!r} of the shipped reference data."
            )
        return agency.id

    def case_id(self, token: str) -> int:
        if token not in self.cases:
            receipt = intake.receipt_of_token(token)
            if receipt is None:
                raise SystemExit(
                    f"huiyin: the demo county lacks the matter {token!r}; empty the data directory."
                )
            self.cases[token] = receipt.case_id
        return self.cases[token]

    def demand_id(self, matter: Matter, position: int) -> int:
        if matter.token not in self.demands:
            # The one who registers sees every demand of the matter, sealed ones only with the right to.
            office = str(matter.intake["office"])
            user = self.user(CLERKS.get(office, f"{office}-handler"))
            visible = demands_visible_to(user).filter(case_id=self.case_id(matter.token))
            self.demands[matter.token] = list(visible.order_by("position").values_list("pk", flat=True))
        return self.demands[matter.token][position - 1]


def samples() -> tuple[Receipt, ...]:
    """A few matters that a visitor can track with number and code."""
    found = (intake.receipt_of_token(token) for token in SAMPLE_TOKENS)
    return tuple(receipt for receipt in found if receipt is not None)
