"""How a list is asked for (列表参数)."""

from datetime import date

from ninja import Field, Schema

from huiyin.casework.cases.selectors import LIST_NAMES, PAGE
from huiyin.interfaces.api.schemas import Short


class ListQuery(Schema):
    """Which list, narrowed by what, from which cursor on."""

    list: Short = Field("unit", description=", ".join(LIST_NAMES))
    stage: Short = ""
    content_class: Short = ""
    place: Short = ""
    channel: Short = ""
    branch: Short = ""
    received_from: date | None = None
    received_to: date | None = None
    due_until: date | None = None
    text: Short = ""
    sort: Short = Field("", description="newest, or by due date where empty")
    after: Short = ""
    limit: int = PAGE
