"""What the vault writes into the ledger (台账词汇): that somebody looked, never at whom."""

from django.utils.translation import gettext_lazy as _

from huiyin.records.ledger.vocabulary import CODE, INTEGER, EventKind

IDENTITY_DISCLOSED = "identity.disclosed"

EVENTS: tuple[EventKind, ...] = (
    EventKind(
        IDENTITY_DISCLOSED,
        text_staff=_("查阅身份信息"),
        text_petitioner=_("工作人员因办理需要查看了您的身份信息"),
        fields={"purpose": CODE, "identities": INTEGER},
    ),
)
