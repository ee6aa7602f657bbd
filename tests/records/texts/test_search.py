"""Promises about full-text search, the same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.records.texts import index_text, salient_words
from huiyin.records.texts.search import (
    build_statements,
    drop_statements,
    filter_any_two,
    filter_matching,
    index_operations,
)

TABLE = "texts_test_letters"
LETTERS = {
    1: "青溪镇杨柳湾村的永盛砂石厂夜里开工,粉尘和噪音扰民",
    2: "拖欠農民工工資三個月,請求儘快處理",
    3: "A3区联丰路米兰春天2栋电梯故障,物业乱收费",
    4: "自来水浑浊,水压不足",
    5: "县城中学门口违规停车",
}


def letters_model() -> Any:
    with isolate_apps("huiyin.records.texts"):

        class Letter(models.Model):
            text = models.TextField()
            words = models.TextField()
            answered = models.BooleanField(default=False)
            answer_to = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")

            class Meta:
                app_label = "texts"
                db_table = TABLE

            def __str__(self) -> str:
                return self.text

    return Letter


Letter = letters_model()


def run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def letters(db) -> Iterator[Any]:
    key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    run(
        [
            f"CREATE TABLE {TABLE} (id {key}, text text, words text, answered bool, answer_to_id bigint)",
            *build_statements(connection.vendor, TABLE, "words"),
        ]
    )
    Letter.objects.bulk_create(
        Letter(id=number, text=text, words=index_text(text)) for number, text in LETTERS.items()
    )
    yield Letter.objects.all()
    run([*drop_statements(connection.vendor, TABLE), f"DROP TABLE {TABLE}"])


def found(letters, text: str) -> set[int]:
    rows = filter_matching(letters, text=text, using_vendor=connection.vendor)
    return set(rows.values_list("id", flat=True))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("砂石厂", {1}),
        ("永盛", {1}),
        ("联丰路", {3}),
        ("農民工工資", {2}),
        ("农民工工资", {2}),
        ("違規停車", {5}),
        ("工资 拖欠", {2}),
        ("拖欠农民工工资", {2}),
        ("粉尘 停车", set()),
        ("A3", {3}),
        ("ａ３区", {3}),
        ("乱收费", {3}),
        ("电梯坏", set()),
        ("浑", {4}),
        ("中学门口的停车", {5}),
    ],
)
def test_a_letter_is_found_by_all_of_its_words_in_either_script(letters, text, numbers):
    assert found(letters, text) == numbers


@pytest.mark.parametrize("text", ["", "   ", "！？……", "\x00", "😀", "的了吗"])
def test_a_query_without_words_finds_nothing(letters, text):
    assert found(letters, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "砂石厂 OR 停车",
        '"砂石厂',
        "砂石厂' OR 1=1 --",
        "砂石厂*",
        "砂石厂 AND NOT 噪音",
        "words:砂石厂",
        "NEAR(砂石厂 噪音)",
        "砂石厂 & | ! ( ) <-> :*",
        "{砂石厂} ^ \\ % %s",
    ],
)
def test_operators_and_quotes_are_never_part_of_the_query_language(letters, text):
    assert found(letters, text) <= {1}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("砂石厂'\"*():&|!<->\\^%{}ANDORNOT "))))
def test_nothing_a_user_types_can_break_the_search(letters, text):
    assert found(letters, text) <= set(LETTERS)
    list(filter_any_two(letters, salient_words(text), using_vendor=connection.vendor))


def test_a_changed_text_is_found_by_its_new_words_only(letters):
    letters.filter(id=5).update(words=index_text("公园路灯不亮"))
    assert found(letters, "路灯") == {5}
    assert found(letters, "停车") == set()


def test_a_deleted_text_is_found_no_more(letters):
    letters.filter(id=5).delete()
    assert found(letters, "停车") == set()


def test_a_change_of_another_column_keeps_the_text_findable(letters):
    letters.filter(id=5).update(answered=True)
    assert found(letters.filter(answered=True), "停车") == {5}


def test_the_search_narrows_what_the_query_already_holds_and_keeps_its_order(letters):
    rows = filter_matching(letters.exclude(id=1), text="砂石厂", using_vendor=connection.vendor)
    assert list(rows) == []
    rows = filter_any_two(
        letters.order_by("-id"), ["停车", "门口", "粉尘", "噪音"], using_vendor=connection.vendor
    )
    assert [row.id for row in rows[:5]] == [5, 1]


def test_the_search_follows_a_relation(letters):
    letters.filter(id=5).update(answer_to_id=2)
    rows = filter_matching(letters, text="停车", column="answers__words", using_vendor=connection.vendor)
    assert [row.id for row in rows] == [2]


def test_two_shared_words_are_asked_for_and_one_is_not_enough(letters):
    def sharing(*words, at_least=2):
        rows = filter_any_two(letters, words, using_vendor=connection.vendor, at_least=at_least)
        return set(rows.values_list("id", flat=True))

    assert sharing("砂石厂", "噪音", "停车") == {1}
    assert sharing("砂石厂", "停车") == set()
    assert sharing("砂石厂", "粉尘", "夜里", "停车", at_least=3) == {1}
    assert sharing("砂石厂", "粉尘", "停车", at_least=3) == set()
    assert sharing("砂石厂") == {1}
    assert sharing() == set()


def test_a_text_full_of_odd_characters_can_be_indexed(letters):
    text = "𰻞𰻞面馆😀 Ünïcödé '引号' \"双\" a_b 12.5% \ue000私用 ﷺ" + "长" * 3000 + "z" * 9000
    Letter.objects.create(id=9, text="x", words=index_text(text))
    for word in ("𰻞面", "ünïcödé", "12.5", "引号"):
        assert found(letters, word) == {9}


def test_postgresql_answers_from_the_index(letters):
    if connection.vendor != "postgresql":
        pytest.skip("the plan of PostgreSQL; SQLite has no other way than its index")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = filter_matching(letters, text="砂石厂", using_vendor="postgresql").explain()
    assert f"{TABLE}_search" in plan


@pytest.mark.django_db(transaction=True)
def test_the_migration_indexes_rows_that_are_there_and_can_be_undone_and_repeated():
    operation = index_operations(TABLE)[0]
    state = ProjectState()
    with connection.schema_editor() as editor:
        editor.create_model(Letter)
    try:
        Letter.objects.create(id=1, text=LETTERS[1], words=index_text(LETTERS[1]))
        for _round in range(2):
            with connection.schema_editor() as editor:
                operation.database_forwards("texts", editor, state, state)
            assert found(Letter.objects.all(), "砂石厂") == {1}
        with connection.schema_editor() as editor:
            operation.database_backwards("texts", editor, state, state)
        assert f"{TABLE}_search" not in connection.introspection.table_names()
    finally:
        run(drop_statements(connection.vendor, TABLE))
        with connection.schema_editor() as editor:
            editor.delete_model(Letter)
