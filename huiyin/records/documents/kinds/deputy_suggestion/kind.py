"""Deputy suggestion (代表建议专用纸)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="deputy_suggestion",
    name=_("代表建议专用纸"),
    word="代",
    catalogue=29,
    basis="全国人民代表大会和地方各级人民代表大会代表法",
    required={
        "subject": _("请写明建议的标题。"),
        "deputies": _("请写明提出建议的代表。"),
        "problem": _("请写明存在的问题。"),
        "recommendation": _("请写明建议。"),
    },
    optional=("unit", "contact"),
)
