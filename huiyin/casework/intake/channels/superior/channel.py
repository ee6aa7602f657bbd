"""Matters handed down by a superior, with the superior's number (上级转送、交办)."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, EvidenceField, EvidenceKind

SUPERIOR = Channel(
    code="superior",
    name=_("上级转交"),
    form=_("上级转交"),
    icon="arrow-down-circle",
    hint=_("填写上级编号，便于报结和核对。"),
    has_superior_number=True,
    evidence=(
        EvidenceField(name="superior_name", label=_("上级机关"), is_required=True, max_length=60),
        EvidenceField(name="letter_number", label=_("来文字号"), max_length=60),
        EvidenceField(name="limit_on", label=_("上级要求报结日期"), kind=EvidenceKind.DATE),
    ),
)
