"""Opinion of an assisting agency (信访事项协办意见)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="assist_opinion",
    name=_("信访事项协办意见"),
    word="协",
    catalogue=0,
    basis="信访工作条例第二十四条",
    required={
        "opinion": _("请写明查明的情况和处理意见。"),
    },
    optional=("legal_basis",),
)
