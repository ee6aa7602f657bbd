"""Say in the language of the page what the law shelf says in both (法律用语)."""

from collections.abc import Iterable
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from huiyin.interfaces.ui.parts import Article, ClockCard, CountedDay, Light
from huiyin.law.calendar import WorkCalendar
from huiyin.law.citations import Citation
from huiyin.law.clock_rules import PARTY_LABELS
from huiyin.law.deadlines import Due
from huiyin.law.explanations import Line, explain


def is_chinese() -> bool:
    """Is the page being written in Chinese?"""
    return (get_language() or "zh-hans").startswith("zh")


def said(zh: str, en: str) -> str:
    """Choose between the two wordings of the law shelf (双语取一)."""
    return zh if is_chinese() else en


def article_of(citation: Citation | None) -> Article | None:
    """Turn a citation into a reference that leads to the public page of laws (条款)."""
    if citation is None:
        return None
    try:
        url = f"{_law_page()}#{citation.law}"
    except NoReverseMatch:
        url = ""
    return Article(said(citation.text_zh, citation.text_en), url)


@lru_cache(maxsize=1)
def _law_page() -> str:
    return reverse("portal:law")


def counted_days_of(lines: Iterable[Line]) -> tuple[CountedDay, ...]:
    """Turn the explanation of a date into the lines a page shows (推算过程)."""
    return tuple(
        CountedDay(text=said(line.text_zh, line.text_en), kind=line.kind, article=article_of(line.citation))
        for line in lines
    )


def clock_card_of(due: Due, *, calendar: WorkCalendar, light: Light | None, note: str = "") -> ClockCard:
    """Show one counted limit with the way its date was counted (期限卡)."""
    rule = due.rule
    return ClockCard(
        title=said(rule.title_zh, rule.title_en),
        due=due.due,
        light=light,
        who=said(*PARTY_LABELS[rule.party]),
        started=due.start,
        article=article_of(rule.citation),
        steps=counted_days_of(explain(due, calendar=calendar)),
        note=note,
    )
