"""Receipt (信访事项登记回执)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="receipt",
    name=_("信访事项登记回执"),
    word="登",
    catalogue=1,
    basis="信访工作条例第十八条、第二十一条",
    required={
        "registered_on": _("请写明登记日期。"),
        "channel": _("请写明来访、来电、来信等提出方式。"),
        "how_to_query": _("请写明查询和评价的办法。"),
    },
    optional=("query_code", "contact"),
)
