"""No page of the desk stays behind in a browser or a proxy, whoever sits down there next."""

import pytest
from django.utils import timezone

from tests.factories.cases import a_receipt

pytestmark = pytest.mark.django_db
CLERK = (
    "/desk/",
    "/desk/lists/all/",
    "/desk/search/?q=承包地",
    "/desk/register/",
    "/desk/register/visit/",
    "/desk/reference/agencies/",
    "/desk/password/",
    "/desk/accounts/",
)
ADMINISTRATOR = ("/desk/accounts/", "/desk/accounts/new/")
AUDITOR = (
    "/desk/audit/disclosures/",
    "/desk/audit/exports/",
    "/desk/accounts/changes/",
    "/desk/audit/ledger/",
)


@pytest.mark.parametrize(
    ("person", "pages"), [("clerk", CLERK), ("system_admin", ADMINISTRATOR), ("auditor", AUDITOR)]
)
def test_no_page_of_the_desk_is_kept_by_a_cache(people, desk, person, pages):
    a_receipt(people, timezone.now())
    browser = desk(person)
    for page in pages:
        assert "no-store" in browser.get(page).headers.get("Cache-Control", ""), page


def test_a_refused_registration_with_the_name_in_it_is_not_kept(people, desk):
    answer = desk("clerk").post("/desk/register/visit/", {"name": "周桂兰", "phone": "13900001234"})
    assert answer.status_code == 422
    assert "周桂兰" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
