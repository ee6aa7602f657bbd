"""Direct answer (信访事项简易办理答复)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="direct_answer",
    name=_("信访事项简易办理答复"),
    word="答",
    catalogue=15,
    basis="信访事项简易办理办法",
    required={
        "request": _("请写明信访人的诉求。"),
        "answer": _("请写明答复内容。"),
    },
    optional=("contact", "remedy"),
    is_served=True,
)
