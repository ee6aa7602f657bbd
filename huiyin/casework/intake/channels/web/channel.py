"""Web posts: what citizens file on the portal, and posts captured from message boards (网上信访、来帖)."""

from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, EvidenceField, EvidenceKind

WEB = Channel(
    code="web",
    name=_("网上"),
    form=_("网上"),
    icon="world",
    hint=_("网民留言转登记时，照原文抄录并注明网站和帖号。"),
    is_for_citizens=True,
    evidence=(
        EvidenceField(name="site", label=_("网站或栏目"), max_length=60),
        EvidenceField(name="post_number", label=_("帖号"), max_length=60),
        EvidenceField(name="posted_on", label=_("发帖日期"), kind=EvidenceKind.DATE),
    ),
)
