"""Acceptance notice (信访事项受理告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="acceptance_notice",
    name=_("信访事项受理告知书"),
    word="受",
    catalogue=2,
    basis="信访工作条例第二十三条",
    required={
        "matter": _("请写明信访事项摘要。"),
        "received_on": _("请写明收到日期。"),
        "route": _("请写明处理途径。"),
        "procedure": _("请写明办理程序。"),
        "limit": _("请写明办理期限。"),
        "contact": _("请写明联系人或者联系电话。"),
    },
    optional=("remedy",),
    is_served=True,
)
