"""Registration: one way in, every problem named, nothing twice, identities only in the vault."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.casework.cases.codes import is_code_of
from huiyin.casework.cases.models import Capacity, Case, Clock, Demand, Involvement, Petitioner, Submission
from huiyin.casework.cases.numbers import case_id_of
from huiyin.casework.cases.refusals import Invalid, NotPermitted
from huiyin.casework.intake.contract import DemandDraft, Person
from huiyin.casework.intake.services import submission_register
from huiyin.law.calendar import local_date
from huiyin.records.ledger.models import Entry
from huiyin.records.vault.models import Identity
from tests.factories.cases import a_receipt, an_intake, demand_of

PEOPLE = tuple(Person(capacity="representative", name=f"代表{n}") for n in range(6))


def problems_of(people, at, **changes) -> dict[str, object]:
    with pytest.raises(Invalid) as refusal:
        a_receipt(people, at, **changes)
    return refusal.value.fields


def test_a_registration_starts_the_clock_of_the_office(people, at):
    demand = demand_of(a_receipt(people, at))
    clock = Clock.objects.get(demand=demand)
    assert (clock.rule, clock.agency_id, clock.stopped_at) == ("C1", demand.office_id, None)
    assert demand.due_on == clock.due_on == local_date(at) + timedelta(days=15)
    assert demand.holder_id == people.agency_id("petition-office")


def test_a_letter_counts_from_the_day_it_was_received(people, at):
    received = local_date(at) - timedelta(days=3)
    demand = demand_of(a_receipt(people, at, channel="letter", received_on=received))
    assert local_date(demand.received_at) == received
    assert demand.due_on == received + timedelta(days=15) + timedelta(days=0)


def test_the_number_is_read_however_it_is_typed(people, at):
    receipt = a_receipt(people, at)
    for typed in (
        receipt.number,
        receipt.number.lower(),
        receipt.number.replace("-", " "),
        receipt.number[2:],
    ):
        assert case_id_of(typed) == receipt.case_id
    wrong = receipt.number[:-1] + str((int(receipt.number[-1]) + 1) % 10)
    assert case_id_of(wrong) is None


def test_the_query_code_opens_only_its_own_case(people, at):
    one, other = a_receipt(people, at), a_receipt(people, at)
    case = Case.objects.get(pk=one.case_id)
    assert is_code_of(case, one.code.lower().replace("-", ""))
    assert not is_code_of(case, other.code)
    assert not is_code_of(case, "")


def test_the_same_token_twice_is_one_petition(people, at):
    intake = an_intake(people)
    first = submission_register(intake=intake, by=people["clerk"], at=at)
    second = submission_register(intake=intake, by=people["clerk"], at=at + timedelta(seconds=1))
    assert (second.case_id, second.entry_hash, second.is_new) == (first.case_id, first.entry_hash, False)
    assert second.code == first.code
    assert Case.objects.count() == 1


def test_an_identity_stands_only_in_the_vault_and_encrypted(people, at):
    receipt = a_receipt(people, at, name="周桂兰", phone="13900001234")
    case = Case.objects.get(pk=receipt.case_id)
    identity = Identity.objects.get()
    assert identity.pk == case.identity_id
    assert "周桂兰".encode() not in bytes(identity.name_cipher or b"")
    payloads = "".join(Entry.objects.filter(matter_id=case.pk).values_list("payload", flat=True))
    assert "周桂兰" not in payloads
    assert "13900001234" not in payloads


def test_an_anonymous_petition_stores_no_identity(people, at):
    receipt = a_receipt(people, at, naming="anonymous", name="", phone="")
    assert Case.objects.get(pk=receipt.case_id).identity_id is None
    assert not Identity.objects.exists()
    assert receipt.code


def test_anonymous_with_a_name_is_refused_with_a_way_out(people, at):
    fields = problems_of(people, at, naming="anonymous")
    assert "要求保密" in str(fields["naming"])


def test_co_signers_are_kept_apart_and_counted(people, at):
    others = (Person(capacity="cosigner", name="甲"), Person(capacity="representative", name="乙"))
    receipt = a_receipt(people, at, others=others, head_count=12)
    rows = Petitioner.objects.filter(case_id=receipt.case_id).order_by("pk")
    assert [row.capacity for row in rows] == [Capacity.COSIGNER, Capacity.REPRESENTATIVE]
    assert len({row.identity_id for row in rows}) == 2


def test_a_visit_takes_five_representatives_at_most(people, at):
    fields = problems_of(people, at, others=PEOPLE, head_count=30)
    assert "第二十条" in str(fields["others"])
    assert a_receipt(people, at, channel="letter", others=PEOPLE, head_count=30).is_new


def test_an_agent_needs_a_power_of_attorney(people, at):
    agent = Person(capacity="agent", name="律师")
    assert "授权委托书" in str(problems_of(people, at, others=(agent,))["other_1"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "字" * 50_001}, "text"),
        ({"demands": ()}, "demands"),
        ({"demands": (DemandDraft(statement=" "),)}, "demand_1"),
        ({"demands": (DemandDraft(statement="a", branch="magic"),)}, "demand_1"),
        ({"demands": (DemandDraft(statement="a", content_class="987654"),)}, "demand_1"),
        ({"channel": "pigeon"}, "channel"),
        ({"phone": "12"}, "phone"),
        ({"id_number": "123"}, "id_number"),
        ({"region_code": "110000"}, "region_code"),
        ({"head_count": 0}, "head_count"),
        ({"channel": "superior", "evidence": {"superior_name": "市局"}}, "superior_number"),
        ({"channel": "superior", "superior_number": "市信〔2026〕1号"}, "superior_name"),
        ({"channel": "letter", "evidence": {"postmark_on": "昨天"}}, "postmark_on"),
        ({"channel": "letter", "evidence": {"sheets": "两页"}}, "sheets"),
        ({"channel": "letter", "evidence": {"nonsense": "1"}}, "nonsense"),
    ],
)
def test_each_bad_field_is_named(people, at, changes, field):
    assert str(problems_of(people, at, **changes)[field])
    assert not Case.objects.exists()


def test_a_petition_from_tomorrow_is_refused(people, at):
    fields = problems_of(people, at, received_on=local_date(at) + timedelta(days=1))
    assert "今天" in str(fields["received_on"])


def test_only_the_registrars_of_the_office_register_there(people, at):
    for name in ("land_handler", "outsider", "system_admin", "auditor", "npc_clerk"):
        with pytest.raises(NotPermitted):
            a_receipt(people, at, by=people[name])


def test_an_accusation_against_the_office_itself_goes_to_the_discipline_organ(people, at):
    draft = DemandDraft(
        statement="检举信访局收受礼品",
        branch="accusation",
        accused_agency_id=people.agency_id("petition-office"),
    )
    demand = demand_of(a_receipt(people, at, demands=(draft,)))
    assert demand.holder_id == people.agency_id("supervision")
    assert demand.is_sealed
    seen_by = set(Involvement.objects.filter(demand=demand).values_list("agency_id", flat=True))
    assert people.agency_id("petition-office") not in seen_by
    assert "收受" not in demand.case.title


def test_what_was_handed_in_is_kept_word_for_word(people, at):
    text = "第一行\n第二行：繁體字與emoji😀 <script>alert(1)</script>"
    receipt = a_receipt(people, at, text=text)
    assert Submission.objects.get(case_id=receipt.case_id).text == text


def test_a_registration_takes_at_most_nine_statements(people, at):
    a_receipt(people, at)
    with CaptureQueriesContext(connection) as queries:
        a_receipt(people, at, demands=(DemandDraft(statement="一"), DemandDraft(statement="二")))
    statements = [q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= 9
    assert Demand.objects.count() == 3


def test_a_guessed_token_opens_nobody_elses_receipt(people, at):
    theirs = a_receipt(people, at, token="api:7:2026-0001")
    for changes in (
        {"by": people["town_handler"], "office_id": people.agency_id("town-liuhe")},
        {"by": people["registrar"]},
        {"text": "另一件：邻居占用公共通道。"},
    ):
        with pytest.raises(Invalid) as refusal:
            a_receipt(people, at, token="api:7:2026-0001", **changes)
        assert "token" in refusal.value.fields
    again = a_receipt(people, at, token="api:7:2026-0001")
    assert (again.case_id, again.is_new) == (theirs.case_id, False)


def test_what_no_field_can_hold_is_named(people, at):
    demands = (DemandDraft(statement="要求\x00赔偿", purpose="闹访"),)
    with pytest.raises(Invalid) as refusal:
        a_receipt(people, at, demands=demands, superior_number="号" * 61)
    assert set(refusal.value.fields) == {"demand_1", "superior_number"}


def test_an_anonymous_address_is_not_dropped_in_silence(people, at):
    with pytest.raises(Invalid) as refusal:
        a_receipt(people, at, naming="anonymous", name="", phone="", address="东洼村3号")
    assert "naming" in refusal.value.fields


def test_an_accusation_of_the_discipline_organ_registered_there_goes_to_the_petition_office(people, at):
    officer = people["discipline_officer"]
    officer.roles = "registrar accusation_officer"
    officer.save(update_fields=["roles"])
    own = people.agency_id("supervision")
    receipt = a_receipt(
        people,
        at,
        by=officer,
        office_id=own,
        demands=(DemandDraft(statement="检举办案人员", branch="accusation", accused_agency_id=own),),
    )
    assert demand_of(receipt).holder_id == people.agency_id("petition-office")
