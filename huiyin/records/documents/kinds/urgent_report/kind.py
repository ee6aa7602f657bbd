"""Urgent report (重大、紧急信访事项报告)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="urgent_report",
    name=_("重大、紧急信访事项报告"),
    word="急",
    catalogue=26,
    basis="信访工作条例第二十五条",
    required={
        "what": _("请写明发生了什么。"),
        "where": _("请写明发生的时间和地点。"),
        "people": _("请写明涉及的大致人数。"),
        "measures": _("请写明已经采取的措施。"),
    },
    optional=("next_steps", "contact"),
)
