"""Examination opinion (办结报告审核意见)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="examination_opinion",
    name=_("办结报告审核意见"),
    word="审",
    catalogue=24,
    basis="信访工作条例第二十二条、第四十条",
    required={
        "decision": _("请写明审核通过、补充办理还是发回重办。"),
        "reason": _("请写明理由。"),
    },
    optional=("limit",),
)
