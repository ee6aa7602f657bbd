"""Objection decision (转送交办异议审核意见)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="objection_decision",
    name=_("转送交办异议审核意见"),
    word="核",
    catalogue=9,
    basis="信访工作条例第二十三条",
    required={
        "decision": _("请写明同意异议还是维持原转送、交办。"),
        "reason": _("请写明理由。"),
    },
    optional=("new_agency",),
)
