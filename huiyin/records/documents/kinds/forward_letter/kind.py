"""Forward letter (信访事项转送函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="forward_letter",
    name=_("信访事项转送函"),
    word="转",
    catalogue=6,
    basis="信访工作条例第二十二条",
    required={
        "matter": _("请写明信访事项摘要。"),
        "demand": _("请写明转送的诉求。"),
    },
    optional=("assisting", "contact", "limit"),
)
