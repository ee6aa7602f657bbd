"""The periods a citizen meets on the way of a matter, read from the dated rules of the law (法定期限)."""

from dataclasses import dataclass
from datetime import date

from huiyin.interfaces.ui.legal import article_of, said
from huiyin.interfaces.ui.parts import Article
from huiyin.law.calendar import load_calendar
from huiyin.law.deadlines import count
from huiyin.law.rules import rule


@dataclass(frozen=True, slots=True)
class Period:
    """How long something may take, under which article, and the last day if it began today (期限)."""

    length: str
    article: Article | None
    due: date
    most_days: int


def period(rule_id: str, today: date) -> Period:
    """Read one period as it applies today (现行期限)."""
    version = rule(rule_id, on=today)
    counted = count(version, today, calendar=load_calendar())
    return Period(
        length=said(version.length_zh, version.length_en),
        article=article_of(version.citation),
        due=counted.due,
        most_days=version.extension.max_days if version.extension else 0,
    )


def way_periods(today: date) -> dict[str, Period]:
    """The periods named on the pages for citizens, by what they are for (期限一览)."""
    return {
        "sorting": period("C1", today),
        "telling": period("C3", today),
        "objecting": period("C4", today),
        "answering": period("C5", today),
        "asking_review": period("C6", today),
        "reviewing": period("C7", today),
        "asking_final": period("C8", today),
        "final": period("C9", today),
    }
