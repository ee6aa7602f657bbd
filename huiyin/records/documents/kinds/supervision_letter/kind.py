"""Supervision letter (信访事项督办函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="supervision_letter",
    name=_("信访事项督办函"),
    word="督",
    catalogue=11,
    basis="信访工作条例第四十条",
    required={
        "facts": _("请写明督办所依据的事实。"),
        "breach": _("请写明违反了哪一条规定。"),
        "requirement": _("请写明改正要求。"),
        "limit": _("请写明改正和反馈的期限。"),
    },
    optional=("contact",),
)
