"""Decline notice (信访事项不予受理告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="decline_notice",
    name=_("信访事项不予受理告知书"),
    word="不受",
    catalogue=4,
    basis="信访工作条例第十九条",
    required={
        "ground": _("请写明不予受理所依据的条款。"),
        "reason": _("请写明理由。"),
        "where_to_go": _("请写明信访人可以通过什么途径解决。"),
    },
    optional=("contact",),
    is_served=True,
)
