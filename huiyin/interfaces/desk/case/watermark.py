"""The watermark on every view and print of a matter (水印): who looked, and when."""

from datetime import datetime
from typing import TYPE_CHECKING

from huiyin.interfaces.ui.templatetags.ui import PLACE_ZONE

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User


def watermark_of(user: "User", at: datetime) -> str:
    """The account and the minute, so that a photographed screen names who showed it."""
    return f"{user.name} {user.username} {at.astimezone(PLACE_ZONE):%Y-%m-%d %H:%M}"
