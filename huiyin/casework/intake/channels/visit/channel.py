"""Visits in person (来访)."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, EvidenceField

VISIT = Channel(
    code="visit",
    name=_("来访"),
    form=_("来访"),
    icon="users",
    hint=_("听、问、记，并请来访人核对记录。集体来访代表不超过5人（第二十条）。"),
    limits_representatives=True,
    evidence=(
        EvidenceField(name="queue_slip", label=_("排号单号"), max_length=20),
        EvidenceField(name="window", label=_("接待窗口"), max_length=40),
        EvidenceField(name="checked_by_visitor", label=_("来访人核对方式"), help=_("如：当面宣读、本人签字")),
    ),
)
