"""Who may change the reference data; asked by the services and by the pages that show the buttons."""

from typing import Any, Protocol

AGENCY_EDIT = "agency_edit"
REFERENCE_EDIT = "reference_edit"


class Actor(Protocol):
    """The little this shelf knows of the person acting; accounts stand above it."""

    @property
    def pk(self) -> Any: ...

    username: str

    def has_right(self, right: str) -> bool: ...


def can_edit_agencies(user: Actor) -> bool:
    """Agencies, their remit and the places are the system administrator's."""
    return user.has_right(AGENCY_EDIT)


def can_edit_classes(user: Actor) -> bool:
    """Content classes belong to whoever keeps the reference data."""
    return user.has_right(REFERENCE_EDIT)
