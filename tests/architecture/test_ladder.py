"""A foreign key written as a string is no import: the ladder is walked through the registry of tables."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

# From the bottom to the top; those on one step do not know one another.
LADDER: tuple[tuple[str, ...], ...] = (
    ("records.texts",),
    ("records.agencies",),
    ("records.accounts",),
    ("records.ledger",),
    ("records.vault",),
    ("records.documents",),
    ("casework.cases",),
    ("casework.matching",),
    ("casework.routing",),
    ("casework.replies",),
    ("casework.intake", "casework.reviews"),
    ("casework.supervision", "casework.reception", "casework.hearings", "casework.deputies"),
    ("insight.classification", "insight.hotspots", "insight.statistics", "insight.assessment"),
    ("interfaces.ui",),
    ("interfaces.desk", "interfaces.portal", "interfaces.api", "interfaces.jobs"),
    ("interfaces.commands",),
    ("config",),
)
STEP = {shelf: step for step, shelves in enumerate(LADDER) for shelf in shelves}


def shelf_of(model: type[models.Model]) -> str:
    return ".".join(model.__module__.split(".")[1:3])


def ours() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("huiyin.")
    ]


def leads_up(source: str, target: str) -> bool:
    return source != target and STEP[target] >= STEP[source]


def relations() -> Iterator[tuple[str, str, str]]:
    for model in ours():
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model
            if isinstance(target, type) and target.__module__.startswith("huiyin."):
                yield f"{model.__name__}.{field.name} -> {target.__name__}", shelf_of(model), shelf_of(target)


def test_every_table_stands_on_a_known_step():
    assert {shelf_of(model) for model in ours()} - STEP.keys() == set()


def test_no_foreign_key_leads_up_the_ladder():
    found = list(relations())
    assert len(found) > 10
    assert [name for name, source, target in found if leads_up(source, target)] == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("casework.cases", "casework.cases", False),
        ("casework.intake", "casework.cases", False),
        ("casework.cases", "casework.intake", True),
        ("casework.intake", "casework.reviews", True),
        ("records.ledger", "records.vault", True),
    ],
)
def test_the_walk_knows_up_from_down(source, target, expected):
    assert leads_up(source, target) is expected


def test_every_app_is_a_step_of_the_ladder():
    installed = {
        app.name.removeprefix("huiyin.") for app in apps.get_app_configs() if app.name.startswith("huiyin.")
    }
    assert installed - STEP.keys() == set()
