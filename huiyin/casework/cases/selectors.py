"""Work lists (工作列表): which demands, in which order, page by page, and how many up to a limit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import LessThan

from huiyin.casework.cases.clocks import calendar
from huiyin.casework.cases.filters import ListFilter, filtered
from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.numbers import case_number
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.law.lights import Light, thresholds, traffic_light, working_days_left
from huiyin.law.stages import Stage
from huiyin.records.accounts.models import User

PAGE = 100
CAP = 1000
EXCERPT = 90
NEWEST, DUE = "newest", "due"

# Lists of what stands with the own agency, by the stage it is in; None means every open stage.
HELD: Mapping[str, Stage | None] = MappingProxyType(
    {
        "mine": None,
        "unit": None,
        "due-soon": None,
        "overdue": None,
        "to-sort": Stage.REGISTERED,
        "awaiting": Stage.AWAITING_RECEIPT,
        "objections": Stage.OBJECTED,
        "disputes": Stage.DISPUTED,
        "approval": Stage.IN_APPROVAL,
        "to-serve": Stage.ISSUED,
        "reports": Stage.REPORTED,
    }
)
# Lists of everything the agency takes part in; they can only be read newest first.
BROAD = ("all", "closed")
LIST_NAMES = (*HELD, *BROAD)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A demand as a line of a list (列表行): only what the line shows."""

    id: int
    case_id: int
    year: int
    position: int
    statement: str
    content_class: str
    stage: str
    holder_id: int
    due_on: date | None
    received_at: datetime
    is_sealed: bool
    is_open: bool
    region_code: str
    place: str
    channel: str
    branch: str

    @property
    def number(self) -> str:
        """The registration number of the case (登记号)."""
        return case_number(self.year, self.case_id)


COLUMNS = (
    "id",
    "case_id",
    "case__year",
    "position",
    "excerpt",
    "content_class",
    "stage",
    "holder_id",
    "due_on",
    "received_at",
    "is_sealed",
    "is_open",
    "case__region_code",
    "case__place",
    "case__channel",
    "branch",
)


@dataclass(frozen=True)
class WorkPage:
    """One page of a list, where the next begins, and a count that may be capped (列表页)."""

    rows: tuple[WorkRow, ...]
    next_cursor: str
    count: int
    is_capped: bool


def sort_of(name: str, wanted: str) -> str:
    """The order of a list: what stands with the agency by due date, unless the newest are wanted first."""
    return NEWEST if name in BROAD or wanted == NEWEST else DUE


def work_list(
    *,
    user: User,
    name: str,
    wanted: ListFilter,
    today: date,
    sort: str = "",
    after: str = "",
    limit: int = PAGE,
) -> WorkPage:
    """One page of a work list within the user's scope: at most two statements (工作列表)."""
    demands = filtered(named_list(user, name, today=today), wanted, user=user)
    order = sort_of(name, sort)
    keys = _after(_ordered(demands, name, order), after, order).values("pk")[: limit + 1]
    # The page is chosen before the cases are joined, so that only its own lines are looked up.
    page = list(rows_of(_in_order(Demand.objects.filter(pk__in=keys), order)))
    has_more = len(page) > limit
    rows = tuple(page[:limit])
    count = len(rows) if not has_more and not after else demands[: CAP + 1].count()
    return WorkPage(
        rows=rows,
        next_cursor=cursor_of(rows[-1], order) if has_more else "",
        count=min(count, CAP),
        is_capped=count > CAP,
    )


def work_rows(
    *, user: User, name: str, wanted: ListFilter, today: date, sort: str = "", batch: int = 2000
) -> Iterator[WorkRow]:
    """Every line of a list, one after the other, without keeping them in memory: for exports (导出)."""
    demands = filtered(named_list(user, name, today=today), wanted, user=user)
    ordered = _ordered(demands, name, sort_of(name, sort)).annotate(excerpt=Left("statement", EXCERPT))
    for row in ordered.values_list(*COLUMNS).iterator(chunk_size=batch):
        yield WorkRow(*row)


def named_list(user: User, name: str, *, today: date) -> QuerySet[Demand]:
    """The demands of a list (列表定义), always within `demands_visible_to`."""
    demands = demands_visible_to(user)
    if name == "closed":
        return demands.filter(is_open=False)
    if name not in HELD:
        return demands
    demands = demands.filter(holder_id=user.agency_id, is_open=True)
    stage = HELD[name]
    if stage is not None:
        return demands.filter(stage=stage.value)
    if name == "mine":
        return demands.filter(handler_id=user.pk)
    if name == "overdue":
        return demands.filter(due_on__lt=today)
    if name == "due-soon":
        return demands.filter(due_on__range=(today, soon_until(today)))
    return demands


