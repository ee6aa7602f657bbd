"""The channels the office has (渠道), in the order pages show them. A new channel is one more line."""

from huiyin.casework.intake.channels.call.channel import CALL
from huiyin.casework.intake.channels.email.channel import EMAIL
from huiyin.casework.intake.channels.letter.channel import LETTER
from huiyin.casework.intake.channels.superior.channel import SUPERIOR
from huiyin.casework.intake.channels.visit.channel import VISIT
from huiyin.casework.intake.channels.web.channel import WEB
from huiyin.casework.intake.contract import Channel

CHANNELS: tuple[Channel, ...] = (VISIT, CALL, LETTER, EMAIL, WEB, SUPERIOR)
BY_CODE: dict[str, Channel] = {channel.code: channel for channel in CHANNELS}
