"""Promises about documents: numbers without gaps, complete contents, and no change after issue."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from huiyin.records.documents.errors import DocumentIncomplete
from huiyin.records.documents.kinds import KINDS, kind_of
from huiyin.records.documents.models import Document, NumberCounter
from huiyin.records.documents.selectors import document_of, dossier
from huiyin.records.documents.services import document_digest, document_issue, document_number_take

from .conftest import pdf

NOTICE = {
    "reason": "反映的是劳动争议",
    "authority": "县劳动人事争议仲裁委员会",
    "how": "书面申请仲裁",
    "limitation_warning": "一年内申请",
}


def issue(office, at, **changes):
    given = {
        "matter_id": 7,
        "demand_id": 8,
        "agency": office,
        "kind": "redirect_notice",
        "title": "关于拖欠工资的途径告知书",
        "body": NOTICE,
        "by": None,
        "at": at,
    }
    return document_issue(**(given | changes))


def test_a_number_names_office_kind_year_and_serial(office, at):
    assert issue(office, at).number == "青信告〔2026〕1号"
    assert issue(office, at).number == "青信告〔2026〕2号"


def test_an_office_without_a_word_of_its_own_uses_its_short_name(office, at):
    office.document_word = ""
    assert issue(office, at).number == "县信访局告〔2026〕1号"


def test_every_kind_and_every_year_counts_for_itself(office, at):
    issue(office, at)
    assert issue(office, at.replace(year=2027)).number == "青信告〔2027〕1号"
    answer = issue(office, at, kind="direct_answer", body={"request": "修灯", "answer": "已修"})
    assert answer.number == "青信答〔2026〕1号"


def test_the_year_is_the_one_on_the_wall_in_beijing(office, at):
    new_year = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    assert issue(office, new_year).number == "青信告〔2026〕1号"


def test_a_number_taken_in_an_undone_transaction_is_given_again(office, at):
    with transaction.atomic():
        issue(office, at)
        transaction.set_rollback(True)
    assert issue(office, at).serial == 1


@pytest.mark.django_db(transaction=True)
def test_no_number_is_taken_outside_a_transaction(office):
    with pytest.raises(RuntimeError, match="transaction"):
        document_number_take(agency=office, kind="receipt", year=2026)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once(office, at):
    numbers: list[int] = []
    faults: list[BaseException] = []

    def take() -> None:
        try:
            for _round in range(5):
                numbers.append(issue(office, at).serial)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sorted(numbers) == list(range(1, 21))


def test_a_number_costs_one_statement_and_a_document_two(office, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        document_number_take(agency=office, kind="receipt", year=2026)
    with django_assert_num_queries(2):
        issue(office, at)


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_a_document_without_its_compulsory_contents_is_refused_and_each_is_named(office, at, kind):
    with pytest.raises(DocumentIncomplete) as caught:
        issue(office, at, kind=kind, body={"reason": "  "})
    assert set(caught.value.missing) == set(kind_of(kind).required)
    assert all(sentence.startswith("请") and sentence.endswith("。") for sentence in caught.value.problems)
    assert not NumberCounter.objects.exists()


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_a_complete_document_of_every_kind_is_issued(office, at, kind):
    body = dict.fromkeys(kind_of(kind).required, "内容")
    document = issue(office, at, kind=kind, body=body, title="")
    assert document.title == str(kind_of(kind).name)


def test_a_document_is_titled_in_chinese_whatever_language_the_office_works_in(office, at):
    with override("en"):
        assert issue(office, at, title="").title == "信访事项途径告知书"


def test_no_two_kinds_share_a_word_so_that_no_two_numbers_are_the_same():
    assert len({kind.word for kind in KINDS}) == len({kind.code for kind in KINDS}) == len(KINDS) == 44


def test_the_digest_stands_for_the_whole_document_and_survives_the_database(office, at):
    document = issue(office, at, body=NOTICE | {"lines": [1, True, None, {"甲": "乙\x00"}]})
    read = Document.objects.get(pk=document.pk)
    assert document_digest(read) == read.digest == document.digest
    assert len(read.digest) == 64
    for field, other in (
        ("title", "x"),
        ("number", "x"),
        ("body", {}),
        ("matter_id", 9),
        ("issued_by_id", 4),
    ):
        changed = Document.objects.get(pk=document.pk)
        setattr(changed, field, other)
        assert document_digest(changed) != document.digest


def test_a_fraction_in_a_document_is_refused_because_databases_write_it_differently(office, at):
    with pytest.raises(TypeError, match="whole numbers"):
        issue(office, at, body=NOTICE | {"sum": 1.5})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_document SET title = 'x'",
        "UPDATE documents_document SET body = '{}'",
        "DELETE FROM documents_document",
    ],
)
def test_an_issued_document_is_never_changed_or_deleted(office, at, statement):
    document = issue(office, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Document.objects.get(pk=document.pk).title == "关于拖欠工资的途径告知书"


def test_the_dossier_lists_documents_and_attachments_of_one_matter_in_two_statements(
    office, at, take, django_assert_num_queries
):
    first, second = issue(office, at), issue(office, at)
    other = issue(office, at, matter_id=9)
    sealed = take(pdf(), "证据.pdf", is_sealed=True)
    with django_assert_num_queries(2):
        read = dossier(7)
    assert [line.number for line in read.documents] == [first.number, second.number]
    assert [(line.id, line.is_sealed) for line in read.attachments] == [(sealed.id, True)]
    assert document_of(7, other.id) is None
    assert document_of(9, other.id) == other
