"""Hotline supervision order (热线督办单)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="hotline_supervision_order",
    name=_("热线督办单"),
    word="督单",
    catalogue=30,
    basis="12345政务服务便民热线工作规范",
    required={
        "order_number": _("请写明工单编号。"),
        "facts": _("请写明督办所依据的事实。"),
        "requirement": _("请写明改正要求。"),
        "limit": _("请写明改正和反馈的期限。"),
    },
    optional=("contact",),
)
