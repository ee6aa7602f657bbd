"""Hearing notice (信访听证通知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="hearing_notice",
    name=_("信访听证通知书"),
    word="听",
    catalogue=20,
    basis="信访工作条例第三十一条、第三十六条",
    required={
        "matter": _("请写明信访事项摘要。"),
        "held_at": _("请写明听证的日期和时间。"),
        "place": _("请写明听证的地点。"),
        "chair": _("请写明听证主持人。"),
        "members": _("请写明听证员和记录员。"),
        "rights": _("请写明参加人的权利、代理和申请回避的办法。"),
    },
    optional=("is_public", "contact"),
    is_served=True,
)
