"""Letters on paper (来信)."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, EvidenceField, EvidenceKind

LETTER = Channel(
    code="letter",
    name=_("来信"),
    form=_("来信"),
    icon="mail",
    hint=_("收到日期以收发登记为准；请扫描信封和信件作为附件。"),
    evidence=(
        EvidenceField(name="postmark_on", label=_("邮戳日期"), kind=EvidenceKind.DATE),
        EvidenceField(name="mail_number", label=_("邮件号码"), max_length=40),
        EvidenceField(name="sheets", label=_("页数"), kind=EvidenceKind.NUMBER, max_length=4),
    ),
)
