"""Return visit record (热线回访记录)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="return_visit_record",
    name=_("热线回访记录"),
    word="访",
    catalogue=30,
    basis="12345政务服务便民热线工作规范",
    required={
        "order_number": _("请写明工单编号。"),
        "visited_at": _("请写明回访时间。"),
        "result": _("请写明来电人对结果和态度的评价。"),
    },
    optional=("visitor", "is_reached", "remark"),
)
