"""Leader instruction (领导批示阅批单)."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.documents.kinds.contract import DocumentKind

KIND = DocumentKind(
    code="leader_instruction",
    name=_("领导批示阅批单"),
    word="批",
    catalogue=28,
    basis="信访工作条例第四十条",
    required={
        "matter": _("请写明信访事项摘要。"),
        "leader": _("请写明批示的领导。"),
        "instruction": _("请写明批示内容。"),
        "instructed_on": _("请写明批示日期。"),
        "unit": _("请写明落实的单位。"),
    },
    optional=("limit", "proposal"),
)
