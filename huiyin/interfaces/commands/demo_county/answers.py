"""How a demand is answered in the demo county (演示答复): reply, service, report, examination, rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.interfaces.commands.demo_county.matters import filled
from huiyin.interfaces.commands.demo_county.stories import Ask
from huiyin.interfaces.commands.demo_county.tempo import Pen

if TYPE_CHECKING:
    from huiyin.interfaces.commands.demo_county.lives import Life

RATED = ("satisfied", "satisfied", "basically", "satisfied", "unsatisfied")
PROOFS = {
    "hand": "送达回证第{n}号，本人签收",
    "post": "挂号信回执，编号QH{n}",
    "portal": "网上签收，回执编号{n}",
    "relative": "送达回证第{n}号，同住家属代签",
}


def answer(life: Life, position: int, ask: Ask, unit: str) -> None:
    """Draft, approve, issue and serve the reply."""
    pen, rng = life.pen, life.pen.rng
    handler, signer = f"{unit}-handler", f"{unit}-signer"
    if life.twist == "late":
        pen.wait(34, 42)
    if life.is_hotline:
        pen.wait(0, 2)
    else:
        pen.wait(4, 12)
    draft_reply(life, position, ask, handler)
    if life.twist == "returned":
        pen.wait(1, 2)
        pen.act("return", signer, position, reason="事实部分请写明核查的日期和依据的材料，再送审。")
        pen.wait(1, 3)
        draft_reply(life, position, ask, handler)
    pen.wait(0 if life.is_hotline else 1, 1 if life.is_hotline else 3)
    pen.act("issue", signer, position)
    pen.wait(0 if life.is_hotline else 1, 1 if life.is_hotline else 3)
    methods = ["portal"] if life.naming == "anonymous" else ["hand", "hand", "post", "portal", "relative"]
    method = rng.choice(methods)
    pen.act(
        "serve",
        handler,
        position,
        method=method,
        served_on=pen.today,
        proof=PROOFS[method].format(n=rng.randint(1000, 9999)),
        receiver_relation="配偶" if method == "relative" else "",
    )


def draft_reply(life: Life, position: int, ask: Ask, handler: str) -> None:
    pen = life.pen
    pen.act(
        "draft",
        handler,
        position,
        request=filled(ask.asks[0], life.slots),
        facts=filled(ask.facts, life.slots),
        opinion=filled(ask.opinion, life.slots),
        legal_basis=ask.basis,
        outcome=ask.outcome or "supported",
    )
    pen.act("submit", handler, position)


def report(life: Life, position: int, ask: Ask, unit: str) -> None:
    """Report to the assigner, who examines; once it may come back."""
    pen = life.pen
    handler, signatory = f"{unit}-handler", "主要负责人"
    examiner = "npc-clerk" if life.office == "npc-office" else "office-signer"
    settled = settled_of(ask, pen)
    text = filled(ask.facts, life.slots) + filled(ask.opinion, life.slots) + "处理意见书已经送达信访人。"
    pen.wait(1, 4)
    pen.act("report", handler, position, text=text, signatory=signatory, settled=settled)
    if life.twist == "rework":
        pen.wait(1, 3)
        pen.act(
            "examine",
            examiner,
            position,
            examination="rework",
            reasons="处理意见没有写明兑现的时间，也没有回访，请重新办理并与信访人见面。",
            limit_on=pen.in_days(20),
        )
        pen.wait(3, 6)
        answer(life, position, ask, unit)
        pen.wait(1, 2)
        pen.act("report", handler, position, text=text, signatory=signatory, settled=settled)
    pen.wait(1, 4)
    pen.act(
        "examine", examiner, position, examination="pass", reasons="事实清楚，程序合法，已送达，同意办结。"
    )


def settled_of(ask: Ask, pen: Pen) -> str:
    """Closed is not settled: now and then the matter itself goes on."""
    drawn = pen.rng.random()
    if ask.settled or drawn > 0.2:
        return ask.settled or {"not_supported": "no", "explained": "partly"}.get(ask.outcome, "yes")
    return "partly" if drawn > 0.06 else "no"


def rate(life: Life, position: int) -> None:
    """More people stay silent than not, and silence is not satisfaction."""
    rng = life.pen.rng
    if rng.random() > 0.42:
        return
    life.pen.wait(1, 8)
    unit = life.word("rating") if "rating" in life.story.words else rng.choice(RATED)
    text = {
        "satisfied": ("办得快，谢谢。", "来了电话，也来了人，问题解决了。", ""),
        "basically": ("总算有了结果，就是等得久了点。", ""),
        "unsatisfied": ("答复来了，问题还在。", "只是解释政策，没有解决我的困难。", "答复太晚了。"),
    }[unit]
    life.pen.act(
        "rate", "", position, scores={"office": rng.choice(RATED[:4]), "unit": unit}, text=rng.choice(text)
    )
