"""The petitioner is protected: what may not become a field, in English, pinyin and Chinese."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

FORBIDDEN = tomllib.loads((Path(__file__).parent / "forbidden_names.toml").read_text(encoding="utf-8"))
WORDS, PHRASES, CHINESE = (frozenset(FORBIDDEN[kind].split()) for kind in ("words", "phrases", "chinese"))
PERSONS = ("Identity", "Petitioner", "Representative", "Agent", "CoSigner", "Cosigner")
# A head-count of a joint petition and the place in a list belong to the matter, not to the person.
NUMBERS_OF_A_PERSON = {"head_count", "position"}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("huiyin.")]


def parts(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def fault(name: str) -> str | None:
    """Say what is wrong with a name, or nothing."""
    words = parts(name)
    phrase = next((phrase for phrase in PHRASES if f"_{phrase}_" in f"_{'_'.join(words)}_"), None)
    chinese = next((word for word in CHINESE if word in name), None)
    return phrase or chinese or next((word for word in words if word in WORDS), None)


def names(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Every name and label of a table, its fields and their choices."""
    yield model.__name__, model.__name__
    yield model.__name__, str(model._meta.verbose_name)
    for field in model._meta.get_fields():
        if not isinstance(field, models.Field):
            continue
        place = f"{model.__name__}.{field.name}"
        yield place, field.name
        yield place, str(field.verbose_name)
        yield place, str(field.help_text)
        for value, label in field.flatchoices:
            yield place, str(value).replace("-", "_").replace(".", "_")
            yield place, str(label)


def test_there_are_tables_to_look_at():
    assert len(ours()) > 10


@pytest.mark.parametrize(
    "name",
    [
        "visit_count",
        "riskLevel",
        "is_key_person",
        "zhongdian_renyuan",
        "BlacklistEntry",
        "信访人黑名单",
        "last_location",
    ],
)
def test_the_list_catches(name):
    assert fault(name) is not None


@pytest.mark.parametrize(
    "name", ["accepted_at", "content_class", "profile", "head_count", "place", "满意度", "asterisk"]
)
def test_the_list_lets_ordinary_names_pass(name):
    assert fault(name) is None


def test_no_table_or_field_profiles_the_people_who_petition():
    found = [
        f"{place}: {name} ({word})"
        for model in ours()
        for place, name in names(model)
        if (word := fault(name))
    ]
    assert found == []


def test_no_number_is_kept_about_a_person():
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    found = [
        f"{model.__name__}.{field.name}"
        for model in ours()
        if model.__name__ in PERSONS
        for field in model._meta.get_fields()
        if isinstance(field, numbers) and not field.primary_key
        if field.name not in NUMBERS_OF_A_PERSON and not field.name.endswith("_id")
    ]
    assert found == []
