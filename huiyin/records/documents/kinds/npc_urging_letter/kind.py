"""Npc urging letter (人大信访件催办函)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="npc_urging_letter",
    name=_("人大信访件催办函"),
    word="人催",
    catalogue=29,
    basis="县人大常委会信访工作办法",
    required={
        "item": _("请写明催办的事项和交办文号。"),
        "days": _("请写明距离期限还有几天,或者已经超过几天。"),
        "requirement": _("请写明办理要求。"),
    },
    optional=("limit", "contact"),
)
