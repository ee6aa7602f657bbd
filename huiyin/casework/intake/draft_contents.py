"""What a draft holds (草稿内容): plain data to and from the encrypted row, and on to a registration."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from huiyin.casework.intake.contract import DemandDraft, Intake, Person
from huiyin.law.branches import Branch, Purpose
from huiyin.records.documents.preparing import PreparedFile

CHANNEL = "web"


@dataclass(frozen=True, kw_only=True)
class DraftPerson:
    """Somebody who takes part beside the first petitioner (共同信访人)."""

    capacity: str = ""
    name: str = ""
    phone: str = ""
    id_number: str = ""
    has_power_of_attorney: bool = False

    @property
    def is_blank(self) -> bool:
        """Nothing was typed in."""
        return not any((self.capacity, self.name, self.phone, self.id_number, self.has_power_of_attorney))


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """Everything typed so far; any of it may still be empty or wrong."""

    purpose: str = ""
    text: str = ""
    demands: tuple[str, ...] = ("",)
    region_code: str = ""
    place: str = ""
    happened: str = ""
    accused_agency_id: int | None = None
    accused: str = ""
    naming: str = ""
    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    email: str = ""
    head_count: int = 1
    others: tuple[DraftPerson, ...] = ()
    office_id: int | None = None
    files: tuple[PreparedFile, ...] = ()

    def __repr__(self) -> str:
        # What somebody is still writing must not reach a log through a traceback.
        return "DraftContent(…)"

    @property
    def is_accusation(self) -> bool:
        return self.purpose == Purpose.ACCUSATION.value

    @property
    def stated_demands(self) -> tuple[str, ...]:
        """The demands without the lines left empty."""
        return tuple(demand.strip() for demand in self.demands if demand.strip())


def written(content: DraftContent) -> bytes:
    """The content as it is encrypted."""
    return json.dumps(asdict(content), ensure_ascii=False, separators=(",", ":")).encode()


def read(plain: bytes) -> DraftContent:
    """The content as it was written; a field this version does not know is left out."""
    values: dict[str, Any] = json.loads(plain)
    known = {field.name for field in fields(DraftContent)}
    values = {name: value for name, value in values.items() if name in known}
    values["demands"] = tuple(values.get("demands", ("",)))
    values["others"] = tuple(DraftPerson(**person) for person in values.get("others", ()))
    values["files"] = tuple(PreparedFile(**file) for file in values.get("files", ()))
    return DraftContent(**values)


def intake_of(content: DraftContent, *, token: str) -> Intake:
    """The registration a draft asks for (草稿转登记); its words stay as they were typed."""
    people = tuple(
        Person(
            capacity=person.capacity,
            name=person.name,
            phone=person.phone,
            id_number=person.id_number,
            has_power_of_attorney=person.has_power_of_attorney,
        )
        for person in content.others
        if not person.is_blank
    )
    return Intake(
        channel=CHANNEL,
        office_id=content.office_id or 0,
        text=_whole_text(content),
        demands=tuple(_demand(content, statement) for statement in content.stated_demands),
        naming=content.naming,
        name=content.name,
        phone=content.phone,
        id_number=content.id_number,
        address=content.address,
        email=content.email,
        others=people,
        head_count=content.head_count,
        region_code=content.region_code,
        place=content.place,
        token=token,
    )


def _demand(content: DraftContent, statement: str) -> DemandDraft:
    """Only an accusation is sorted by the petitioner's own word, since it must be sealed at once.

    Law: 《信访工作条例》(2022) 第三十条.
    """
    return DemandDraft(
        statement=statement,
        purpose=content.purpose,
        branch=Branch.ACCUSATION.value if content.is_accusation else "",
        accused_agency_id=content.accused_agency_id if content.is_accusation else None,
    )


def _whole_text(content: DraftContent) -> str:
    """The text with what stood in the small fields beside it, as the office files it."""
    notes: Mapping[str, str] = {
        "发生时间": content.happened,
        "被反映的单位或者人员": content.accused if content.is_accusation else "",
    }
    lines = [f"{label}：{value.strip()}" for label, value in notes.items() if value.strip()]
    return "\n\n".join([content.text, *(["\n".join(lines)] if lines and content.text.strip() else [])])
