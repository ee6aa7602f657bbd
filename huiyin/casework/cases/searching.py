"""Search over all matters of the own agency (检索): numbers, words in either script, places; newest first."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from huiyin.casework.cases.models import Case, Demand, Submission
from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.cases.scope import demands_visible_to, submissions_visible_to
from huiyin.casework.cases.selectors import WorkRow, rows_of
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import region_directory
from huiyin.records.texts.normalising import normalise, simplified
from huiyin.records.texts.search import filter_matching
from huiyin.records.texts.words import query_words

AROUND = 45
MOST_PLACES = 5
PAGE = 30
BATCH = 60
MOST_TURNS = 8
EVERYTHING = 10**18
# How many of the newest matters are searched first, and how many next.
WINDOWS = (20_000, 160_000, EVERYTHING)


@dataclass(frozen=True, slots=True)
class Hit:
    """A demand that was found, with what may be read of the petition (检索结果)."""

    row: WorkRow
    text: str


@dataclass(frozen=True)
class Found:
    """One page of what a search found (检索结果页); where there is more, nobody has counted how much."""

    hits: tuple[Hit, ...]
    next_cursor: str


def search(*, user: User, text: str, after: str = "", limit: int = PAGE) -> Found:
    """What a number or words lead to within the user's scope, the newest matter first (检索).

    Common words stand in a tenth of all matters. So the newest matters are searched first, then ever more of
    the older ones, until the page is full; rare words are found quickly however far back.
    """
    demands = demands_visible_to(user)
    case_id = case_id_of(text)
    if case_id is not None:
        return _whole(demands.filter(case_id=case_id), user)
    # A number of a superior has a digit; words without one need not ask.
    if any(map(str.isdigit, text)):
        numbered = _whole(demands.filter(case__superior_number=text.strip()), user)
        if numbered.hits:
            return numbered
    top = int(after) if after.isdecimal() and len(after) < 19 else _newest_case() + 1
    hits: dict[int, Hit] = {}
    size = iter(WINDOWS)
    bottom = max(0, top - next(size))
    for _turn in range(MOST_TURNS):
        rows = _matching(demands, text, bottom, top, BATCH)
        is_full = len(rows) == BATCH
        # The last case of a full batch may be cut; it is read again, whole, with the next.
        below = rows[-1].case_id + 1 if is_full else bottom
        for hit in _readable_hits([row for row in rows if row.case_id >= below], demands, user, text):
            hits.setdefault(hit.row.case_id, hit)
        top = below
        if len(hits) > limit or top == 0:
            break
        bottom = bottom if is_full else max(0, top - next(size, EVERYTHING))
    shown = tuple(hits.values())[:limit]
    rest = str(shown[-1].row.case_id) if len(hits) > limit else str(top or "")
    return Found(shown, rest)


def _newest_case() -> int:
    return Case.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _matching(demands: QuerySet[Demand], text: str, bottom: int, top: int, limit: int) -> list[WorkRow]:
    """Demands of the cases from bottom up to top, top not included, in which all the words stand."""
    within = Submission.objects.filter(case_id__gte=bottom, case_id__lt=top)
    holding = filter_matching(within, text=text, using_vendor=connection.vendor).values("case_id")
    found = demands.filter(case_id__gte=bottom, case_id__lt=top, case_id__in=holding)
    return list(rows_of(found.order_by("-case_id", "position")[:limit]))


def _whole(demands: QuerySet[Demand], user: User) -> Found:
    """All of a few demands that a number leads to; one line for each case."""
    rows = list(rows_of(demands.order_by("-case_id", "position")[:PAGE]))
    texts = _texts(rows, user, ())
    hits = {row.case_id: Hit(row, texts.get(row.case_id, row.statement)) for row in reversed(rows)}
    return Found(tuple(reversed(hits.values())), "")


def _texts(rows: list[WorkRow], user: User, wanted: tuple[str, ...]) -> dict[int, str]:
    """What may be read of these cases: of each, the submission in which the words stand."""
    best: dict[int, str] = {}
    found = submissions_visible_to(user).filter(case_id__in={row.case_id for row in rows}).order_by("id")
    for case_id, text in found.values_list("case_id", "text") if rows else ():
        if case_id not in best or first_hit(best[case_id], wanted) < 0 <= first_hit(text, wanted):
            best[case_id] = text
    return best


def _readable_hits(rows: list[WorkRow], demands: QuerySet[Demand], user: User, text: str) -> Iterator[Hit]:
    """Keep what the user may know of: where a case holds demands of others, the own statement must answer.

    A word that stands in a part the user may not read must not betray itself by a hit.
    """
    texts = _texts(rows, user, words_wanted(text))
    partly = [row.id for row in rows if row.case_id not in texts]
    statements = dict(demands.filter(pk__in=partly).values_list("pk", "statement")) if partly else {}
    words = normalise(text).split()
    for row in rows:
        if row.case_id in texts:
            yield Hit(row, texts[row.case_id])
        elif all(word in normalise(statements.get(row.id, "")) for word in words):
            yield Hit(row, statements[row.id])


def words_wanted(text: str) -> tuple[str, ...]:
    """The words of a query as they are looked for in a text, longest first."""
    words = {
        tokens[0].rstrip("*") + "".join(token[-1] for token in tokens[1:]) for tokens in query_words(text)
    }
    return tuple(sorted(words, key=len, reverse=True))


def folded(text: str) -> str:
    """The text in simplified script and lower case, character by character, so that places stay the same."""
    changed = simplified(text).lower()
    if len(changed) == len(text):
        return changed
    return "".join(one if len(one) == 1 else raw for raw in text for one in [simplified(raw).lower()])


def first_hit(text: str, words: tuple[str, ...]) -> int:
    """Where the first of the words stands; -1 when none does."""
    plain = folded(text)
    return min((place for word in words if (place := plain.find(word)) >= 0), default=-1)


def excerpt(text: str, words: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The part of a text around the first hit, cut into pieces that are hits or not (摘录)."""
    text = " ".join(text.split())
    start = max(0, first_hit(text, words) - AROUND)
    shown = text[start : start + 3 * AROUND]
    plain = folded(shown)
    is_hit = [False] * len(shown)
    for word in words:
        place = plain.find(word)
        while place >= 0:
            is_hit[place : place + len(word)] = [True] * len(word)
            place = plain.find(word, place + len(word))
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    for letter, hit in zip(shown, is_hit, strict=False):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + letter, hit)
        else:
            pieces.append((letter, hit))
    if start + len(shown) < len(text):
        pieces.append(("…", False))
    return tuple(pieces)


def places_named(text: str) -> tuple[str, ...]:
    """Codes of the places that the query names, to offer their lists (地名)."""
    wanted = normalise(text)
    found = [
        one.code
        for one in region_directory().active()
        if len(wanted) >= 2 and (wanted in normalise(one.name) or normalise(one.name) in wanted)
    ]
    return tuple(found[:MOST_PLACES])
