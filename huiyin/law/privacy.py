"""Why an identity may be looked at (查阅身份信息的目的): the purposes the law knows, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiyin.law.citations import Citation


class Purpose(StrEnum):
    """A purpose of looking at an identity (查阅目的)."""

    NOTICE = "notice"
    SERVICE = "service"
    CONTACT = "contact"
    VERIFY_IDENTITY = "verify_identity"
    JOINT_HANDLING = "joint_handling"
    REVIEW = "review"
    OWN_ACCESS = "own_access"


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """What a purpose means and which articles it rests on (目的说明)."""

    purpose: Purpose
    text_zh: str
    text_en: str
    citations: tuple[Citation, ...]
    is_for_staff: bool = True


PURPOSES: dict[Purpose, PurposeRule] = {
    rule.purpose: rule
    for rule in (
        PurposeRule(
            Purpose.NOTICE,
            "制作或发出告知书",
            "to write or send a notice",
            (Citation("R2022", ("23",)), Citation("PIPL", ("34",))),
        ),
        PurposeRule(
            Purpose.SERVICE,
            "送达处理意见等文书",
            "to serve an opinion or another document",
            (Citation("R2022", ("32",)), Citation("PIPL", ("34",))),
        ),
        PurposeRule(
            Purpose.CONTACT,
            "联系信访人核实或补充情况",
            "to ask the petitioner about the facts",
            (Citation("R2022", ("31",)), Citation("PIPL", ("34",))),
        ),
        PurposeRule(
            Purpose.VERIFY_IDENTITY,
            "核对信访人或其代理人身份",
            "to check who the petitioner or the agent is",
            (Citation("R2022", ("19",)), Citation("PIPL", ("6", "34"))),
        ),
        PurposeRule(
            Purpose.JOINT_HANDLING,
            "会同办理单位共同办理",
            "to handle the demand together with another agency",
            (Citation("R2022", ("22",)), Citation("PIPL", ("23", "34"))),
        ),
        PurposeRule(
            Purpose.REVIEW,
            "复查、复核",
            "to reexamine or finally review an opinion",
            (Citation("R2022", ("35", "36")), Citation("PIPL", ("34",))),
        ),
        PurposeRule(
            Purpose.OWN_ACCESS,
            "信访人查阅本人信息",
            "the petitioner looks at the own data",
            (Citation("PIPL", ("45",)),),
            is_for_staff=False,
        ),
    )
}
