"""Documents, files, prints, links and query codes of a matter."""

import io

import pytest
from django.urls import reverse

from huiyin.casework.cases.codes import is_code_of
from huiyin.casework.cases.models import Case
from huiyin.casework.intake.contract import DemandDraft
from huiyin.casework.matching.models import CaseLink
from huiyin.interfaces.ui.files import attachment_store_of_settings
from huiyin.records.documents.models import Document
from huiyin.records.documents.services import attachment_store
from tests.factories.cases import a_receipt, a_walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(people, lately):
    walk = a_walk(people, lately)
    walk.sorted()
    walk.forwarded()
    walk.accepted()
    walk.drafted()
    walk.issued()
    return walk


def opinion_of(walk):
    return Document.objects.get(demand_id=walk.demand_id, kind="handling_opinion")


def test_a_document_is_printed_with_issuer_number_parts_remedy_and_day(people, desk, answered):
    document = opinion_of(answered)
    url = reverse("desk:document", args=[document.pk])
    response = desk("land_handler").get(url)
    text = response.content.decode()
    for part in (
        "青禾县自然资源局",
        document.number,
        "信访事项处理意见书",
        "法律法规依据",
        "予以支持",
        "申请",
    ):
        assert part in text
    assert "周" not in text
    large = desk("land_handler").get(url, {"large": "1"}).content.decode()
    assert "large-print" in large


def test_an_official_document_stays_chinese_on_an_english_page(people, desk, answered):
    client = desk("land_handler")
    client.cookies["django_language"] = "en"
    text = client.get(reverse("desk:document", args=[opinion_of(answered).pk])).content.decode()
    assert "青禾县自然资源局" in text
    assert "处理意见" in text


def test_the_receipt_of_service_is_blank_until_served_and_filled_afterwards(people, desk, answered):
    url = reverse("desk:document_receipt", args=[opinion_of(answered).pk])
    assert "收件人签名" in desk("land_handler").get(url).content.decode()
    answered.later(1).served()
    text = desk("land_handler").get(url).content.decode()
    assert "签收单第12号" in text
    assert "收件人签名" not in text


def test_the_dossier_is_printed_without_identities(people, desk, answered):
    url = reverse("desk:case_print", args=[answered.demand.case_id])
    text = desk("clerk").get(url).content.decode()
    assert "信访事项案卷" in text
    assert "办理经过" in text
    assert "周" not in text.replace("周末", "")


def a_file(walk, **values):
    stored = {
        "matter_id": walk.demand.case_id,
        "file": io.BytesIO("一页说明".encode() * 50),
        "name": "说明.txt",
        "by": None,
        "at": walk.at,
        "store": attachment_store_of_settings(),
    } | values
    return attachment_store(**stored)


def test_a_file_comes_whole_or_in_part_to_whoever_may_see_its_demand(people, desk, answered):
    file = a_file(answered, demand_id=answered.demand_id)
    url = reverse("desk:attachment", args=[file.pk])
    client = desk("land_handler")
    whole = client.get(url)
    assert b"".join(whole.streaming_content) == "一页说明".encode() * 50
    part = client.get(url, headers={"range": "bytes=3-8"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == ("一页说明".encode() * 50)[3:9]
    assert desk("outsider").get(url).status_code == 404
    assert desk("outsider").get(reverse("desk:attachment", args=[999_999])).status_code == 404


def test_a_sealed_file_is_for_accusation_officers_only(people, desk, lately):
    walk = a_walk(people, lately)
    file = a_file(walk, is_sealed=True)
    url = reverse("desk:attachment", args=[file.pk])
    assert desk("clerk").get(url).status_code == 404
    assert desk("sealed_clerk").get(url).status_code == 200
    assert (
        "说明.txt" not in desk("clerk").get(reverse("desk:case", args=[walk.demand.case_id])).content.decode()
    )


def test_the_petitioners_files_are_not_for_a_unit_that_sees_only_one_demand(people, desk, lately):
    two = (DemandDraft(statement="请求补偿"), DemandDraft(statement="请求公开"))
    walk = a_walk(people, lately, demands=two)
    walk.sorted()
    walk.forwarded()
    file = a_file(walk, submission_id=walk.demand.case.submissions.get().pk)
    url = reverse("desk:attachment", args=[file.pk])
    assert desk("land_handler").get(url).status_code == 404
    assert desk("clerk").get(url).status_code == 200


def test_a_finding_about_two_matters_is_made_and_taken_back_with_reasons(people, desk, lately):
    first, second = a_receipt(people, lately), a_receipt(people, lately)
    client = desk("clerk")
    url = reverse("desk:case_link_new", args=[second.case_id])
    wrong = client.post(url, {"number": "不是登记号", "kind": "same", "reason": "同一地块"})
    assert wrong.status_code == 422
    made = client.post(url, {"number": first.number, "kind": "same", "reason": "同一地块"})
    assert made.status_code == 302
    page = client.get(reverse("desk:case", args=[second.case_id]))
    assert [str(link.other.text) for link in page.context["case"].links] == [first.number]
    again = client.post(url, {"number": first.number, "kind": "related", "reason": "相关"})
    assert again.status_code == 409
    undo = reverse("desk:case_link_remove", args=[second.case_id, CaseLink.objects.get().pk])
    assert client.post(undo, {"reason": ""}).status_code == 422
    assert client.post(undo, {"reason": "并非同一地块"}).status_code == 302
    assert CaseLink.objects.get().undone_at is not None


def test_a_link_to_a_matter_of_others_reads_like_one_to_nothing(people, desk, lately):
    own = a_receipt(people, lately, office_id=people.agency_id("town-liuhe"), by=people["town_handler"])
    other = a_receipt(people, lately)
    url = reverse("desk:case_link_new", args=[own.case_id])
    data = {"kind": "same", "reason": "同一地块"}
    client = desk("town_handler")
    assert client.post(url, data | {"number": other.number}).status_code == 404


def test_a_new_query_code_opens_the_matter_and_the_old_one_does_not(people, desk, lately):
    receipt = a_receipt(people, lately)
    url = reverse("desk:case_code", args=[receipt.case_id])
    client = desk("registrar")
    assert receipt.code not in client.get(url).content.decode()
    response = client.post(url, {"code_version": "1"})
    code = response.context["code"]
    case = Case.objects.get(pk=receipt.case_id)
    assert is_code_of(case, code)
    assert not is_code_of(case, receipt.code)
    assert client.post(url, {"code_version": "1"}).status_code == 409
    assert desk("outsider").post(url, {"code_version": "2"}).status_code == 404
