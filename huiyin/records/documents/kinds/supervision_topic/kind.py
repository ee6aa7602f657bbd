"""Supervision topic (监督议题建议单)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="supervision_topic",
    name=_("监督议题建议单"),
    word="议",
    catalogue=29,
    basis="各级人民代表大会常务委员会监督法第十二条",
    required={
        "topic": _("请写明建议的监督议题。"),
        "grounds": _("请写明事实和理由。"),
        "form": _("请写明建议的监督方式。"),
    },
    optional=("matters", "proposed_by"),
)
