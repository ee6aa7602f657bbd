"""Closing report (信访事项办结报告)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="closing_report",
    name=_("信访事项办结报告"),
    word="结",
    catalogue=23,
    basis="信访工作条例第二十二条",
    required={
        "signatory": _("请写明签发的单位负责人。"),
        "assignment": _("请写明交办文号或者转送编号。"),
        "problem": _("请写明反映的问题和诉求。"),
        "investigation": _("请写明调查和办理情况。"),
        "handler": _("请写明承办人。"),
        "contact": _("请写明承办人电话。"),
    },
    optional=("petitioner_basics", "outcome"),
)
