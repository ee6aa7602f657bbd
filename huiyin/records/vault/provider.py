"""Who does the cryptography (密码服务): software by default, a certified module through the same four calls.

The software provider uses SM4-GCM and HMAC-SM3 of OpenSSL through `cryptography`. It is **not a certified
product** (商用密码产品认证): an office whose system is assessed under GB/T 39786 plugs its certified module
or service in with `use_provider`.
"""

import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.utils.translation import gettext as _

from huiyin.records.vault.keys import KeyUse, key_ring

KEY_ID_BYTES, NONCE_BYTES, TAG_BYTES = 4, 12, 16


class CipherBroken(Exception):
    """An encrypted field is not what was written: changed, cut short, or moved from another field or row."""


class CryptoProvider(Protocol):
    """What the vault asks of a provider; keys never leave it."""

    def active_ids(self) -> tuple[str, str]:
        """The ids of the keys new rows are written under: for encryption, for the index."""

    def encrypt(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt, bound to its context; the result begins with the four bytes of the key's id."""

    def decrypt(self, cipher: bytes, context: bytes) -> bytes:
        """Undo `encrypt` with whichever key it was done, in the same context only."""

    def index(self, value: bytes, *, with_old_keys: bool = False) -> list[bytes]:
        """The blind index of a value under the active key first, on request under older keys too."""


class SoftwareProvider:
    """SM4-GCM and HMAC-SM3 in software with the keys of the key ring; not a certified product."""

    def active_ids(self) -> tuple[str, str]:
        ring = key_ring()
        return ring.active[KeyUse.ENCRYPT], ring.active[KeyUse.INDEX]

    def encrypt(self, plain: bytes, context: bytes) -> bytes:
        key = key_ring().active_key(KeyUse.ENCRYPT)
        nonce = os.urandom(NONCE_BYTES)
        encryptor = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(context)
        body = encryptor.update(plain) + encryptor.finalize()
        return bytes.fromhex(key.id) + nonce + body + encryptor.tag

    def decrypt(self, cipher: bytes, context: bytes) -> bytes:
        if len(cipher) < KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES:
            raise CipherBroken(_("加密的身份信息不完整，可能被改动；请报告安全管理员，并用备份核对。"))
        key = key_ring().key(cipher[:KEY_ID_BYTES].hex())
        nonce = cipher[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
        body, tag = cipher[KEY_ID_BYTES + NONCE_BYTES : -TAG_BYTES], cipher[-TAG_BYTES:]
        decryptor = Cipher(algorithms.SM4(key.secret), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(context)
        try:
            return decryptor.update(body) + decryptor.finalize()
        except InvalidTag:
            raise CipherBroken(
                _("加密的身份信息与写入时不一致，可能被改动或调换；请报告安全管理员，并用备份核对。")
            ) from None

    def index(self, value: bytes, *, with_old_keys: bool = False) -> list[bytes]:
        ring = key_ring()
        active = ring.active_key(KeyUse.INDEX)
        others = [key for key in ring.of_use(KeyUse.INDEX) if key.id != active.id] if with_old_keys else []
        return [_keyed_digest(key.secret, value) for key in (active, *others)]


def _keyed_digest(secret: bytes, value: bytes) -> bytes:
    mac = HMAC(secret, SM3())
    mac.update(value)
    return mac.finalize()


_in_use: list[CryptoProvider] = [SoftwareProvider()]


def use_provider(provider: CryptoProvider) -> None:
    """Plug in another provider, once, when the program starts."""
    _in_use[0] = provider


def provider() -> CryptoProvider:
    """The provider in use."""
    return _in_use[0]
