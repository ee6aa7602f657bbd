"""Stages, steps and actors of a demand (诉求的状态、步骤和办理人)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a demand stands (诉求状态)."""

    REGISTERED = "registered"
    AWAITING_RECEIPT = "awaiting_receipt"
    OBJECTED = "objected"
    DISPUTED = "disputed"
    ACCEPTED = "accepted"
    IN_APPROVAL = "in_approval"
    ISSUED = "issued"
    SERVED = "served"
    REPORTED = "reported"
    CLOSED = "closed"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    DECLINED_FINAL = "declined_final"
    ROUTED = "routed"
    FILED = "filed"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


STAGE_LABELS: dict[Stage, tuple[str, str]] = {
    Stage.REGISTERED: ("已登记待分流", "registered, to be sorted"),
    Stage.AWAITING_RECEIPT: ("待签收", "awaiting receipt"),
    Stage.OBJECTED: ("异议中", "objected to"),
    Stage.DISPUTED: ("争议待指定", "disputed, to be designated"),
    Stage.ACCEPTED: ("已受理办理中", "accepted, being handled"),
    Stage.IN_APPROVAL: ("待审签", "reply awaiting signature"),
    Stage.ISSUED: ("已出具待送达", "reply issued, to be served"),
    Stage.SERVED: ("已送达", "reply served"),
    Stage.REPORTED: ("已报结待审核", "reported back, to be examined"),
    Stage.CLOSED: ("办结", "closed"),
    Stage.REDIRECTED: ("不属职权已告知", "not within powers, told where to go"),
    Stage.DECLINED: ("不予受理", "declined"),
    Stage.DECLINED_FINAL: ("不再受理", "declined as final"),
    Stage.ROUTED: ("已导入法定途径", "routed to a legal procedure"),
    Stage.FILED: ("存", "filed"),
    Stage.ANSWERED: ("直接答复", "answered directly"),
    Stage.WITHDRAWN: ("已撤回", "withdrawn"),
}

TERMINAL_STAGES: frozenset[Stage] = frozenset(
    {
        Stage.CLOSED,
        Stage.REDIRECTED,
        Stage.DECLINED,
        Stage.DECLINED_FINAL,
        Stage.ROUTED,
        Stage.FILED,
        Stage.ANSWERED,
        Stage.WITHDRAWN,
    }
)
OPEN_STAGES: frozenset[Stage] = frozenset(Stage) - TERMINAL_STAGES

# In these stages an organ owes something, so at least one of its clocks must run.
CLOCKED_STAGES: frozenset[Stage] = OPEN_STAGES - {Stage.SERVED, Stage.REPORTED}


class Step(StrEnum):
    """What may happen to a demand (办理步骤)."""

    REGISTER = "register"
    SORT = "sort"
    FORWARD = "forward"
    ASSIGN = "assign"
    SELF_HANDLE = "self_handle"
    REDIRECT = "redirect"
    DECLINE = "decline"
    DECLINE_FINAL = "decline_final"
    ROUTE = "route"
    FILE = "file"
    ANSWER = "answer"
    ACCEPT = "accept"
    OBJECT = "object"
    OBJECTION_AGREE = "objection_agree"
    OBJECTION_MAINTAIN = "objection_maintain"
    DISPUTE = "dispute"
    DESIGNATE = "designate"
    RECORD_STEP = "record_step"
    EXTEND_REQUEST = "extend_request"
    EXTEND_APPROVE = "extend_approve"
    EXTEND_REFUSE = "extend_refuse"
    DRAFT_REPLY = "draft_reply"
    SUBMIT_REPLY = "submit_reply"
    RETURN_REPLY = "return_reply"
    ISSUE_REPLY = "issue_reply"
    SERVE = "serve"
    REPORT_BACK = "report_back"
    EXAMINE_PASS = "examine_pass"
    EXAMINE_COMPLETE = "examine_complete"
    EXAMINE_REWORK = "examine_rework"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    SUPPLEMENT = "supplement"
    RATE = "rate"


STEP_LABELS: dict[Step, tuple[str, str]] = {
    Step.REGISTER: ("登记", "register"),
    Step.SORT: ("分类", "sort"),
    Step.FORWARD: ("转送", "forward"),
    Step.ASSIGN: ("交办", "assign"),
    Step.SELF_HANDLE: ("自办受理", "accept for own handling"),
    Step.REDIRECT: ("告知不属职权", "tell where to go"),
    Step.DECLINE: ("不予受理", "decline"),
    Step.DECLINE_FINAL: ("不再受理", "decline as final"),
    Step.ROUTE: ("导入法定途径", "route to a legal procedure"),
    Step.FILE: ("存", "file"),
    Step.ANSWER: ("直接答复", "answer directly"),
    Step.ACCEPT: ("签收受理", "accept"),
    Step.OBJECT: ("提出异议", "object"),
    Step.OBJECTION_AGREE: ("同意异议", "agree with the objection"),
    Step.OBJECTION_MAINTAIN: ("维持转送交办", "maintain the referral"),
    Step.DISPUTE: ("再次异议报请指定", "dispute a second time"),
    Step.DESIGNATE: ("指定承办", "designate the handling organ"),
    Step.RECORD_STEP: ("记录办理过程", "record a handling step"),
    Step.EXTEND_REQUEST: ("申请延期", "request an extension"),
    Step.EXTEND_APPROVE: ("批准延期", "approve the extension"),
    Step.EXTEND_REFUSE: ("不批准延期", "refuse the extension"),
    Step.DRAFT_REPLY: ("拟写答复", "draft the reply"),
    Step.SUBMIT_REPLY: ("送审", "submit the reply for signature"),
    Step.RETURN_REPLY: ("退回修改", "return the draft"),
    Step.ISSUE_REPLY: ("签发", "issue the reply"),
    Step.SERVE: ("送达", "serve the reply"),
    Step.REPORT_BACK: ("报结", "report back"),
    Step.EXAMINE_PASS: ("审核通过", "pass the report"),
    Step.EXAMINE_COMPLETE: ("退回补办", "return for completion"),
    Step.EXAMINE_REWORK: ("发回重办", "return for rework"),
    Step.CLOSE: ("办结", "close"),
    Step.WITHDRAW: ("撤回", "withdraw"),
    Step.SUPPLEMENT: ("补充材料", "supplement"),
    Step.RATE: ("评价", "rate"),
}


class Actor(StrEnum):
    """Who takes a step (办理人)."""

    REGISTRAR = "registrar"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    SIGNER = "signer"
    SUPERIOR = "superior"
    PETITIONER = "petitioner"
    OFFICE = "office"
    SYSTEM = "system"


ACTOR_LABELS: dict[Actor, tuple[str, str]] = {
    Actor.REGISTRAR: ("登记员", "registrar"),
    Actor.DISPATCHER: ("分流员", "dispatcher"),
    Actor.HANDLER: ("承办人", "handler"),
    Actor.REVIEWER: ("审核人", "reviewer"),
    Actor.SIGNER: ("签发人", "signer"),
    Actor.SUPERIOR: ("共同上级", "common superior"),
    Actor.PETITIONER: ("信访人", "petitioner"),
    Actor.OFFICE: ("转送交办机关", "referring office"),
    Actor.SYSTEM: ("系统", "system"),
}
