"""Search over all matters of the own agency (检索): numbers, words in either script, places; newest first."""

from dataclasses import dataclass
from datetime import date

from huiyin.casework.cases.filters import ListFilter
from huiyin.casework.cases.scope import submissions_visible_to
from huiyin.casework.cases.selectors import WorkRow, work_list
from huiyin.records.accounts.models import User
from huiyin.records.agencies.selectors import region_directory
from huiyin.records.texts.normalising import normalise, simplified
from huiyin.records.texts.words import query_words

AROUND = 45
MOST_PLACES = 5
PAGE = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A demand that was found, with what may be read of the petition (检索结果)."""

    row: WorkRow
    text: str


@dataclass(frozen=True)
class Found:
    """One page of what a search found (检索结果页)."""

    hits: tuple[Hit, ...]
    next_cursor: str
    count: int
    is_capped: bool


def search(*, user: User, text: str, today: date, after: str = "") -> Found:
    """What a number or words lead to within the user's scope, in at most four statements (检索)."""
    page = work_list(
        user=user, name="all", wanted=ListFilter(text=text), today=today, after=after, limit=PAGE
    )
    open_cases = {row.case_id for row in page.rows if not row.is_sealed}
    wanted = words_wanted(text)
    best: dict[int, str] = {}
    texts = submissions_visible_to(user).filter(case_id__in=open_cases).order_by("id")
    for case_id, words in texts.values_list("case_id", "text"):
        if case_id not in best or (first_hit(words, wanted) >= 0 > first_hit(best[case_id], wanted)):
            best[case_id] = words
    hits = tuple(Hit(row, best.get(row.case_id, row.statement)) for row in page.rows)
    return Found(hits, page.next_cursor, page.count, page.is_capped)


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
