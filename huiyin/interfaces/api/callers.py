"""What every call shares (调用方): who calls, which agency a code means, what refusals look like."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiyin.casework.cases.refusals import Invalid
from huiyin.interfaces.api.schemas import ProblemOut
from huiyin.records.agencies.selectors import agency_directory

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

REFUSALS = {404: ProblemOut, 403: ProblemOut, 409: ProblemOut, 422: ProblemOut}
DONE = {204: None, **REFUSALS}


def caller(request: HttpRequest) -> "User":
    """The account behind the token."""
    return cast("User", request.user)


def agency_id(code: str, field: str) -> int | None:
    """The agency with this code; empty means none."""
    if not code:
        return None
    agency = agency_directory().by_code(code)
    if agency is None:
        raise Invalid({field: _("机构表中没有代码“%(code)s”。") % {"code": code}})
    return agency.id


def required_agency(code: str, field: str) -> int:
    """The agency with this code, which must be given."""
    found = agency_id(code, field)
    if found is None:
        raise Invalid({field: _("请填写机构代码。")})
    return found


def code_of(number: int | None) -> str:
    """The code of an agency; empty for none."""
    agency = agency_directory().get(number)
    return agency.code if agency else ""
