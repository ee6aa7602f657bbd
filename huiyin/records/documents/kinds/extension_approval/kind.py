"""Extension approval (延长办理期限审批表)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="extension_approval",
    name=_("延长办理期限审批表"),
    word="延批",
    catalogue=12,
    basis="信访工作条例第三十四条",
    required={
        "reason": _("请写明延期理由。"),
        "old_date": _("请写明原办理期限。"),
        "new_date": _("请写明延期后的届满日期,延长不得超过三十日。"),
        "approver": _("请写明批准延期的单位负责人。"),
    },
    optional=("handler", "decision"),
)
