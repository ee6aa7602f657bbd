"""Hotline extension request (热线工单延期申请)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="hotline_extension_request",
    name=_("热线工单延期申请"),
    word="延申",
    catalogue=30,
    basis="12345政务服务便民热线工作规范",
    required={
        "order_number": _("请写明工单编号。"),
        "reason": _("请写明延期理由。"),
        "old_date": _("请写明原办理期限。"),
        "new_date": _("请写明申请延长到的日期。"),
    },
    optional=("handler", "decision"),
)
