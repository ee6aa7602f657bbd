"""Several people at the same database at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(*deeds: Callable[[], object]) -> None:
    """Do things side by side, each on a database connection of its own, and pass on what they raise."""

    def with_own_connection(deed: Callable[[], object]) -> None:
        try:
            deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        for result in [pool.submit(with_own_connection, deed) for deed in deeds]:
            result.result(timeout=60)
