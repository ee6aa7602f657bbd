"""Suggestion reply (建议意见答复)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="suggestion_reply",
    name=_("建议意见答复"),
    word="建",
    catalogue=14,
    basis="信访工作条例第二十九条",
    required={
        "suggestion": _("请写明所提的建议意见。"),
        "decision": _("请写明采纳、部分采纳或者未采纳。"),
        "reason": _("请写明理由。"),
    },
    optional=("contact", "legal_basis"),
    is_served=True,
)
