"""Why a change of the reference data is refused, as sentences."""

from collections.abc import Sequence


class ReferenceRefused(Exception):
    """The change cannot be made; `problems` are sentences that name the entry, the rule and the way out."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems: tuple[str, ...] = tuple(problems)


class ReferenceInvalid(ReferenceRefused):
    """The values break a rule."""


class ReferenceConflict(ReferenceRefused):
    """Somebody else changed the row in the meantime."""


class ReferenceForbidden(ReferenceRefused):
    """The person may not change reference data."""
