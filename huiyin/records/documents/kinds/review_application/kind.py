"""Review application (复查（复核）申请书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="review_application",
    name=_("复查（复核）申请书"),
    word="申",
    catalogue=17,
    basis="信访工作条例第三十五条、第三十六条",
    required={
        "tier": _("请写明申请复查还是申请复核。"),
        "opinion_attacked": _("请写明不服的处理意见或者复查意见的文号和日期。"),
        "served_on": _("请写明收到该意见的日期,期限自收到之日起计算。"),
        "request": _("请写明复查、复核请求。"),
        "grounds": _("请写明事实和理由。"),
    },
    optional=("evidence", "applicant"),
)
