"""The page of laws: cited texts and all time limits, straight from the law shelf (依据)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.interfaces.ui.legal import article_of, said
from huiyin.interfaces.ui.parts import Cell, Column, Table
from huiyin.law.citations import laws
from huiyin.law.clock_rules import PARTY_LABELS, RuleVersion
from huiyin.law.profiles import profiles
from huiyin.law.rules import rules


@dataclass(frozen=True, slots=True)
class CitedText:
    """A law or rule the platform stands on (法律文件)."""

    key: str
    title: str
    in_force: date | None
    rules: tuple[str, ...]


def versions_on(today: date) -> tuple[RuleVersion, ...]:
    """The version of every rule that applies today (现行规则)."""
    found = []
    for one in rules().values():
        found.extend([version for version in one.versions if version.is_in_force(today)][:1])
    return tuple(found)


def texts(today: date) -> tuple[CitedText, ...]:
    """Every cited text with the limits that rest on it (引用的法律文件)."""
    current = [*versions_on(today), *(one for profile in profiles().values() for one in profile.overrides)]
    named: dict[str, dict[str, None]] = {}
    for version in current:
        title = said(version.title_zh, version.title_en)
        named.setdefault(version.citation.law, {}).setdefault(title)
    return tuple(
        CitedText(key, said(f"《{text.title_zh}》", text.title_en), text.in_force, tuple(named.get(key, ())))
        for key, text in laws().items()
    )


def limits_table(today: date) -> Table:
    """All limits in force today, with length, party and article (期限表)."""
    rows = []
    for version in versions_on(today):
        article = article_of(version.citation)
        rows.append(
            (
                Cell(said(version.title_zh, version.title_en), note=said(version.note_zh, version.note_en)),
                Cell(said(version.length_zh, version.length_en)),
                Cell(said(*PARTY_LABELS[version.party])),
                Cell(article.text if article else ""),
                Cell(version.rule_id),
            )
        )
    columns = (
        Column(_("期限"), is_heading=True),
        Column(_("多长")),
        Column(_("约束谁")),
        Column(_("依据")),
        Column(_("规则编号"), is_code=True),
    )
    return Table(_("平台计算的全部期限"), columns, tuple(rows))
