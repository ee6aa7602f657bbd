"""Hearing record (信访听证笔录)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="hearing_record",
    name=_("信访听证笔录"),
    word="听录",
    catalogue=20,
    basis="信访工作条例第三十一条",
    required={
        "held_at": _("请写明听证的日期和时间。"),
        "place": _("请写明听证的地点。"),
        "chair": _("请写明听证主持人。"),
        "members": _("请写明听证员和记录员。"),
        "participants": _("请写明到场的当事人和代理人。"),
        "record": _("请记录听证的经过。"),
    },
    optional=("matter",),
)
