"""Npc assign letter (人大信访件交办函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="npc_assign_letter",
    name=_("人大信访件交办函"),
    word="人交",
    catalogue=29,
    basis="各级人民代表大会常务委员会监督法;县人大常委会信访工作办法",
    required={
        "matter": _("请写明信访事项摘要。"),
        "requirement": _("请写明办理要求。"),
        "limit": _("请写明报告结果的期限。"),
        "contact": _("请写明联系人或者联系电话。"),
    },
    optional=("approved_by",),
)
