"""Mediation agreement (信访事项调解协议书)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="mediation_agreement",
    name=_("信访事项调解协议书"),
    word="调",
    catalogue=16,
    basis="信访工作条例第三十三条",
    required={
        "parties": _("请写明各方当事人及其代理人。"),
        "dispute": _("请写明争议的事实。"),
        "terms": _("请逐项写明达成的协议。"),
        "performance": _("请写明履行的方式和日期。"),
    },
    optional=("mediator",),
    is_served=True,
)
