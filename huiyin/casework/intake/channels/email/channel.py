"""E-mails (来邮)."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, EvidenceField, EvidenceKind

EMAIL = Channel(
    code="email",
    name=_("电子邮件"),
    form=_("网上"),
    icon="at",
    hint=_("抄录邮件全文，原始邮件作为附件保存。"),
    evidence=(
        EvidenceField(name="mailbox", label=_("收件邮箱名称"), max_length=60),
        EvidenceField(name="sent_on", label=_("发件日期"), kind=EvidenceKind.DATE),
        EvidenceField(name="message_reference", label=_("邮件标识"), max_length=100),
    ),
)
