"""Delivery receipt (送达回证)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="delivery_receipt",
    name=_("送达回证"),
    word="送",
    catalogue=31,
    basis="信访工作条例第三十五条",
    required={
        "document": _("请写明送达的文书及文号。"),
        "method": _("请写明送达方式。"),
        "delivered_on": _("请写明送达日期。"),
        "receiver": _("请写明签收人,或者写明拒收、留置的情况。"),
    },
    optional=("place", "refusal", "remark", "server"),
)
