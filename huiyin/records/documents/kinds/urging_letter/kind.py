"""Urging letter (信访事项催办函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="urging_letter",
    name=_("信访事项催办函"),
    word="催",
    catalogue=10,
    basis="信访工作条例第四十条",
    required={
        "item": _("请写明催办的事项和交办文号。"),
        "days": _("请写明距离期限还有几天,或者已经超过几天。"),
        "requirement": _("请写明办理要求。"),
    },
    optional=("limit", "contact"),
)
