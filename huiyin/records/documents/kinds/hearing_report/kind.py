"""Hearing report (信访听证报告)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="hearing_report",
    name=_("信访听证报告"),
    word="听报",
    catalogue=20,
    basis="信访工作条例第三十一条",
    required={
        "held_at": _("请写明听证的日期和时间。"),
        "chair": _("请写明听证主持人。"),
        "findings": _("请写明听证查明的事实和各方意见。"),
        "opinion": _("请写明听证意见。"),
    },
    optional=("members", "participants"),
)
