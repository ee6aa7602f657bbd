"""Review acceptance (复查（复核）受理告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="review_acceptance",
    name=_("复查（复核）受理告知书"),
    word="复受",
    catalogue=17,
    basis="信访工作条例第三十五条、第三十六条",
    required={
        "tier": _("请写明复查还是复核。"),
        "opinion_attacked": _("请写明不服的处理意见或者复查意见的文号和日期。"),
        "received_on": _("请写明收到日期。"),
        "limit": _("请写明办理期限。"),
        "contact": _("请写明联系人或者联系电话。"),
    },
    optional=("investigators",),
    is_served=True,
)
