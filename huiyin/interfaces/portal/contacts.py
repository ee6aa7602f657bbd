"""Published agencies in the order people look for them (单位通讯录)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.ui.parts import Text
from huiyin.records.agencies.directories import AgencyDirectory, AgencyEntry


@dataclass(frozen=True, slots=True)
class Contact:
    """Where and when an agency can be reached (联系方式)."""

    name: str
    place: str
    hours: str
    phone: str
    dial: str
    post: str


@dataclass(frozen=True, slots=True)
class ContactGroup:
    """Agencies of one sort (单位分组)."""

    key: str
    title: Text
    contacts: tuple[Contact, ...]


GROUPS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("first", _("先找这里"), ("petition_office", "hotline")),
    ("congress", _("人民代表大会"), ("npc", "npc_presidium")),
    ("justice", _("监察、法院、检察院"), ("supervision", "court", "procuratorate")),
    ("departments", _("县直部门"), ("county", "department", "other")),
    ("towns", _("乡镇、街道"), ("township",)),
    ("villages", _("村、社区"), ("village",)),
)


def contact_of(agency: AgencyEntry) -> Contact:
    digits = "".join(sign for sign in agency.phone if sign.isdigit() or sign == "+")
    return Contact(
        name=agency.name_in(get_language() or "zh-hans"),
        place=agency.reception_place,
        hours=agency.reception_hours,
        phone=agency.phone,
        dial=digits,
        post=agency.postal_address,
    )


def matches(contact: Contact, words: Iterable[str]) -> bool:
    """Does every word occur in the name, the place or the phone?"""
    text = f"{contact.name} {contact.place} {contact.phone} {contact.dial}".lower()
    return all(word.lower() in text for word in words)


def contact_groups(directory: AgencyDirectory, words: str = "") -> tuple[ContactGroup, ...]:
    """Group the published agencies, leaving out what does not match the words (分组查找)."""
    found = []
    for key, title, kinds in GROUPS:
        contacts = [contact_of(agency) for agency in directory.public() if agency.kind in kinds]
        chosen = tuple(contact for contact in contacts if matches(contact, words.split()))
        if chosen:
            found.append(ContactGroup(key, title, chosen))
    return tuple(found)


def first_contacts(directory: AgencyDirectory) -> tuple[Contact, ...]:
    """The petition office and the hotline, for the home page."""
    groups = {group.key: group for group in contact_groups(directory)}
    return groups["first"].contacts[:3] if "first" in groups else ()


def notice_office(directory: AgencyDirectory) -> Contact | None:
    """The petition office as the processor named in the personal-information notice (个人信息处理者)."""
    offices = directory.of_kind("petition_office")
    return contact_of(offices[0]) if offices else None
