"""The lives of the demo county's matters (演示事项的一生): each ending as the steps that lead to it.

Every life is told to its end; what lies after today has simply not happened yet. That is how open matters in
every stage come about. Nothing here is written: a life is a list of acts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.interfaces.commands.demo_county.answers import answer, rate, report, settled_of
from huiyin.interfaces.commands.demo_county.matters import filled
from huiyin.interfaces.commands.demo_county.places import Spot
from huiyin.interfaces.commands.demo_county.stories import Ask, Story
from huiyin.interfaces.commands.demo_county.tempo import Pen
from huiyin.law.branches import Purpose

PURPOSES = {
    "accusation": Purpose.ACCUSATION,
    "inquiry": Purpose.INQUIRY,
    "suggestion": Purpose.SUGGESTION,
}
REQUIREMENTS = (
    "请依法核实处理，按期书面答复信访人。",
    "请查清事实，与信访人见面沟通，依法处理并按期答复。",
    "请认真调查核实，处理意见送达信访人。",
)


@dataclass
class Life:
    """One matter being told; `twist` is what makes it different from the ordinary course."""

    story: Story
    spot: Spot
    office: str
    naming: str
    twist: str
    slots: Mapping[str, str]
    pen: Pen

    @property
    def is_hotline(self) -> bool:
        return self.office == "hotline"

    @property
    def clerk(self) -> str:
        """Who sorts and sends in this office."""
        if self.story.first.branch == "accusation":
            return "accusation"
        return {
            "npc-office": "npc-clerk",
            "hotline": "hotline-agent",
            "town": f"{self.spot.agency}-handler",
        }.get(self.office, "dispatcher")

    def registrar(self, channel: str) -> str:
        """Who registers; nobody of the staff when a citizen files on the portal."""
        if channel == "web":
            return ""
        if self.office in ("petition-office", "superior") and self.story.first.branch != "accusation":
            return "registrar"
        return self.clerk

    def word(self, name: str) -> str:
        return filled(self.story.words[name], self.slots)

    def unit_of(self, ask: Ask) -> str:
        return self.spot.agency if ask.unit == "town" else ask.unit

    def tell(self) -> None:
        """Tell what happens after registration."""
        if self.twist == "slow_sort":
            self.pen.wait(12, 14)
        else:
            self.pen.wait(0 if self.is_hotline else 1, 1 if self.is_hotline else 4)
        asks = [ask for ask in (self.story.first, self.story.second) if ask]
        for position, ask in enumerate(asks, start=1):
            self.sort(position, ask)
        if self.twist == "withdrawn" and self.story.ending == "handled":
            self.withdraw()
            return
        sorted_at = self.pen.now
        for position, ask in enumerate(asks, start=1):
            # The demands of one letter go their ways at the same time.
            self.pen.now = sorted_at
            ENDINGS[self.story.ending if position == 1 else "handled"](self, position, ask)
        self.pen.acts.sort(key=lambda act: act.at)

    def sort(self, position: int, ask: Ask) -> None:
        self.pen.act("sort", self.clerk, position, **sorting(ask))

    @property
    def is_own(self) -> bool:
        """Say whether the office that registered has the power to decide, too."""
        return self.office == "town" and self.unit_of(self.story.first) == self.spot.agency

    def withdraw(self) -> None:
        unit = self.unit_of(self.story.first)
        if self.is_own:
            self.pen.act("self_handle", f"{unit}-handler", **self.acceptance())
        else:
            self.pen.act("forward", self.clerk, receiver=unit, requirement=REQUIREMENTS[0])
            self.pen.wait(1, 3)
            self.pen.act("accept", f"{unit}-handler", **self.acceptance())
        self.pen.wait(2, 9)
        self.pen.act("withdraw", "", reason="双方已经协商解决，我自愿撤回。")

    def acceptance(self) -> dict[str, Any]:
        return {"contact": "", "limit_on": self.pen.in_days(50)}


def sorting(ask: Ask) -> dict[str, str]:
    """How a demand is sorted: class, branch, and the purpose that goes with the branch."""
    purpose = PURPOSES.get(ask.branch, Purpose.REQUEST)
    return {"content_class": ask.content_class, "branch": ask.branch, "purpose": purpose.value}


def handled(life: Life, position: int, ask: Ask) -> None:
    """Sent to the unit with power, accepted, looked into, answered, served, closed."""
    pen, unit = life.pen, life.unit_of(ask)
    handler = f"{unit}-handler"
    is_assigned = life.twist in ASSIGNED and not life.is_hotline and not life.is_own
    if life.is_own:
        pen.act("self_handle", handler, position, **life.acceptance())
    else:
        send(life, position, unit, is_assigned=is_assigned)
        pen.wait(0 if life.is_hotline else 1, 1 if life.is_hotline else 6)
        if life.twist == "late_receipt":
            pen.wait(11, 13)
        pen.act("accept", handler, position, **life.acceptance())
    look_into(life, position, handler)
    # Extensions belong to the petition procedure (第三十四条); a hotline order has no such limit.
    if life.twist in ("extended", "refused_extension") and ask.branch == "petition" and not life.is_hotline:
        extend(life, position, unit)
    answer(life, position, ask, unit)
    if not is_assigned:
        pen.wait(1, 1) if life.is_hotline else pen.wait(2, 8)
        pen.act("close", handler, position, settled=settled_of(ask, pen))
    else:
        report(life, position, ask, unit)
    rate(life, position)


def send(life: Life, position: int, unit: str, *, is_assigned: bool) -> None:
    """Send the demand on, with the detours that objections make."""
    pen, first = life.pen, unit
    has_objection = life.twist == "objected" and life.story.objection and position == 1
    has_dispute = life.twist in ("disputed", "designated") and life.story.dispute and position == 1
    if has_objection and life.story.objection["decision"] == "agree":
        first = life.story.objection["unit"]
    pen.wait(0, 0)
    forward(life, position, first, is_assigned=is_assigned)
    if has_objection:
        object_once(life, position, first, life.story.objection)
        if life.story.objection["decision"] == "agree":
            pen.wait(0, 1)
            pen.act("sort", life.clerk, position, **sorting(life.story.first))
            forward(life, position, unit, is_assigned=is_assigned)
    if has_dispute:
        object_once(life, position, unit, life.story.dispute)
        pen.wait(1, 3)
        pen.act(
            "object",
            f"{unit}-handler",
            position,
            reasons=filled(life.story.dispute["again"], life.slots),
            legal_basis=life.story.dispute["basis"],
        )
        pen.wait(2, 4)
        pen.act(
            "designate",
            "supervisor",
            position,
            receiver=unit,
            reasons=filled(life.story.dispute["designation"], life.slots),
        )


def forward(life: Life, position: int, unit: str, *, is_assigned: bool) -> None:
    requirement = life.pen.rng.choice(REQUIREMENTS)
    if is_assigned:
        life.pen.act(
            "assign",
            life.clerk,
            position,
            receiver=unit,
            limit_on=life.pen.in_days(60),
            requirement=requirement + "请在期限内书面报告办理结果。",
        )
    else:
        life.pen.act("forward", life.clerk, position, receiver=unit, requirement=requirement)


def object_once(life: Life, position: int, unit: str, words: Mapping[str, str]) -> None:
    pen = life.pen
    pen.wait(1, 3)
    pen.act(
        "object",
        f"{unit}-handler",
        position,
        reasons=filled(words["reasons"], life.slots),
        legal_basis=words["basis"],
    )
    pen.wait(1, 3)
    decider = "office-signer" if life.office in ("petition-office", "superior") else life.clerk
    pen.act(
        "decide",
        decider,
        position,
        is_agreed=words["decision"] == "agree",
        reasons=filled(words["answer"], life.slots),
    )


def look_into(life: Life, position: int, handler: str) -> None:
    """Meet, look, deliberate: the steps in place, each on its day."""
    pen = life.pen
    steps: list[tuple[str, str]] = [
        ("meet", "电话联系信访人并约定见面，当面听取诉求，核对材料，告知办理期限。")
    ]
    if life.naming == "anonymous":
        steps = [("deliberate", "来件匿名，无法见面，已根据所反映的线索确定核查方案。")]
    if life.story.visit:
        steps.append(("on_site", filled(life.story.visit, life.slots)))
    if not life.is_hotline:
        steps.append(("deliberate", "分管负责人主持，承办股室集体研究处理意见，形成会议记录。"))
    if life.is_hotline:
        steps = steps[:1]
    for five_step, text in steps:
        pen.wait(0 if life.is_hotline else 2, 1 if life.is_hotline else 6)
        pen.act("record", handler, position, five_step=five_step, text=text, happened_on=pen.today)
    is_supplemented = life.twist == "supplemented" or pen.rng.random() < 0.3
    if life.story.supplement and position == 1 and is_supplemented and not life.is_hotline:
        pen.wait(1, 2)
        pen.act("supplement", "", text=filled(life.story.supplement, life.slots))


def extend(life: Life, position: int, unit: str) -> None:
    pen = life.pen
    pen.wait(8, 12)
    pen.act(
        "extend",
        f"{unit}-handler",
        position,
        days=30,
        reason="需要委托专业机构出具意见，并与相关单位会商，原定期限内难以办结。",
    )
    pen.wait(1, 3)
    is_approved = life.twist == "extended"
    reasons = (
        "情况复杂，同意延长30日，请抓紧办理并将理由告知信访人。"
        if is_approved
        else "现有材料已能认定事实，不同意延期，请按期答复。"
    )
    pen.act("decide_extension", f"{unit}-signer", position, is_approved=is_approved, reasons=reasons)


def answered(life: Life, position: int, ask: Ask) -> None:
    life.pen.wait(0, 1)
    life.pen.act("answer", life.clerk, position, answer=life.word("answer"))


def redirected(life: Life, position: int, ask: Ask) -> None:
    words = {name: life.word(name) for name in ("reason", "authority", "how")}
    life.pen.wait(1, 3)
    life.pen.act("redirect", life.clerk, position, **words)


def routed(life: Life, position: int, ask: Ask) -> None:
    words = {name: life.word(name) for name in ("reason", "authority", "how")}
    life.pen.wait(1, 4)
    life.pen.act("route", life.clerk, position, **words)


def declined(life: Life, position: int, ask: Ask) -> None:
    life.pen.wait(1, 4)
    life.pen.act(
        "decline",
        life.clerk,
        position,
        ground=life.story.words["ground"],
        reason=life.word("reason"),
        where_to_go=life.word("where"),
    )


def declined_final(life: Life, position: int, ask: Ask) -> None:
    life.pen.wait(2, 5)
    life.pen.act(
        "decline",
        life.clerk,
        position,
        ground="review_finished",
        reason=life.word("reason"),
        where_to_go=life.word("where"),
        review_opinion=life.word("review"),
        is_final=True,
    )


def filed(life: Life, position: int, ask: Ask) -> None:
    life.pen.wait(0, 2)
    life.pen.act("file", life.clerk, position, reason=life.word("reason"))


def accused(life: Life, position: int, ask: Ask) -> None:
    """To the discipline organ and nowhere else; it takes the matter over."""
    pen = life.pen
    pen.wait(0, 1)
    pen.act("forward", life.clerk, position, receiver="supervision", requirement="请按管理权限处理。")
    pen.wait(1, 4)
    pen.act("accept", "supervision-handler", position, contact="", limit_on=pen.in_days(85))
    pen.wait(24, 40)
    answer(life, position, ask, "supervision")
    pen.wait(2, 8)
    pen.act("close", "supervision-handler", position, settled="yes")


ASSIGNED = ("assigned", "rework")
ENDINGS: Mapping[str, Callable[[Life, int, Ask], None]] = {
    "handled": handled,
    "answered": answered,
    "redirected": redirected,
    "routed": routed,
    "declined": declined,
    "declined_final": declined_final,
    "filed": filed,
    "accused": accused,
}
