"""What the tests of faults share: programs with tokens, browsers with accounts."""

from tests.interfaces.api.conftest import petition, program_of
from tests.interfaces.desk.conftest import desk

__all__ = ["desk", "petition", "program_of"]
