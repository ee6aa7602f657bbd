"""The ledger vocabulary of cases (事项台账): what is written down, and how each audience reads it.

Fields named *agency*, *sender*, *receiver* or *superior* hold agency ids and are shown as names.
"""

from django.utils.translation import gettext_lazy as _

from huiyin.records.ledger.vocabulary import (
    BOOLEAN,
    CODE,
    DATE,
    DIGEST,
    INTEGER,
    NUMBER,
    PROSE,
    EventKind,
)

EVENTS = (
    EventKind(
        "case.registered",
        _("登记：%(channel)s，%(demands)s项诉求，信访人数%(head_count)s"),
        _("您的信访事项已登记，共%(demands)s项诉求"),
        {
            "channel": CODE,
            "demands": INTEGER,
            "head_count": INTEGER,
            "agency": INTEGER,
            "naming": CODE,
            "received_on": DATE,
            "text_digest": DIGEST,
        },
    ),
    EventKind(
        "case.supplemented",
        _("收到补充材料"),
        _("收到您的补充材料"),
        {"channel": CODE, "submission": INTEGER, "text_digest": DIGEST},
    ),
    EventKind(
        "case.attached",
        _("附件已存：%(count)s个"),
        _("收到附件%(count)s个"),
        {"count": INTEGER, "digest": DIGEST, "attachment": INTEGER},
    ),
    EventKind(
        "case.linked",
        _("认定与另一事项的关系：%(kind)s。理由：%(reason)s"),
        None,
        {"other": INTEGER, "kind": CODE, "reason": PROSE, "link": INTEGER},
    ),
    EventKind(
        "case.unlinked",
        _("撤销与另一事项的关系认定。理由：%(reason)s"),
        None,
        {"other": INTEGER, "kind": CODE, "reason": PROSE, "link": INTEGER},
    ),
    EventKind(
        "case.code_renewed",
        _("查询码已更换"),
        _("查询码已更换，旧查询码失效"),
        {"version": INTEGER},
    ),
    EventKind(
        "demand.sorted",
        _("分流：%(branch)s，%(content_class)s"),
        _("已按“%(branch)s”分流"),
        {"demand": INTEGER, "branch": CODE, "content_class": CODE, "purpose": CODE, "reason": PROSE},
    ),
    EventKind(
        "demand.taken",
        _("经办人变更"),
        None,
        {"demand": INTEGER, "handler": INTEGER},
    ),
    EventKind(
        "demand.withdrawn",
        _("信访人撤回。说明：%(reason)s"),
        _("您撤回了这项诉求"),
        {"demand": INTEGER, "reason": PROSE, "confirmed_by_petitioner": BOOLEAN},
    ),
    EventKind(
        "document.issued",
        _("出具%(document_kind)s %(number)s"),
        _("出具%(document_kind)s %(number)s"),
        {
            "demand": INTEGER,
            "document": INTEGER,
            "document_kind": CODE,
            "number": NUMBER,
            "digest": DIGEST,
            "agency": INTEGER,
        },
    ),
)
