"""Citations (法律依据): which article says so, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from huiyin.law.reading import DATA, LawDataError, Table, read_file

_DIGITS = "零一二三四五六七八九"


class Certainty(StrEnum):
    """How sure a citation is (可靠程度), from read in the primary text to configurable."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


CERTAINTY_LABELS: dict[Certainty, tuple[str, str]] = {
    Certainty.A: ("已核对条文原文", "the article was read in the primary text"),
    Certainty.B: ("官方或可信来源部分核对", "an official or reputable page was read in part"),
    Certainty.C: ("仅有一个二手来源", "one secondary source"),
    Certainty.D: ("专业常识，未核对原文", "professional knowledge, not re-read"),
    Certainty.E: ("来源不一或没有规定，可由本地设定", "sources conflict or are silent; set locally"),
}


@dataclass(frozen=True, slots=True)
class Law:
    """A cited text (法律文件)."""

    short: str
    title_zh: str
    title_en: str
    in_force: date | None


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in the law (条款)."""

    law: str
    articles: tuple[str, ...] = ()
    paragraph: int | None = None
    item: int | None = None
    certainty: Certainty = Certainty.A

    @property
    def text_zh(self) -> str:
        """Return the citation as Chinese documents write it (中文引注)."""
        places = "、".join(f"第{_numeral(article)}条" for article in self.articles)
        paragraph = f"第{_numeral(str(self.paragraph))}款" if self.paragraph else ""
        item = f"第（{_numeral(str(self.item))}）项" if self.item else ""
        return f"《{laws()[self.law].title_zh}》{places}{paragraph}{item}"

    @property
    def text_en(self) -> str:
        """Return the citation in English (英文引注)."""
        title = laws()[self.law].title_en
        if not self.articles:
            return title
        item = f"({self.item})" if self.item else ""
        paragraph = f" para. {self.paragraph}" if self.paragraph else ""
        return f"{title}, Art. {', '.join(self.articles)}{paragraph}{item}"

    @property
    def short_text(self) -> str:
        """Return the short form used in tables (简称), such as R2022 34."""
        return " ".join([self.law, ", ".join(self.articles)]).strip()


def cite(
    law: str,
    *articles: int | str,
    paragraph: int | None = None,
    item: int | None = None,
    certainty: str = "A",
) -> Citation:
    """Return a citation of a known text (引注).

    Raises:
        LawDataError: the short name is not in data/laws.toml.
    """
    if law not in laws():
        raise LawDataError(f"The text '{law}' is not listed in data/laws.toml; add it before citing it.")
    return Citation(law, tuple(str(article) for article in articles), paragraph, item, Certainty(certainty))


def read_citation(table: Table) -> Citation:
    """Read a citation from a data file (读取引注)."""
    law = table.text("law")
    if law not in laws():
        raise table.fault(f"the text '{law}' is not listed in data/laws.toml.")
    citation = Citation(
        law,
        table.texts("articles"),
        table.whole("paragraph") if "paragraph" in table else None,
        table.whole("item") if "item" in table else None,
        table.choice("certainty", Certainty),
    )
    table.finish()
    return citation


@lru_cache(maxsize=1)
def laws() -> dict[str, Law]:
    """Return the cited texts by short name (法律文件表)."""
    file = DATA / "laws.toml"
    found: dict[str, Law] = {}
    root = read_file(file)
    for short in root.names():
        table = root.table(short)
        found[short] = Law(
            short, table.text("title_zh"), table.text("title_en"), table.optional_day("in_force")
        )
        table.finish()
    return found


def _numeral(number: str) -> str:
    """Return an article number in Chinese numerals (中文数字), such as 三十四."""
    if not number.isdigit() or not 0 < int(number) < 1000:
        return number
    value = int(number)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
