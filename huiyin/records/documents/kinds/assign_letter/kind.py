"""Assign letter (信访事项交办函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="assign_letter",
    name=_("信访事项交办函"),
    word="交",
    catalogue=7,
    basis="信访工作条例第二十二条",
    required={
        "matter": _("请写明信访事项摘要。"),
        "requirement": _("请写明办理要求。"),
        "limit": _("请写明报告结果的期限。"),
        "report_items": _("请写明办结报告应当包括的内容。"),
        "contact": _("请写明联系人或者联系电话。"),
    },
    optional=("demand", "assisting"),
)
