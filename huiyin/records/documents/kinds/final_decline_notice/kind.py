"""Final decline notice (信访事项不再受理告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="final_decline_notice",
    name=_("信访事项不再受理告知书"),
    word="终",
    catalogue=5,
    basis="信访工作条例第三十六条",
    required={
        "review_opinion": _("请写明复核意见的文号和日期。"),
        "reason": _("请写明理由。"),
    },
    optional=("where_to_go",),
    is_served=True,
)
