"""Objection letter (转送交办异议函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="objection_letter",
    name=_("转送交办异议函"),
    word="异",
    catalogue=8,
    basis="信访工作条例第二十三条",
    required={
        "reason": _("请写明不属于本机关职权范围的理由。"),
        "legal_basis": _("请写明依据的法律、法规或者职责规定。"),
        "suggested_agency": _("请写明建议由哪个机关办理。"),
    },
    optional=("referral_number",),
)
