"""Review decline (复查（复核）不予受理告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="review_decline",
    name=_("复查（复核）不予受理告知书"),
    word="复不",
    catalogue=17,
    basis="信访工作条例第三十五条、第三十六条",
    required={
        "tier": _("请写明复查还是复核。"),
        "opinion_attacked": _("请写明不服的处理意见或者复查意见的文号和日期。"),
        "reason": _("请写明理由。"),
        "where_to_go": _("请写明信访人可以通过什么途径解决。"),
    },
    optional=("contact",),
    is_served=True,
)
