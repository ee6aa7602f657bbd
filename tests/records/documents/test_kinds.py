"""Promises about the kinds of documents: each has its folder, its template and its words."""

import pytest

from huiyin.records.documents.kinds import EVERYWHERE, KINDS, kind_of
from huiyin.records.documents.labels import LABELS
from huiyin.records.documents.templates import template_problems, variables_of
from scripts.make_templates import KINDS as FOLDER
from scripts.make_templates import template_of
from tests.records.documents.letters import printed, texts_of

CODES = [kind.code for kind in KINDS]
# The numbers of the list of documents that are printed today; the rest is yearly reports and archives.
WANTED = {*range(1, 21), 23, 24, 25, 26, 28, 29, 30, 31, 33}


def test_every_document_of_the_list_has_a_kind():
    assert {kind.catalogue for kind in KINDS if kind.catalogue} == WANTED


def test_every_folder_stands_in_the_list_of_kinds():
    assert {path.parent.name for path in FOLDER.glob("*/kind.py")} == set(CODES)


def test_every_content_has_a_name_that_people_read():
    used = {name for kind in KINDS for name in kind.variables} | set(EVERYWHERE)
    assert used - set(LABELS) == set()
    assert set(LABELS) - used == set()


@pytest.mark.parametrize("code", CODES)
def test_the_template_is_what_its_outline_makes(code):
    assert kind_of(code).template() == template_of(FOLDER / code), "run: python -m scripts.make_templates"


@pytest.mark.parametrize("code", CODES)
def test_the_template_asks_for_all_that_is_compulsory_and_nothing_unknown(code):
    kind = kind_of(code)
    assert template_problems(kind.template(), kind) == ()
    assert set(kind.required) <= variables_of(kind.template())


@pytest.mark.parametrize("code", CODES)
def test_a_printed_letter_leaves_no_mark_unfilled(code):
    text = "\n".join(texts_of(printed(code)))
    assert "{" not in text
    assert "%}" not in text
    assert f"青信{kind_of(code).word}〔2026〕12号" in text


@pytest.mark.parametrize("code", CODES)
def test_the_sample_holds_all_that_is_compulsory(code):
    kind = kind_of(code)
    given = {*kind.sample(), "matter", "received_on"}
    assert set(kind.required) <= given
    assert set(kind.sample()) <= kind.variables


def test_what_goes_to_the_petitioner_and_starts_a_period_is_served():
    served = {kind.code for kind in KINDS if kind.is_served}
    assert {"acceptance_notice", "decline_notice", "handling_opinion", "reexamination_opinion"} <= served
    assert {"forward_letter", "delivery_receipt", "discipline_transfer"} & served == set()
