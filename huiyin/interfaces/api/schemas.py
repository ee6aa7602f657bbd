"""What goes in and out of the API (接口数据), in the words of the field."""

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator

from huiyin.records.texts import clean


def storable(text: str) -> str:
    """Take out what no database stores, such as NUL and halves of surrogate pairs."""
    return clean(text).text


Text = Annotated[str, Field(max_length=50_000), AfterValidator(storable)]
Short = Annotated[str, Field(max_length=200), AfterValidator(storable)]


class DemandIn(Schema):
    """One demand of a petition (诉求)."""

    statement: Text
    content_class: Short = ""
    purpose: Short = ""
    branch: Short = ""
    accused_agency: Short = Field("", description="code of the agency that is accused (被检举单位)")


class PersonIn(Schema):
    """A co-signer, representative or agent (联名人、代表、代理人)."""

    capacity: Literal["cosigner", "representative", "agent"]
    name: Short
    phone: Short = ""
    id_number: Short = ""
    address: Short = ""
    has_power_of_attorney: bool = False


class SubmissionIn(Schema):
    """A petition to register (登记)."""

    channel: Short
    text: Text
    demands: Annotated[list[DemandIn], Field(max_length=50)]
    title: Short = ""
    received_on: date | None = None
    naming: Literal["named", "anonymous", "secret"] = "named"
    name: Short = ""
    phone: Short = ""
    id_number: Short = ""
    address: Short = ""
    email: Short = ""
    others: Annotated[list[PersonIn], Field(max_length=2000)] = []
    head_count: int = 1
    region_code: Short = ""
    place: Short = ""
    superior_number: Short = ""
    evidence: dict[str, Short] = {}


class ReceiptOut(Schema):
    """What the petitioner takes home (登记回执)."""

    case_id: int
    number: str
    code: str
    sequence: int
    entry_hash: str
    is_new: bool


class ProblemOut(Schema):
    """Why not, by which article, and the way out (拒绝)."""

    sentence: str
    citation: str = ""
    way_out: str = ""
    fields: dict[str, str] = {}


class SortIn(Schema):
    content_class: Short
    branch: Short
    purpose: Short = ""
    accused_agency: Short = ""
    reason: Text = ""
    version: int | None = None


class SendIn(Schema):
    receiver: Short = Field(description="code of the receiving agency (接收单位)")
    requirement: Text = ""
    limit_on: date | None = None
    assisting: Annotated[list[Short], Field(max_length=50)] = []
    version: int | None = None


class AcceptIn(Schema):
    contact: Short = ""
    limit_on: date | None = None
    version: int | None = None


class ObjectIn(Schema):
    reasons: Text
    legal_basis: Text
    suggested: Short = ""
    version: int | None = None


class DemandOut(Schema):
    """Where a demand stands after a step."""

    id: int
    case_id: int
    stage: str
    holder: str
    version: int
