"""Npc supervision opinion (人大信访监督建议)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="npc_supervision_opinion",
    name=_("人大信访监督建议"),
    word="人监",
    catalogue=29,
    basis="各级人民代表大会常务委员会监督法",
    required={
        "facts": _("请写明督办所依据的事实。"),
        "problem": _("请写明存在的问题。"),
        "recommendation": _("请写明建议。"),
        "limit": _("请写明改正和反馈的期限。"),
    },
)
