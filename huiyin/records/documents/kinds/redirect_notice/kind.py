"""Redirect notice (信访事项途径告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="redirect_notice",
    name=_("信访事项途径告知书"),
    word="告",
    catalogue=3,
    basis="信访工作条例第二十三条、第三十一条",
    required={
        "reason": _("请写明不属于本机关处理的理由。"),
        "authority": _("请写明应当向哪个机关提出。"),
        "how": _("请写明提出的方式。"),
        "limitation_warning": _("请提醒起诉、复议、仲裁等时效。"),
    },
    optional=("contact", "remedy"),
    is_served=True,
)
