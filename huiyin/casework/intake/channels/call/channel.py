"""Telephone calls (来电)."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, EvidenceField, EvidenceKind

CALL = Channel(
    code="call",
    name=_("来电"),
    form=_("来电"),
    icon="phone",
    hint=_("如实记录口头诉求（第十九条），并向来电人复述确认。"),
    evidence=(
        EvidenceField(name="call_time", label=_("来电时间"), kind=EvidenceKind.TIME),
        EvidenceField(name="call_number", label=_("通话流水号"), max_length=40),
        EvidenceField(name="recording", label=_("录音编号"), max_length=60),
    ),
)
