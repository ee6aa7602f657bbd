"""The compiled statements of the case page answer as the scope does, for everyone and every matter."""

from huiyin.casework.cases.models import Case, Demand
from huiyin.casework.cases.scope import demands_visible_to, submissions_visible_to
from huiyin.casework.replies.selectors.found import demands_of_case, submissions_of_case
from tests.factories.cases import a_receipt, a_walk
from tests.people import ADMINISTRATORS, CAST


def test_compiled_statements_answer_as_the_scope_does(people, at):
    walk = a_walk(people, at)
    walk.sorted()
    walk.forwarded()
    a_receipt(people, at)
    users = [people[name] for name in [*CAST, *ADMINISTRATORS]]
    seen = 0
    # Every reader asks twice, about every matter: an answer must not stick to the first question.
    for user in [*users, *users]:
        for case in Case.objects.all():
            visible = list(demands_visible_to(user).filter(case=case).order_by("position"))
            found = demands_of_case(user, case.pk)
            assert [each.demand for each in found] == visible
            for each, demand in zip(found, visible, strict=True):
                assert _fields(each.demand) == _fields(demand)
                assert _fields(each.demand.case) == _fields(case)
                assert each.demands_in_all == Demand.objects.filter(case=case).count()
            texts = submissions_visible_to(user).filter(case=case).order_by("id").values_list("id", "text")
            assert [(row.id, row.text) for row in submissions_of_case(user, case.pk)] == list(texts)
            seen += len(visible) + len(texts)
    assert seen > 0


def test_an_account_that_was_closed_finds_nothing(people, at):
    case_id = a_receipt(people, at).case_id
    user = people["clerk"]
    assert demands_of_case(user, case_id)
    user.is_active = False
    assert demands_of_case(user, case_id) == []
    assert submissions_of_case(user, case_id) == ()


def _fields(row: Case | Demand) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
