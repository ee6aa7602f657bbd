"""The ledger vocabulary of routing (转交台账)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.ledger.vocabulary import CODE, DATE, INTEGER, INTEGERS, PROSE, EventKind

_SENT = {
    "demand": INTEGER,
    "sender": INTEGER,
    "receiver": INTEGER,
    "assisting": INTEGERS,
    "limit_on": DATE,
    "requirement": PROSE,
}
_REFUSED = {"demand": INTEGER, "agency": INTEGER, "ground": CODE, "reason": PROSE, "way_forward": PROSE}

EVENTS = (
    EventKind("demand.forwarded", _("转送%(receiver)s"), _("已转送%(receiver)s"), _SENT),
    EventKind(
        "demand.assigned", _("交办%(receiver)s，要求报结"), _("已交办%(receiver)s，并要求其报告结果"), _SENT
    ),
    EventKind(
        "demand.accepted",
        _("%(agency)s受理"),
        _("%(agency)s已受理"),
        {"demand": INTEGER, "agency": INTEGER, "branch": CODE},
    ),
    EventKind(
        "assist.received",
        _("%(agency)s签收协办"),
        _("%(agency)s已签收，协助办理"),
        {"demand": INTEGER, "agency": INTEGER},
    ),
    EventKind(
        "assist.opined",
        _("%(agency)s向%(receiver)s提出协办意见"),
        _("%(agency)s已向%(receiver)s提出协办意见"),
        {"demand": INTEGER, "agency": INTEGER, "receiver": INTEGER},
    ),
    EventKind(
        "demand.objected",
        _("%(agency)s提出异议：%(reason)s。依据：%(basis)s"),
        _("%(agency)s认为不属于其职权，已提出异议"),
        {
            "demand": INTEGER,
            "agency": INTEGER,
            "reason": PROSE,
            "basis": PROSE,
            "suggested": INTEGER,
            "objection": INTEGER,
        },
    ),
    EventKind(
        "objection.agreed",
        _("%(agency)s同意退回：%(reason)s"),
        _("%(agency)s同意异议，将另行转送"),
        {"demand": INTEGER, "agency": INTEGER, "reason": PROSE, "objection": INTEGER},
    ),
    EventKind(
        "objection.maintained",
        _("%(agency)s维持原转交：%(reason)s"),
        _("%(agency)s审核后维持原转交"),
        {"demand": INTEGER, "agency": INTEGER, "reason": PROSE, "objection": INTEGER},
    ),
    EventKind(
        "demand.disputed",
        _("再次异议，报%(superior)s指定：%(reason)s"),
        _("单位之间有争议，已报%(superior)s指定承办单位"),
        {
            "demand": INTEGER,
            "agency": INTEGER,
            "superior": INTEGER,
            "reason": PROSE,
            "basis": PROSE,
            "objection": INTEGER,
        },
    ),
    EventKind(
        "demand.designated",
        _("%(superior)s指定%(receiver)s承办，不得再退回：%(reason)s"),
        _("%(superior)s已指定%(receiver)s承办，该单位不得再退回"),
        {"demand": INTEGER, "superior": INTEGER, "receiver": INTEGER, "reason": PROSE},
    ),
    EventKind(
        "demand.redirected",
        _("不属职权，告知去处。理由：%(reason)s。去处：%(way_forward)s"),
        _("不属于%(agency)s职权，已告知您去处：%(way_forward)s"),
        _REFUSED,
    ),
    EventKind(
        "demand.declined",
        _("不予受理（%(ground)s）。理由：%(reason)s"),
        _("%(agency)s不予受理，理由和去处见告知书"),
        _REFUSED,
    ),
    EventKind(
        "demand.declined_final",
        _("不再受理（%(ground)s）。理由：%(reason)s"),
        _("%(agency)s不再受理，理由见告知书"),
        _REFUSED,
    ),
    EventKind(
        "demand.routed",
        _("导入法定途径：%(way_forward)s"),
        _("已告知您法定途径：%(way_forward)s"),
        _REFUSED,
    ),
    EventKind("demand.filed", _("存：%(reason)s"), _("已存档备查：%(reason)s"), _REFUSED),
    EventKind("demand.answered", _("直接答复：%(reason)s"), _("已直接答复：%(reason)s"), _REFUSED),
)
