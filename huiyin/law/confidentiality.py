"""Confidentiality (保密): who must not see what, and how many may speak for a joint petition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from huiyin.law.branches import Branch
from huiyin.law.citations import Citation, cite, read_citation
from huiyin.law.reading import DATA, Table, read_file

ACCUSATION_SECRET = cite("R2022", 30)
PETITIONER_SECRET = cite("BJX", 16)


class FieldClass(StrEnum):
    """How sensitive a field is (字段级别)."""

    MATTER = "matter"
    IDENTITY = "identity"
    SENSITIVE = "sensitive"
    SEALED = "sealed"


FIELD_CLASSES: dict[str, tuple[FieldClass, Citation]] = {
    "summary": (FieldClass.MATTER, cite("PIPL", 6)),
    "demand": (FieldClass.MATTER, cite("PIPL", 6)),
    "place": (FieldClass.MATTER, cite("PIPL", 6)),
    "name": (FieldClass.IDENTITY, cite("PIPL", 6, 34)),
    "phone": (FieldClass.IDENTITY, cite("PIPL", 6, 34)),
    "address": (FieldClass.IDENTITY, cite("PIPL", 6, 34)),
    "email": (FieldClass.IDENTITY, cite("PIPL", 6, 34)),
    "id_number": (FieldClass.SENSITIVE, cite("PIPL", 28)),
    "health": (FieldClass.SENSITIVE, cite("PIPL", 28)),
    "financial_account": (FieldClass.SENSITIVE, cite("PIPL", 28)),
    "accusation_material": (FieldClass.SEALED, ACCUSATION_SECRET),
    "accuser": (FieldClass.SEALED, ACCUSATION_SECRET),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an agency may receive a demand (能否接收), with the reason."""

    is_allowed: bool
    reason_zh: str
    reason_en: str
    citation: Citation | None


def may_receive(
    *,
    branch: Branch | str | None,
    agency_code: str,
    accused_codes: Iterable[str],
    superior_codes: Iterable[str] = (),
) -> Verdict:
    """Return whether an agency may receive a demand's material (能否接收材料).

    Law: R2022 Art. 30: accusation material never reaches the accused person or unit. `superior_codes` are the
    agencies above the recipient: a part of the accused unit is the accused unit.
    """
    accused = set(accused_codes)
    if branch and Branch(branch) is Branch.ACCUSATION and accused & {agency_code, *superior_codes}:
        return Verdict(
            False,
            "检举控告材料不得转给被检举控告的人员或者单位及其下属单位。",
            "Accusation material may not reach the accused person or unit, nor a part of it.",
            ACCUSATION_SECRET,
        )
    return Verdict(True, "", "", None)


def may_release_identity(*, branch: Branch | str | None, wants_secrecy: bool, is_anonymous: bool) -> Verdict:
    """Return whether the petitioner's identity may go along with a referral (身份信息能否随件转出)."""
    if branch and Branch(branch) is Branch.ACCUSATION:
        zh = "检举控告不得随件转出检举控告人的身份信息。"
        return Verdict(
            False, zh, "An accuser's identity never goes along with a referral.", ACCUSATION_SECRET
        )
    if is_anonymous:
        zh = "匿名信访，没有身份信息。"
        return Verdict(False, zh, "The petition is anonymous; there is no identity.", None)
    if wants_secrecy:
        zh = "信访人要求保密，身份信息不得随件转出。"
        en = "The petitioner asked for secrecy; the identity does not go along."
        return Verdict(False, zh, en, PETITIONER_SECRET)
    return Verdict(True, "", "", None)


@dataclass(frozen=True, slots=True)
class RepresentativeRule:
    """How many representatives a joint visit may send (代表人数)."""

    most_on_visits: int
    group_up_to: int | None
    citation: Citation


@lru_cache(maxsize=8)
def representative_rule(variant: str = "", head_count: int | None = None) -> RepresentativeRule:
    """Return the rule on representatives, by local variant and size of the group (代表人数规则)."""
    table = parameters("representatives")
    national = RepresentativeRule(table.whole("most_on_visits"), None, read_citation(table.table("citation")))
    for row in table.tables("variant"):
        up_to = row.whole("group_up_to")
        if row.text("code") == variant and head_count is not None and head_count <= up_to:
            return RepresentativeRule(
                row.whole("most_on_visits"), up_to, read_citation(row.table("citation"))
            )
    return national


def parameters(section: str) -> Table:
    """Return one section of the parameters (参数)."""
    return read_file(DATA / "parameters.toml").table(section)
