"""Return request (热线工单退单申请)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="return_request",
    name=_("热线工单退单申请"),
    word="退",
    catalogue=30,
    basis="12345政务服务便民热线工作规范",
    required={
        "order_number": _("请写明工单编号。"),
        "reason": _("请写明不属于本机关职权范围的理由。"),
        "legal_basis": _("请写明依据的法律、法规或者职责规定。"),
        "suggested_agency": _("请写明建议由哪个机关办理。"),
    },
    optional=("handler", "decision"),
)
