"""Personal information notice (个人信息处理告知书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="personal_information_notice",
    name=_("个人信息处理告知书"),
    word="知",
    catalogue=33,
    basis="个人信息保护法第十七条、第三十五条",
    required={
        "handler": _("请写明个人信息处理者的名称和联系方式。"),
        "purpose": _("请写明处理的目的和方式。"),
        "categories": _("请写明个人信息的种类和保存期限。"),
        "rights": _("请写明个人行使权利的方式和程序。"),
    },
    optional=("contact",),
)
