"""The ledger vocabulary of handling and answering (办理答复台账)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.ledger.vocabulary import CODE, DATE, INTEGER, NUMBER, PROSE, EventKind

_EXTENSION = {
    "demand": INTEGER,
    "extension": INTEGER,
    "rule": CODE,
    "days": INTEGER,
    "due_on": DATE,
    "reason": PROSE,
}
_REPLY = {
    "demand": INTEGER,
    "reply": INTEGER,
    "document_kind": CODE,
    "outcome": CODE,
    "reason": PROSE,
    "agency": INTEGER,
}
_REPORT = {"demand": INTEGER, "report": INTEGER, "sender": INTEGER, "agency": INTEGER, "reason": PROSE}

EVENTS = (
    EventKind(
        "step.recorded",
        _("%(five_step)s：%(happened_on)s"),
        _("%(five_step)s：%(happened_on)s"),
        {"demand": INTEGER, "five_step": CODE, "happened_on": DATE, "evidence": INTEGER},
    ),
    EventKind("extension.requested", _("申请延期%(days)s天：%(reason)s"), None, _EXTENSION),
    EventKind(
        "extension.approved",
        _("批准延期%(days)s天，延至%(due_on)s：%(reason)s"),
        _("办理期限延长%(days)s天，延至%(due_on)s，理由：%(reason)s"),
        _EXTENSION,
    ),
    EventKind("extension.refused", _("不批准延期：%(reason)s"), None, _EXTENSION),
    EventKind("reply.drafted", _("拟写%(document_kind)s"), None, _REPLY),
    EventKind("reply.submitted", _("%(document_kind)s送审"), None, _REPLY),
    EventKind("reply.returned", _("%(document_kind)s退回修改：%(reason)s"), None, _REPLY),
    EventKind(
        "reply.issued",
        _("签发%(document_kind)s：%(outcome)s"),
        _("%(agency)s已作出%(document_kind)s：%(outcome)s"),
        _REPLY,
    ),
    EventKind(
        "document.served",
        _("%(number)s已送达：%(method)s，%(served_on)s"),
        _("%(number)s已送达：%(method)s，%(served_on)s"),
        {
            "demand": INTEGER,
            "document": INTEGER,
            "number": NUMBER,
            "method": CODE,
            "served_on": DATE,
            "delivery": INTEGER,
        },
    ),
    EventKind("demand.reported", _("%(agency)s报结"), _("%(agency)s已向%(sender)s报告办理结果"), _REPORT),
    EventKind("report.passed", _("报结审核通过：%(reason)s"), _("%(sender)s审核通过办理结果"), _REPORT),
    EventKind(
        "report.completion_asked",
        _("要求补办：%(reason)s"),
        _("%(sender)s认为办理不完整，要求补办"),
        _REPORT,
    ),
    EventKind(
        "report.rework_ordered",
        _("发回重办：%(reason)s"),
        _("%(sender)s将办理结果发回重办"),
        _REPORT,
    ),
    EventKind(
        "demand.closed",
        _("办结；化解情况：%(settled)s"),
        _("办理程序已办结"),
        {"demand": INTEGER, "settled": CODE, "outcome": CODE},
    ),
    EventKind(
        "rating.given",
        _("信访人已评价%(rated_body)s"),
        _("您已评价%(rated_body)s"),
        {"demand": INTEGER, "rated_body": CODE, "score": CODE},
    ),
)
