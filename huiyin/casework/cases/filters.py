"""Filters of the lists (筛选): what a person may narrow a list by, and the filters they keep."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand, SavedFilter, Submission
from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.cases.refusals import Invalid, NotThere
from huiyin.casework.cases.scope import submissions_visible_to
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import region_directory
from huiyin.records.texts.normalising import normalise
from huiyin.records.texts.search import filter_matching

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOST_SAVED = 30
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 30)


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """What a list is narrowed by (筛选条件); empty means no limit."""

    stage: str = ""
    content_class: str = ""
    place: str = ""
    channel: str = ""
    branch: str = ""
    received_from: date | None = None
    received_to: date | None = None
    due_until: date | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """True when nothing is narrowed."""
        return not any(getattr(self, one.name) for one in fields(self))

    def as_query(self) -> str:
        """The filter as the query of an address, to be shared or kept."""
        return urlencode({name: str(value) for name, value in asdict(self).items() if value})


def filtered(demands: QuerySet[Demand], wanted: ListFilter, *, user: User) -> QuerySet[Demand]:
    """Narrow demands that are already within the user's scope (筛选)."""
    exact = {"stage": wanted.stage, "branch": wanted.branch, "case__channel": wanted.channel}
    demands = demands.filter(**{column: value for column, value in exact.items() if value})
    if wanted.content_class:
        demands = demands.filter(content_class__startswith=wanted.content_class)
    if wanted.place:
        region = region_directory().get(wanted.place)
        demands = demands.filter(case__region_code__startswith=region.prefix if region else wanted.place)
    if wanted.received_from:
        demands = demands.filter(received_at__gte=_midnight(wanted.received_from))
    if wanted.received_to:
        demands = demands.filter(received_at__lt=_midnight(wanted.received_to, days=1))
    if wanted.due_until:
        demands = demands.filter(due_on__lte=wanted.due_until)
    return demands_about(demands, wanted.text, user=user) if wanted.text.strip() else demands


def _midnight(day: date, *, days: int = 0) -> datetime:
    """The beginning of a day; days at the edge of what a computer can count mean the edge of the lists."""
    bounded = min(max(day, EARLIEST), LATEST)
    return datetime.combine(bounded + timedelta(days=days), time(), tzinfo=SHANGHAI)


def demands_about(demands: QuerySet[Demand], text: str, *, user: User) -> QuerySet[Demand]:
    """Those of the user's demands that a number or words lead to (检索).

    Where a case also holds demands of others, only the statement of the own demand may answer: a word that
    stands in a part the user may not read must not betray itself by a hit.
    """
    case_id = case_id_of(text)
    if case_id is not None:
        return demands.filter(case_id=case_id)
    # A number of a superior has a digit; asking first keeps an OR out of the search below.
    numbered = demands.filter(case__superior_number=text.strip())
    if any(map(str.isdigit, text)) and numbered.exists():
        return numbered
    holding = filter_matching(Submission.objects.all(), text=text, using_vendor=connection.vendor)
    readable = Exists(submissions_visible_to(user).filter(case_id=OuterRef("case_id")))
    in_statement = Q()
    for word in normalise(text).split():
        in_statement &= Q(statement__icontains=word)
    return demands.filter(case_id__in=holding.values("case_id")).filter(readable | in_statement)


@dataclass(frozen=True)
class KeptFilter:
    """A filter somebody kept (常用筛选)."""

    id: int
    name: str
    list_name: str
    query: str


def filters_of(user: User) -> tuple[KeptFilter, ...]:
    """The filters a person keeps, by name."""
    rows = SavedFilter.objects.filter(user=user).order_by("name").values_list("id", "name", "query")
    return tuple(KeptFilter(key, name, *query.partition("?")[::2]) for key, name, query in rows[:MOST_SAVED])


def savedfilter_save(*, name: str, list_name: str, wanted: ListFilter, by: User, at: datetime) -> KeptFilter:
    """Keep a filter under a name (保存常用筛选); the same name again replaces it.

    Raises: Invalid with a sentence per field.
    """
    name = " ".join(name.split())
    query = f"{list_name}?{wanted.as_query()}"
    if not name or len(name) > 40:
        raise Invalid({"name": _("请给这组筛选起个名字，最多40个字。")})
    if wanted.is_empty:
        raise Invalid({"name": _("还没有选择任何筛选条件：请先筛选，再保存。")})
    if len(query) > 500:
        raise Invalid({"name": _("筛选条件太长，无法保存：请缩短搜索文字。")})
    try:
        with transaction.atomic():
            kept, _is_new = SavedFilter.objects.update_or_create(
                user=by, name=name, defaults={"query": query}
            )
    except IntegrityError:
        raise Invalid({"name": _("刚刚已有同名的筛选，请换一个名字。")}) from None
    return KeptFilter(kept.pk, kept.name, list_name, wanted.as_query())


def savedfilter_delete(*, filter_id: int, by: User, at: datetime) -> None:
    """Forget a kept filter (删除常用筛选); only one's own.

    Raises: NotThere.
    """
    if not SavedFilter.objects.filter(pk=filter_id, user=by).delete()[0]:
        raise NotThere(_("没有这个常用筛选，可能已经删除。"))