@lru_cache(maxsize=8)
def soon_until(today: date) -> date:
    """The last due date that counts as near (临期), by the working days the law shelf sets."""
    last = today
    while (
        working_days_left(today, last + timedelta(days=1), calendar=calendar())
        <= thresholds().amber_working_days
    ):
        last += timedelta(days=1)
    return last


def row_light(due_on: date | None, *, today: date) -> Light | None:
    """The light of a line (灯色); none where no agency owes anything."""
    return None if due_on is None else traffic_light(due_on, today, calendar=calendar())


def rows_of(demands: QuerySet[Demand]) -> Iterator[WorkRow]:
    """Fetch only the columns a line shows, as tuples."""
    for row in demands.annotate(excerpt=Left("statement", EXCERPT)).values_list(*COLUMNS):
        yield WorkRow(*row)


def _ordered(demands: QuerySet[Demand], name: str, order: str) -> QuerySet[Demand]:
    if order == DUE or name not in BROAD:
        return _in_order(demands, order)
    # Broad lists run along the index of the table behind the scope: agency, demand.
    return entered(demands).order_by(F("entered").desc())


def _in_order(demands: QuerySet[Demand], order: str) -> QuerySet[Demand]:
    if order == DUE:
        return demands.order_by(F("due_on").asc(nulls_last=True), "id")
    return demands.order_by("-id")


def entered(demands: QuerySet[Demand]) -> QuerySet[Demand]:
    """Name the demand's column in the table behind the scope, without joining that table a second time."""
    return demands.annotate(entered=F("involvements__demand_id"))


def cursor_of(row: WorkRow, order: str) -> str:
    """Where the next page begins: the sort key and the id of the last line."""
    return f"{row.due_on or ''}_{row.id}" if order == DUE else str(row.id)


def _after(demands: QuerySet[Demand], cursor: str, order: str) -> QuerySet[Demand]:
    """What comes after the cursor; one that cannot be read means the first page."""
    day, _separator, number = cursor.rpartition("_")
    if not number.isdecimal() or len(number) > 18:
        return demands
    if order == NEWEST:
        # Said of both columns: neither database carries an inequality over from the one to the other.
        return entered(demands).filter(LessThan(F("entered"), int(number)), id__lt=int(number))
    if not day:
        return demands.filter(due_on=None, id__gt=int(number))
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return demands
    return demands.filter(Q(due_on__gt=due) | Q(due_on=due, id__gt=int(number)) | Q(due_on=None))


def work_counts(*, user: User, names: tuple[str, ...], today: date) -> dict[str, int]:
    """How many stand in each list, counted up to the cap plus one, in one statement (计数)."""
    selects: list[str] = []
    params: list[Any] = []
    counted: list[str] = []
    for name in names:
        limited = named_list(user, name, today=today).order_by().values("pk")[: CAP + 1]
        try:
            sql, given = limited.query.sql_with_params()
        except EmptyResultSet:
            continue
        selects.append(f"(SELECT COUNT(*) FROM ({sql}) counted)")
        params += given
        counted.append(name)
    found = dict.fromkeys(names, 0)
    if counted:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(selects)}", params)
            found.update(zip(counted, cursor.fetchone(), strict=True))
    return found


def nearest_due(*, user: User, limit: int = 10) -> tuple[WorkRow, ...]:
    """What the agency owes next, the nearest date first (临近期限)."""
    held = demands_visible_to(user).filter(holder_id=user.agency_id, is_open=True, due_on__isnull=False)
    return tuple(rows_of(held.order_by("due_on", "id")[:limit]))


def statements_visible(*, user: User, case_ids: Iterable[int]) -> dict[int, str]:
    """The first statement of each case that the user may see and that is not sealed (诉求摘录)."""
    wanted = list(case_ids)
    if not wanted:
        return {}
    rows = demands_visible_to(user).filter(case_id__in=wanted, is_sealed=False).order_by("-position")
    return dict(rows.annotate(excerpt=Left("statement", EXCERPT)).values_list("case_id", "excerpt"))


def case_lines(*, user: User, case_ids: Iterable[int]) -> tuple[WorkRow, ...]:
    """The first line of each of these cases that the user may see and that is not sealed (事项行)."""
    wanted = list(case_ids)
    if not wanted:
        return ()
    rows = rows_of(demands_visible_to(user).filter(case_id__in=wanted, is_sealed=False).order_by("-position"))
    return tuple({row.case_id: row for row in rows}.values())
