"""No text keeps a process busy: patterns are read in time that grows with the text, not with its square."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.preparing import attachment_prepare
from huiyin.records.documents.storage import AttachmentStore
from huiyin.records.ledger.vocabulary import holds_identity, without_identity

LONG = 400_000
# The square of these lengths takes minutes on any machine, the length itself well under a second.
PATIENCE = 10.0


def seconds_of(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


@pytest.mark.parametrize("text", ["<" + "a" * LONG, "<" + "a " * LONG, " " * LONG + "<a" * 9])
def test_one_long_word_in_a_text_file_is_checked_at_once(tmp_path: Path, text: str) -> None:
    store = AttachmentStore(tmp_path)

    def take() -> object:
        return attachment_prepare(file=io.BytesIO(text.encode()), name="说明.txt", store=store)

    assert seconds_of(take) < PATIENCE


@pytest.mark.parametrize("text", ["<a xmlns='x'>", "<svgish:abc q='1' xmlns:y='z'/>", " \n<html lang=zh>"])
def test_a_page_that_says_it_is_a_text_is_still_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(AttachmentRefused):
        attachment_prepare(file=io.BytesIO(text.encode()), name="说明.txt", store=AttachmentStore(tmp_path))


def test_a_reason_of_one_long_word_is_searched_for_identities_at_once() -> None:
    assert seconds_of(lambda: without_identity("a" * LONG)) < PATIENCE


@pytest.mark.parametrize(
    "text", ["邮箱zhou.gl+a@example.cn", "13900001234zhou@example.cn", "abc13900001234@example.cn"]
)
def test_an_address_is_found_and_blanked_wherever_it_begins(text: str) -> None:
    assert holds_identity(text)
    assert "@" not in without_identity(text)
