"""The second factor (双因素): time-based codes from a phone app, through django-otp."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime

import segno
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp import match_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from huiyin.records.accounts import services
from huiyin.records.accounts.errors import AccountForbidden, AccountRefused, LogInRefused
from huiyin.records.accounts.models import User
from huiyin.records.accounts.permissions import can_unlock


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the page shows once: a QR code as SVG, and the key to type in by hand."""

    device_id: int
    key: str
    url: str
    qr_svg: str


def has_second_factor(user: User) -> bool:
    """Say whether the account has a confirmed device."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def second_factor_start(*, user: User, at: datetime) -> Enrolment:
    """Prepare a device that does not count until a code from it is seen (绑定动态口令).

    Asking again shows the same key, so that a page that is loaded twice does not spoil the first QR code.
    """
    device, _is_new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": f"{at:%Y-%m-%d}"}
    )
    svg = segno.make(device.config_url, error="m").svg_inline(scale=4, border=2)
    key = b32encode(device.bin_key).decode().rstrip("=")
    return Enrolment(device.pk, key, device.config_url, svg)


def second_factor_confirm(*, user: User, code: str, at: datetime) -> TOTPDevice:
    """Accept the prepared device by a code from it; older devices of the account end (确认绑定).

    Raises: AccountRefused.
    """
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None:
            raise AccountRefused(_("没有待确认的动态口令，请重新扫描二维码。"), field="code")
        is_right = device.verify_token(code.strip().replace(" ", ""))
        if is_right:
            TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
            device.confirmed = True
            device.save()
            services.record(user=user, action="second_factor_confirmed", by=user, at=at)
    if not is_right:
        raise AccountRefused(
            _("动态口令不正确。请核对手机时间是否准确，稍候输入新出现的6位数字。"), field="code"
        )
    return device


def second_factor_check(*, user: User, code: str) -> TOTPDevice:
    """Check a code at log-in (校验动态口令); repeated failures slow the next try down.

    Raises: LogInRefused.
    """
    device = match_token(user, code.strip().replace(" ", ""))
    if not isinstance(device, TOTPDevice):
        raise LogInRefused(
            _("动态口令不正确或已使用过，请稍候输入新出现的6位数字；手机丢失请联系安全管理员。"), field="code"
        )
    return device


def second_factor_reset(*, user_id: int, by: User | None, at: datetime) -> None:
    """Take the device of an account away, when a phone is lost (解除绑定); its sessions end.

    Raises: AccountForbidden.
    """
    user = services.account(user_id)
    if by is not None and (not can_unlock(by) or by.pk == user.pk):
        raise AccountForbidden(_("解除动态口令绑定需要安全管理员权限，且不能为自己解除。"))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        services.write(user, expected=None, session_epoch=user.session_epoch + 1)
        services.record(user=user, action="second_factor_reset", by=by, at=at)
