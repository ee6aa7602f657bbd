"""Discipline transfer (检举控告事项移送函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="discipline_transfer",
    name=_("检举控告事项移送函"),
    word="移",
    catalogue=25,
    basis="信访工作条例第二十二条、第三十条",
    required={
        "sealed_list": _("请写明密封移送的材料清单。"),
        "received_by": _("请写明收件机关的专门人员。"),
    },
    optional=("contact",),
)
