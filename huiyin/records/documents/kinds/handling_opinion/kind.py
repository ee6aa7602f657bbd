"""Handling opinion (信访事项处理意见书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="handling_opinion",
    name=_("信访事项处理意见书"),
    word="处",
    catalogue=13,
    basis="信访工作条例第三十二条、第三十四条、第三十五条",
    required={
        "request": _("请写明信访人的诉求。"),
        "facts": _("请写明查明的事实和理由。"),
        "opinion": _("请逐项写明处理意见。"),
        "legal_basis": _("请写明法律、法规、规章或者政策依据。"),
        "remedy": _("请写明三十日内申请复查的权利和复查机关。"),
    },
    optional=("outcome", "contact"),
    is_served=True,
)
