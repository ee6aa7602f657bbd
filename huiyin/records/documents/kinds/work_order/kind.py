"""Work order (热线工单)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="work_order",
    name=_("热线工单"),
    word="单",
    catalogue=30,
    basis="12345政务服务便民热线工作规范",
    required={
        "call_at": _("请写明来电时间。"),
        "content": _("请写明来电内容。"),
        "appeal_type": _("请写明诉求类型。"),
        "unit": _("请写明承办单位。"),
        "limit": _("请写明办理期限。"),
    },
    optional=("agent", "location", "contact"),
)
