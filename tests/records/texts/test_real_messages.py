"""How well real messages are found again; skipped where the folder of real messages is absent."""

import csv
import json
import random
from pathlib import Path
from typing import Any

import opencc
import pytest
import rjieba
from django.db import connection

from huiyin.records.texts import cosine, index_text, normalise, salient_words, shape_of
from huiyin.records.texts.search import build_statements, drop_statements, filter_any_two, filter_matching
from huiyin.records.texts.stop_words import PARTICLES

from .test_search import TABLE, Letter, run

DATA = Path("/work/shared/data")
MESSAGES, ISSUES = DATA / "messages-dev.csv", DATA / "hot-issues-dev.json"

pytestmark = pytest.mark.skipif(
    not (MESSAGES.exists() and ISSUES.exists()), reason=f"no real messages: {DATA} is absent"
)


@pytest.fixture
def messages(db) -> Any:
    key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
    columns = f"id {key}, text text, words text, answered bool, answer_to_id bigint"
    run([f"CREATE TABLE {TABLE} ({columns})", *build_statements(connection.vendor, TABLE, "words")])
    with MESSAGES.open(encoding="utf-8-sig", newline="") as file:
        texts = {
            int(row["留言编号"]): f"{row['留言主题']}\n{row['留言详情']}" for row in csv.DictReader(file)
        }
    Letter.objects.bulk_create(
        [Letter(id=number, text=text, words=index_text(text)) for number, text in texts.items()],
        batch_size=500,
    )
    if connection.vendor == "postgresql":
        run([f"ANALYZE {TABLE}"])
    yield texts
    run([*drop_statements(connection.vendor, TABLE), f"DROP TABLE {TABLE}"])


def found(text: str) -> set[int]:
    rows = filter_matching(Letter.objects.all(), text=text, using_vendor=connection.vendor)
    return set(rows.values_list("id", flat=True))


def test_words_are_found_wherever_they_stand_and_in_traditional_script_too(messages):
    chance = random.Random(7)
    shapes = {number: normalise(text) for number, text in messages.items()}
    to_traditional = opencc.OpenCC("s2t")
    recalls = []
    for text in chance.sample(sorted(shapes.values()), 100):
        words = [
            word
            for word in rjieba.cut(text)
            if len(word) >= 2 and word.isalpha() and not PARTICLES.intersection(word)
        ]
        if not words:
            continue
        word = chance.choice(words)
        holding = {number for number, shape in shapes.items() if word in shape}
        rows = found(word)
        assert found(to_traditional.convert(word)) == rows or normalise(to_traditional.convert(word)) != word
        recalls.append(len(holding & rows) / len(holding))
    recall = sum(recalls) / len(recalls)
    print(f"search: recall {recall:.3f} over {len(recalls)} words")
    assert recall >= 0.97


def test_messages_on_the_same_issue_are_among_the_first_ten(messages):
    groups = json.loads(ISSUES.read_text("utf-8"))["groups"]
    shapes = {number: shape_of(text) for number, text in messages.items()}
    hits, recalls, reached = [], [], []
    for group in groups:
        core = {number for number in group["core_ids"] if number in messages}
        for number in core:
            rows = filter_any_two(
                Letter.objects.exclude(id__in=[number, *group["maybe_ids"]]),
                salient_words(messages[number]),
                using_vendor=connection.vendor,
            )
            near = set(rows.values_list("id", flat=True))
            first = sorted(near, key=lambda other: -cosine(shapes[number], shapes[other]))[:10]
            others = core - {number}
            hits.append(bool(others & set(first)))
            recalls.append(len(others & set(first)) / min(10, len(others)))
            reached.append(len(others & near) / len(others))
    count = len(hits)
    print(
        f"same matter: a hit among ten {sum(hits) / count:.3f}, recall@10 {sum(recalls) / count:.3f}, "
        f"candidates hold {sum(reached) / count:.3f}, {count} messages"
    )
    assert sum(hits) / count >= 0.98
    assert sum(recalls) / count >= 0.9
