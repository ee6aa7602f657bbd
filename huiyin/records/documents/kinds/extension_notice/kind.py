"""Extension notice (延长办理期限告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="extension_notice",
    name=_("延长办理期限告知书"),
    word="延",
    catalogue=12,
    basis="信访工作条例第三十四条",
    required={
        "reason": _("请写明延期理由。"),
        "new_date": _("请写明延期后的届满日期,延长不得超过三十日。"),
    },
    optional=("days", "contact"),
    is_served=True,
)
