"""Addresses of numbered pages (网址): the pattern is looked up once, a page has dozens of them."""

from functools import lru_cache

from django.urls import reverse

# A number no record has; it stands in the pattern where the record's number goes.
ANY_NUMBER = 424242424242


def address(name: str, number: int, *words: str) -> str:
    """The address of one record's page, as `reverse(name, args=[number, *words])` gives it."""
    before, after = _around(name, words)
    return f"{before}{number}{after}"


@lru_cache(maxsize=500)
def _around(name: str, words: tuple[str, ...]) -> tuple[str, str]:
    before, _number, after = reverse(name, args=[ANY_NUMBER, *words]).partition(str(ANY_NUMBER))
    return before, after
