"""Final review opinion (信访事项复核意见书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="final_review_opinion",
    name=_("信访事项复核意见书"),
    word="复核",
    catalogue=19,
    basis="信访工作条例第三十六条",
    required={
        "parties": _("请写明申请人和被申请人。"),
        "request": _("请写明复查、复核请求。"),
        "facts": _("请写明查明的事实和理由。"),
        "opinion": _("请写明维持、撤销、变更还是责令重新办理。"),
        "legal_basis": _("请写明法律、法规、规章或者政策依据。"),
        "finality": _("请写明复核意见为终结意见及其后果。"),
    },
    optional=("opinion_attacked", "hearing"),
    is_served=True,
)
