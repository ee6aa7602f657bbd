"""What can be read through the API (读取数据): agencies by code, days and moments in ISO form."""

from datetime import date, datetime

from ninja import Schema

from huiyin.interfaces.api.schemas import Short, Text


class MeOut(Schema):
    """The account behind the token (当前账号)."""

    username: str
    name: str
    agency: str
    roles: list[str]
    rights: list[str]


class AgencyOut(Schema):
    """An agency of the county (机构)."""

    code: str
    name: str
    name_en: str
    kind: str
    parent: str
    region_code: str
    profile: str
    phone: str
    reception_place: str
    reception_hours: str
    postal_address: str


class ClassOut(Schema):
    """A content class (内容分类)."""

    code: str
    name: str
    name_en: str
    parent_code: str


class RowOut(Schema):
    """One line of a work list (列表行)."""

    id: int
    case_id: int
    number: str
    position: int
    statement: str
    stage: str
    content_class: str
    branch: str
    holder: str
    region_code: str
    place: str
    channel: str
    received_at: datetime
    due_on: date | None
    is_open: bool
    is_sealed: bool


class ListOut(Schema):
    """A page of a list; `next` is the cursor of the following page, empty on the last.

    `count` goes up to 1000; `is_capped` says that there are more.
    """

    rows: list[RowOut]
    next: str
    count: int
    is_capped: bool


class FoundOut(Schema):
    """A page of what a search found; `next` is the cursor of the following page, empty on the last."""

    rows: list[RowOut]
    next: str


class EarlierIn(Schema):
    """A matter to compare with earlier ones (查重)."""

    text: Text
    region_code: Short = ""
    name: Short = ""
    phone: Short = ""
    id_number: Short = ""


class EarlierOut(Schema):
    case_id: int
    number: str
    title: str
    registered_at: datetime
    place: str
    is_same_petitioner: bool
    is_same_place: bool
    likeness: float
    excerpt: str


class ClockOut(Schema):
    rule: str
    rule_version: str
    agency: str
    started_at: datetime
    due_on: date
    extended_days: int
    is_provisional: bool
    stopped_at: datetime | None


class StepOut(Schema):
    """A step, and why it is not possible now (可办与不可办)."""

    step: str
    is_possible: bool
    sentence: str = ""
    citation: str = ""
    way_out: str = ""


class DemandDetailOut(Schema):
    id: int
    position: int
    statement: str
    content_class: str
    purpose: str
    branch: str
    stage: str
    version: int
    office: str
    holder: str
    lead: str
    is_open: bool
    outcome: str
    settled: str
    clocks: list[ClockOut]
    steps: list[StepOut]


class TextOut(Schema):
    """What was handed in, word for word (原文)."""

    id: int
    channel: str
    received_at: datetime
    is_supplement: bool
    text: str
    evidence: dict[str, str]


class EventOut(Schema):
    """A line of the matter's history (经过)."""

    sequence: int
    at: datetime
    event: str
    agency: str
    payload: dict[str, object]


class CaseOut(Schema):
    """A matter as the caller may see it; what is hidden is left out, not blanked (信访事项)."""

    id: int
    number: str
    title: str
    channel: str
    received_at: datetime
    registered_at: datetime
    office: str
    naming: str
    head_count: int
    region_code: str
    place: str
    superior_number: str
    demands: list[DemandDetailOut]
    submissions: list[TextOut]
    history: list[EventOut]
