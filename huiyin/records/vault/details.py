"""Personal details (身份信息) in the open: what they may be, how they are compared and masked. Pure."""

import re
import unicodedata
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum.cn import ric
from stdnum.exceptions import ValidationError as NumberInvalid

from huiyin.records.texts.normalising import normalise

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(0\d{9,11}|[2-8]\d{6,7}|[48]00\d{7})(-\d{1,6})?")
EXTENSION = re.compile(r"(.*\d{7,8})\s*(?:转|-|ext\.?)\s*(\d{1,6})")
FOREIGN = re.compile(r"\+\d{7,15}")
OTHER_DOCUMENT = re.compile(r"[A-Z]{1,3}\d{6,12}[A-Z]?")
LONGEST = {"name": 60, "phone": 30, "id_number": 20, "address": 200, "email": 200}


class DetailsInvalid(Exception):
    """Details that cannot be right; `problems` says per field what and how to put it right."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class IdentityDetails:
    """Who wrote in (身份信息); every field may be empty."""

    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    email: str = ""

    def __repr__(self) -> str:
        # Details must not reach a log through a traceback.
        return "IdentityDetails(…)"

    @property
    def is_empty(self) -> bool:
        """True when nothing at all is known about the person."""
        return not any(getattr(self, field.name) for field in fields(self))


def tidied(details: IdentityDetails) -> IdentityDetails:
    """Take out what typing leaves behind: surrounding spaces, full-width digits, lower-case x."""
    return IdentityDetails(
        name=" ".join(details.name.split()),
        phone=_tidied_phone(details.phone),
        id_number=comparable_id_number(details.id_number),
        address=" ".join(details.address.split()),
        email=unicodedata.normalize("NFKC", details.email).strip(),
    )


def _tidied_phone(phone: str) -> str:
    digits = comparable_phone(phone)
    return digits if MOBILE.fullmatch(digits) else unicodedata.normalize("NFKC", phone).strip()


def problems_of(details: IdentityDetails) -> dict[str, str]:
    """Say, field by field, what cannot be right; empty when all is well."""
    details = tidied(details)
    problems = {
        name: _("该项最多 %(limit)s 个字符，请缩短。") % {"limit": limit}
        for name, limit in LONGEST.items()
        if len(getattr(details, name)) > limit
    }
    if details.phone and "phone" not in problems and not _is_phone(details.phone):
        problems["phone"] = _("联系电话不正确：请填写 11 位手机号，或带区号的固定电话，例如 0571-88886666。")
    if details.id_number and "id_number" not in problems and not _is_id_number(details.id_number):
        problems["id_number"] = _(
            "证件号码不正确：居民身份证号应为 18 位且末位校验相符；"
            "护照、通行证请连同开头的字母填写。不便提供可留空。"
        )
    if details.email and "email" not in problems:
        try:
            validate_email(details.email)
        except ValidationError:
            problems["email"] = _("电子邮箱不正确：请按 name@example.cn 的样式填写，不便提供可留空。")
    return problems


def _is_phone(text: str) -> bool:
    compact = re.sub(r"[\s()]", "", text)
    if FOREIGN.fullmatch(compact) and not compact.startswith("+86"):
        return True
    digits = comparable_phone(text)
    return bool(MOBILE.fullmatch(digits.partition("-")[0]) or LANDLINE.fullmatch(digits))


def _is_id_number(text: str) -> bool:
    """Check form, birth date and check digit, but not the place: places are renamed and merged."""
    if OTHER_DOCUMENT.fullmatch(text):
        return True
    if not re.fullmatch(r"\d{17}[\dX]", text) or text[-1] != ric.calc_check_digit(text):
        return False
    try:
        ric.get_birth_date(text)
    except NumberInvalid:
        return False
    return True


def comparable_name(name: str) -> str:
    """A name as it is compared: simplified script, no spaces or dots between its parts."""
    return re.sub(r"[\s·•・.]", "", normalise(name))


def comparable_phone(phone: str) -> str:
    """A telephone number as it is compared: digits, without the country code, extension kept."""
    text = unicodedata.normalize("NFKC", phone).strip()
    found = EXTENSION.fullmatch(text)
    digits = re.sub(r"\D", "", found[1] if found else text)
    if text.startswith(("+86", "0086")) or (len(digits) == 13 and digits.startswith("861")):
        digits = re.sub(r"^(00)?86", "", digits)
    return f"{digits}-{found[2]}" if found else digits


def comparable_id_number(id_number: str) -> str:
    """An identity number as it is compared: half width, no spaces or dashes, capital X."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", id_number)).upper()


def masked(details: IdentityDetails) -> IdentityDetails:
    """Show only what is needed to recognise the person (脱敏): 王**, 138****1234."""
    return IdentityDetails(
        name=details.name[:1] + "**" if details.name else "",
        phone=masked_number(details.phone, head=3, tail=4),
        id_number=masked_number(details.id_number, head=3, tail=2),
        address="****" if details.address else "",
        email=details.email[:1] + "***@" + details.email.rpartition("@")[2] if details.email else "",
    )


def masked_number(number: str, *, head: int, tail: int) -> str:
    """Cover the middle of a number; a short one is covered but for its last two."""
    if len(number) < head + tail + 4:
        return "****" + number[-2:] if number else ""
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]
